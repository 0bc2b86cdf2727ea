#pragma once

// Coordinate systems as PROJ objects: reading definitions, telling what they are. Included by geo/*.cpp only.

#include "geo/proj_handle.hpp"
#include "geo/transform.hpp"

#include <string>

namespace geo::projlib {

/// A horizontal coordinate system with what is known of it.
struct Crs {
    PjPtr crs;                 ///< geographic or projected, without heights and without a bound datum shift
    PjPtr geodetic;            ///< the geographic system under it
    double degreesPerUnit = 1; ///< of the geographic system: 1, or 0.9 where it counts in grads
    CrsInfo info;
};

/// Reads a definition. Throws geo::Error.
[[nodiscard]] Crs readCrs(Context& context, const std::string& definition);

} // namespace geo::projlib
