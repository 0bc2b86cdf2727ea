#pragma once

#include "layers/problem.hpp"
#include "layers/table.hpp"

#include <vector>

namespace layers {

/// The cells of a problem in the order of table `problems` (results.gpkg and the project have it alike).
[[nodiscard]] std::vector<Value> problemRow(const Problem& problem);
/// The problem of such a row; its place stands in the geometry column. Cells of a newer program's kinds
/// become FileDamaged.
[[nodiscard]] Problem problemFromRow(const std::vector<Value>& row);

} // namespace layers
