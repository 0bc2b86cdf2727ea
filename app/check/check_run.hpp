#pragma once

#include "app/check/check_result.hpp"
#include "geo/progress.hpp"

namespace app {

/// Days of judgement, both included.
struct DayRange {
    layers::Day first = 0;
    layers::Day last = 0;
    [[nodiscard]] bool contains(layers::Day day) const { return first <= day && day <= last; }
};

/// What a check starts from; patches and zones were read and repaired by layers.
struct CheckInput {
    std::vector<layers::Patch> patches;
    std::vector<layers::Zone> zones;
    /// Where zones come in versions: the days of judgement that each zone is looked at for, slot by slot with
    /// zones. Empty: every patch meets all zones.
    std::vector<DayRange> zoneDays;
    std::vector<layers::County> counties;
    std::vector<layers::Reject> rejects;
    std::vector<layers::Problem> problems;
    std::vector<layers::InputReport> inputs;
    std::optional<layers::InputReport> known; ///< the layer of --known
    RuleSet rules;
    layers::Settings settings;
    std::string batch;
    layers::Day today = 0;
    std::optional<layers::Day> date;
    bool zonesIncomplete = false;
    int threads = 0;
    geo::OverlayOptions::Method method = geo::OverlayOptions::Method::Localised;
};

/// The check: overlay, certainty, buckets, rules, counties, closing sums. Pure but for its progress; the same
/// result for any number of threads. Throws layers::Error when a patch has neither a later image date nor
/// --date, geo::Cancelled.
[[nodiscard]] CheckResult runCheck(CheckInput input, geo::Progress& progress);

} // namespace app
