#pragma once

#include "layers/project/project_check.hpp"

namespace layers {

/// Tells the life of every case again from its events: what people said must be what stands in the case,
/// numbers must be those that were issued, and events must name cases that are there. Throws layers::Error.
[[nodiscard]] std::vector<ProjectFault> checkCases(const ProjectFile& project);

} // namespace layers
