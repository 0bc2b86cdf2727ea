#include "app/cli/command_summary.hpp"

#include "app/cases/summary_export.hpp"
#include "app/cli/command_results.hpp"
#include "app/cli/commands.hpp"
#include "app/cli/input_arguments.hpp"
#include "app/cli/json_handle.hpp"
#include "app/cli/stamp.hpp"
#include "app/cli/text_table.hpp"
#include "app/cli/today.hpp"
#include "layers/results_file.hpp"

#include <CLI/CLI.hpp>

namespace app {

namespace {

struct SummaryArguments : ResultsArguments {
    std::vector<std::string> batches;
    std::string today;
    std::vector<std::string> only;
};

std::set<SummaryOutput> summaryOutputs(const std::vector<std::string>& keys) {
    std::set<SummaryOutput> outputs;
    for (const std::string& key : keys) {
        const std::optional<SummaryOutput> output = summaryOutputFromKey(key);
        if (!output) {
            throw CLI::ValidationError("--only", "“" + key + "”: xlsx, csv, pdf");
        }
        outputs.insert(*output);
    }
    return outputs;
}

layers::Day dayAsked(const std::string& text) {
    if (text.empty()) {
        return today();
    }
    const std::optional<layers::Day> day = layers::dayFromIso(text);
    if (!day) {
        throw CLI::ValidationError("--today",
                                   "“" + text + "”: 应为存在的日期 / should be a real date, YYYY-MM-DD");
    }
    return *day;
}

Json orNull(const std::optional<double>& value) {
    return value ? Json(*value) : Json(nullptr);
}

Json countsJson(const LedgerSummary& summary, const ProgressCounts& counts) {
    Json statuses = Json::object();
    for (std::size_t i = 0; i < summary.statuses.size(); ++i) {
        statuses[summary.statuses[i]] = counts.byStatus[i];
    }
    return Json{{"cases", counts.cases},
                {"statuses", statuses},
                {"issued", counts.issued},
                {"verified", counts.verified},
                {"closed", counts.closed},
                {"verified_rate", orNull(counts.verifiedRate())},
                {"closed_rate", orNull(counts.closedRate())},
                {"red", counts.red},
                {"amber", counts.amber}};
}

Json prioritiesJson(const LedgerSummary& summary) {
    Json rows = Json::array();
    for (std::size_t i = 0; i < summary.statuses.size(); ++i) {
        const auto& cells = summary.byPriority[i];
        Json row{{"status", summary.statuses[i]}};
        for (std::size_t p = 0; p < LedgerSummary::kPriorities; ++p) {
            row[std::to_string(p + 1)] = cells[p];
        }
        row["other"] = cells[LedgerSummary::kPriorities];
        row["cases"] = summary.total.byStatus[i];
        rows.push_back(std::move(row));
    }
    return rows;
}

Json summaryJson(const SummaryExport& exported) {
    const LedgerSummary& summary = exported.summary;
    Json counties = Json::array();
    for (const CountyProgress& county : summary.counties) {
        Json row{{"county_code", county.code}, {"county", county.name}};
        row.update(countsJson(summary, county.counts));
        counties.push_back(std::move(row));
    }
    Json kinds = Json::array();
    for (const KindProgress& kind : summary.kinds) {
        Json row{{"zone_kind", kind.kind}};
        row.update(countsJson(summary, kind.counts));
        kinds.push_back(std::move(row));
    }
    Json conclusions = Json::array();
    for (const auto& [conclusion, counts] : summary.conclusions) {
        conclusions.push_back(Json{{"conclusion", conclusion},
                                   {"cases", counts.cases},
                                   {"issued", counts.issued},
                                   {"closed", counts.closed}});
    }
    Json faults = Json::array();
    for (const ClosingFault& fault : summary.faults) {
        faults.push_back(Json{{"what", fault.what}, {"expected", fault.expected}, {"found", fault.found}});
    }
    Json files = Json::array();
    for (const std::filesystem::path& file : exported.files) {
        files.push_back(file.string());
    }
    return Json{{"today", layers::isoFromDay(summary.today)},
                {"batches", exported.batches},
                {"valid", summary.faults.empty()},
                {"faults", faults},
                {"total", countsJson(summary, summary.total)},
                {"by_county", counties},
                {"by_zone_kind", kinds},
                {"zone_kind_mentions", summary.kindMentions},
                {"cases_of_several_kinds", summary.casesOfSeveralKinds},
                {"by_status_priority", prioritiesJson(summary)},
                {"by_conclusion", conclusions},
                {"overdue_list", summary.due},
                {"lapsed", summary.lapsed},
                {"last_event", summary.lastEvent},
                {"pdf_pages", exported.pdf.pages},
                {"batches_without_run", exported.unchecked},
                {"pdf_faults", exported.pdfFaults},
                {"lost_characters", exported.lost},
                {"files", files}};
}

std::string rateText(const std::optional<double>& rate) {
    return rate ? fmt::format("{:.2f}", *rate) : "";
}

void printSummary(const SummaryExport& exported, const std::string& folder) {
    using Align = TextTable::Align;
    const LedgerSummary& summary = exported.summary;
    TextTable table({{"县(市)", Align::Left},
                     {"案件", Align::Right},
                     {"已下发", Align::Right},
                     {"已核查", Align::Right},
                     {"已销号", Align::Right},
                     {"核查率%", Align::Right},
                     {"销号率%", Align::Right},
                     {"逾期", Align::Right},
                     {"临期", Align::Right}});
    const auto add = [&table](const std::string& name, const ProgressCounts& counts) {
        table.add({name, std::to_string(counts.cases), std::to_string(counts.issued),
                   std::to_string(counts.verified), std::to_string(counts.closed),
                   rateText(counts.verifiedRate()), rateText(counts.closedRate()), std::to_string(counts.red),
                   std::to_string(counts.amber)});
    };
    for (const CountyProgress& county : summary.counties) {
        add(county.name, county.counts);
    }
    add("合计", summary.total);
    table.finish();
    for (std::size_t i = 0; i < summary.statuses.size(); ++i) {
        if (summary.total.byStatus[i] > 0) {
            fmt::print("{} {}　", summary.statuses[i], summary.total.byStatus[i]);
        }
    }
    fmt::print("\n统计日期 {0}，已写出到 {1} / written there, as of {0}\n", layers::isoFromDay(summary.today),
               folder);
    for (const std::filesystem::path& file : exported.files) {
        fmt::print("  {}\n", file.filename().string());
    }
}

/// What is doubtful is told also to those who want errors only.
void tellDoubts(const SummaryExport& exported) {
    if (!exported.unchecked.empty()) {
        fmt::print(stderr,
                   "批次 {} 还没有核查，不在汇总表.pdf 中（run new）/ not checked yet, not in the PDF\n",
                   fmt::join(exported.unchecked, ", "));
    }
    tellLost({exported.lost.begin(), exported.lost.end()});
    for (const std::string& fault : exported.pdfFaults) {
        fmt::print(stderr, "汇总表.pdf：{} / the PDF is invalid\n", fault);
    }
}

int runSummary(const SummaryArguments& arguments) {
    if (layers::ResultsFile::isResults(arguments.project.file)) {
        const bool wantsPdf =
            arguments.only.empty() || summaryOutputs(arguments.only) == std::set{SummaryOutput::Pdf};
        if (!wantsPdf || !arguments.batches.empty() || !arguments.today.empty()) {
            wrongUsage(
                "--batch, --today, --only: results.gpkg 没有台账，只写汇总表.pdf / results.gpkg has no "
                "ledger: there is 汇总表.pdf only");
        }
        return runResultsSummary(arguments);
    }
    SummaryRequest request;
    request.batches = arguments.batches;
    request.today = dayAsked(arguments.today);
    request.folder = arguments.folder;
    request.existing = arguments.overwrite ? layers::Existing::Overwrite : layers::Existing::Refuse;
    request.threads = arguments.threads;
    request.sheet = loadSheetTemplate(arguments.sheet);
    if (!arguments.only.empty()) {
        request.outputs = summaryOutputs(arguments.only);
    } else if (arguments.batches.empty()) {
        // 汇总表 repeats the check of each batch: of all of them only when it is asked for.
        request.outputs.erase(SummaryOutput::Pdf);
    }
    LongWork work(arguments.progress, arguments.project.quiet);
    layers::ProjectFile project(arguments.project.file, layers::Access::Write);
    const SummaryExport exported =
        exportSummary(project, stampOf(arguments.project.who), request, work.progress());
    if (arguments.project.isJson()) {
        printJson(summaryJson(exported));
    } else if (!arguments.project.quiet) {
        printSummary(exported, arguments.folder);
    }
    tellDoubts(exported);
    for (const ClosingFault& fault : exported.summary.faults) {
        fmt::print(stderr,
                   "结果无效：合计不闭合，{0}：应为 {1:.0f}，现为 {2:.0f} / invalid: a sum does not close\n",
                   fault.what, fault.expected, fault.found);
    }
    if (!exported.summary.faults.empty()) {
        fmt::print(stderr, "请运行 project check 查明原因 / run project check to find out why\n");
        return kSumsDoNotClose;
    }
    return exported.pdfFaults.empty() ? kDone : kSumsDoNotClose;
}

} // namespace

void addSummaryVerb(CLI::App& exportCommand, int& status) {
    auto arguments = std::make_shared<SummaryArguments>();
    CLI::App* summary = exportCommand.add_subcommand(
        "summary", "汇总表.pdf 和台账进度：按县、管控区类型、状态、结论，逾期清单 / tables and charts for "
                   "leaders, and how "
                   "far the cases have come");
    addProjectOptions(*summary, arguments->project, OrResults::Yes);
    summary
        ->add_option(
            "--batch", arguments->batches,
            "批次，可多个，缺省全部（汇总表.pdf 除外） batch: code or name, may be repeated; default: "
            "all, but for 汇总表.pdf")
        ->allow_extra_args(false);
    summary->add_option("--today", arguments->today,
                        "统计日期 day of the figures (default: today), YYYY-MM-DD");
    summary->add_option("--out", arguments->folder, "结果文件夹 folder for the results")->required();
    summary
        ->add_option(
            "--only", arguments->only,
            "只写这些 write only these: xlsx,csv (台账进度), pdf (汇总表，缺省在给出 --batch 时才写 by "
            "default with --batch)")
        ->delimiter(',');
    summary->add_option("--template", arguments->sheet,
                        "任务单模板(YAML)，取其密级标记和说明 the sheets' template, for its mark and notice");
    summary->add_option("--threads", arguments->threads, "线程数 threads, 0: all")->check(CLI::Range(0, 256));
    summary->add_flag("--overwrite", arguments->overwrite, "覆盖已有结果 replace existing results");
    addProgress(*summary, arguments->progress);
    addWho(*summary, arguments->project);
    summary->callback([arguments, &status] { status = runSummary(*arguments); });
}

} // namespace app
