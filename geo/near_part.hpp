#pragma once

#include "geo/shape.hpp"

#include <limits>

namespace geo {

/// What of a shape's lines or points lies near another shape.
struct NearPart {
    double measure = 0; ///< of the whole: geodesic m of lines, number of points
    double near = 0;    ///< of what lies within the radius, at most `measure`
    /// The least distance in metres where something lies within the radius (0: they meet), else infinity.
    double distanceM = std::numeric_limits<double>::infinity();
};

/// The lines or points of `shape` (its highest dimension, not an area) that lie within `radiusM` > 0 of
/// `other`, whatever that is; inside an area counts as near. Along each line the part is exact in the local
/// plane of each edge (metres per degree at its middle), not sampled. Degrees of CGCS2000.
[[nodiscard]] NearPart nearPart(const Shape& shape, const Shape& other, double radiusM);

} // namespace geo
