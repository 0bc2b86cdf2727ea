#include "app/cli/command_sheets.hpp"

#include "app/cases/sheet_export.hpp"
#include "app/check/configuration.hpp"
#include "app/cli/command_results.hpp"
#include "app/cli/commands.hpp"
#include "app/cli/image_arguments.hpp"
#include "app/cli/input_arguments.hpp"
#include "app/cli/json_handle.hpp"
#include "app/cli/stamp.hpp"
#include "layers/results_file.hpp"

#include <CLI/CLI.hpp>

namespace app {

namespace {

struct SheetArguments : ResultsArguments {
    std::string batch;
};

int runSheets(const SheetArguments& arguments) {
    if (layers::ResultsFile::isResults(arguments.project.file)) {
        if (!arguments.batch.empty()) {
            wrongUsage("--batch: results.gpkg 只有一个批次 / there is one batch in results.gpkg");
        }
        return runResultsSheets(arguments);
    }
    if (arguments.batch.empty()) {
        wrongUsage("--batch: 请给出项目中的批次 / which batch of the project?");
    }
    if (!arguments.outlines.isEmpty()) {
        wrongUsage(
            "--redline, --reserve, --water, --admin: 项目有自己的轮廓，只用于 results.gpkg / a project has "
            "its own outlines, these are for results.gpkg");
    }
    SheetExportRequest request;
    request.batch = arguments.batch;
    giveTarget(request, arguments);
    const std::optional<Imagery> imagery = imageryOf(arguments.images);
    giveImages(request, imagery);
    LongWork work(arguments.progress, arguments.project.quiet);
    layers::ProjectFile project(arguments.project.file, layers::Access::Write);
    const SheetExport exported =
        exportSheets(project, stampOf(arguments.project.who), request, work.progress());
    if (arguments.project.isJson()) {
        Json json{{"batch", arguments.batch}, {"run", exported.run}};
        json.update(sheetsJson(exported, request.sheet));
        if (imagery) {
            json["imagery"] = imageryJson(*imagery);
        }
        printJson(json);
        return kDone;
    }
    tellLost(exported.lost);
    if (!arguments.project.quiet) {
        printSheetFiles(exported, (std::filesystem::path(arguments.folder) / request.sheet.name).string());
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
    addProjectOptions(*sheets, arguments->project, OrResults::Yes);
    sheets->add_option("--batch", arguments->batch, "批次(项目必填) batch of the project: code or name");
    addImageOptions(*sheets, arguments->images);
    addOutlineOptions(*sheets, arguments->outlines);
    addTargetOptions(*sheets, *arguments);
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
