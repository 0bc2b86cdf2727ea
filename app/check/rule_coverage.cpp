#include "app/check/rule_selection.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace app {

namespace {

using layers::Day;
using layers::ZoneKind;

struct Period {
    Day from = 0;
    std::optional<Day> to;
};

/// The days on which the answers for a kind may change.
std::set<Day> cutsOf(const RuleSet& rules, ZoneKind kind) {
    std::set<Day> cuts;
    const auto add = [&](const std::vector<ZoneKind>& kinds, std::optional<Day> from, std::optional<Day> to) {
        if (concerns(kinds, kind)) {
            if (from) {
                cuts.insert(*from);
            }
            if (to) {
                cuts.insert(*to + 1);
            }
        }
    };
    for (const Rule& rule : rules.rules) {
        add(rule.kinds, rule.validFrom, rule.validTo);
    }
    for (const ClassConversion& conversion : rules.conversions) {
        add(conversion.kinds, conversion.validFrom, conversion.validTo);
    }
    for (const DoubtfulPeriod& doubtful : rules.doubtful) {
        add(doubtful.kinds, doubtful.validFrom, doubtful.validTo);
    }
    return cuts;
}

/// The periods of a kind, from the first day of any row of the set on.
std::vector<Period> periodsOf(const RuleSet& rules, ZoneKind kind) {
    if (rules.rules.empty()) {
        return {};
    }
    const Day first =
        std::min_element(rules.rules.begin(), rules.rules.end(), [](const Rule& a, const Rule& b) {
            return a.validFrom < b.validFrom;
        })->validFrom;
    std::set<Day> cuts = cutsOf(rules, kind);
    cuts.erase(cuts.begin(), cuts.lower_bound(first));
    cuts.insert(first);
    std::vector<Period> periods;
    for (const Day cut : cuts) {
        if (!periods.empty()) {
            periods.back().to = cut - 1;
        }
        periods.push_back(Period{cut, std::nullopt});
    }
    return periods;
}

/// Calls `visit` with every cell: kind, class, period, activity, in this order of nesting.
template <typename Visit>
void forEachCell(const RuleSet& rules, const Visit& visit) {
    for (const auto& [kind, classes] : rules.classes) {
        const std::vector<Period> periods = periodsOf(rules, kind);
        for (const ZoneClass& zoneClass : classes) {
            for (const Period& period : periods) {
                for (const auto& [activity, name] : rules.activities) {
                    visit(CoverageGap{kind, zoneClass.name, activity, period.from, period.to, ""});
                }
            }
        }
    }
}

bool inOneLine(const CoverageGap& a, const CoverageGap& b) {
    return a.kind == b.kind && a.zoneClass == b.zoneClass && a.from == b.from && a.ruleId == b.ruleId;
}

} // namespace

std::vector<CoverageGap> coverageGaps(const RuleSet& rules) {
    std::vector<CoverageGap> gaps;
    forEachCell(rules, [&](CoverageGap cell) {
        const Rule* rule = selectRule(rules, cell.kind, cell.zoneClass, cell.activity, cell.from).rule;
        if (rule == nullptr || rule->lastResort) {
            cell.ruleId = rule == nullptr ? "" : rule->id;
            gaps.push_back(std::move(cell));
        }
    });
    return gaps;
}

std::size_t coverageCells(const RuleSet& rules) {
    std::size_t cells = 0;
    for (const auto& [kind, classes] : rules.classes) {
        cells += classes.size() * periodsOf(rules, kind).size() * rules.activities.size();
    }
    return cells;
}

std::vector<std::string> coverageLines(const RuleSet& rules) {
    std::vector<CoverageGap> gaps = coverageGaps(rules);
    // Cells of one kind, class and period stand together already; within them the answering rules are brought
    // together.
    for (auto begin = gaps.begin(); begin != gaps.end();) {
        const auto end = std::find_if(begin, gaps.end(), [&](const CoverageGap& gap) {
            return gap.kind != begin->kind || gap.zoneClass != begin->zoneClass || gap.from != begin->from;
        });
        std::stable_sort(begin, end, [](const auto& a, const auto& b) { return a.ruleId < b.ruleId; });
        begin = end;
    }
    std::vector<std::string> lines;
    for (auto begin = gaps.begin(); begin != gaps.end();) {
        const auto end =
            std::find_if(begin, gaps.end(), [&](const CoverageGap& gap) { return !inOneLine(*begin, gap); });
        std::string activities;
        for (auto gap = begin; gap != end; ++gap) {
            activities += " " + gap->activity;
        }
        lines.push_back(fmt::format("{} {} {}–{} {}:{}", layers::zoneKindCode(begin->kind), begin->zoneClass,
                                    layers::isoFromDay(begin->from),
                                    begin->to ? layers::isoFromDay(*begin->to) : "",
                                    begin->ruleId.empty() ? "无规则/no rule" : begin->ruleId, activities));
        begin = end;
    }
    const std::size_t cells = coverageCells(rules);
    lines.push_back(
        fmt::format("{} 个单元中 {} 个仅由兜底规则回答 / {} of {} cells are answered by last resorts only",
                    cells, gaps.size(), gaps.size(), cells));
    const auto isOpen = [](const CoverageGap& gap) { return !gap.to; };
    const auto openGaps = std::count_if(gaps.begin(), gaps.end(), isOpen);
    std::size_t openCells = 0;
    forEachCell(rules, [&](const CoverageGap& cell) { openCells += isOpen(cell) ? 1 : 0; });
    lines.push_back(fmt::format(
        "其中末一时期(无终止日) {} 个单元中 {} 个 / of these, in the last periods (without an end): {} of {}",
        openCells, openGaps, openGaps, openCells));
    return lines;
}

} // namespace app
