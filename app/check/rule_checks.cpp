#include "app/check/rule_checks.hpp"

#include "app/check/rule_selection.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace app {

namespace {

constexpr std::size_t kMostComparisons = 20'000'000; ///< about a second; the shipped set needs 80,000

/// Both lists are `*`, or both name a common member: then neither row is more specific here.
template <typename Item>
bool equallySpecific(const std::vector<Item>& a, const std::vector<Item>& b) {
    if (a.empty() || b.empty()) {
        return a.empty() && b.empty();
    }
    return std::any_of(a.begin(), a.end(),
                       [&](const Item& item) { return std::find(b.begin(), b.end(), item) != b.end(); });
}

bool contradict(const Rule& a, const Rule& b) {
    const layers::Day later = std::max(a.validFrom, b.validFrom);
    return a.verdict != b.verdict && a.lastResort == b.lastResort && equallySpecific(a.kinds, b.kinds) &&
           equallySpecific(a.classes, b.classes) && equallySpecific(a.activities, b.activities) &&
           inPeriod(later, a.validFrom, a.validTo) && inPeriod(later, b.validFrom, b.validTo);
}

void checkGaps(const RuleSet& rules, FaultList& faults) {
    if (coverageCells(rules) * rules.rules.size() > kMostComparisons) {
        faults.warning(YAML::Mark{}, "规则和分区过多，未检查是否有无规则的情形",
                       "too many rows and classes: not checked for cells without any row");
        return;
    }
    const std::vector<CoverageGap> gaps = coverageGaps(rules);
    const auto unanswered = [](const CoverageGap& gap) { return gap.ruleId.empty(); };
    const auto first = std::find_if(gaps.begin(), gaps.end(), unanswered);
    if (first == gaps.end()) {
        return;
    }
    const std::string cell = fmt::format("{} {} {} {}", layers::zoneKindCode(first->kind), first->zoneClass,
                                         first->activity, layers::isoFromDay(first->from));
    const auto count = std::count_if(gaps.begin(), gaps.end(), unanswered);
    faults.warning(
        YAML::Mark{}, fmt::format("{} 个单元没有任何规则，首个：{}；请加 last_resort 兜底规则", count, cell),
        fmt::format("{} cells have no rule at all, first: {}; add a last_resort row", count, cell));
}

} // namespace

void checkRows(const RuleSet& rules, const std::vector<YAML::Mark>& marks, FaultList& faults) {
    for (std::size_t i = 0; i < rules.rules.size(); ++i) {
        const Rule& row = rules.rules[i];
        const auto end = rules.rules.begin() + static_cast<std::ptrdiff_t>(i);
        const auto other = std::find_if(rules.rules.begin(), end,
                                        [&row](const Rule& earlier) { return contradict(earlier, row); });
        if (other != end) {
            faults.warning(marks[i],
                           fmt::format("{} 与第 {} 行的 {} 对同一情形判定不同，取较严者", row.id, other->line,
                                       other->id),
                           fmt::format("{} and {} (line {}) differ on one case; the higher finding wins",
                                       row.id, other->id, other->line));
        }
    }
    checkGaps(rules, faults);
}

} // namespace app
