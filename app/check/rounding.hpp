#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace app {

/// Printed areas are counted in whole units of the last printed decimal, so that sums of printed values are
/// exact: an area of 0.0001 公顷 is 1 m².
inline constexpr double kAreaUnitsPerM2 = 1;
inline constexpr double kHaPerM2 = 1e-4;
/// Lengths are printed with one decimal.
inline constexpr double kLengthUnitsPerM = 10;

/// Nearest whole number of units, halves away from zero.
[[nodiscard]] std::int64_t toUnits(double value, double unitsPerOne);

/// Largest-remainder rounding into units: each value is rounded down, and what is missing to `total` goes to
/// the largest remainders, the earlier value first among equals. No result is more than one unit from its
/// value as long as the values add up to the total within half a unit each; a total that does not fit is
/// still met, by going round again.
[[nodiscard]] std::vector<std::int64_t> unitsToSum(std::span<const double> values, double unitsPerOne,
                                                   std::int64_t total);

/// A printed number of hectares; never a negative zero.
[[nodiscard]] double hectaresOf(std::int64_t areaUnits);

/// Rounded to decimals, halves away from zero, never a negative zero.
[[nodiscard]] double rounded(double value, int decimals);

} // namespace app
