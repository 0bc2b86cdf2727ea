#pragma once

#include "app/check/check_result.hpp"
#include "geo/zone_index.hpp"

namespace app {

/// What stays the same for all patches of a run.
struct PatchCheck {
    const geo::ZoneIndex* zones = nullptr;
    const geo::ZoneIndex* counties = nullptr; ///< null without --admin
    const layers::Settings* settings = nullptr;
    geo::OverlayOptions options; ///< near distances by zone
};

/// Near distance of each zone: 10 m for 饮用水水源一级保护区, else 50 m (settings).
[[nodiscard]] std::vector<double> nearDistances(const std::vector<layers::Zone>& zones,
                                                const layers::Settings& settings);

/// The part of the check that needs no other patch: overlay, certainty of each overlap, counties, a place
/// inside, what is covered. Runs in parallel over patches.
[[nodiscard]] PatchResult checkPatch(const geo::Shape& patch, const PatchCheck& check);

/// 判定基准日 of a patch: the last day that its later image may mean, else --date; nothing when neither is
/// there.
[[nodiscard]] std::optional<layers::Day> judgementDay(const layers::Patch& patch,
                                                      const std::optional<layers::Day>& given);

} // namespace app
