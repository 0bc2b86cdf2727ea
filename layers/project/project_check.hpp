#pragma once

#include "layers/project/project_file.hpp"

#include <string>
#include <vector>

namespace layers {

/// Something in a project that is not as this program leaves it.
struct ProjectFault {
    std::string part; ///< "integrity", "foreign_keys", "events", "cases", "sums"
    std::string textZh;
    std::string textEn;
};

/// Looks a project through: SQLite's own integrity check, foreign keys, the chain of events, cases against
/// their events and numbers against their counters, and the closing sums of every run. Empty when all is
/// well. Throws layers::Error.
[[nodiscard]] std::vector<ProjectFault> checkProject(const ProjectFile& project);

} // namespace layers
