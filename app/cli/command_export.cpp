#include "app/cases/form_export.hpp"
#include "app/cases/list_export.hpp"
#include "app/check/configuration.hpp"
#include "app/cli/command_area.hpp"
#include "app/cli/command_contact.hpp"
#include "app/cli/command_export_pack.hpp"
#include "app/cli/command_sheets.hpp"
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
    std::string form; ///< --form: a file or the name of a shipped one
    std::vector<std::string> only;
    int threads = 0;
    bool overwrite = false;
};

Json namesJson(const std::vector<std::filesystem::path>& files) {
    Json names = Json::array();
    for (const std::filesystem::path& file : files) {
        names.push_back(file.string());
    }
    return names;
}

void printFiles(const std::vector<std::filesystem::path>& files, std::int64_t rows,
                const std::string& folder) {
    fmt::print("清单 {} 行，已写出到 {} / {} rows written there\n", rows, folder, rows);
    for (const std::filesystem::path& file : files) {
        fmt::print("  {}\n", file.filename().string());
    }
}

layers::Existing existing(const ExportArguments& arguments) {
    return arguments.overwrite ? layers::Existing::Overwrite : layers::Existing::Refuse;
}

FormExportRequest formRequest(const ExportArguments& arguments) {
    FormExportRequest request;
    request.batch = arguments.batch;
    request.folder = arguments.folder;
    request.threads = arguments.threads;
    request.existing = existing(arguments);
    if (!arguments.only.empty()) {
        request.outputs = outputsOf(arguments.only);
        if (request.outputs.contains(Output::GeoPackage) || request.outputs.contains(Output::Field)) {
            wrongUsage("--only: --form 只写 xlsx 和 csv / with --form there are xlsx and csv only");
        }
    }
    request.form = loadForm(arguments.form);
    request.inputs = {arguments.form};
    return request;
}

int runForm(const ExportArguments& arguments) {
    const FormExportRequest request = formRequest(arguments);
    LongWork work(arguments.progress, arguments.project.quiet);
    layers::ProjectFile project(arguments.project.file, layers::Access::Write);
    const FormExport exported = exportForm(project, stampOf(arguments.project.who), request, work.progress());
    if (arguments.project.isJson()) {
        Json kept = Json::array();
        for (const UnknownWord& word : exported.kept) {
            kept.push_back(Json{
                {"column", word.column}, {"word", word.word}, {"rows", word.rows}, {"first", word.task}});
        }
        printJson(Json{{"batch", arguments.batch},
                       {"run", exported.run},
                       {"rows", exported.rows},
                       {"form", request.form.name},
                       {"form_sha256", request.form.sha256},
                       {"unverified", request.form.unverified},
                       {"words_without_code", kept},
                       {"files", namesJson(exported.files)}});
        return kDone;
    }
    // What is doubtful is told also to those who want errors only.
    for (const UnknownWord& word : exported.kept) {
        fmt::print(stderr, "{}：代码表中没有“{}”，照写，{} 处，如 {} / not among the codes, kept as it is\n",
                   word.column, word.word, word.rows, word.task);
    }
    if (!request.form.unverified.empty()) {
        fmt::print(stderr, "列未经核实：{} / the columns of this form are not verified\n",
                   request.form.unverified);
    }
    if (!arguments.project.quiet) {
        printFiles(exported.files, exported.rows, arguments.folder);
    }
    return kDone;
}

int runList(const ExportArguments& arguments) {
    if (!arguments.form.empty()) {
        return runForm(arguments);
    }
    ListExportRequest request;
    request.batch = arguments.batch;
    request.folder = arguments.folder;
    request.threads = arguments.threads;
    request.existing = existing(arguments);
    if (!arguments.only.empty()) {
        request.outputs = outputsOf(arguments.only);
    }
    LongWork work(arguments.progress, arguments.project.quiet);
    layers::ProjectFile project(arguments.project.file, layers::Access::Write);
    const ListExport exported = exportList(project, stampOf(arguments.project.who), request, work.progress());
    if (arguments.project.isJson()) {
        printJson(Json{{"batch", arguments.batch},
                       {"run", exported.run},
                       {"rows", exported.rows},
                       {"files", namesJson(exported.files)}});
    } else if (!arguments.project.quiet) {
        printFiles(exported.files, exported.rows, arguments.folder);
    }
    return kDone;
}

/// `export form`: the names of the shipped forms, the text of one, or the faults of a file.
int runFormVerb(const std::string& form) {
    if (form.empty()) {
        for (const ShippedForm& shipped : shippedForms()) {
            const Form loaded = loadForm(std::string(shipped.name));
            fmt::print("{}\t{}\t{}\n", shipped.name, loaded.name, loaded.unverified);
        }
        return kDone;
    }
    const std::string text = formText(form);
    refuseFaults(std::filesystem::path(form).filename().string(), parseForm(text).faults);
    fmt::print("{}", text);
    return kDone;
}

} // namespace

void addExportCommand(CLI::App& program, int& status) {
    CLI::App* exports =
        program.add_subcommand("export", "输出 what goes out of a project: list, form, sheets, summary");
    exports->require_subcommand(1);
    auto arguments = std::make_shared<ExportArguments>();
    CLI::App* list = exports->add_subcommand(
        "list", "核查清单、外业矢量，用正式编号 / the list and field files with the cases' numbers");
    addProjectOptions(*list, arguments->project);
    list->add_option("--batch", arguments->batch, "批次 batch: code or name")->required();
    list->add_option("--out", arguments->folder, "结果文件夹 folder for the results")->required();
    list->add_option("--form", arguments->form,
                     "上级表式 a superior's form in place of the list: platform, overview, or a file (YAML)");
    addOnly(*list, arguments->only);
    list->add_option("--threads", arguments->threads, "线程数 threads, 0: all")->check(CLI::Range(0, 256));
    list->add_flag("--overwrite", arguments->overwrite, "覆盖已有结果 replace existing results");
    addProgress(*list, arguments->progress);
    addWho(*list, arguments->project);
    list->callback([arguments, &status] { status = runList(*arguments); });

    auto form = std::make_shared<std::string>();
    CLI::App* forms = exports->add_subcommand(
        "form",
        "列出内置表式，输出一个的全文，或检查表式文件 / the shipped forms, the text of one, or the faults "
        "of a file");
    forms->add_option("form", *form, "platform, overview, 或文件 or a file (YAML)");
    forms->callback([form, &status] { status = runFormVerb(*form); });
    addSheetVerbs(*exports, status);
    addContactVerb(*exports, status);
    addAreaVerb(*exports, status);
    addPackVerb(*exports, status);
    addSummaryVerb(*exports, status);
}

} // namespace app
