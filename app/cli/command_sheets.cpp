#include "app/cli/command_sheets.hpp"

#include "app/cases/sheet_export.hpp"
#include "app/check/configuration.hpp"
#include "app/cli/commands.hpp"
#include "app/cli/image_arguments.hpp"
#include "app/cli/json_handle.hpp"
#include "app/cli/long_work.hpp"
#include "app/cli/project_arguments.hpp"
#include "app/cli/stamp.hpp"

#include <CLI/CLI.hpp>

namespace app {

namespace {

struct SheetArguments {
    ProjectOptions project;
    ProgressOptions progress;
    ImageArguments images;
    std::string batch;
    std::string folder;
    std::string sheet; ///< --template: a file
    int threads = 0;
    bool overwrite = false;
};

int runSheets(const SheetArguments& arguments) {
    SheetExportRequest request;
    request.batch = arguments.batch;
    request.folder = arguments.folder;
    request.threads = arguments.threads;
    request.existing = arguments.overwrite ? layers::Existing::Overwrite : layers::Existing::Refuse;
    request.sheet = loadSheetTemplate(arguments.sheet);
    if (!arguments.sheet.empty()) {
        request.inputs = {arguments.sheet};
    }
    const std::optional<Imagery> imagery = imageryOf(arguments.images);
    if (imagery) {
        request.imagery = &*imagery;
        request.sheet.showsImagery = true;
        const std::vector<std::filesystem::path> files = filesOf(*imagery);
        request.inputs.insert(request.inputs.end(), files.begin(), files.end());
    }
    LongWork work(arguments.progress, arguments.project.quiet);
    layers::ProjectFile project(arguments.project.file, layers::Access::Write);
    const SheetExport exported =
        exportSheets(project, stampOf(arguments.project.who), request, work.progress());
    if (arguments.project.isJson()) {
        Json files = Json::array();
        for (std::size_t i = 0; i < exported.sheets.size(); ++i) {
            const SheetFile& sheet = exported.sheets[i];
            files.push_back(Json{{"file", exported.files[i].string()},
                                 {"county", sheet.county},
                                 {"sheets", sheet.sheets},
                                 {"cover_pages", sheet.coverPages},
                                 {"pages", sheet.pages}});
        }
        Json json{{"batch", arguments.batch},
                  {"run", exported.run},
                  {"cases", exported.cases},
                  {"pages", exported.pages},
                  {"made", exported.counts.made},
                  {"reused", exported.counts.reused},
                  {"resumed", exported.counts.resumed},
                  {"template", request.sheet.name},
                  {"template_sha256", request.sheet.sha256},
                  {"lost_characters", exported.lost},
                  {"files", files}};
        if (imagery) {
            json["imagery"] = imageryJson(*imagery);
        }
        printJson(json);
        return kDone;
    }
    if (!exported.lost.empty()) { // told also to those who want errors only
        fmt::print(stderr, "字体缺字，印作“〓”：{} / the fonts lack these characters, printed as 〓\n",
                   fmt::join(exported.lost, " "));
    }
    if (!arguments.project.quiet) {
        const SheetCounts& counts = exported.counts;
        fmt::print("任务单 {0} 单 {1} 页，已写出到 {2} / task sheets written there\n"
                   "新制 {3} / 沿用 {4}{5} (drawn, kept from the last export{6})\n",
                   exported.cases, exported.pages,
                   (std::filesystem::path(arguments.folder) / request.sheet.name).string(), counts.made,
                   counts.reused, counts.resumed > 0 ? fmt::format(" / 续用 {}", counts.resumed) : "",
                   counts.resumed > 0 ? ", taken over from a stopped one" : "");
        for (const SheetFile& sheet : exported.sheets) {
            fmt::print("  {}\t{} 单\t{} 页\n", sheet.file, sheet.sheets, sheet.pages);
        }
    }
    return kDone;
}

int runTemplate(const std::string& file) {
    const std::string text = sheetTemplateText(file);
    refuseFaults(std::filesystem::path(file).filename().string(), parseSheetTemplate(text).faults);
    fmt::print("{}", text);
    return kDone;
}

} // namespace

void addSheetVerbs(CLI::App& exportCommand, int& status) {
    auto arguments = std::make_shared<SheetArguments>();
    CLI::App* sheets = exportCommand.add_subcommand(
        "sheets",
        "任务单，每案一页，每县一个 PDF，另有单张；--overwrite 时内容未变的沿用 / task sheets with maps, "
        "one PDF a county and one a case; with --overwrite those that changed are drawn again");
    addProjectOptions(*sheets, arguments->project);
    sheets->add_option("--batch", arguments->batch, "批次 batch: code or name")->required();
    sheets->add_option("--out", arguments->folder, "结果文件夹 folder for the results")->required();
    sheets->add_option("--template", arguments->sheet,
                       "任务单模板(YAML)，缺省用内置 the sheet's texts, default: the shipped ones");
    addImageOptions(*sheets, arguments->images);
    sheets->add_option("--threads", arguments->threads, "线程数 threads, 0: all")->check(CLI::Range(0, 256));
    sheets->add_flag("--overwrite", arguments->overwrite, "覆盖已有结果 replace existing results");
    addProgress(*sheets, arguments->progress);
    addWho(*sheets, arguments->project);
    sheets->callback([arguments, &status] { status = runSheets(*arguments); });

    auto file = std::make_shared<std::string>();
    CLI::App* shipped = exportCommand.add_subcommand(
        "template",
        "输出内置任务单模板，或检查模板文件 / the shipped template of task sheets, or the faults of a "
        "file");
    shipped->add_option("template", *file, "文件 a file (YAML)");
    shipped->callback([file, &status] { status = runTemplate(*file); });
}

} // namespace app
