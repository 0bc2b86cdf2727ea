#pragma once

#include "layers/project/project_file.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace layers {

/// How many of something a project holds.
struct ProjectCount {
    std::string key; ///< "cases"
    std::string nameZh;
    std::int64_t value = 0;
};
/// Zone layers, their versions, batches, patches, runs, cases, events. Throws layers::Error.
[[nodiscard]] std::vector<ProjectCount> projectCounts(const ProjectFile& project);

} // namespace layers
