#pragma once

#include "geo/shape.hpp"

#include <string_view>

namespace layers {

/// The shift that a map service puts on longitude and latitude.
enum class MapShift {
    None,
    Gcj02, ///< 火星坐标: 高德, 腾讯, 奥维 and others
    Bd09,  ///< 百度: a further shift on top of GCJ-02
};
[[nodiscard]] std::string_view mapShiftName(MapShift shift); ///< "GCJ-02", "BD-09", ""

/// Longitude, latitude of WGS 84 (or CGCS2000) as the service shows them. The formula is the one that has
/// been public since 2013 as "WGStoGCJ" / eviltransform (Krassowsky ellipsoid, a polynomial and sines of the
/// distance from 105°E 35°N), and for BD-09 the one of Baidu's own conversion service as published there;
/// neither is an official text. Outside 72.004-137.8347°E, 0.8293-55.8271°N nothing is shifted.
[[nodiscard]] geo::Coordinate shifted(const geo::Coordinate& lonLat, MapShift shift);
/// The position that `shifted` brings to `lonLat`, by iteration: within 1e-9 degrees. NaN stays NaN.
[[nodiscard]] geo::Coordinate unshifted(const geo::Coordinate& lonLat, MapShift shift);
[[nodiscard]] geo::Shape unshifted(geo::Shape shape, MapShift shift);

} // namespace layers
