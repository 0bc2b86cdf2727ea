#include "app/cases/run_compare.hpp"
#include "app/cases/run_verify.hpp"
#include "app/cli/commands.hpp"
#include "app/cli/conclusion_output.hpp"
#include "app/cli/input_arguments.hpp"
#include "app/cli/json_handle.hpp"
#include "app/cli/long_work.hpp"
#include "app/cli/project_arguments.hpp"
#include "app/cli/stamp.hpp"
#include "app/cli/today.hpp"
#include "layers/project/batch_store.hpp"

#include <CLI/CLI.hpp>

#include <charconv>

namespace app {

namespace {

using layers::Bucket;
using layers::RunRecord;

struct RunArguments {
    ProjectOptions project;
    ProgressOptions progress;
    std::string batch;
    std::string date;
    std::string zonesAt;
    std::vector<std::string> zones;
    std::string rules;
    std::string settings;
    std::int64_t run = 0;
    std::int64_t other = 0;
    int threads = 0;
};

constexpr std::array kBuckets{Bucket::Listed, Bucket::Near, Bucket::Clear, Bucket::Duplicate,
                              Bucket::Rejected};

Json toJson(const RunRecord& run, const std::string& batch) {
    Json counts = Json::object();
    for (const Bucket bucket : kBuckets) {
        counts[std::string(layers::bucketKey(bucket))] = run.counts.at(static_cast<std::size_t>(bucket));
    }
    return Json{{"run", run.id},
                {"batch", batch},
                {"at", run.made.at},
                {"who", run.made.who},
                {"date", run.setup.date ? Json(layers::isoFromDay(*run.setup.date)) : Json(nullptr)},
                {"today", layers::isoFromDay(run.setup.today)},
                {"rules", run.setup.rules.name + " " + run.setup.rules.version},
                {"rules_sha256", run.setup.rules.sha256},
                {"valid", run.isValid},
                {"patches", counts},
                {"seconds", run.seconds},
                {"digest", run.digest}};
}

std::string countsText(const RunRecord& run) {
    std::string text;
    for (const Bucket bucket : kBuckets) {
        text += fmt::format("{}{} {}", text.empty() ? "" : "，", layers::bucketNameZh(bucket),
                            run.counts.at(static_cast<std::size_t>(bucket)));
    }
    return text;
}

std::optional<layers::Day> dayOf(const char* option, const std::string& text) {
    const std::optional<layers::Day> day = layers::dayFromIso(text);
    if (!text.empty() && !day) {
        wrongUsage(std::string(option) + " “" + text +
                   "”: 应为存在的日期 / should be a real date, YYYY-MM-DD");
    }
    return day;
}

RunRequest requestOf(const RunArguments& arguments) {
    RunRequest request;
    request.batch = arguments.batch;
    request.today = today();
    request.date = dayOf("--date", arguments.date);
    request.zonesAt = dayOf("--zones-at", arguments.zonesAt);
    request.threads = arguments.threads;
    if (!arguments.rules.empty()) {
        request.rules = arguments.rules;
    }
    if (!arguments.settings.empty()) {
        request.settings = arguments.settings;
    }
    for (const std::string& text : arguments.zones) {
        const std::size_t equals = text.rfind('=');
        int number = 0;
        const char* const end = text.data() + text.size();
        if (equals == std::string::npos || equals == 0 ||
            std::from_chars(text.data() + equals + 1, end, number).ptr != end || number < 1) {
            wrongUsage("--zones “" + text + "”: 应为 / should be LAYER=NUMBER");
        }
        request.zoneVersions[text.substr(0, equals)] = number;
    }
    return request;
}

int runNew(const RunArguments& arguments) {
    const RunRequest request = requestOf(arguments);
    LongWork work(arguments.progress, arguments.project.quiet);
    layers::ProjectFile project(arguments.project.file, layers::Access::Write);
    const ProjectRun run = newRun(project, stampOf(arguments.project.who), request, work.progress());
    if (arguments.project.isJson()) {
        Json json = toJson(run.record, arguments.batch);
        json["new_cases"] = run.newCases;
        json["obsolete_findings"] = run.obsoleteFindings;
        json["problems"] = run.result.problems.size();
        printJson(json);
    } else if (!arguments.project.quiet) {
        fmt::print("运行 run {}：{}\n新立案件 {} 个，失效线索 {} 条，数据问题 {} 条 / {} new cases, {} "
                   "obsolete findings, {} "
                   "problems\n",
                   run.record.id, countsText(run.record), run.newCases, run.obsoleteFindings,
                   run.result.problems.size(), run.newCases, run.obsoleteFindings,
                   run.result.problems.size());
    }
    if (!run.record.isValid) {
        return kSumsDoNotClose;
    }
    return run.record.counts.at(static_cast<std::size_t>(Bucket::Rejected)) > 0 ? kSomeRejected : kDone;
}

std::map<std::int64_t, std::string> batchCodes(const layers::ProjectFile& project) {
    std::map<std::int64_t, std::string> codes;
    for (const layers::Batch& batch : layers::batches(project)) {
        codes[batch.id] = batch.code;
    }
    return codes;
}

int runList(const RunArguments& arguments) {
    const layers::ProjectFile project(arguments.project.file, layers::Access::Read);
    auto codes = batchCodes(project);
    Json list = Json::array();
    for (const RunRecord& run : layers::runs(project)) {
        if (arguments.project.isJson()) {
            list.push_back(toJson(run, codes[run.setup.batch]));
        } else {
            fmt::print("{}  {}  {} {}  {}{}\n", run.id, codes[run.setup.batch], run.made.at, run.made.who,
                       countsText(run), run.isValid ? "" : "  合计不闭合，无效 sums do not close: invalid");
        }
    }
    if (arguments.project.isJson()) {
        printJson(list);
    }
    return kDone;
}

int runShow(const RunArguments& arguments) {
    const layers::ProjectFile project(arguments.project.file, layers::Access::Read);
    const RunRecord run = layers::readRun(project, arguments.run);
    Json json = toJson(run, batchCodes(project)[run.setup.batch]);
    json["run_json"] = Json::parse(run.runJson);
    if (arguments.project.isJson()) {
        printJson(json);
        return kDone;
    }
    fmt::print("运行 run {}  {} {}\n{}\n规则 rules {} {}\n", run.id, run.made.at, run.made.who,
               countsText(run), run.setup.rules.name, run.setup.rules.version);
    for (const Json& input : json.at("run_json").at("inputs")) {
        fmt::print("  {} {} {} {}\n", input.at("role").get<std::string>(),
                   input.at("file").get<std::string>(), input.at("layer").get<std::string>(),
                   input.at("sha256").get<std::string>());
    }
    return kDone;
}

Json toJson(const std::vector<RunDifference>& differences) {
    Json list = Json::array();
    for (const RunDifference& one : differences) {
        list.push_back(Json{
            {"patch", one.patchId}, {"what", one.what}, {"stored", one.stored}, {"repeated", one.repeated}});
    }
    return list;
}

int runVerify(const RunArguments& arguments) {
    LongWork work(arguments.progress, arguments.project.quiet);
    const layers::ProjectFile project(arguments.project.file, layers::Access::Read);
    const RunVerification found = verifyRun(project, arguments.run, arguments.threads, work.progress());
    if (arguments.project.isJson()) {
        printJson(Json{{"run", found.run},
                       {"same", found.isSame},
                       {"stored_digest", found.storedDigest},
                       {"repeated_digest", found.repeatedDigest},
                       {"differences", toJson(found.differences)},
                       {"programs", toJson(found.programs)}});
        return found.isSame ? kDone : kFailed;
    }
    for (const RunDifference& one : found.differences) {
        fmt::print("{} {}: {} -> {}\n", one.patchId, one.what, one.stored, one.repeated);
    }
    for (const RunDifference& one : found.programs) {
        fmt::print("程序版本 {}: {} -> {}\n", one.what, one.stored, one.repeated);
    }
    if (!arguments.project.quiet) {
        fmt::print("{}\n", found.isSame ? "复算结果逐字节一致 / repeated to the same bytes"
                                        : "复算结果不一致 / the repetition differs");
    }
    return found.isSame ? kDone : kFailed;
}

template <typename Names>
std::string namesZh(const Names& names, std::string_view (*nameOf)(typename Names::value_type)) {
    std::string text;
    for (const auto name : names) {
        text += (text.empty() ? "" : "、") + std::string(nameOf(name));
    }
    return text;
}

template <typename Names>
Json keysJson(const Names& names, std::string_view (*keyOf)(typename Names::value_type)) {
    Json list = Json::array();
    for (const auto name : names) {
        list.push_back(keyOf(name));
    }
    return list;
}

std::string shown(const layers::RunConclusion& conclusion) {
    if (conclusion.bucket.empty()) {
        return "—";
    }
    const std::string area =
        conclusion.coveredM2 ? fmt::format(" {:.2f}m²", *conclusion.coveredM2) : std::string();
    return conclusion.verdict.empty()
               ? conclusion.bucket
               : conclusion.verdict + " P" + std::to_string(conclusion.priority) + area;
}

int runCompare(const RunArguments& arguments) {
    LongWork work(arguments.progress, arguments.project.quiet);
    const layers::ProjectFile project(arguments.project.file, layers::Access::Read);
    const RunComparison found =
        compareRuns(project, arguments.run, arguments.other, arguments.threads, work.progress());
    constexpr std::array kChanges{ConclusionChange::Appeared, ConclusionChange::Gone,
                                  ConclusionChange::Verdict, ConclusionChange::Area};
    if (arguments.project.isJson()) {
        Json counts = Json::object();
        for (const ConclusionChange change : kChanges) {
            counts[std::string(conclusionChangeKey(change))] = found.countOf(change);
        }
        Json changes = Json::array();
        for (const ChangedConclusion& one : found.changed) {
            changes.push_back(Json{{"patch", one.patchId},
                                   {"changes", keysJson(one.changes, conclusionChangeKey)},
                                   {"causes", keysJson(one.causes, causeKey)},
                                   {"before", conclusionJson(one.before)},
                                   {"after", conclusionJson(one.after)}});
        }
        printJson(Json{{"before", found.before},
                       {"after", found.after},
                       {"differing", keysJson(found.differing, causeKey)},
                       {"listed_before", found.listedBefore},
                       {"listed_after", found.listedAfter},
                       {"unchanged", found.unchanged},
                       {"counts", counts},
                       {"closes", found.closes()},
                       {"changes", changes}});
        return found.closes() ? kDone : kSumsDoNotClose;
    }
    fmt::print("运行 {} -> {}：两次运行的差别 differ in: {}\n", found.before, found.after,
               found.differing.empty() ? "无 nothing" : namesZh(found.differing, causeZh));
    for (const ChangedConclusion& one : found.changed) {
        fmt::print("{}  {}  {} -> {}  原因 {}\n", one.patchId, namesZh(one.changes, conclusionChangeZh),
                   shown(one.before), shown(one.after), namesZh(one.causes, causeZh));
    }
    fmt::print("清单 {} + 新增 {} - 消失 {} = {}；级别变化 {}，面积变化 {}，不变 {}{}\n", found.listedBefore,
               found.countOf(ConclusionChange::Appeared), found.countOf(ConclusionChange::Gone),
               found.listedAfter, found.countOf(ConclusionChange::Verdict),
               found.countOf(ConclusionChange::Area), found.unchanged,
               found.closes() ? "" : "  合计不闭合 sums do not close");
    return found.closes() ? kDone : kSumsDoNotClose;
}

} // namespace

void addRunCommand(CLI::App& program, int& status) {
    CLI::App* run = program.add_subcommand(
        "run", "核查运行 checks of a project's batches: new, list, show, verify, compare");
    run->require_subcommand(1);
    const auto verb = [&](const char* name, const char* text, int (*work)(const RunArguments&)) {
        auto arguments = std::make_shared<RunArguments>();
        CLI::App* command = run->add_subcommand(name, text);
        addProjectOptions(*command, arguments->project);
        command->callback([arguments, work, &status] { status = work(*arguments); });
        return std::pair(command, arguments);
    };
    const auto addThreads = [](CLI::App& command, RunArguments& arguments) {
        command.add_option("--threads", arguments.threads, "线程数 threads, 0: all")
            ->check(CLI::Range(0, 256));
        addProgress(command, arguments.progress);
    };
    const auto [made, given] =
        verb("new", "核查一批并存入台账 / check a batch and keep what was found", runNew);
    made->add_option("--batch", given->batch, "批次 batch: code or name")->required();
    made->add_option("--date", given->date,
                     "判定基准日(图斑无后时相时) date judged at where patches have none");
    made->add_option("--zones", given->zones, "指定管控区版本 LAYER=NUMBER, in place of the version in force")
        ->take_all();
    made->add_option("--zones-at", given->zonesAt,
                     "按某日有效的管控区版本 versions in force on this day, for all patches");
    made->add_option("--rules", given->rules, "规则文件 rule set (YAML)");
    made->add_option("--settings", given->settings, "容差等设置 settings (YAML)");
    addThreads(*made, *given);
    addWho(*made, given->project);
    verb("list", "列出运行 / list the runs", runList);
    const auto [show, shown] = verb("show", "一次运行的全部记录 / all that is kept of a run", runShow);
    show->add_option("run", shown->run, "运行号 number of the run")->required();
    const auto [verify, verified] =
        verb("verify", "复算并逐字节比对 / repeat a run and compare byte for byte", runVerify);
    verify->add_option("run", verified->run, "运行号 number of the run")->required();
    addThreads(*verify, *verified);
    const auto [compare, compared] =
        verb("compare", "比较两次运行的结论并说明原因 / how the conclusions of two runs differ, and why",
             runCompare);
    compare->add_option("before", compared->run, "先前的运行 the earlier run")->required();
    compare->add_option("after", compared->other, "后来的运行 the later run")->required();
    addThreads(*compare, *compared);
}

} // namespace app
