#include "layers/project/style_store.hpp"

#include "layers/project/project_handle.hpp"

namespace layers {

namespace {

/// Marks the program's styles among those that people save.
constexpr const char* kOwner = "EcoRedline";

} // namespace

void setStyles(LedgerChange& change, const std::vector<ProjectStyle>& styles) {
    project::guarded(change.project(), [&](SQLite::Database& database) {
        SQLite::Statement clear(database, "DELETE FROM layer_styles WHERE owner = ?");
        clear.bind(1, kOwner);
        clear.exec();
        // QGIS looks for the schema '' when it opens the file through OGR, and for NULL as a SpatiaLite
        // database.
        SQLite::Statement insert(
            database,
            "INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name, "
            "f_geometry_column, styleName, styleQML, useAsDefault, description, owner, update_time) "
            "SELECT schema, schema, ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8 FROM (SELECT '' AS schema UNION ALL "
            "SELECT NULL)");
        const ProjectStyle* last = nullptr;
        for (const ProjectStyle& style : styles) {
            const bool isFirst =
                last == nullptr || last->table != style.table || last->geometryColumn != style.geometryColumn;
            int place = 0;
            for (const std::string* text : {&style.table, &style.geometryColumn, &style.title, &style.qml}) {
                insert.bind(++place, *text);
            }
            insert.bind(++place, isFirst ? 1 : 0);
            insert.bind(++place, style.title);
            insert.bind(++place, kOwner);
            insert.bind(++place, change.stamp().at);
            insert.exec();
            insert.reset();
            last = &style;
        }
        change.record({"styles_set", "", "{\"styles\": " + std::to_string(styles.size()) + "}"});
        return 0;
    });
}

} // namespace layers
