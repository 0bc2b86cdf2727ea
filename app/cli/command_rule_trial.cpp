#include "app/cli/command_rule_trial.hpp"

#include "app/cases/rule_trial.hpp"
#include "app/cli/commands.hpp"
#include "app/cli/conclusion_output.hpp"
#include "app/cli/input_arguments.hpp"
#include "app/cli/json_handle.hpp"
#include "app/cli/long_work.hpp"
#include "app/cli/project_arguments.hpp"
#include "app/cli/text_table.hpp"

#include <CLI/CLI.hpp>

namespace app {

namespace {

struct TrialArguments {
    ProjectOptions project;
    ProgressOptions progress;
    TrialRequest request;
    std::string rules;
    std::string settings;
};

std::vector<TrialChange> allChanges() {
    std::vector<TrialChange> all;
    for (std::size_t i = 0; i < kTrialChanges; ++i) {
        all.push_back(static_cast<TrialChange>(i));
    }
    return all;
}

Json toJson(const layers::StoredRules& rules) {
    return Json{
        {"name", rules.name}, {"version", rules.version}, {"file", rules.file}, {"sha256", rules.sha256}};
}

void printTrialJson(const RuleTrial& trial) {
    Json settings = Json::object();
    for (const auto& [name, values] : trial.settings) {
        settings[name] = Json{{"before", values.front()}, {"after", values.back()}};
    }
    Json counts = Json::object();
    for (const TrialChange change : allChanges()) {
        counts[std::string(trialChangeKey(change))] = trial.countOf(change);
    }
    Json changes = Json::array();
    for (const ChangedPatch& one : trial.changed) {
        Json keys = Json::array();
        for (const TrialChange change : one.changes) {
            keys.push_back(trialChangeKey(change));
        }
        changes.push_back(Json{{"patch", one.patchId},
                               {"case", one.caseNumber.empty() ? Json(nullptr) : Json(one.caseNumber)},
                               {"status", one.caseStatus},
                               {"overridden", one.isOverridden},
                               {"changes", keys},
                               {"before", conclusionJson(one.before)},
                               {"after", conclusionJson(one.after)}});
    }
    printJson(Json{{"batch", trial.batchCode},
                   {"run", trial.run},
                   {"rules_before", toJson(trial.rulesBefore)},
                   {"rules_after", toJson(trial.rulesAfter)},
                   {"settings", settings},
                   {"listed_before", trial.listedBefore},
                   {"listed_after", trial.listedAfter},
                   {"unchanged", trial.unchanged},
                   {"counts", counts},
                   {"closes", trial.closes()},
                   {"valid", trial.isValid},
                   {"changes", changes}});
}

std::string bucketZh(const std::string& key) {
    for (const layers::Bucket bucket :
         {layers::Bucket::Rejected, layers::Bucket::Duplicate, layers::Bucket::Listed, layers::Bucket::Near,
          layers::Bucket::Clear}) {
        if (layers::bucketKey(bucket) == key) {
            return std::string(layers::bucketNameZh(bucket));
        }
    }
    return key;
}

std::string shown(const layers::RunConclusion& conclusion) {
    return conclusion.verdict.empty() || conclusion.bucket != layers::bucketKey(layers::Bucket::Listed)
               ? bucketZh(conclusion.bucket)
               : fmt::format("{} P{} {}", conclusion.verdict, conclusion.priority, conclusion.rule);
}

void printTrial(const RuleTrial& trial, bool quiet) {
    TextTable table({{"任务编号 case"},
                     {"原图斑编号 patch"},
                     {"状态 status"},
                     {"变化 change"},
                     {"现在 now"},
                     {"改后 then"}});
    for (const ChangedPatch& one : trial.changed) {
        std::string changes;
        for (const TrialChange change : one.changes) {
            changes += (changes.empty() ? "" : "、") + std::string(trialChangeZh(change));
        }
        table.add({one.caseNumber.empty() ? "（未立案）" : one.caseNumber, one.patchId,
                   one.caseStatus + (one.isOverridden ? "（人工已调整）" : ""), changes, shown(one.before),
                   shown(one.after)});
    }
    table.finish();
    std::string others;
    for (const TrialChange change : allChanges()) {
        if (change > TrialChange::Gone) {
            others += fmt::format("{}{} {}", others.empty() ? "" : "，", trialChangeZh(change),
                                  trial.countOf(change));
        }
    }
    fmt::print("清单 {} + 新增 {} - 消失 {} = {}；{}；不变 {}{}\n", trial.listedBefore,
               trial.countOf(TrialChange::Appeared), trial.countOf(TrialChange::Gone), trial.listedAfter,
               others, trial.unchanged, trial.closes() ? "" : "  合计不闭合 sums do not close");
    if (quiet) {
        return;
    }
    fmt::print("规则 rules：{} {} -> {} {}{}\n", trial.rulesBefore.name, trial.rulesBefore.version,
               trial.rulesAfter.name, trial.rulesAfter.version,
               trial.rulesBefore.sha256 == trial.rulesAfter.sha256 ? "（相同 the same）" : "");
    for (const auto& [name, values] : trial.settings) {
        fmt::print("设置 setting {}：{} -> {}\n", name, values.front(), values.back());
    }
    fmt::print(
        "与批次 {} 的第 {} 次运行相比，只是试算，未写入项目 / compared with run {}; a trial, nothing was "
        "stored\n",
        trial.batchCode, trial.run, trial.run);
}

int runTrial(TrialArguments arguments) {
    if (arguments.rules.empty() && arguments.settings.empty()) {
        wrongUsage("请给出要试的 --rules 或 --settings / give the --rules or --settings to try");
    }
    if (!arguments.rules.empty()) {
        arguments.request.rules = arguments.rules;
    }
    if (!arguments.settings.empty()) {
        arguments.request.settings = arguments.settings;
    }
    LongWork work(arguments.progress, arguments.project.quiet);
    const layers::ProjectFile project(arguments.project.file, layers::Access::Read);
    const RuleTrial trial = tryRules(project, arguments.request, work.progress());
    if (arguments.project.isJson()) {
        printTrialJson(trial);
    } else {
        printTrial(trial, arguments.project.quiet);
    }
    return trial.isValid && trial.closes() ? kDone : kSumsDoNotClose;
}

} // namespace

void addRuleTrialVerb(CLI::App& rulesCommand, int& status) {
    auto arguments = std::make_shared<TrialArguments>();
    CLI::App* command = rulesCommand.add_subcommand(
        "test", "试算：改后的规则或容差会使一批的结论怎样变化，不写入项目 / what changed rules or thresholds "
                "would change, without keeping it");
    addProjectOptions(*command, arguments->project);
    command->add_option("--batch", arguments->request.batch, "批次 batch: code or name")->required();
    command->add_option("--rules", arguments->rules,
                        "要试的规则文件 rule set to try (YAML), or default: the shipped one");
    command->add_option("--settings", arguments->settings, "要试的设置 settings to try (YAML)");
    command->add_option("--threads", arguments->request.threads, "线程数 threads, 0: all")
        ->check(CLI::Range(0, 256));
    addProgress(*command, arguments->progress);
    command->callback([arguments, &status] { status = runTrial(*arguments); });
}

} // namespace app
