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
    layers::Day date = 0;      ///< the day whose law counts
    bool largeCovered = false; ///< covered area from Settings::largePatchM2 on
};

/// The rule judgement, a pure function: row selection (rule_selection.hpp), crosswalk, class parents, then
/// the priority: raised once for a focus activity, a core class or a large covered area, then lowered once
/// for 无变化. 减少/恢复 is 恢复核实 of priority 3 whatever the row says. A day on which no row at all is in
/// force gives 需核实 without a rule id.
[[nodiscard]] layers::Judgement judge(const RuleSet& rules, const JudgeFacts& facts);

/// One zone's judgement with what the order of 主判定 needs.
struct RankedFinding {
    layers::Judgement judgement;
    layers::ZoneKind kind = layers::ZoneKind::RedLine;
    std::string zoneClass;
    double measure = 0;
    std::uint32_t zone = 0;
};
/// True when `a` goes before `b`: highest finding, then highest priority, then NP > NR > DWS一级 > FJ/ZG >
/// DWS二级 > ECR > DWS准 (domain.md 2.2), then the larger measure, then the lower zone number. A water-source
/// zone of unknown class stands with 二级. A total order.
[[nodiscard]] bool goesBefore(const RankedFinding& a, const RankedFinding& b);

} // namespace app
