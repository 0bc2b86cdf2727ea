#pragma once

#include "geo/shape.hpp"

namespace geo {

/// The common part of two shapes by GEOS OverlayNG, only parts of the dimension of `a` (areas of an area,
/// lines of a line). Throws geo::Error with GEOS's reason where it refuses.
[[nodiscard]] Shape intersection(const Shape& a, const Shape& b);
/// What of `a` lies outside `b`, parts of the dimension of `a`.
[[nodiscard]] Shape difference(const Shape& a, const Shape& b);
/// Union of many areas.
[[nodiscard]] Shape unionOf(const std::vector<Shape>& shapes);

} // namespace geo
