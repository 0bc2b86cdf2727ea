#pragma once

#include "geo/indexed_ring.hpp"

namespace geo {

/// The ring as seen from `box` at a resolution, for drawing (design 3, "the ring as seen from a box"): where
/// a node of the hierarchy does not meet the box its chain is replaced by the chord from its first to its
/// last point, which stays on the node's side of the box; where a node inside is no larger than `resolution`
/// (x and y, in the ring's units; 0: exact) likewise. So every point of the box that lies farther than the
/// resolution from the ring has the winding number that it has for the ring itself, at a cost of O(k + log
/// n). Points far outside are pulled to a box three times as large, so that projecting them does no harm.
/// Closed; not necessarily free of crossings outside the box.
[[nodiscard]] Path viewOfRing(const IndexedRing& ring, const Box& box, const Coordinate& resolution);

} // namespace geo
