#pragma once

#include "layers/problem.hpp"
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
    std::string note;        ///< what an expert should know of the row; never printed on paper
    int line = 0;            ///< in the file it came from
};

/// Functional zones whose names changed: the class `from` is judged as `to` in a period (both ways, design
/// 5).
struct ClassConversion {
    std::vector<layers::ZoneKind> kinds;
    std::string from;
    std::string to;
    layers::Day validFrom = 0;
    std::optional<layers::Day> validTo;
    std::string note; ///< printed behind the basis: 按原功能区换算
    layers::Confidence confidence = layers::Confidence::Expert; ///< a converted answer is at most this sure
};

/// Days whose law differs from the text of the rows: every answer for these kinds then prints 依据待核.
struct DoubtfulPeriod {
    std::vector<layers::ZoneKind> kinds;
    std::optional<layers::Day> validFrom;
    std::optional<layers::Day> validTo;
    std::string note; ///< printed behind the basis
};

/// A law, regulation or notice that a basis names by its key.
struct Instrument {
    std::string title;   ///< in full, with number and year
    std::string printed; ///< as printed in a basis: 《自然保护区条例》(2026)
    std::optional<layers::Day> validFrom;
    std::optional<layers::Day> validTo;
    std::string note; ///< what is not settled about it
};

/// A class that zones of a kind may have; `parent` is empty or a class of the same kind (湿地公园 ->
/// 自然公园).
struct ZoneClass {
    std::string name;
    std::string parent;
};

/// A dated rule set: data, no code.
struct RuleSet {
    std::string name;
    std::string version;
    std::string fileName; ///< without folders; "default" for the built-in one
    std::string sha256;   ///< of the file's text
    std::vector<Rule> rules;
    std::vector<ClassConversion> conversions;
    std::vector<DoubtfulPeriod> doubtful;
    std::map<layers::ZoneKind, std::vector<ZoneClass>> classes; ///< in the file's order
    std::map<std::string, Instrument> instruments;              ///< by key: TL2026
    std::map<std::string, std::string> activities;              ///< A01 -> 采石采矿采砂, for people
    std::vector<std::string> focusActivities;                   ///< raise priority (绿盾 focus kinds)
    std::vector<std::string> coreClasses; ///< raise priority: 核心保护区, 核心区

    /// Parent of a class, empty when it has none or the class is unknown.
    [[nodiscard]] const std::string& parentOf(layers::ZoneKind kind, const std::string& zoneClass) const;
};

/// A fault in a rule file; line and column count from 1, columns in characters. A warning does not keep the
/// set from use.
struct RuleFault {
    int line = 0;
    int column = 0;
    std::string textZh;
    std::string textEn;
    layers::Severity severity = layers::Severity::Error;
};
struct RuleLoad {
    RuleSet rules;
    std::vector<RuleFault> faults; ///< every fault of the file, not only the first; by line and column

    [[nodiscard]] bool usable() const; ///< no fault is an error
};

/// Reads a rule set and checks it whole: unknown keys, kinds, classes, activities, verdicts and instruments,
/// dates, double ids, rows that contradict each other, gaps. Never throws for what the text holds.
[[nodiscard]] RuleLoad parseRules(std::string_view yaml, const std::string& fileName);
/// Reads a file as parseRules does. Throws layers::Error when the file cannot be read.
[[nodiscard]] RuleLoad readRules(const std::filesystem::path& file);
/// Throws layers::Error listing line and column of every fault that is an error.
[[nodiscard]] RuleSet loadRules(const std::filesystem::path& file);
/// The shipped rule set (app/check/rules_default.yaml, built in).
[[nodiscard]] const RuleSet& defaultRules();
/// The text of the shipped rule set.
[[nodiscard]] std::string_view defaultRulesText();

/// What the basis of a doubtful answer (confidence C) ends with, on screen and on paper.
inline constexpr std::string_view kToBeChecked = "(依据待核)";
/// The basis for paper: instrument keys replaced by their printed titles, "TL2026 第二十六条" ->
/// 《自然保护区条例》(2026)第二十六条.
[[nodiscard]] std::string printedBasis(const RuleSet& rules, std::string_view basis);
/// The words of a basis that look like instrument keys: two or more capital letters or digits, the first two
/// letters.
[[nodiscard]] std::vector<std::string> instrumentKeys(std::string_view basis);

/// A cell kind × class × activity × period that only a last-resort rule answers. Periods of a kind are cut at
/// every date at which a row, conversion or doubtful period of that kind begins or ends; the first begins
/// with the rule set's first day.
struct CoverageGap {
    layers::ZoneKind kind = layers::ZoneKind::RedLine;
    std::string zoneClass;
    std::string activity;
    layers::Day from = 0;
    std::optional<layers::Day> to;
    std::string ruleId; ///< the last resort that answers; empty when no rule at all does
};
[[nodiscard]] std::vector<CoverageGap> coverageGaps(const RuleSet& rules);
/// Number of all cells that coverageGaps looked at.
[[nodiscard]] std::size_t coverageCells(const RuleSet& rules);
/// The gaps as printed lines, one for each kind, class, period and answering rule, with a last line that
/// counts the cells.
[[nodiscard]] std::vector<std::string> coverageLines(const RuleSet& rules);

} // namespace app
