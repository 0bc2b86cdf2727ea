#pragma once

#include "app/check/check_result.hpp"
#include "geo/zone_index.hpp"

#include <cstdint>
#include <vector>

namespace app {

/// Splits a patch and its covered part among counties (zones of the index, by code). Where outlines overlap
/// the lower code counts, where they gape the part is nobody's (county -1), so the parts add up to the patch
/// whatever the layer is like. Sorted: largest part first, then by county; -1 last.
[[nodiscard]] std::vector<CountyPart> splitByCounty(const geo::Shape& patch, const geo::PatchOverlay& overlay,
                                                    const geo::ZoneIndex& counties);

/// Counties (numbers, ascending) that a zone layer reaches, by its zones' vertices and the counties' own.
[[nodiscard]] std::vector<std::int32_t> countiesReached(const std::vector<std::uint32_t>& zonesOfLayer,
                                                        const geo::ZoneIndex& zones,
                                                        const geo::ZoneIndex& counties);

} // namespace app
