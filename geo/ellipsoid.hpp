#pragma once

#include <numbers>

/// The CGCS2000 ellipsoid.
namespace geo::ellipsoid {

inline constexpr double kRadiansPerDegree = std::numbers::pi / 180;

inline constexpr double kA = 6378137;                ///< semi-major axis, m
inline constexpr double kF = 1 / 298.257222101;      ///< flattening
inline constexpr double kB = kA * (1 - kF);          ///< semi-minor axis, m
inline constexpr double kE2 = kF * (2 - kF);         ///< first eccentricity, squared
inline constexpr double kSecondE2 = kE2 / (1 - kE2); ///< second eccentricity, squared

} // namespace geo::ellipsoid
