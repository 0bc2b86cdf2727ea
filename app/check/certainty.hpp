#pragma once

#include "geo/patch_overlay.hpp"
#include "layers/records.hpp"
#include "layers/settings.hpp"

namespace app {

/// What an overlap could be if the zone's boundary lay e = √(e_patch² + e_zone²) to either side, to first
/// order (design 3): min = max(0, area − e·L), max = min(area of the patch, area + e·L), L the zone's
/// boundary inside the patch.
struct AreaRange {
    double leastM2 = 0;
    double mostM2 = 0;
};
[[nodiscard]] AreaRange areaRange(const geo::ZoneOverlap& overlap, double patchMeasure,
                                  const layers::Settings& settings);

/// Mean width in metres: 2 · area / perimeter (domain.md 5).
[[nodiscard]] double meanWidthM(double areaM2, double perimeterM);

/// Whether an area counts as a hit: enough area, or share, or width (domain.md 5).
[[nodiscard]] bool countsAsHit(double areaM2, double patchM2, double perimeterM,
                               const layers::Settings& settings);

/// 确定占压, 疑似压边 or 擦边 for an overlap of an area patch; lines count by their length inside against the
/// positional error.
[[nodiscard]] layers::Certainty certaintyOf(const geo::ZoneOverlap& overlap, double patchMeasure,
                                            geo::Dimension dimension, const layers::Settings& settings);

} // namespace app
