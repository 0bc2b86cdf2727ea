#pragma once

#include "app/check/check_result.hpp"
#include "geo/zone_index.hpp"

namespace app {

/// What lies farther from every county than the setting far_from_admin_m is most likely in the wrong place:
/// patches and zones are told by input (FarFromAdmin), with their number, the distance, and what would bring
/// them home: longitude and latitude swapped, or another zone of the projection (a multiple of 3° of
/// longitude).
void noteFarFeatures(CheckResult& result, const geo::ZoneIndex& zones, const geo::ZoneIndex& counties);

} // namespace app
