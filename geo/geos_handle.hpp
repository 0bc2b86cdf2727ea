#pragma once

// The only door to GEOS (reentrant C API, one context a thread). Included by geo/*.cpp only.

#include "geo/shape.hpp"

#include <geos_c.h>

#include <memory>
#include <string>

namespace geo::geos {

/// The calling thread's context, made at first use.
[[nodiscard]] GEOSContextHandle_t context();
/// The last error message of this thread's context, and clears it. Throws Cancelled where the call failed
/// because the work was cancelled.
[[nodiscard]] std::string takeError();

struct GeometryDeleter {
    void operator()(GEOSGeometry* g) const { GEOSGeom_destroy_r(context(), g); }
};
using GeometryPtr = std::unique_ptr<GEOSGeometry, GeometryDeleter>;

/// Shape to GEOS: Polygon for one polygon, MultiPolygon for more, and likewise lines and points of the
/// highest dimension. Throws geo::Error (e.g. an unclosed ring).
[[nodiscard]] GeometryPtr toGeos(const Shape& shape);
/// What GEOS takes the ring's direction for. It looks at the highest place only and is wrong where a ring
/// touches itself there; its overlays then give the complement, in silence.
[[nodiscard]] bool looksCounterClockwise(const Ring& ring);
/// GEOS to shape: collections are flattened, empty parts dropped.
[[nodiscard]] Shape fromGeos(const GEOSGeometry* geometry);

} // namespace geo::geos
