#include "app/cli/command_contact.hpp"

#include "app/cases/contact_export.hpp"
#include "app/cli/command_results.hpp"
#include "app/cli/commands.hpp"
#include "app/cli/image_arguments.hpp"
#include "app/cli/json_handle.hpp"
#include "app/cli/long_work.hpp"
#include "app/cli/project_arguments.hpp"
#include "app/cli/stamp.hpp"

#include <CLI/CLI.hpp>

namespace app {

namespace {

struct ContactArguments {
    ProjectOptions project;
    ProgressOptions progress;
    ImageArguments images;
    std::string batch;
    std::string folder;
    int threads = 0;
    bool overwrite = false;
};

int runContact(const ContactArguments& arguments) {
    ContactExportRequest request;
    request.batch = arguments.batch;
    request.folder = arguments.folder;
    request.threads = arguments.threads;
    request.existing = arguments.overwrite ? layers::Existing::Overwrite : layers::Existing::Refuse;
    const std::optional<Imagery> imagery = imageryOf(arguments.images);
    if (imagery) {
        request.imagery = &*imagery;
        request.inputs = filesOf(*imagery);
    }
    LongWork work(arguments.progress, arguments.project.quiet);
    layers::ProjectFile project(arguments.project.file, layers::Access::Write);
    const ContactExport exported =
        exportContact(project, stampOf(arguments.project.who), request, work.progress());
    if (arguments.project.isJson()) {
        Json json{{"batch", arguments.batch},
                  {"run", exported.run},
                  {"cases", exported.sheet.cases},
                  {"pages", exported.sheet.pages},
                  {"lost_characters", exported.sheet.lost},
                  {"file", exported.file.string()}};
        if (imagery) {
            json["imagery"] = imageryJson(*imagery);
        }
        printJson(json);
        return kDone;
    }
    tellLost({exported.sheet.lost.begin(), exported.sheet.lost.end()});
    if (!arguments.project.quiet) {
        fmt::print("联系图 {} 案 {} 页，已写出 {} / contact sheet written\n", exported.sheet.cases,
                   exported.sheet.pages, exported.file.string());
    }
    return kDone;
}

} // namespace

void addContactVerb(CLI::App& exportCommand, int& status) {
    auto arguments = std::make_shared<ContactArguments>();
    CLI::App* contact = exportCommand.add_subcommand(
        "contact", "联系图，每页 12 案，会商用 / a contact sheet of 12 cases a page, for meetings (PDF)");
    addProjectOptions(*contact, arguments->project);
    contact->add_option("--batch", arguments->batch, "批次 batch: code or name")->required();
    contact->add_option("--out", arguments->folder, "结果文件夹 folder for the result")->required();
    addImageOptions(*contact, arguments->images);
    contact->add_option("--threads", arguments->threads, "线程数 threads, 0: all")->check(CLI::Range(0, 256));
    contact->add_flag("--overwrite", arguments->overwrite, "覆盖已有结果 replace existing results");
    addProgress(*contact, arguments->progress);
    addWho(*contact, arguments->project);
    contact->callback([arguments, &status] { status = runContact(*arguments); });
}

} // namespace app
