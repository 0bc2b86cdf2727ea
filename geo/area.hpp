#pragma once

#include "geo/shape.hpp"

#include <array>
#include <vector>

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

/// What one edge adds to a ring's area: the document's trapezoid between the edge and the meridian of the
/// ring's first vertex (positive where the edge runs north), and what cutting a slanted edge into infinitely
/// many pieces adds to it.
struct EdgeArea {
    double trapezoidM2 = 0;
    double slantM2 = 0;
};
/// By edge, in the ring's order: their sum is ellipsoidalRingAreaM2 (for the area statement, 面积计算书).
[[nodiscard]] std::vector<EdgeArea> ellipsoidalEdgeAreasM2(const Ring& ring);

/// The numbers of the formula: the CGCS2000 ellipsoid (metres) and the coefficients A, B, C, D, E of
/// 国土调查办发〔2008〕32号, all positive, for the signs stand in the formula.
struct AreaFormula {
    double a = 0;
    double f = 0;
    double b = 0;
    double e2 = 0;
    std::array<double, 5> series{};
};
[[nodiscard]] AreaFormula areaFormula();

/// Planar area in m² after Gauss-Krüger projection (CGCS2000, central meridian in degrees, scale 1): only for
/// the area statement (面积计算书), always labelled as such; never smaller than the ellipsoidal area. Throws
/// geo::Error.
[[nodiscard]] double gaussKruegerAreaM2(const Shape& shape, double centralMeridianDeg);
/// The central meridian of the 3° zone that holds a longitude: 102 for 101.96.
[[nodiscard]] double centralMeridian3Deg(double longitudeDeg);

} // namespace geo
