#pragma once

#include "geo/zone_index.hpp"

#include <optional>

namespace geo {

/// The nearest place of a zone to a shape that does not meet it.
struct NearZone {
    std::uint32_t zone = 0;
    double distanceM = 0;  ///< geodesic, from the shape's nearest place to the zone's
    double azimuthDeg = 0; ///< from the shape towards the zone, clockwise from north
    Coordinate onShape;
    Coordinate onZone;
};

/// The nearest place of the candidate's boundary within `limitM` metres of the shape, or nothing. The pair of
/// nearest segments is found in a local plane (metres per degree at the shape's middle latitude), the
/// distance printed is the geodesic between the two feet.
[[nodiscard]] std::optional<NearZone>
nearestZone(const ZoneIndex& zones, const ZoneIndex::Candidate& candidate, const Shape& shape, double limitM);

} // namespace geo
