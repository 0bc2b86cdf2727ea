#include "app/cli/command_export_pack.hpp"

#include "app/cases/pack_export.hpp"
#include "app/cli/commands.hpp"
#include "app/cli/json_handle.hpp"
#include "app/cli/long_work.hpp"
#include "app/cli/project_arguments.hpp"
#include "app/cli/stamp.hpp"
#include "app/cli/text_table.hpp"

#include <CLI/CLI.hpp>

namespace app {

namespace {

struct PackArguments {
    ProjectOptions project;
    ProgressOptions progress;
    std::string batch;
    std::string folder;
    std::string by = "county";
    std::string policy;
    std::string sheet; ///< --template: a file
    bool includeZones = false;
    bool noSheets = false;
    bool all = false;
    bool overwrite = false;
    int threads = 0;
};

PackExportRequest requestOf(const PackArguments& arguments) {
    PackExportRequest request;
    request.batch = arguments.batch;
    request.folder = arguments.folder;
    request.by = arguments.by == "team" ? PackBy::Team : PackBy::County;
    request.which = arguments.all ? PackCases::All : PackCases::SentOut;
    request.zones =
        arguments.includeZones ? PackExportRequest::Zones::Included : PackExportRequest::Zones::LeftOut;
    request.policy = loadExportPolicy(arguments.policy);
    request.existing = arguments.overwrite ? layers::Existing::Overwrite : layers::Existing::Refuse;
    request.threads = arguments.threads;
    if (!arguments.noSheets) {
        request.sheets = loadSheetTemplate(arguments.sheet);
    }
    for (const std::string& input : {arguments.policy, arguments.sheet}) {
        if (!input.empty()) {
            request.inputs.emplace_back(input);
        }
    }
    return request;
}

std::int64_t casesIn(const PackExport& exported) {
    std::int64_t cases = 0;
    for (const ExportedPack& each : exported.packs) {
        cases += static_cast<std::int64_t>(each.pack.cases.size());
    }
    return cases;
}

Json packJson(const ExportedPack& each) {
    Json problems = Json::array();
    for (const layers::Problem& problem : each.written.problems) {
        problems.push_back(problem.textZh);
    }
    return Json{{"file", each.pack.name + ".zip"},
                {"county_code", each.pack.code.empty() ? Json(nullptr) : Json(each.pack.code)},
                {"title", each.pack.title},
                {"cases", each.pack.cases.size()},
                {"areas", each.written.areas},
                {"lines", each.written.lines},
                {"points", each.written.points},
                {"zones", each.written.zones},
                {"sheets", each.pack.sheets.empty() ? 0 : each.pack.cases.size()},
                {"bytes", each.written.bytes},
                {"sha256", each.written.sha256},
                {"export_id", each.pack.exportKey},
                {"problems", problems}};
}

Json exportJson(const PackArguments& arguments, const PackExport& exported) {
    Json packs = Json::array();
    for (const ExportedPack& each : exported.packs) {
        packs.push_back(packJson(each));
    }
    Json files = Json::array();
    for (const std::filesystem::path& file : exported.files) {
        files.push_back(file.string());
    }
    return Json{{"batch", arguments.batch},
                {"run", exported.run},
                {"listed", exported.listed},
                {"cases", casesIn(exported)},
                {"left_out", exported.leftOut},
                {"lapsed", exported.lapsed},
                {"sheets", Json{{"made", exported.sheets.made}, {"resumed", exported.sheets.resumed}}},
                {"packs", packs},
                {"files", files}};
}

void printExport(const PackArguments& arguments, const PackExport& exported) {
    using Align = TextTable::Align;
    TextTable table({{"数据包", Align::Left},
                     {"县(市)或核查组", Align::Left},
                     {"案件", Align::Right},
                     {"图斑", Align::Right},
                     {"线路", Align::Right},
                     {"点位", Align::Right},
                     {"管控区", Align::Right},
                     {"字节", Align::Right}});
    for (const ExportedPack& each : exported.packs) {
        table.add({each.pack.name + ".zip", each.pack.title, std::to_string(each.pack.cases.size()),
                   std::to_string(each.written.areas), std::to_string(each.written.lines),
                   std::to_string(each.written.points), std::to_string(each.written.zones),
                   std::to_string(each.written.bytes)});
    }
    table.finish();
    std::string leftOut;
    for (const auto& [status, count] : exported.leftOut) {
        leftOut += fmt::format("{}{} {}", leftOut.empty() ? "" : "、", status, count);
    }
    const std::int64_t cases = casesIn(exported);
    fmt::print("清单 {0} 个案件：{1} 个写入 {2} 个数据包，{3} 个未写入{4}，在 {5} / {0} cases listed: {1} in "
               "{2} packs, "
               "{3} left out\n",
               exported.listed, cases, exported.packs.size(), exported.listed - cases,
               leftOut.empty() ? "" : "（" + leftOut + "）", arguments.folder);
}

int runPack(const PackArguments& arguments) {
    const PackExportRequest request = requestOf(arguments);
    LongWork work(arguments.progress, arguments.project.quiet);
    layers::ProjectFile project(arguments.project.file, layers::Access::Write);
    const PackExport exported =
        exportPacks(project, stampOf(arguments.project.who), request, work.progress());
    if (arguments.project.isJson()) {
        printJson(exportJson(arguments, exported));
    } else if (!arguments.project.quiet) {
        printExport(arguments, exported);
    }
    // What is doubtful is told also to those who want errors only.
    if (exported.keepsSheetsBack) {
        fmt::print(
            stderr,
            "导出策略“{0}”不允许附带任务单，数据包中没有 / the policy \"{0}\" keeps task sheets back: none "
            "in the packs\n",
            request.policy.name);
    }
    for (const ExportedPack& each : exported.packs) {
        for (const layers::Problem& problem : each.written.problems) {
            fmt::print(stderr, "{}：{} / {}\n", each.pack.name, problem.textZh, problem.textEn);
        }
    }
    if (exported.lapsed > 0) {
        fmt::print(
            stderr,
            "已下发而当前核查不再列入的案件 {0} 个，不在数据包中（case list 可查） / {0} cases were sent out "
            "and are no longer listed by the current run: in no pack\n",
            exported.lapsed);
    }
    return kDone;
}

} // namespace

void addPackVerb(CLI::App& exportCommand, int& status) {
    auto arguments = std::make_shared<PackArguments>();
    CLI::App* pack =
        exportCommand.add_subcommand("pack", "外业数据包，每县或每组一个 ZIP：Shapefile、GeoPackage、QField "
                                             "工程、KML、GPX、任务单 / field packs, one ZIP a "
                                             "county or team");
    addProjectOptions(*pack, arguments->project);
    pack->add_option("--batch", arguments->batch, "批次 batch: code or name")->required();
    pack->add_option("--out", arguments->folder, "结果文件夹 folder for the results")->required();
    pack->add_option("--by", arguments->by, "按县或按核查组分包 one pack a county (default) or team")
        ->check(CLI::IsMember({"county", "team"}));
    pack->add_flag(
        "--all", arguments->all,
        "清单的全部案件，含未下发和已关闭的 all cases of the list, not only those sent out and open");
    pack->add_flag("--include-zones", arguments->includeZones,
                   "附带涉及和邻近的管控区(按导出策略降低精度) context zones, as coarse as the policy says");
    pack->add_flag("--no-sheets", arguments->noSheets, "不附任务单 leave the task sheets (PDF) out");
    pack->add_option("--template", arguments->sheet,
                     "任务单模板(YAML)，缺省用内置 the sheet's texts, default: the shipped ones")
        ->excludes("--no-sheets");
    pack->add_option("--policy", arguments->policy, "导出策略 export policy: a file (YAML), or default");
    pack->add_option("--threads", arguments->threads, "线程数 threads, 0: all")->check(CLI::Range(0, 256));
    pack->add_flag("--overwrite", arguments->overwrite, "覆盖已有结果 replace existing results");
    addProgress(*pack, arguments->progress);
    addWho(*pack, arguments->project);
    pack->callback([arguments, &status] { status = runPack(*arguments); });
}

} // namespace app
