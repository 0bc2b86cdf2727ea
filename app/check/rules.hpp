#pragma once

#include "layers/records.hpp"

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace app {

/// One row of the matrix (domain.md 2.2). Empty lists mean "any".
struct Rule {
    std::string id;
    std::vector<layers::ZoneKind> kinds;
    std::vector<std::string> classes;
    std::vector<std::string> activities;
    layers::Verdict verdict = layers::Verdict::NeedsCheck;
    int priority = 2;
    std::string basis; ///< with instrument keys: "TL2026 第二十六条"
    layers::Day validFrom = 0;
    std::optional<layers::Day> validTo; ///< last day in force
    layers::Confidence confidence = layers::Confidence::Expert;
    bool lastResort = false; ///< XX-97 … 99: only when nothing else matched
    int line = 0;            ///< in the file it came from
};

/// Functional zones whose names changed: the class `from` is judged as `to` in a period (both ways, design 5).
struct ClassConversion {
    std::vector<layers::ZoneKind> kinds;
    std::string from;
    std::string to;
    layers::Day validFrom = 0;
    std::optional<layers::Day> validTo;
};

/// A dated rule set: data, no code.
struct RuleSet {
    std::string name;
    std::string version;
    std::string fileName; ///< without folders; "default" for the built-in one
    std::string sha256;   ///< of the file's text
    std::vector<Rule> rules;
    std::vector<ClassConversion> conversions;
    std::map<std::string, std::string> classParents; ///< 湿地公园 -> 自然公园
    std::map<std::string, std::string> instruments;  ///< TL2026 -> 《自然保护区条例》(国务院令第830号)
    std::map<std::string, std::string> activities;   ///< A01 -> 采石采矿, for people
    std::vector<std::string> focusActivities;        ///< raise priority (绿盾 focus kinds)
};

/// A fault in a rule file; line and column count from 1.
struct RuleFault {
    int line = 0;
    int column = 0;
    std::string textZh;
    std::string textEn;
};
struct RuleLoad {
    RuleSet rules;
    std::vector<RuleFault> faults; ///< every fault of the file, not only the first
};

/// Reads a rule set and checks it whole: unknown kinds, classes, activities and verdicts, dates, gaps and double ids.
[[nodiscard]] RuleLoad parseRules(std::string_view yaml, const std::string& fileName);
/// Throws layers::Error listing line and column of every fault.
[[nodiscard]] RuleSet loadRules(const std::filesystem::path& file);
/// The shipped rule set (app/check/rules_default.yaml, built in).
[[nodiscard]] const RuleSet& defaultRules();

/// A cell kind × class × activity × period that only a last-resort rule answers.
struct CoverageGap {
    layers::ZoneKind kind = layers::ZoneKind::RedLine;
    std::string zoneClass;
    std::string activity;
    layers::Day from = 0;
    std::optional<layers::Day> to;
    std::string ruleId; ///< the last resort that answers
};
[[nodiscard]] std::vector<CoverageGap> coverageGaps(const RuleSet& rules);

} // namespace app
