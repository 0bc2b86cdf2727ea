#pragma once

#include "geo/shape.hpp"

namespace geo {

/// A position inside the shape, for the field: in the widest part of the largest polygon along a scan line
/// (so that it never falls into a hole or beside a crescent), on the middle of the longest line, or the first
/// point. Deterministic. Throws geo::Error for an empty shape.
[[nodiscard]] Coordinate interiorPoint(const Shape& shape);
/// The same of one polygon; a position of its shell where no double lies inside.
[[nodiscard]] Coordinate interiorPoint(const Polygon& polygon);

} // namespace geo
