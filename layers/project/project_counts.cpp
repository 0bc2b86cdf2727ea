#include "layers/project/project_counts.hpp"

#include "layers/project/project_handle.hpp"

#include <array>

namespace layers {

std::vector<ProjectCount> projectCounts(const ProjectFile& project) {
    // Patches are summed over batches: counting the rows of a large table takes seconds.
    struct CountQuery {
        const char* key;
        const char* nameZh;
        const char* sql;
    };
    static constexpr auto kQueries = std::to_array<CountQuery>({
        {"zone_layers", "管控区图层", "SELECT count(*) FROM zone_layers"},
        {"zone_versions", "管控区版本", "SELECT count(*) FROM zone_versions"},
        {"batches", "批次", "SELECT count(*) FROM batches"},
        {"patches", "图斑", "SELECT coalesce(sum(patches), 0) FROM batches"},
        {"runs", "运行", "SELECT count(*) FROM runs"},
        {"cases", "案件", "SELECT count(*) FROM cases"},
        {"events", "事件", "SELECT coalesce(max(number), 0) FROM events"},
    });
    return project::guarded(project, [&](SQLite::Database& database) {
        std::vector<ProjectCount> counts;
        counts.reserve(kQueries.size());
        for (const auto& [key, name, sql] : kQueries) {
            counts.push_back({key, name, database.execAndGet(sql).getInt64()});
        }
        return counts;
    });
}

} // namespace layers
