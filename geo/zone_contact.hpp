#pragma once

// Shared by the engine's own files (geo/*.cpp): the same questions as boundary_length.hpp and nearest.hpp,
// for a patch whose outline is at hand.

#include "geo/boundary_length.hpp"
#include "geo/nearest.hpp"
#include "geo/patch_outline.hpp"

namespace geo {

[[nodiscard]] double boundaryLengthInsideM(const ZoneIndex& zones, const ZoneIndex::Candidate& candidate,
                                           const PatchOutline& outline);
[[nodiscard]] bool boundaryMeets(const ZoneIndex& zones, const ZoneIndex::Candidate& candidate,
                                 const PatchOutline& outline);
[[nodiscard]] std::optional<NearZone> nearestZone(const ZoneIndex& zones,
                                                  const ZoneIndex::Candidate& candidate,
                                                  const PatchOutline& outline, double limitM);

} // namespace geo
