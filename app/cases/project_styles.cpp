#include "app/cases/project_styles.hpp"

#include "app/report/results_columns.hpp"
#include "app/report/styles.hpp"

#include <array>
#include <utility>

namespace app {

std::vector<layers::ProjectStyle> projectStyles() {
    using layers::GeometryKind;
    constexpr std::array<std::pair<const char*, GeometryKind>, 3> kColumns{
        {{"geometry", GeometryKind::Area}, {"line", GeometryKind::Line}, {"point", GeometryKind::Point}}};
    std::vector<layers::ProjectStyle> styles;
    const auto add = [&](const layers::TableSpec& table, const char* column, GeometryKind drawn) {
        for (const LayerStyle& style : stylesOf(table, drawn)) {
            styles.push_back({table.name, column, style.title, style.qml});
        }
    };
    for (const layers::TableSpec& table : {patchesTable(GeometryKind::Any), overlapsTable(GeometryKind::Any),
                                           atomsTable(GeometryKind::Any), rejectsTable()}) {
        for (const auto& [column, drawn] : kColumns) {
            add(table, column, drawn);
        }
    }
    add(nearTable(), "geometry", GeometryKind::Line);
    add(problemsTable(), "geometry", GeometryKind::Point);
    add(zonesTable(), "geometry", GeometryKind::Area);
    return styles;
}

} // namespace app
