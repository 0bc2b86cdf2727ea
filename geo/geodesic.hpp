#pragma once

#include "geo/shape.hpp"

namespace geo {

/// Geodesic (PROJ, Karney) on CGCS2000 between two positions in degrees.
struct GeodesicLine {
    double distanceM = 0;
    double azimuthDeg = 0; ///< at the first position, clockwise from north, 0 <= azimuth < 360
};
[[nodiscard]] GeodesicLine geodesicLine(const Coordinate& from, const Coordinate& to);

/// Geodesic length in metres of a path (degrees, CGCS2000). Edges shorter than about 2 km use Gauss's
/// mid-latitude formula (relative error below 1e-9 there, tested against PROJ), longer ones PROJ.
[[nodiscard]] double geodesicLengthM(const Path& path);
[[nodiscard]] double geodesicLengthM(const Coordinate& from, const Coordinate& to);
/// Sum over the rings of polygons, or over the lines.
[[nodiscard]] double geodesicPerimeterM(const Shape& shape);

/// Area in m² of the polygons of a shape whose vertices are joined by geodesics (PROJ, Karney); holes
/// subtract, ring direction does not matter. For comparison in the area statement (面积计算书): edges of our
/// data are straight in longitude and latitude, and 椭球面积 is ellipsoidalAreaM2.
[[nodiscard]] double geodesicAreaM2(const Shape& shape);

/// Metres that a degree measures at a latitude on CGCS2000: for search boxes and local planes, not for
/// results.
struct MetresPerDegree {
    double lon = 0;
    double lat = 0;
};
[[nodiscard]] MetresPerDegree metresPerDegree(double latitudeDeg);

/// Position reached from `from` by a geodesic of this azimuth and length (tests, sample data, circles of
/// accuracy).
[[nodiscard]] Coordinate geodesicDestination(const Coordinate& from, double azimuthDeg, double distanceM);

} // namespace geo
