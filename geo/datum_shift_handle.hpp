#pragma once

// Datum shifts as PROJ pipelines. Included by geo/*.cpp only.

#include "geo/crs_handle.hpp"
#include "geo/datum_shift.hpp"

#include <proj_experimental.h>

namespace geo::projlib {

/// Degrees of the system's own ellipsoid into degrees of CGCS2000, with DatumShift::Kind::Seven. Throws
/// geo::Error.
[[nodiscard]] PjPtr sevenParameterShift(Context& context, const Crs& crs, const DatumShift& shift);

/// Easting and northing into those of the same projection on CGCS2000, with DatumShift::Kind::Plane. Throws
/// geo::Error for a geographic system.
[[nodiscard]] PjPtr planeShift(Context& context, const Crs& crs, const DatumShift& shift);

/// The projection of a projected system, on CGCS2000. Throws geo::Error.
[[nodiscard]] PjPtr sameProjectionOnCgcs2000(Context& context, const Crs& crs);

} // namespace geo::projlib
