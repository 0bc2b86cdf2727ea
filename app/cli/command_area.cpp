#include "app/cli/command_area.hpp"

#include "app/cli/command_results.hpp"
#include "app/cli/commands.hpp"
#include "app/cli/stamp.hpp"
#include "layers/results_file.hpp"

#include <CLI/CLI.hpp>

namespace app {

namespace {

int runArea(const ResultsArguments& arguments) {
    if (layers::ResultsFile::isResults(arguments.project.file)) {
        return runResultsAreas(arguments);
    }
    AreaExportRequest request;
    request.cases = arguments.cases;
    request.folder = arguments.folder;
    request.threads = arguments.threads;
    request.existing = arguments.overwrite ? layers::Existing::Overwrite : layers::Existing::Refuse;
    request.sheet = loadSheetTemplate(arguments.sheet);
    if (!arguments.sheet.empty()) {
        request.inputs = {arguments.sheet};
    }
    LongWork work(arguments.progress, arguments.project.quiet);
    layers::ProjectFile project(arguments.project.file, layers::Access::Write);
    const AreaExport exported =
        exportAreas(project, stampOf(arguments.project.who), request, work.progress());
    tellAreas(exported, arguments.project, arguments.folder);
    return kDone;
}

} // namespace

void addAreaVerb(CLI::App& exportCommand, int& status) {
    auto arguments = std::make_shared<ResultsArguments>();
    CLI::App* area = exportCommand.add_subcommand(
        "area",
        "面积计算书，每案一份 PDF：公式、常数、各边梯形面积、三种面积 / how the area of a case is computed");
    addProjectOptions(*area, arguments->project, OrResults::Yes);
    area->add_option(
            "--case", arguments->cases,
            "案件编号，可多个；结果文件用清单编号或原图斑编号 numbers of cases, or of the list of results")
        ->required();
    area->add_option("--out", arguments->folder, "结果文件夹 folder for the results")->required();
    area->add_option("--template", arguments->sheet,
                     "任务单模板(YAML)，取其密级标记和说明 the sheets' template, for its marks and notice");
    area->add_option("--threads", arguments->threads, "线程数 threads, 0: all")->check(CLI::Range(0, 256));
    area->add_flag("--overwrite", arguments->overwrite, "覆盖已有结果 replace existing results");
    addProgress(*area, arguments->progress);
    addWho(*area, arguments->project);
    area->callback([arguments, &status] { status = runArea(*arguments); });
}

} // namespace app
