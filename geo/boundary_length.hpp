#pragma once

#include "geo/zone_index.hpp"

namespace geo {

/// Geodesic length in metres of the zone's boundary inside the patch (closed: what runs along the patch's own
/// outline counts), the L of the certainty formula. For an area patch only; others give 0. Agrees with GEOS's
/// boundary-intersection length (tests). Costs O(k · m) for k zone segments in the patch's box and m patch
/// segments.
[[nodiscard]] double boundaryLengthInsideM(const ZoneIndex& zones, const ZoneIndex::Candidate& candidate,
                                           const Shape& patch);

/// True when a segment of the zone meets the patch (touching included): the outline, or the inside of an
/// area. False means that the patch lies wholly in or wholly out of the zone, and one locate decides.
[[nodiscard]] bool boundaryMeets(const ZoneIndex& zones, const ZoneIndex::Candidate& candidate,
                                 const Shape& patch);

} // namespace geo
