#pragma once

#include "layers/project/project_file.hpp"

#include <map>
#include <string>

namespace layers {

/// Name by code of the counties that the project's outlines have, each layer's last version that counts.
/// Throws layers::Error.
[[nodiscard]] std::map<std::string, std::string> countyNames(const ProjectFile& project);

} // namespace layers
