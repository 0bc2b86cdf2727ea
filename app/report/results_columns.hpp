#pragma once

#include "layers/table.hpp"

namespace app {

/// Which tables results.gpkg has (docs/formats.md describes every column). `geometry` is what the run's
/// patches allow.
[[nodiscard]] layers::TableSpec patchesTable(layers::GeometryKind geometry);
[[nodiscard]] layers::TableSpec overlapsTable(layers::GeometryKind geometry);
[[nodiscard]] layers::TableSpec atomsTable(layers::GeometryKind geometry);
[[nodiscard]] layers::TableSpec nearTable();
[[nodiscard]] layers::TableSpec rejectsTable();
[[nodiscard]] layers::TableSpec problemsTable();
[[nodiscard]] layers::TableSpec zonesTable();
[[nodiscard]] layers::TableSpec judgementsTable();

} // namespace app
