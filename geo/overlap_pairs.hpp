#pragma once

#include "geo/progress.hpp"
#include "geo/zone_index.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace geo {

/// Two zones whose interiors overlap.
struct OverlapPair {
    std::uint32_t a = 0; ///< the lower number
    std::uint32_t b = 0;
    std::optional<double>
        areaM2;         ///< 椭球面积 of the common part; empty until measured, and where GEOS refuses it
    Coordinate place;   ///< in the common part
    bool equal = false; ///< the same geometry, however it is written
};

/// Pairs of zones of one group whose interiors overlap, ascending; zones that only touch are none. Pairs are
/// found exactly (interiorContact) and not yet measured.
/// @param groups of each zone; a negative one is left out
[[nodiscard]] std::vector<OverlapPair> overlapPairs(const ZoneIndex& zones,
                                                    const std::vector<std::int32_t>& groups, int threads,
                                                    Progress& progress);

/// Measures pairs, part by part: areaM2, and a place well inside the common part.
void measureOverlaps(const ZoneIndex& zones, std::vector<OverlapPair>& pairs, int threads,
                     Progress& progress);

} // namespace geo
