#include "app/cases/return_work.hpp"

#include "layers/error.hpp"
#include "layers/project/case_store.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace app {

namespace {

using Json = nlohmann::ordered_json;

void refuseUndecided(const ReturnPlan& plan) {
    if (plan.undecided == 0) {
        return;
    }
    throw layers::Error(fmt::format(
        "有 {0} 个字段台账与回传都改过（或回传被清空），未作任何更改；请用 --prefer "
        "ours（保留台账）、--prefer "
        "theirs（采用回传），或用 --decisions FILE 导出后逐条填写、再以 --prefer FILE 给出 / {0} fields "
        "differ on "
        "both sides, nothing was changed: decide with --prefer ours, --prefer theirs, or write them out with "
        "--decisions FILE, fill in and give it as --prefer FILE",
        plan.undecided));
}

void recordReturn(layers::LedgerChange& change, const TakenReturn& taken, const ReturnPlan& plan) {
    const layers::ReturnCounts& counts = taken.record.counts;
    change.record({"return_added", "",
                   Json{{"return", taken.record.id},
                        {"file", taken.record.file},
                        {"sha256", taken.record.sha256},
                        {"export", plan.issued ? Json(plan.issued->key) : Json(nullptr)},
                        {"prefer", taken.record.prefer},
                        {"rows", counts.rows},
                        {"cases", counts.cases},
                        {"unchanged", counts.unchanged},
                        {"changed", counts.changed},
                        {"conflicting", counts.conflicting},
                        {"refused", counts.refused},
                        {"doubtful", counts.doubtful},
                        {"unmatched", counts.unmatched},
                        {"fields_taken", taken.fields}}
                       .dump(-1, ' ', false, Json::error_handler_t::replace)});
}

} // namespace

TakenReturn takeReturn(layers::ProjectFile& project, const layers::Stamp& stamp, const CaseLife& life,
                       const layers::ReturnedFile& file, const ReturnRequest& request,
                       geo::Progress& progress) {
    layers::LedgerChange change(project, stamp);
    TakenReturn taken;
    taken.plan = planReturn(project, life, file, request, progress);
    refuseUndecided(taken.plan);
    std::vector<layers::ReturnedField> fields;
    for (const ReturnedCase& found : taken.plan.cases) {
        fields.insert(fields.end(), found.fields.begin(), found.fields.end());
        taken.fields += std::count_if(found.fields.begin(), found.fields.end(),
                                      [](const layers::ReturnedField& field) { return field.isTaken; });
    }
    taken.record.file = file.name;
    taken.record.sha256 = file.sha256;
    taken.record.prefer = request.preferName;
    taken.record.counts = taken.plan.counts;
    if (taken.plan.issued) {
        taken.record.exportId = taken.plan.issued->id;
    }
    if (taken.fields == 0 && layers::returnOf(project, file.sha256)) {
        return taken;
    }
    layers::addReturn(change, taken.record, file.members, fields, taken.plan.left);
    progress.begin("写入台账 store", static_cast<std::int64_t>(taken.plan.cases.size()));
    for (ReturnedCase& found : taken.plan.cases) {
        progress.step();
        if (found.answer.changes.empty()) {
            continue;
        }
        layers::CaseEventText text;
        text.kind = "case_returned";
        text.changes = found.answer.changes;
        text.reason = fmt::format("回传 {}：{} {}", taken.record.id, file.name, found.place);
        layers::changeCase(change, found.record, text);
    }
    recordReturn(change, taken, taken.plan);
    progress.checkCancelled();
    change.commit();
    return taken;
}

} // namespace app
