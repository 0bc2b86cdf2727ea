#pragma once

#include "app/check/check_result.hpp"
#include "geo/progress.hpp"

namespace app {

/// Zones of one layer whose interiors overlap (ZonesOverlap), wherever they lie: one problem for each pair of
/// kinds and classes, with the number of pairs, the area (椭球面积), which class is the stricter one and the
/// first examples; equal geometries are told apart. Less than 1 m² in a group is the rounding of shared
/// borders and is not told. To be called while the zones' shapes stand in `zones`.
void noteZoneOverlaps(CheckResult& result, const geo::ZoneIndex& zones, int threads, geo::Progress& progress);

/// Counties that overlap by 1 m² or more in all (ZonesOverlap, role admin): one problem with the first
/// examples.
void noteCountyOverlaps(CheckResult& result, const geo::ZoneIndex& counties, int threads,
                        geo::Progress& progress);

/// Patches that overlap by 1 m² or more and are no duplicates (PatchesOverlap): one problem a pair up to a
/// thousand, with its place and area, the rest in one. Each of them is checked and counted.
void notePatchOverlaps(CheckResult& result, int threads, geo::Progress& progress);

} // namespace app
