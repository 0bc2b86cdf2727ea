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
    giveTarget(request, arguments);
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
    addTargetOptions(*area, *arguments);
    area->callback([arguments, &status] { status = runArea(*arguments); });
}

} // namespace app
