#pragma once

#include "geo/shape.hpp"

namespace geo {

/// 椭球面积 in m² of the polygons of a shape in CGCS2000 degrees, by the trapezoid series of
/// 国土调查办发〔2008〕32号 (CGCS2000 ellipsoid): edges are straight in longitude and latitude, holes
/// subtract, ring direction does not matter. Relative error of the series below 1e-11 up to 50° of latitude
/// (1e-10 up to 80°); edges of any length hold to the formula's limit, as if cut into infinitely many pieces
/// (1e-9 up to edges of 100 km, see tests). Lines and points give 0.
[[nodiscard]] double ellipsoidalAreaM2(const Shape& shape);
[[nodiscard]] double ellipsoidalAreaM2(const Polygon& polygon);
/// Signed: positive for a counter-clockwise ring.
[[nodiscard]] double ellipsoidalRingAreaM2(const Ring& ring);

/// Planar area in m² after Gauss-Krüger projection (CGCS2000, central meridian in degrees, scale 1): only for
/// the area statement (面积计算书), always labelled as such; never smaller than the ellipsoidal area. Throws
/// geo::Error.
[[nodiscard]] double gaussKruegerAreaM2(const Shape& shape, double centralMeridianDeg);
/// The central meridian of the 3° zone that holds a longitude: 102 for 101.96.
[[nodiscard]] double centralMeridian3Deg(double longitudeDeg);

} // namespace geo
