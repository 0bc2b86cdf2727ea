#include "app/cases/batch_places.hpp"

#include "geo/geodesic.hpp"

#include <algorithm>

namespace app {

geo::Box reachOf(const geo::Box& box, double radiusM) {
    constexpr double kReachSlack = 1.02; // boxes in degrees reach a little further than the metres asked for
    const geo::MetresPerDegree low = geo::metresPerDegree(box.minY);
    const geo::MetresPerDegree high = geo::metresPerDegree(box.maxY);
    const double reachM = radiusM * kReachSlack;
    return box.grown(reachM / std::min(low.lon, high.lon), reachM / std::min(low.lat, high.lat));
}

double sizeOf(const geo::Box& box) {
    return (box.maxX - box.minX) * (box.maxY - box.minY);
}

geo::Coordinate middleOf(const geo::Box& box) {
    return {(box.minX + box.maxX) / 2, (box.minY + box.maxY) / 2};
}

std::uint64_t mortonCode(const geo::Coordinate& place) {
    constexpr double kCellsPerDegree = 1000;
    constexpr int kBits = 20;
    const auto x = static_cast<std::uint64_t>(std::clamp(place.x + 180, 0.0, 360.0) * kCellsPerDegree);
    const auto y = static_cast<std::uint64_t>(std::clamp(place.y + 90, 0.0, 180.0) * kCellsPerDegree);
    std::uint64_t code = 0;
    for (int bit = 0; bit < kBits; ++bit) {
        code |= ((x >> bit) & 1U) << (2 * bit) | ((y >> bit) & 1U) << (2 * bit + 1);
    }
    return code;
}

} // namespace app
