#pragma once

#include "geo/zone_index.hpp"

#include <optional>

namespace geo {

/// A place where the interiors of two zones of the index overlap, or nothing when they lie apart, touch or
/// share a border; exact for doubles. No overlay is made: boundaries are joined over their box hierarchies, a
/// proper crossing decides, where they touch the two interiors' angles are compared, and rings that touch
/// nothing are located. For zones that share n segments it costs O(n log n).
[[nodiscard]] std::optional<Coordinate> interiorContact(const ZoneIndex& zones, std::uint32_t a,
                                                        std::uint32_t b);

} // namespace geo
