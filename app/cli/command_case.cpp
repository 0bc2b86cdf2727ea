#include "app/cases/project_configuration.hpp"
#include "app/cli/case_arguments.hpp"
#include "app/cli/case_output.hpp"
#include "app/cli/command_sample.hpp"
#include "app/cli/commands.hpp"
#include "app/cli/stamp.hpp"
#include "app/cli/today.hpp"
#include "layers/error.hpp"
#include "layers/text.hpp"

#include <CLI/CLI.hpp>

namespace app {

namespace {

int runList(const CaseArguments& arguments) {
    const layers::ProjectFile project(arguments.project.file, layers::Access::Read);
    const CaseLife life = projectCaseLife(project);
    const layers::Day day = today();
    const layers::CaseFilter filter = caseFilter(arguments, life, day);
    const layers::CasePage page{caseSort(arguments.sort), arguments.limit == 0 ? -1 : arguments.limit,
                                arguments.offset};
    std::int64_t shown = 0;
    // A page that is not full tells the count itself.
    const auto count = [&] {
        const bool isLast = (page.limit < 0 || shown < page.limit) && (shown > 0 || page.offset == 0);
        return isLast ? page.offset + shown : layers::countCases(project, filter);
    };
    if (arguments.project.isJson()) {
        // Written case by case: a list may hold hundreds of thousands.
        fmt::print("{{\n  \"offset\": {},\n  \"cases\": [", arguments.offset);
        layers::eachCase(project, filter, page, [&](layers::CaseRecord&& record) {
            fmt::print("{}\n    {}", shown++ == 0 ? "" : ",",
                       caseJson(life, record, day).dump(-1, ' ', false, Json::error_handler_t::replace));
        });
        fmt::print("\n  ],\n  \"count\": {}\n}}\n", count());
        return kDone;
    }
    TextTable table = caseTable();
    layers::eachCase(project, filter, page, [&](layers::CaseRecord&& record) {
        ++shown;
        table.add(caseCells(life, record, day));
    });
    table.finish();
    if (!arguments.project.quiet) {
        const std::int64_t all = count();
        const std::string place =
            shown == 0 ? "" : fmt::format("（第 {}–{} 件）", arguments.offset + 1, arguments.offset + shown);
        fmt::print(stderr,
                   "共 {0} 件{1}；* 人工调整，! 不再列入清单 / {0} cases; * set by a person, ! no longer "
                   "listed{2}\n",
                   all, place, shown < all ? " (--limit 0: all)" : "");
    }
    return kDone;
}

int runShow(const CaseArguments& arguments) {
    const layers::ProjectFile project(arguments.project.file, layers::Access::Read);
    const CaseLife life = projectCaseLife(project);
    const std::string number = layers::folded(arguments.words.front());
    const std::optional<layers::CaseRecord> record = layers::readCase(project, number);
    if (!record) {
        throw layers::Error(fmt::format("没有案件 {0}，用 case list 查看 / no case {0}: see case list",
                                        arguments.words.front()));
    }
    const std::vector<layers::CaseEvent> history = layers::caseHistory(project, number);
    if (arguments.project.isJson()) {
        Json json = caseJson(life, *record, today());
        json["history"] = historyJson(history);
        json["next"] = allowedSteps(life, record->status).zh;
        printJson(json);
    } else {
        printCase(life, *record, history, today());
    }
    return kDone;
}

int report(const CaseArguments& arguments, const std::vector<CaseOutcome>& outcomes) {
    if (arguments.project.isJson()) {
        printJson(Json{{"cases", outcomesJson(outcomes)}});
    } else if (!arguments.project.quiet) {
        printOutcomes(outcomes);
        if (outcomes.empty()) {
            fmt::print(stderr, "没有符合条件的案件 / no case fits\n");
        }
    }
    return kDone;
}

/// What the verbs that change cases share: `fill` says what is wanted.
int runChange(const CaseArguments& arguments, void (*fill)(const CaseArguments&, CaseRequest&)) {
    layers::ProjectFile project(arguments.project.file, layers::Access::Write);
    const CaseLife life = projectCaseLife(project);
    CaseWords words = caseWords(arguments, life, today());
    CaseRequest request;
    request.fields = std::move(words.fields);
    request.reason = arguments.reason;
    request.today = today();
    request.teams = projectOffices(project).teams;
    fill(arguments, request);
    return report(arguments,
                  changeCases(project, stampOf(arguments.project.who), life, words.selection, request));
}

int runSet(const CaseArguments& arguments) {
    return runChange(arguments, [](const CaseArguments& /*arguments*/, CaseRequest& request) {
        if (request.fields.empty()) {
            throw CLI::ValidationError("请写 字段=值 / write field=value, e.g. 备注=已电话告知");
        }
    });
}

int runStep(const CaseArguments& arguments) {
    return runChange(arguments,
                     [](const CaseArguments& given, CaseRequest& request) { request.to = given.to; });
}

int runJudge(const CaseArguments& arguments) {
    return runChange(arguments, [](const CaseArguments& given, CaseRequest& request) {
        request.deskVerdict = given.verdict;
    });
}

int runOverride(const CaseArguments& arguments) {
    return runChange(arguments, [](const CaseArguments& given, CaseRequest& request) {
        const bool isSet = !given.setVerdict.empty() || !given.setPriority.empty();
        if (isSet == given.dropOverride) {
            throw CLI::ValidationError("请写 --verdict、--priority 之一或两者，或 --drop / write --verdict "
                                       "or --priority, or --drop");
        }
        request.override = CaseOverride{given.setVerdict, given.setPriority};
    });
}

int runUndo(const CaseArguments& arguments) {
    layers::ProjectFile project(arguments.project.file, layers::Access::Write);
    const CaseLife life = projectCaseLife(project);
    const CaseWords words = caseWords(arguments, life, today());
    if (!words.fields.empty() || (arguments.event != 0 && words.selection.numbers.size() != 1)) {
        throw CLI::ValidationError(
            "--event 只用于单个案件；不写字段 / --event is for a single case; no fields");
    }
    return report(arguments, undoCases(project, stampOf(arguments.project.who), life, words.selection,
                                       arguments.event == 0 ? std::nullopt : std::optional(arguments.event),
                                       arguments.reason));
}

/// Adds verbs to `case`.
class CaseVerbs {
  public:
    CaseVerbs(CLI::App& program, int& status)
        : m_case(program.add_subcommand("case", "案件 cases: list, show, judge, step, set, override, undo, "
                                                "sample")),
          m_status(status) {
        m_case->require_subcommand(1);
    }

    void addAll() {
        addReading();
        addChanging();
        addSampleVerb(*m_case, m_status);
    }

  private:
    using Made = std::pair<CLI::App*, std::shared_ptr<CaseArguments>>;

    Made add(const char* verb, const char* text, int (*run)(const CaseArguments&)) {
        auto arguments = std::make_shared<CaseArguments>();
        CLI::App* command = m_case->add_subcommand(verb, text);
        addProjectOptions(*command, arguments->project);
        command->callback([arguments, run, &status = m_status] { status = run(*arguments); });
        return {command, arguments};
    }

    Made addChange(const char* verb, const char* text, int (*run)(const CaseArguments&), const char* words,
                   const std::vector<std::string>& without) {
        Made made = add(verb, text, run);
        made.first->add_option("case", made.second->words, words);
        made.first->add_option("--reason", made.second->reason, "理由 reason");
        made.first->add_option(
            "--revision", made.second->known,
            "您看到的最后事件；其后有更改则拒绝 refuse when the case has a later event than this");
        addWho(*made.first, made.second->project);
        addCaseFilter(*made.first, *made.second, without);
        return made;
    }

    void addReading() {
        const auto [list, listed] = add("list", "列出案件 / list cases", runList);
        addCaseFilter(*list, *listed, {});
        list->add_option(
            "--sort", listed->sort,
            "排序 sort keys, e.g. priority,-covered (number, county, priority, deadline, status, "
            "verdict, zone, area, covered)");
        list->add_option("--limit", listed->limit, "最多行数，0 为全部 at most so many rows, 0: all")
            ->check(CLI::NonNegativeNumber);
        list->add_option("--offset", listed->offset, "跳过的行数 rows to skip")
            ->check(CLI::NonNegativeNumber);
        const auto [show, shown] = add("show", "一个案件及其经过 / one case with its history", runShow);
        show->add_option("case", shown->words, "案件编号 number: LD2026B2-513301-0001")
            ->required()
            ->expected(1);
    }

    void addChanging() {
        const char* numbers = "案件编号 numbers";
        const char* fields = "案件编号和 字段=值 / numbers and field=value";
        addChange("set", "填写字段 / set fields", runSet, fields, {});
        const auto [step, stepped] =
            addChange("step", "改变状态，可同时填写字段 / step to a status", runStep, fields, {});
        step->add_option("--to", stepped->to, "新状态 status, e.g. 已下发")->required();
        const auto [judge, judged] =
            addChange("judge", "内业研判 / desk judgement", runJudge, numbers, {"--verdict"});
        judge
            ->add_option(
                "--verdict", judged->verdict,
                "1 下发核查 send out, 2 季节或自然变化 seasonal, 3 误判 no change, 4 重复 repeat, 5 待定 "
                "undecided")
            ->required();
        const auto [override, overridden] =
            addChange("override", "人工调整判定或优先级，保留规则的值 / override verdict or priority",
                      runOverride, numbers, {"--verdict", "--priority"});
        override->add_option("--verdict", overridden->setVerdict, "判定 verdict: 疑似禁止 ...");
        override->add_option("--priority", overridden->setPriority, "优先级 priority: 1, 2, 3");
        override->add_flag("--drop", overridden->dropOverride, "恢复规则的值 back to the rule's values");
        const auto [undo, undone] =
            addChange("undo", "撤回一次更改 / take back a change", runUndo, numbers, {});
        undo->add_option("--event", undone->event,
                         "事件号，缺省为最后一次更改 event; default: the last change");
    }

    CLI::App* m_case;
    int& m_status;
};

} // namespace

void addCaseCommand(CLI::App& program, int& status) {
    CaseVerbs(program, status).addAll();
}

} // namespace app
