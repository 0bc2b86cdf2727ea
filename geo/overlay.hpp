#pragma once

#include "geo/shape.hpp"

namespace geo {

/// The common part of two shapes by GEOS OverlayNG, only parts of the dimension of `a` (areas of an area,
/// lines of a line). Throws geo::Error with GEOS's reason where it refuses.
/// @param grid 0: floating-point coordinates as they are; else snap-rounding on a grid of this size, which is
/// slower, moves coordinates by half of it, and is right where edges coincide but for a few bits
[[nodiscard]] Shape intersection(const Shape& a, const Shape& b, double grid = 0);
/// What of `a` lies outside `b`, parts of the dimension of `a`.
[[nodiscard]] Shape difference(const Shape& a, const Shape& b, double grid = 0);
/// Union of many areas.
[[nodiscard]] Shape unionOf(const std::vector<Shape>& shapes);

} // namespace geo
