#include "app/cases/batch_lineage.hpp"
#include "app/cli/command_lineage.hpp"
#include "app/cli/commands.hpp"
#include "app/cli/json_handle.hpp"
#include "app/cli/layer_arguments.hpp"
#include "app/cli/long_work.hpp"
#include "app/cli/project_arguments.hpp"
#include "app/cli/stamp.hpp"
#include "layers/error.hpp"
#include "layers/project/batch_store.hpp"
#include "layers/project/lineage_store.hpp"
#include "layers/project/zone_store.hpp"

#include <CLI/CLI.hpp>

#include <iterator>

namespace app {

namespace {

struct BatchArguments {
    ProjectOptions project;
    ProgressOptions progress;
    LayerArguments reading;
    std::vector<std::string> files;
    std::string name;
    std::string code;
};

Json toJson(const layers::Batch& batch) {
    return Json{{"batch", batch.code},
                {"name", batch.name},
                {"patches", batch.patches},
                {"rejects", batch.rejects},
                {"added_at", batch.added.at},
                {"added_by", batch.added.who},
                {"current_run", batch.currentRun ? Json(*batch.currentRun) : Json(nullptr)}};
}

/// The project's counties: they name places in messages about the patches.
std::vector<layers::County> knownCounties(const layers::ProjectFile& project) {
    std::vector<layers::County> counties;
    for (const layers::ZoneVersion& version : layers::zoneVersions(project)) {
        if (version.role == layers::Role::Admin && version.withdrawnAt.empty()) {
            counties = layers::countiesOf(project, version.id);
        }
    }
    return counties;
}

/// Name and code of a batch: each follows from the other where it can.
layers::Batch batchNamed(const BatchArguments& arguments, const std::vector<layers::BatchPart>& parts) {
    layers::Batch batch;
    batch.name = arguments.name;
    if (batch.name.empty()) {
        for (const layers::BatchPart& part : parts) {
            for (const layers::Patch& patch : part.patches) {
                if (!batch.name.empty() && batch.name != patch.batch) {
                    wrongUsage("--name: 数据中有多个批次（" + batch.name + "、" + patch.batch +
                               "），请说明批次名称 / the data name several batches: say which");
                }
                batch.name = patch.batch;
            }
        }
    }
    batch.code = arguments.code.empty() ? layers::batchCodeFrom(batch.name) : arguments.code;
    if (!layers::isBatchCode(batch.code)) {
        wrongUsage("--code “" + batch.code + "”: 应为年份加 B 加批次号，如 2026B2（从批次名称“" + batch.name +
                   "”看不出）/ should be year, B and number, such as 2026B2");
    }
    batch.name = batch.name.empty() ? batch.code : batch.name;
    return batch;
}

int runAdd(const BatchArguments& arguments) {
    refuseOtherRoles(arguments.reading, layers::Role::Changes, "batch");
    LongWork work(arguments.progress, arguments.project.quiet);
    layers::ProjectFile project(arguments.project.file, layers::Access::Write);
    const std::vector<layers::County> counties = knownCounties(project);
    LayerReading reading(arguments.reading, layers::Role::Changes, work.progress());
    reading.options().counties = counties.empty() ? nullptr : &counties;
    reading.options().batch = arguments.name;
    std::vector<layers::BatchPart> parts;
    for (const std::string& file : arguments.files) {
        auto read = layers::readPatches(layers::parseLayerRef(file), reading.options(), work.progress());
        parts.push_back({{std::move(read.report), std::move(read.problems), std::move(read.rejects)},
                         std::move(read.records)});
    }
    layers::Batch batch = batchNamed(arguments, parts);
    layers::LedgerChange change(project, stampOf(arguments.project.who));
    layers::addBatch(change, batch, parts);
    const layers::Settings& settings = reading.options().settings;
    const layers::LineageResult lineage = findLineage(project, batch.id, settings, 0, work.progress());
    layers::writeLineage(change, batch.id, lineage, settings);
    change.commit();
    if (arguments.project.isJson()) {
        Json json = toJson(batch);
        json["lineage"] = lineageJson(lineage.counts);
        printJson(json);
    } else if (!arguments.project.quiet) {
        fmt::print("批次 batch {} ({}): {} 个图斑 patches, {} 个无法使用 rejected\n", batch.code, batch.name,
                   batch.patches, batch.rejects);
        printLineageCounts(lineage.counts);
    }
    return batch.rejects > 0 ? kSomeRejected : kDone;
}

int runList(const BatchArguments& arguments) {
    const layers::ProjectFile project(arguments.project.file, layers::Access::Read);
    Json list = Json::array();
    for (const layers::Batch& batch : layers::batches(project)) {
        if (arguments.project.isJson()) {
            list.push_back(toJson(batch));
        } else {
            fmt::print("{}  {}  {} 个图斑 patches, {} 个无法使用 rejected  {} {}  {}\n", batch.code,
                       batch.name, batch.patches, batch.rejects, batch.added.at, batch.added.who,
                       batch.currentRun ? fmt::format("运行 run {}", *batch.currentRun)
                                        : "未核查 not checked yet");
        }
    }
    if (arguments.project.isJson()) {
        printJson(list);
    }
    return kDone;
}

} // namespace

void addBatchCommand(CLI::App& program, int& status) {
    CLI::App* batch = program.add_subcommand("batch", "监测批次 batches of patches: add, list, lineage");
    batch->require_subcommand(1);
    auto given = std::make_shared<BatchArguments>();
    CLI::App* add = batch->add_subcommand("add", "导入一批图斑 / read a batch of patches into the project");
    addProjectOptions(*add, given->project);
    add->add_option("files", given->files, "疑似问题图斑 patches: FILE or FILE:LAYER ...")->required();
    add->add_option("--name", given->name, "批次名称 name, e.g. 2026年第2批 (default: the data's)");
    add->add_option("--code", given->code,
                    "批次代码 code in case numbers, e.g. 2026B2 (default: from the name)");
    addLayerOptions(*add, given->reading, LayerKind::Patches);
    addProgress(*add, given->progress);
    addWho(*add, given->project);
    add->callback([given, &status] { status = runAdd(*given); });

    auto listed = std::make_shared<BatchArguments>();
    CLI::App* list = batch->add_subcommand("list", "列出批次 / list the batches");
    addProjectOptions(*list, listed->project);
    list->callback([listed, &status] { status = runList(*listed); });
    addLineageVerb(*batch, status);
}

} // namespace app
