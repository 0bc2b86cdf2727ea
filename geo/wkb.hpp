#pragma once

#include "geo/shape.hpp"

#include <cstddef>
#include <span>
#include <vector>

namespace geo {

/// Reads well-known binary (OGC, ISO and EWKB type codes, either byte order); Z and M are dropped,
/// collections are flattened. Unclosed rings stay as they are (validity reports them). Throws geo::Error when
/// the bytes end early, a count does not fit the bytes that are there, or a type is a curve (the reader
/// linearises those before).
[[nodiscard]] Shape shapeFromWkb(std::span<const std::byte> wkb);

/// Writes little-endian 2D well-known binary: MultiPolygon for areas, MultiLineString for lines, and Point
/// for one point (MultiPoint for more), the highest dimension of the shape only. `out` is cleared first;
/// reuse it in loops.
void appendWkb(const Shape& shape, std::vector<std::byte>& out);
[[nodiscard]] std::vector<std::byte> wkbFromShape(const Shape& shape);

} // namespace geo
