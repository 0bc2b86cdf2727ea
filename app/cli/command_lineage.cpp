#include "app/cli/command_lineage.hpp"

#include "app/cases/lineage.hpp"
#include "app/cli/commands.hpp"
#include "app/cli/json_handle.hpp"
#include "app/cli/project_arguments.hpp"
#include "layers/error.hpp"
#include "layers/project/batch_store.hpp"
#include "layers/project/lineage_store.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <memory>
#include <vector>

namespace app {

namespace {

using layers::LineageRow;

constexpr const char* kRebound = "rebound";

struct LineageArguments {
    ProjectOptions project;
    std::string batch;
    std::string relation;
};

std::vector<std::string> relationChoices() {
    std::vector<std::string> choices{kRebound};
    for (const layers::Relation relation : layers::relations()) {
        choices.emplace_back(layers::relationKey(relation));
    }
    return choices;
}

bool isAskedFor(const LineageRow& row, const std::string& relation) {
    return relation.empty() ||
           (relation == kRebound ? row.rebound : layers::relationKey(row.relation) == relation);
}

Json numberOrNull(const std::optional<double>& value) {
    return value ? Json(*value) : Json();
}

Json jsonOf(const LineageRow& row) {
    return Json{{"patch_id", row.patchId},
                {"relation", layers::relationKey(row.relation)},
                {"rebound", row.rebound},
                {"same_id", row.sameId},
                {"iou", numberOrNull(row.iou)},
                {"share_new", numberOrNull(row.shareNew)},
                {"share_old", numberOrNull(row.shareOld)},
                {"distance_m", row.distanceM},
                {"old_batch", row.earlier.batch},
                {"old_patch_id", row.earlier.patchId},
                {"old_case", row.earlier.caseNumber},
                {"old_status", row.earlier.status},
                {"old_conclusion", row.earlier.conclusion}};
}

void printRow(const LineageRow& row) {
    const auto share = [](const std::optional<double>& value) {
        return value ? fmt::format("{:.1f}%", *value * 100) : std::string("-");
    };
    fmt::print("{}  {}  [{} / {} / {}]  {}\n", row.patchId, historyText({row}), share(row.iou),
               share(row.shareNew), share(row.shareOld), row.earlier.conclusion);
}

int runLineage(const LineageArguments& arguments) {
    const layers::ProjectFile project(arguments.project.file, layers::Access::Read);
    const layers::Batch batch = layers::findBatch(project, arguments.batch);
    const std::optional<layers::LineageResult> lineage = layers::readLineage(project, batch.id);
    if (!lineage) {
        throw layers::Error(fmt::format(
            "批次 {0} 没有与以前的批次比对过 / batch {0} was not compared with earlier ones", batch.code));
    }
    std::vector<LineageRow> rows;
    std::copy_if(lineage->rows.begin(), lineage->rows.end(), std::back_inserter(rows),
                 [&](const LineageRow& row) { return isAskedFor(row, arguments.relation); });
    if (arguments.project.isJson()) {
        Json list = Json::array();
        std::transform(rows.begin(), rows.end(), std::back_inserter(list),
                       [](const LineageRow& row) { return jsonOf(row); });
        printJson(Json{{"batch", batch.code}, {"counts", lineageJson(lineage->counts)}, {"rows", list}});
        return kDone;
    }
    printLineageCounts(lineage->counts);
    if (!rows.empty() && !arguments.project.quiet) {
        fmt::print("原图斑编号  历史比对  [交并比 / 占新图斑 / 占旧图斑]  旧核查结论\n");
    }
    std::for_each(rows.begin(), rows.end(), printRow);
    return kDone;
}

} // namespace

Json lineageJson(const layers::LineageCounts& counts) {
    return Json{{"patches", counts.patches},
                {"related", counts.related},
                {"rebounds", counts.rebounds},
                {"rows", counts.rows},
                {"without_shape", counts.withoutShape},
                {"not_compared", counts.notCompared},
                {"not_kept", counts.notKept},
                {"running_ids", counts.runningIds}};
}

void printLineageCounts(const layers::LineageCounts& counts) {
    fmt::print("图斑 patches: {}，与以前批次有关 related: {}，疑似反弹 rebounds: {}\n", counts.patches,
               counts.related, counts.rebounds);
    if (counts.withoutShape > 0) {
        fmt::print("没有可用图形、未比对 without a usable shape, not compared: {}\n", counts.withoutShape);
    }
    if (counts.notCompared > 0 || counts.notKept > 0) {
        fmt::print(
            "同一地点图斑过多：{0} 对未比对，{1} 条关系未保存 / too many patches at one place: {0} pairs not "
            "compared, {1} relations not kept\n",
            counts.notCompared, counts.notKept);
    }
    if (counts.runningIds) {
        fmt::print("原图斑编号每批重新起编，不作为比对依据 / received ids start anew in each batch: the same "
                   "id elsewhere "
                   "is not told\n");
    }
}

void addLineageVerb(CLI::App& batchCommand, int& status) {
    auto arguments = std::make_shared<LineageArguments>();
    CLI::App* command = batchCommand.add_subcommand(
        "lineage", "批次间比对：与以前批次的关系 / what the patches of a batch are to those of earlier ones");
    addProjectOptions(*command, arguments->project);
    command->add_option("batch", arguments->batch, "批次代码或名称 code or name, e.g. 2026B2")->required();
    command
        ->add_option("--relation", arguments->relation, "只列这种关系 only this relation; rebound: 疑似反弹")
        ->check(CLI::IsMember(relationChoices()));
    command->callback([arguments, &status] { status = runLineage(*arguments); });
}

} // namespace app
