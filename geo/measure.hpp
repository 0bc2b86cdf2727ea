#pragma once

// Shared by the engine's own files (geo/*.cpp).

#include "geo/area.hpp"
#include "geo/geodesic.hpp"

namespace geo {

/// What a shape of this dimension measures: 椭球面积 in m², geodesic length in m, nothing for points.
[[nodiscard]] inline double measureOf(const Shape& shape, Dimension dimension) {
    switch (dimension) {
    case Dimension::Area:
        return ellipsoidalAreaM2(shape);
    case Dimension::Line:
        return geodesicPerimeterM(shape);
    default:
        return 0;
    }
}

} // namespace geo
