#pragma once

#include "app/check/rules.hpp"
#include "layers/records.hpp"
#include "layers/settings.hpp"

namespace app {

/// All that a judgement may depend on.
struct JudgeFacts {
    layers::ZoneKind kind = layers::ZoneKind::RedLine;
    std::string zoneClass; ///< canonical class of the zone
    std::string activity;  ///< A01 … A99
    layers::Change change = layers::Change::Unknown;
    layers::Day date = 0;          ///< the day whose law counts
    bool largeCovered = false;     ///< covered area from Settings::largePatchM2 on
};

/// The rule judgement, a pure function: row selection (exact rows beat rows with `*`, the highest finding wins among
/// equals, last resorts only when nothing else matched), crosswalk, class parents, change type, priority raises.
[[nodiscard]] layers::Judgement judge(const RuleSet& rules, const JudgeFacts& facts);

/// One zone's judgement with what the order of 主判定 needs.
struct RankedFinding {
    layers::Judgement judgement;
    layers::ZoneKind kind = layers::ZoneKind::RedLine;
    std::string zoneClass;
    double measure = 0;
    std::uint32_t zone = 0;
};
/// True when `a` goes before `b`: highest finding, then highest priority, then NP > NR > DWS一级 > FJ/ZG > DWS二级 > ECR >
/// DWS准 (domain.md 2.2), then the larger measure, then the lower zone number. A total order.
[[nodiscard]] bool goesBefore(const RankedFinding& a, const RankedFinding& b);

} // namespace app
