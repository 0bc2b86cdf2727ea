#include "layers/geopackage_tables.hpp"

#include "layers/sqlite_handle.hpp"

namespace layers {

namespace {

std::vector<std::string> columnsOf(SQLite::Database& database, const std::string& table) {
    std::vector<std::string> names;
    const auto rows = sqlite::prepare(database, "SELECT name FROM pragma_table_info(?)");
    sqlite3_bind_text(rows.get(), 1, table.c_str(), -1, SQLITE_TRANSIENT);
    while (sqlite3_step(rows.get()) == SQLITE_ROW) {
        names.push_back(sqlite::textColumn(rows.get(), 0));
    }
    return names;
}

} // namespace

GeoPackageTables geoPackageTables(const std::filesystem::path& file) {
    sqlite::ReadOnlyFile opened(file);
    SQLite::Database& database = opened.database();
    GeoPackageTables tables;
    if (columnsOf(database, "gpkg_geometry_columns").empty()) {
        return tables;
    }
    const auto rows =
        sqlite::prepare(database, "SELECT g.table_name FROM gpkg_geometry_columns g JOIN gpkg_contents c ON "
                                  "lower(c.table_name) = lower(g.table_name) ORDER BY c.rowid");
    while (sqlite3_step(rows.get()) == SQLITE_ROW) {
        tables.layers.push_back(sqlite::textColumn(rows.get(), 0));
        tables.columns[tables.layers.back()] = columnsOf(database, tables.layers.back());
    }
    const std::vector<std::string> columns = columnsOf(database, "run_info");
    if (columns.size() < 3 || columns[1] != "key" || columns[2] != "value") { // fid, key, value
        return tables;
    }
    const auto infos = sqlite::prepare(database, "SELECT key, value FROM run_info");
    while (sqlite3_step(infos.get()) == SQLITE_ROW) {
        tables.infos[sqlite::textColumn(infos.get(), 0)] = sqlite::textColumn(infos.get(), 1);
    }
    return tables;
}

} // namespace layers
