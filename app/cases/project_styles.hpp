#pragma once

#include "layers/project/style_store.hpp"

#include <vector>

namespace app {

/// The styles of a project's layers: those of results.gpkg, for every geometry column, and zones by their
/// kind.
[[nodiscard]] std::vector<layers::ProjectStyle> projectStyles();

} // namespace app
