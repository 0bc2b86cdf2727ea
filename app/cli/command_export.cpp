#include "app/cases/list_export.hpp"
#include "app/cli/command_summary.hpp"
#include "app/cli/commands.hpp"
#include "app/cli/input_arguments.hpp"
#include "app/cli/json_handle.hpp"
#include "app/cli/long_work.hpp"
#include "app/cli/project_arguments.hpp"
#include "app/cli/stamp.hpp"

#include <CLI/CLI.hpp>

namespace app {

namespace {

struct ExportArguments {
    ProjectOptions project;
    ProgressOptions progress;
    std::string batch;
    std::string folder;
    std::vector<std::string> only;
    int threads = 0;
    bool overwrite = false;
};

int runList(const ExportArguments& arguments) {
    ListExportRequest request;
    request.batch = arguments.batch;
    request.folder = arguments.folder;
    request.threads = arguments.threads;
    request.existing = arguments.overwrite ? layers::Existing::Overwrite : layers::Existing::Refuse;
    if (!arguments.only.empty()) {
        request.outputs = outputsOf(arguments.only);
    }
    LongWork work(arguments.progress, arguments.project.quiet);
    layers::ProjectFile project(arguments.project.file, layers::Access::Write);
    const ListExport exported = exportList(project, stampOf(arguments.project.who), request, work.progress());
    if (arguments.project.isJson()) {
        Json files = Json::array();
        for (const std::filesystem::path& file : exported.files) {
            files.push_back(file.string());
        }
        printJson(Json{
            {"batch", arguments.batch}, {"run", exported.run}, {"rows", exported.rows}, {"files", files}});
    } else if (!arguments.project.quiet) {
        fmt::print("清单 {} 行，已写出到 {} / {} rows written there\n", exported.rows, arguments.folder,
                   exported.rows);
        for (const std::filesystem::path& file : exported.files) {
            fmt::print("  {}\n", file.filename().string());
        }
    }
    return kDone;
}

} // namespace

void addExportCommand(CLI::App& program, int& status) {
    CLI::App* exports = program.add_subcommand("export", "输出 what goes out of a project: list, summary");
    exports->require_subcommand(1);
    auto arguments = std::make_shared<ExportArguments>();
    CLI::App* list = exports->add_subcommand(
        "list", "核查清单、外业矢量，用正式编号 / the list and field files with the cases' numbers");
    addProjectOptions(*list, arguments->project);
    list->add_option("--batch", arguments->batch, "批次 batch: code or name")->required();
    list->add_option("--out", arguments->folder, "结果文件夹 folder for the results")->required();
    addOnly(*list, arguments->only);
    list->add_option("--threads", arguments->threads, "线程数 threads, 0: all")->check(CLI::Range(0, 256));
    list->add_flag("--overwrite", arguments->overwrite, "覆盖已有结果 replace existing results");
    addProgress(*list, arguments->progress);
    addWho(*list, arguments->project);
    list->callback([arguments, &status] { status = runList(*arguments); });
    addSummaryVerb(*exports, status);
}

} // namespace app
