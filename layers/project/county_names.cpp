#include "layers/project/county_names.hpp"

#include "layers/project/project_handle.hpp"

namespace layers {

std::map<std::string, std::string> countyNames(const ProjectFile& project) {
    return project::guarded(project, [](SQLite::Database& database) {
        SQLite::Statement rows(
            database, "SELECT c.code, c.name FROM counties c JOIN zone_versions v ON v.id = c.zone_version "
                      "WHERE v.number = (SELECT max(w.number) FROM zone_versions w WHERE w.layer = v.layer "
                      "AND w.withdrawn_at = '') ORDER BY c.id");
        std::map<std::string, std::string> names;
        while (rows.executeStep()) {
            names[rows.getColumn(0).getString()] = rows.getColumn(1).getString();
        }
        return names;
    });
}

} // namespace layers
