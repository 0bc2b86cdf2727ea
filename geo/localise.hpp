#pragma once

#include "geo/zone_index.hpp"

#include <cstddef>
#include <optional>
#include <string>

namespace geo {

/// What a zone looks like from a patch's box.
enum class View {
    Outside,   ///< no segment of the zone meets the box, and the box lies outside
    Inside,    ///< no segment of the zone meets the box, and the box lies inside
    Localised, ///< `polygon` equals the zone inside the box (and a margin around it)
    Failed,    ///< no margin gave a clean cut; `reason` says why, and the caller takes the whole zone
};

struct LocalView {
    View view = View::Outside;
    Shape
        polygon; ///< small and valid as a point set; coordinates of the zone untouched where they meet `box`
    std::size_t segments = 0; ///< k: zone segments whose boxes meet the box (what a crossing pair costs)
    std::string reason;
};

/// The zone as seen from `box` (design: "localise, then overlay"): the segments that meet the box are kept
/// whole, a window is drawn around them, each ring's pieces inside the window are closed along its border
/// with the interior on the left, rings wholly inside are added, and where no piece crosses the border one
/// corner decides. Inside `box` the result is the zone's point set exactly, so overlays with a patch in `box`
/// give the coordinates of the full overlay. Costs O(k + log n) for a zone of n vertices.
[[nodiscard]] LocalView localise(const ZoneIndex& zones, const ZoneIndex::Candidate& candidate,
                                 const Box& box);

} // namespace geo
