#include "app/check/rule_selection.hpp"
#include "app/check/rules.hpp"
#include "app/cli/command_rule_trial.hpp"
#include "app/cli/commands.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdio>

namespace app {

namespace {

using Json = nlohmann::ordered_json;
using layers::ZoneKind;

constexpr int kIndent = 2;

/// The command line of `rules check` and `rules show` as it came.
struct RulesArguments {
    std::string file; ///< empty: the shipped rule set
    std::string kind;
    std::string date;
    std::string activity;
    std::string format = "text";
    bool coverage = false;
    bool quiet = false;
};

[[nodiscard]] Json dayOrNull(std::optional<layers::Day> day) {
    return day ? Json(layers::isoFromDay(*day)) : Json(nullptr);
}

std::string_view severityZh(layers::Severity severity) {
    return severity == layers::Severity::Error ? "错误" : "警告";
}

RuleLoad rulesOf(const std::string& file) {
    return file.empty() ? parseRules(defaultRulesText(), "default") : readRules(file);
}

std::string shownName(const std::string& file) {
    return file.empty() ? "default" : file;
}

std::int64_t countOf(const RuleLoad& load, layers::Severity severity) {
    return std::count_if(load.faults.begin(), load.faults.end(),
                         [severity](const RuleFault& fault) { return fault.severity == severity; });
}

Json coverageJson(const RuleSet& rules) {
    Json gaps = Json::array();
    for (const CoverageGap& gap : coverageGaps(rules)) {
        gaps.push_back(Json{{"kind", layers::zoneKindCode(gap.kind)},
                            {"class", gap.zoneClass},
                            {"activity", gap.activity},
                            {"from", layers::isoFromDay(gap.from)},
                            {"to", dayOrNull(gap.to)},
                            {"rule", gap.ruleId}});
    }
    return Json{
        {"cells", coverageCells(rules)}, {"fallback_cells", gaps.size()}, {"fallback", std::move(gaps)}};
}

Json checkJson(const RulesArguments& arguments, const RuleLoad& load) {
    Json faults = Json::array();
    for (const RuleFault& fault : load.faults) {
        faults.push_back(Json{{"line", fault.line},
                              {"column", fault.column},
                              {"severity", layers::severityKey(fault.severity)},
                              {"text_zh", fault.textZh},
                              {"text_en", fault.textEn}});
    }
    Json result{{"file", shownName(arguments.file)},
                {"usable", load.usable()},
                {"rules", load.rules.rules.size()},
                {"errors", countOf(load, layers::Severity::Error)},
                {"warnings", countOf(load, layers::Severity::Warning)},
                {"faults", std::move(faults)}};
    if (arguments.coverage) {
        // A set with errors was not read whole: its gaps would mislead.
        result["coverage"] = load.usable() ? coverageJson(load.rules) : Json(nullptr);
    }
    return result;
}

void printCheck(const RulesArguments& arguments, const RuleLoad& load) {
    for (const RuleFault& fault : load.faults) {
        fmt::print("{}:{}:{}: {} {}: {} / {}\n", shownName(arguments.file), fault.line, fault.column,
                   severityZh(fault.severity), layers::severityKey(fault.severity), fault.textZh,
                   fault.textEn);
    }
    if (arguments.coverage && load.usable()) {
        for (const std::string& line : coverageLines(load.rules)) {
            fmt::print("{}\n", line);
        }
    }
    if (!arguments.quiet) {
        const auto errors = countOf(load, layers::Severity::Error);
        const auto warnings = countOf(load, layers::Severity::Warning);
        fmt::print(stderr, "{}: {} 条规则，{} 处错误，{} 处警告 / {} rules, {} errors, {} warnings\n",
                   shownName(arguments.file), load.rules.rules.size(), errors, warnings,
                   load.rules.rules.size(), errors, warnings);
    }
}

int runRulesCheck(const RulesArguments& arguments) {
    const RuleLoad load = rulesOf(arguments.file);
    if (arguments.format == "json") {
        fmt::print("{}\n",
                   checkJson(arguments, load).dump(kIndent, ' ', false, Json::error_handler_t::replace));
    } else {
        printCheck(arguments, load);
    }
    return load.usable() ? kDone : kFailed;
}

bool isShown(const Rule& rule, const RulesArguments& arguments) {
    if (!arguments.kind.empty() && !concerns(rule.kinds, layers::zoneKindFromCode(arguments.kind).value())) {
        return false;
    }
    if (!arguments.date.empty() &&
        !inPeriod(layers::dayFromIso(arguments.date).value(), rule.validFrom, rule.validTo)) {
        return false;
    }
    return arguments.activity.empty() || rule.activities.empty() ||
           std::find(rule.activities.begin(), rule.activities.end(), arguments.activity) !=
               rule.activities.end();
}

std::vector<std::string> kindCodes(const Rule& rule) {
    std::vector<std::string> codes;
    for (const ZoneKind kind : rule.kinds) {
        codes.emplace_back(layers::zoneKindCode(kind));
    }
    return codes;
}

std::string namesOrStar(const std::vector<std::string>& names) {
    return names.empty() ? "*" : fmt::format("{}", fmt::join(names, "|"));
}

std::string shownBasis(const RuleSet& rules, const Rule& rule) {
    std::string basis = printedBasis(rules, rule.basis);
    if (rule.confidence == layers::Confidence::Expert) {
        basis += kToBeChecked;
    }
    return basis;
}

Json ruleJson(const RuleSet& rules, const Rule& rule) {
    return Json{{"id", rule.id},
                {"kinds", kindCodes(rule)},
                {"classes", rule.classes},
                {"activities", rule.activities},
                {"verdict", layers::verdictNameZh(rule.verdict)},
                {"priority", rule.priority},
                {"basis", shownBasis(rules, rule)},
                {"valid_from", layers::isoFromDay(rule.validFrom)},
                {"valid_to", dayOrNull(rule.validTo)},
                {"conf", std::string(1, layers::confidenceLetter(rule.confidence))},
                {"last_resort", rule.lastResort},
                {"note", rule.note},
                {"line", rule.line}};
}

void printRule(const RuleSet& rules, const Rule& rule) {
    fmt::print("{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\n", rule.id, namesOrStar(kindCodes(rule)),
               namesOrStar(rule.classes), namesOrStar(rule.activities), layers::verdictNameZh(rule.verdict),
               rule.priority, layers::confidenceLetter(rule.confidence), layers::isoFromDay(rule.validFrom),
               rule.validTo ? layers::isoFromDay(*rule.validTo) : "", shownBasis(rules, rule));
}

int runRulesShow(const RulesArguments& arguments) {
    const RuleSet rules = arguments.file.empty() ? defaultRules() : loadRules(arguments.file);
    if (!arguments.activity.empty() && !rules.activities.contains(arguments.activity)) {
        throw CLI::ValidationError(
            "--activity", "规则库中没有此活动代码 / no such activity in the rule set: " + arguments.activity);
    }
    Json shown = Json::array();
    if (arguments.format == "text") {
        fmt::print("编号 id\t类型 kind\t分区 class\t活动 activity\t判定 verdict\t优先级 P\t置信度 conf\t"
                   "起 from\t止 to\t依据 basis\n");
    }
    for (const Rule& rule : rules.rules) {
        if (!isShown(rule, arguments)) {
            continue;
        }
        if (arguments.format == "text") {
            printRule(rules, rule);
        } else {
            shown.push_back(ruleJson(rules, rule));
        }
    }
    if (arguments.format == "json") {
        const Json result{{"name", rules.name},
                          {"version", rules.version},
                          {"file", rules.fileName},
                          {"sha256", rules.sha256},
                          {"rules", std::move(shown)}};
        fmt::print("{}\n", result.dump(kIndent, ' ', false, Json::error_handler_t::replace));
    }
    return kDone;
}

/// Refuses words that are no kind, day or activity code before anything is read.
void addShowOptions(CLI::App& command, RulesArguments& arguments) {
    command.add_option("--rules", arguments.file,
                       "规则文件 rule set (YAML); 默认为内置规则 default: the shipped one");
    command.add_option("--kind", arguments.kind, "管控区类型 kind of zone: NP, NR, FJ, ZG, ECR, DWS")
        ->check([](const std::string& code) {
            return layers::zoneKindFromCode(code) ? std::string() : "NP, NR, FJ, ZG, ECR, DWS";
        });
    command
        .add_option("--date", arguments.date,
                    "只列该日有效的规则 only rows in force on this day (YYYY-MM-DD)")
        ->check([](const std::string& iso) {
            return layers::dayFromIso(iso) ? std::string()
                                           : "应为存在的日期 / should be a real date, YYYY-MM-DD";
        });
    command.add_option("--activity", arguments.activity, "人类活动类型 activity: A01 … A14, A99");
}

void addFormat(CLI::App& command, RulesArguments& arguments) {
    command.add_option("--format", arguments.format, "text, or json")->check(CLI::IsMember({"text", "json"}));
}

} // namespace

void addRulesCommand(CLI::App& program, int& status) {
    CLI::App* rules = program.add_subcommand("rules", "规则库 the rule set: check, show, test");
    rules->require_subcommand(1);

    auto checked = std::make_shared<RulesArguments>();
    CLI::App* check = rules->add_subcommand(
        "check", "检查规则文件，逐处指出行和列 / check a rule file, name line and column of every fault");
    check->add_option("file", checked->file,
                      "规则文件 rule set (YAML); 默认为内置规则 default: the shipped one");
    check->add_flag("--coverage", checked->coverage,
                    "列出仅由兜底规则回答的情形 / list the cells that only last resorts answer");
    check->add_flag("--quiet", checked->quiet, "不输出统计 no counts");
    addFormat(*check, *checked);
    check->callback([checked, &status] { status = runRulesCheck(*checked); });

    auto shownRows = std::make_shared<RulesArguments>();
    CLI::App* show = rules->add_subcommand("show", "列出规则 / list the rows, all or those in force");
    addShowOptions(*show, *shownRows);
    addFormat(*show, *shownRows);
    show->callback([shownRows, &status] { status = runRulesShow(*shownRows); });
    addRuleTrialVerb(*rules, status);
}

} // namespace app
