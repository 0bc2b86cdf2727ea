#pragma once

#include "geo/geos_handle.hpp"

#include <string>

namespace tests {

/// What GEOS isValid says of a shape; `reason` as GEOS words it. A ring that GEOS cannot even make counts as
/// not valid.
struct GeosVerdict {
    bool isValid = false;
    std::string reason;
};

inline GeosVerdict geosVerdict(const geo::Shape& shape) {
    GEOSContextHandle_t context = geo::geos::context();
    const geo::geos::GeometryPtr geometry = geo::geos::toGeos(shape);
    char* reason = nullptr;
    GEOSGeometry* place = nullptr;
    const bool isValid = GEOSisValidDetail_r(context, geometry.get(), 0, &reason, &place) == 1;
    const geo::geos::GeometryPtr owned(place);
    GeosVerdict verdict{isValid, reason == nullptr ? "" : reason};
    GEOSFree_r(context, reason);
    return verdict;
}

} // namespace tests
