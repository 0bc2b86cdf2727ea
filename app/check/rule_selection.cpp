#include "app/check/rule_selection.hpp"

#include <algorithm>
#include <tuple>

namespace app {

namespace {

/// How a row came to match: smaller is better, compared member by member.
struct Match {
    bool lastResort = false;
    int wildcards = 0;                                     ///< how many of kind, class and activity are `*`
    int classDistance = 0;                                 ///< 0 the class itself, 1 its parent, ...
    layers::Verdict verdict = layers::Verdict::NeedsCheck; ///< declared from the highest finding down
    int priority = 0;

    [[nodiscard]] auto key() const {
        return std::tie(lastResort, wildcards, classDistance, verdict, priority);
    }
};

bool names(const std::vector<std::string>& list, const std::string& name) {
    return std::find(list.begin(), list.end(), name) != list.end();
}

/// The class, its parent, its parent's parent, ... parseRules refuses circles.
std::vector<std::string> lineage(const RuleSet& rules, layers::ZoneKind kind, const std::string& zoneClass) {
    std::vector<std::string> line{zoneClass};
    for (const std::string* parent = &rules.parentOf(kind, zoneClass);
         !parent->empty() && !names(line, *parent); parent = &rules.parentOf(kind, *parent)) {
        line.push_back(*parent);
    }
    return line;
}

/// Steps from the zone's class up to a class that the row names; nothing when it names none of them.
std::optional<int> classDistance(const Rule& rule, const std::vector<std::string>& line) {
    for (std::size_t step = 0; step < line.size(); ++step) {
        if (names(rule.classes, line[step])) {
            return static_cast<int>(step);
        }
    }
    return std::nullopt;
}

std::optional<Match> matchOf(const Rule& rule, layers::ZoneKind kind, const std::vector<std::string>& line,
                             const std::string& activity, layers::Day date) {
    if (!inPeriod(date, rule.validFrom, rule.validTo) || !concerns(rule.kinds, kind) ||
        (!rule.activities.empty() && !names(rule.activities, activity))) {
        return std::nullopt;
    }
    const std::optional<int> distance = rule.classes.empty() ? 0 : classDistance(rule, line);
    if (!distance) {
        return std::nullopt;
    }
    const int wildcards = static_cast<int>(rule.kinds.empty()) + static_cast<int>(rule.classes.empty()) +
                          static_cast<int>(rule.activities.empty());
    return Match{rule.lastResort, wildcards, *distance, rule.verdict, rule.priority};
}

} // namespace

bool inPeriod(layers::Day day, std::optional<layers::Day> from, std::optional<layers::Day> to) {
    return (!from || *from <= day) && (!to || day <= *to);
}

bool concerns(const std::vector<layers::ZoneKind>& kinds, layers::ZoneKind kind) {
    return kinds.empty() || std::find(kinds.begin(), kinds.end(), kind) != kinds.end();
}

RuleSelection selectRule(const RuleSet& rules, layers::ZoneKind kind, const std::string& zoneClass,
                         const std::string& activity, layers::Day date) {
    RuleSelection selection{nullptr, zoneClass, nullptr};
    const auto conversion =
        std::find_if(rules.conversions.begin(), rules.conversions.end(), [&](const auto& each) {
            return each.from == zoneClass && concerns(each.kinds, kind) &&
                   inPeriod(date, each.validFrom, each.validTo);
        });
    if (conversion != rules.conversions.end()) {
        selection.conversion = &*conversion;
        selection.judgedClass = conversion->to;
    }
    const std::vector<std::string> line = lineage(rules, kind, selection.judgedClass);
    std::optional<Match> best;
    for (const Rule& rule : rules.rules) {
        const std::optional<Match> match = matchOf(rule, kind, line, activity, date);
        if (match && (!best || match->key() < best->key())) {
            best = match;
            selection.rule = &rule;
        }
    }
    return selection;
}

} // namespace app
