#include "app/check/rounding.hpp"

#include "app/check/list_rows.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace app {

namespace {

constexpr double kTen = 10;

double scaleOf(int decimals) {
    return std::pow(kTen, decimals);
}

} // namespace

std::int64_t toUnits(double value, double unitsPerOne) {
    return std::llround(value * unitsPerOne);
}

std::vector<std::int64_t> unitsToSum(std::span<const double> values, double unitsPerOne, std::int64_t total) {
    std::vector<std::int64_t> units;
    std::vector<double> remainders;
    units.reserve(values.size());
    remainders.reserve(values.size());
    for (const double value : values) {
        const double scaled = value * unitsPerOne;
        units.push_back(static_cast<std::int64_t>(std::floor(scaled)));
        remainders.push_back(scaled - std::floor(scaled));
    }
    if (units.empty()) {
        return units;
    }
    std::vector<std::size_t> order(units.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return remainders[a] > remainders[b]; });
    const std::int64_t missing = total - std::accumulate(units.begin(), units.end(), std::int64_t{0});
    const auto count = static_cast<std::int64_t>(units.size());
    // Floored division: a negative lack takes a whole unit from all, then gives back to the largest
    // remainders.
    std::int64_t each = missing / count;
    std::int64_t rest = missing % count;
    if (rest < 0) {
        --each;
        rest += count;
    }
    for (std::size_t i = 0; i < order.size(); ++i) {
        units[order[i]] += each + (static_cast<std::int64_t>(i) < rest ? 1 : 0);
    }
    return units;
}

double hectaresOf(std::int64_t areaUnits) {
    // Divided rather than multiplied: the quotient is the double nearest to the printed decimals.
    constexpr double kUnitsPerHa = 10000;
    return static_cast<double>(areaUnits) / kUnitsPerHa;
}

double rounded(double value, int decimals) {
    const double scale = scaleOf(decimals);
    const double result = std::round(value * scale) / scale;
    return result == 0 ? 0.0 : result;
}

std::vector<double> roundedToSum(const std::vector<double>& values, double total, int decimals) {
    const double scale = scaleOf(decimals);
    std::vector<double> printed;
    printed.reserve(values.size());
    for (const std::int64_t units : unitsToSum(values, scale, toUnits(total, scale))) {
        printed.push_back(static_cast<double>(units) / scale);
    }
    return printed;
}

} // namespace app
