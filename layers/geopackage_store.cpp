#include "layers/error.hpp"
#include "layers/geopackage_handle.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

namespace layers {

namespace {

std::string identifier(const std::string& name) {
    std::string text = "\"";
    for (const char c : name) {
        text += c;
        if (c == '"') {
            text += c;
        }
    }
    return text + '"';
}

} // namespace

void GeoPackageWriter::Impl::openLayout() {
    if (!layout) {
        stopStoring();
        layout = std::make_unique<GeoPackageLayout>(file, date, GeoPackageLayout::Open::Update);
    }
}

void GeoPackageWriter::Impl::closeLayout() {
    if (!layout) {
        return;
    }
    if (!styles.empty() && !hasStyleTable) {
        layout->addStyleTable();
        hasStyleTable = true;
    }
    if (!infos.empty() && !hasInfoTable) {
        layout->addTable({"run_info", "", {{"key", "", ""}, {"value", "", ""}}, GeometryKind::None});
        hasInfoTable = true;
    }
    if (!hasLists) {
        for (const ValueList& list : lists) {
            layout->addValueList(list);
        }
        hasLists = true;
    }
    layout->close();
    layout.reset();
}

void GeoPackageWriter::Impl::startStoring() {
    closeLayout();
    if (database) {
        return;
    }
    database =
        std::make_unique<SQLite::Database>(file.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_NOMUTEX);
    // A fresh file needs no way back: where the work stops, the file is thrown away.
    for (const char* pragma :
         {"PRAGMA journal_mode=OFF", "PRAGMA synchronous=OFF", "PRAGMA locking_mode=EXCLUSIVE",
          "PRAGMA cache_size=-32768", "PRAGMA temp_store=MEMORY", "PRAGMA foreign_keys=OFF"}) {
        SQLite::Statement(*database, pragma).executeStep();
    }
    setTriggersAside();
    setKeyword(Keyword::Aside);
    database->exec("BEGIN EXCLUSIVE");
    queue = std::make_unique<RowQueue>([this](const RowChunk& full) { store(full); });
    chunk = queue->take();
}

/// The standard's triggers keep indexes and counts in step row by row, with functions that plain SQLite
/// lacks; the writer does that work at once, and puts them back.
void GeoPackageWriter::Impl::setTriggersAside() {
    std::vector<std::string> names;
    SQLite::Statement query(*database,
                            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name IN "
                            "(SELECT table_name FROM gpkg_contents) ORDER BY rowid");
    while (query.executeStep()) {
        names.push_back(query.getColumn(0).getString());
        triggers.push_back(query.getColumn(1).getString());
    }
    query.reset();
    for (const std::string& name : names) {
        database->exec("DROP TRIGGER " + identifier(name));
    }
}

/// AUTOINCREMENT, which the standard wants, makes SQLite look up and write its counter at every row: a third
/// of the work. The layout goes without it while rows go in (their numbers count from 1 anyway), and the
/// counters are set at the end.
void GeoPackageWriter::Impl::setKeyword(Keyword where) {
    constexpr const char* kPlain = "'INTEGER PRIMARY KEY NOT NULL'";
    constexpr const char* kCounted = "'INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL'";
    database->exec("PRAGMA writable_schema=ON");
    for (const Table& table : tables) {
        SQLite::Statement change(
            *database, fmt::format("UPDATE sqlite_master SET sql = replace(sql, {}, {}) WHERE type = 'table' "
                                   "AND name = ?",
                                   where == Keyword::Aside ? kCounted : kPlain,
                                   where == Keyword::Aside ? kPlain : kCounted));
        change.bind(1, table.spec.name);
        change.exec();
    }
    // RESET reads the schema anew.
    database->exec("PRAGMA writable_schema=RESET");
    if (where == Keyword::Back) {
        SQLite::Statement counter(*database, "INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)");
        for (const Table& table : tables) {
            if (table.rows > 0) {
                counter.bind(1, table.spec.name);
                counter.bind(2, table.rows);
                counter.exec();
                counter.reset();
            }
        }
    }
}

/// The table left is complete: its index is packed here, while the storing thread still works on its rows.
void GeoPackageWriter::Impl::completeTable() {
    handOver();
    if (tables.empty() || !queue) {
        return;
    }
    Table& table = tables[current];
    if (table.index.size() == 0) {
        return;
    }
    const auto index = std::make_shared<PackedRtree::Nodes>(table.index.pack());
    queue->put([this, index, name = fmt::format("rtree_{}_{}", table.spec.name, kGeometryColumn)] {
        index->store(*database, name);
    });
}

void GeoPackageWriter::Impl::stopStoring() {
    if (!database) {
        return;
    }
    completeTable();
    queue->drain();
    queue.reset();
    for (Table& table : tables) {
        table.insert.reset();
    }
    database->exec("COMMIT");
    database.reset();
}

void GeoPackageWriter::Impl::handOver() {
    if (chunk && chunk->rows > 0) {
        queue->put(std::move(chunk));
        chunk = queue->take();
    }
}

/// Runs on the storing thread.
void GeoPackageWriter::Impl::store(const RowChunk& full) {
    Table& table = tables[full.table];
    const bool hasGeometry = table.spec.geometry != GeometryKind::None;
    const std::size_t width = table.spec.columns.size() + (hasGeometry ? 1 : 0);
    try {
        if (!table.insert) {
            std::string names = hasGeometry ? identifier(kGeometryColumn) : std::string();
            for (const Column& column : table.spec.columns) {
                names += (names.empty() ? "" : ", ") + identifier(column.name);
            }
            std::string marks = "?";
            for (std::size_t i = 1; i < width; ++i) {
                marks += ", ?";
            }
            table.insert = std::make_unique<SQLite::Statement>(
                *database,
                fmt::format("INSERT INTO {} ({}) VALUES ({})", identifier(table.spec.name), names, marks));
        }
        SQLite::Statement& insert = *table.insert;
        const StoredCell* cell = full.cells.data();
        for (std::size_t row = 0; row < full.rows; ++row) {
            for (int column = 1; column <= static_cast<int>(width); ++column, ++cell) {
                const char* bytes =
                    full.bytes.data() + (cell->kind >= StoredCell::Kind::Text ? cell->offset : 0);
                switch (cell->kind) {
                case StoredCell::Kind::Null:
                    insert.bind(column);
                    break;
                case StoredCell::Kind::Integer:
                    insert.bind(column, cell->integer);
                    break;
                case StoredCell::Kind::Real:
                    insert.bind(column, cell->real);
                    break;
                case StoredCell::Kind::Text:
                    insert.bindNoCopy(column, bytes);
                    break;
                case StoredCell::Kind::Bytes:
                    insert.bindNoCopy(column, bytes, static_cast<int>(cell->length));
                    break;
                }
            }
            insert.exec();
            insert.reset();
        }
    } catch (const SQLite::Exception& error) {
        throw Error(
            fmt::format("cannot write rows of {} in {}: {}", table.spec.name, file.string(), error.what()));
    }
}

void GeoPackageWriter::Impl::writeContents() {
    SQLite::Statement extent(*database, "UPDATE gpkg_contents SET min_x = ?, min_y = ?, max_x = ?, max_y = ? "
                                        "WHERE table_name = ?");
    SQLite::Statement count(*database, "UPDATE gpkg_ogr_contents SET feature_count = ? WHERE table_name = ?");
    for (Table& table : tables) {
        if (table.index.size() > 0) {
            const geo::Box box = table.index.extent();
            extent.bind(1, box.minX);
            extent.bind(2, box.minY);
            extent.bind(3, box.maxX);
            extent.bind(4, box.maxY);
            extent.bind(5, table.spec.name);
            extent.exec();
            extent.reset();
        }
        count.bind(1, table.rows);
        count.bind(2, table.spec.name);
        count.exec();
        count.reset();
    }
    const std::array<std::pair<const char*, std::size_t>, 2> extras{
        {{"layer_styles", styles.size()}, {"run_info", infos.size()}}};
    for (const auto& [name, rows] : extras) {
        count.bind(1, static_cast<std::int64_t>(rows));
        count.bind(2, name);
        count.exec();
        count.reset();
    }
}

void GeoPackageWriter::Impl::writeStyles() {
    if (styles.empty()) {
        return;
    }
    SQLite::Statement insert(
        *database, "INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name, "
                   "f_geometry_column, styleName, styleQML, styleSLD, useAsDefault, description, owner, "
                   "ui, update_time) VALUES ('', '', ?, ?, ?, ?, '', ?, ?, '', NULL, ?)");
    for (auto style = styles.begin(); style != styles.end(); ++style) {
        const auto isSameLayer = [&](const Style& other) { return other.layer == style->layer; };
        const bool isDefault = std::none_of(styles.begin(), style, isSameLayer);
        const auto table = std::find_if(tables.begin(), tables.end(),
                                        [&](const Table& t) { return t.spec.name == style->layer; });
        if (table == tables.end()) {
            throw Error(fmt::format("a style was given for {}, which is no table of {}", style->layer,
                                    file.string()));
        }
        insert.bind(1, style->layer);
        insert.bind(2, table->spec.geometry == GeometryKind::None ? "" : kGeometryColumn);
        insert.bind(3, style->description);
        insert.bind(4, style->qml);
        insert.bind(5, isDefault ? 1 : 0);
        insert.bind(6, style->description);
        insert.bind(7, date + "T00:00:00.000Z");
        insert.exec();
        insert.reset();
    }
}

void GeoPackageWriter::Impl::writeInfos() {
    if (infos.empty()) {
        return;
    }
    SQLite::Statement insert(*database, "INSERT INTO run_info (key, value) VALUES (?, ?)");
    for (const auto& [key, text] : infos) {
        insert.bind(1, key);
        insert.bind(2, text);
        insert.exec();
        insert.reset();
    }
}

/// The tables of the schema extension are OGR's, which made them with the lists.
void GeoPackageWriter::Impl::writeNotes() {
    if (lists.empty()) {
        return;
    }
    SQLite::Statement insert(*database,
                             "INSERT INTO gpkg_data_columns (table_name, column_name, name, title, "
                             "constraint_name) VALUES (?, ?, ?, ?, ?)");
    std::set<std::string> named; // names are unique in a file
    for (const ColumnNote& note : notes) {
        insert.bind(1, note.table);
        insert.bind(2, note.column);
        if (named.insert(note.title).second) {
            insert.bind(3, note.title);
        } else {
            insert.bind(3);
        }
        insert.bind(4, note.title);
        if (note.list.empty()) {
            insert.bind(5);
        } else {
            insert.bind(5, note.list);
        }
        insert.exec();
        insert.reset();
    }
}

/// Reads back, on a new connection, what is cheap to read at any size: lengths, last rows, index sizes.
void GeoPackageWriter::Impl::verify() const {
    SQLite::Database written(file.string(), SQLite::OPEN_READONLY);
    const auto number = [&](const std::string& sql) { return written.execAndGet(sql).getInt64(); };
    const auto mismatch = [&](const std::string& what, std::int64_t expected, std::int64_t found) {
        if (expected != found) {
            throw Error(
                fmt::format("{} is not as written: {} is {} instead of {}; is the disk full or damaged?",
                            file.string(), what, found, expected));
        }
    };
    mismatch("its length", number("PRAGMA page_count") * number("PRAGMA page_size"),
             static_cast<std::int64_t>(std::filesystem::file_size(file)));
    for (const Table& table : tables) {
        const std::string name = identifier(table.spec.name);
        mismatch("the last fid of " + table.spec.name, table.rows,
                 number(fmt::format("SELECT ifnull(max(fid), 0) FROM {}", name)));
        mismatch("the first fid of " + table.spec.name, std::min<std::int64_t>(table.rows, 1),
                 number(fmt::format("SELECT ifnull(min(fid), 0) FROM {}", name)));
        if (table.spec.geometry != GeometryKind::None) {
            mismatch("the spatial index of " + table.spec.name, static_cast<std::int64_t>(table.index.size()),
                     number(fmt::format(R"(SELECT count(*) FROM "rtree_{}_{}_rowid")", table.spec.name,
                                        kGeometryColumn)));
        }
    }
}

} // namespace layers
