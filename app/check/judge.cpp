#include "app/check/judge.hpp"

#include "app/check/rule_selection.hpp"

#include <algorithm>
#include <string_view>
#include <tuple>

namespace app {

namespace {

using layers::Change;
using layers::Confidence;
using layers::Judgement;
using layers::Verdict;
using layers::ZoneKind;

constexpr int kHighestPriority = 1;
constexpr int kLowestPriority = 3;
constexpr std::string_view kNoRule = "规则库在判定基准日没有可用规则";

bool contains(const std::vector<std::string>& list, const std::string& name) {
    return std::find(list.begin(), list.end(), name) != list.end();
}

bool raised(const RuleSet& rules, const JudgeFacts& facts, const std::string& judgedClass) {
    return facts.largeCovered || contains(rules.focusActivities, facts.activity) ||
           contains(rules.coreClasses, judgedClass);
}

void applyChange(Judgement& judgement, const RuleSet& rules, const JudgeFacts& facts) {
    if (facts.change == Change::Reduced) {
        judgement.verdict = Verdict::RecoveryCheck;
        judgement.priority = kLowestPriority;
        return;
    }
    if (raised(rules, facts, judgement.judgedClass)) {
        judgement.priority = std::max(kHighestPriority, judgement.priority - 1);
    }
    if (facts.change == Change::Unchanged) {
        judgement.priority = std::min(kLowestPriority, judgement.priority + 1);
    }
}

void addToBasis(std::string& basis, const std::string& note) {
    if (!note.empty()) {
        basis += ";" + note;
    }
}

/// Adds what the answer owes to a crosswalk or a doubtful period, and 依据待核 at the very end.
void applyDoubts(Judgement& judgement, const RuleSet& rules, const JudgeFacts& facts,
                 const ClassConversion* conversion) {
    if (conversion != nullptr) {
        judgement.converted = true;
        judgement.confidence = std::max(judgement.confidence, conversion->confidence);
        addToBasis(judgement.basis, conversion->note);
    }
    for (const DoubtfulPeriod& period : rules.doubtful) {
        if (concerns(period.kinds, facts.kind) && inPeriod(facts.date, period.validFrom, period.validTo)) {
            judgement.confidence = Confidence::Expert;
            addToBasis(judgement.basis, period.note);
        }
    }
    if (judgement.confidence == Confidence::Expert && !judgement.basis.ends_with(kToBeChecked)) {
        judgement.basis += kToBeChecked;
    }
}

/// Place in the order NP > NR > DWS一级 > FJ/ZG > DWS二级 > ECR > DWS准.
int kindOrder(ZoneKind kind, const std::string& zoneClass) {
    enum Place { Park, Reserve, WaterFirst, ScenicOrNaturePark, WaterSecond, RedLine, WaterOuter };
    switch (kind) {
    case ZoneKind::NationalPark:
        return Park;
    case ZoneKind::NatureReserve:
        return Reserve;
    case ZoneKind::ScenicArea:
    case ZoneKind::NaturePark:
        return ScenicOrNaturePark;
    case ZoneKind::RedLine:
        return RedLine;
    case ZoneKind::WaterSource:
        break;
    }
    if (zoneClass == "一级") {
        return WaterFirst;
    }
    return zoneClass == "准" ? WaterOuter : WaterSecond;
}

} // namespace

Judgement judge(const RuleSet& rules, const JudgeFacts& facts) {
    const RuleSelection selection =
        selectRule(rules, facts.kind, facts.zoneClass, facts.activity, facts.date);
    Judgement judgement;
    judgement.judgedClass = selection.judgedClass;
    if (selection.rule == nullptr) {
        judgement.basis = kNoRule;
        judgement.fallback = true;
    } else {
        judgement.verdict = selection.rule->verdict;
        judgement.priority = selection.rule->priority;
        judgement.ruleId = selection.rule->id;
        judgement.basis = printedBasis(rules, selection.rule->basis);
        judgement.confidence = selection.rule->confidence;
        judgement.fallback = selection.rule->lastResort;
    }
    applyChange(judgement, rules, facts);
    applyDoubts(judgement, rules, facts, selection.conversion);
    return judgement;
}

bool goesBefore(const RankedFinding& a, const RankedFinding& b) {
    // Verdicts are declared from the highest finding down; the larger measure goes first, so a and b change
    // places there.
    const int orderOfA = kindOrder(a.kind, a.zoneClass);
    const int orderOfB = kindOrder(b.kind, b.zoneClass);
    return std::tie(a.judgement.verdict, a.judgement.priority, orderOfA, b.measure, a.zone) <
           std::tie(b.judgement.verdict, b.judgement.priority, orderOfB, a.measure, b.zone);
}

} // namespace app
