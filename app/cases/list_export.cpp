#include "app/cases/list_export.hpp"

#include "app/cases/lineage.hpp"
#include "app/cases/project_run.hpp"
#include "app/cases/result_digest.hpp"
#include "layers/error.hpp"
#include "layers/project/batch_store.hpp"
#include "layers/project/case_query.hpp"
#include "layers/project/lineage_store.hpp"

#include <nlohmann/json.hpp>

#include <fmt/format.h>

#include <map>

namespace app {

namespace {

using layers::CaseRecord;

LedgerWords wordsOf(const CaseRecord& record) {
    LedgerWords words;
    words.verdict = record.setVerdict;
    words.priority = record.setPriority;
    words.responsible = record.responsibleNow();
    words.partners = record.partnersNow();
    words.deadline = record.deadline;
    words.answers = {record.conclusion,  record.situation, record.builder,  record.builtWhen,
                     record.permits,     record.illegal,   record.measures, record.inspector,
                     record.inspectedOn, record.remarks};
    return words;
}

/// Case numbers and people's words in place of temporary numbers.
void takeCases(const layers::ProjectFile& project, const std::string& batch, SetupResult& checked) {
    std::map<std::int64_t, CaseRecord> byPatch;
    layers::CaseFilter filter;
    filter.batch = batch;
    layers::eachCase(project, filter, {}, [&](CaseRecord&& record) {
        const std::int64_t patch = record.patch;
        byPatch.emplace(patch, std::move(record));
    });
    CheckResult& result = checked.result;
    result.ledger.clear();
    for (std::size_t n = 0; n < result.listed.size(); ++n) {
        const auto found = byPatch.find(checked.patches[static_cast<std::size_t>(result.listed[n])]);
        if (found == byPatch.end()) {
            throw layers::Error("清单中有图斑没有案件，请重新运行（run new）/ a listed patch has no case: "
                                "run the check anew (run "
                                "new)");
        }
        result.taskNumbers[n] = found->second.number;
        LedgerWords words = wordsOf(found->second);
        words.history = historyText(layers::lineageOf(project, found->first));
        result.ledger.push_back(std::move(words));
    }
}

} // namespace

ListExport exportList(layers::ProjectFile& project, const layers::Stamp& stamp,
                      const ListExportRequest& request, geo::Progress& progress) {
    const layers::Batch batch = layers::findBatch(project, request.batch);
    if (!batch.currentRun) {
        throw layers::Error(fmt::format(
            "批次 {0} 还没有核查，请先运行 run new --batch {0} / batch {0} is not checked yet: run new "
            "--batch {0}",
            batch.code));
    }
    CheckOutputs outputs(request.folder, request.outputs, request.existing, false, {project.path()});
    const layers::RunRecord run = layers::readRun(project, *batch.currentRun);
    SetupResult checked = checkSetup(project, run.setup, request.threads, progress);
    if (digestOf(checked.result, progress).whole != run.digest) {
        throw layers::Error(fmt::format("第 {0} 次运行的复算结果与所存的不一致（如程序版本不同），请先用 run "
                                        "verify {0} 查看，再重新运行 run new / repeating run {0} "
                                        "gives another result than it stored (another version of the "
                                        "program?): look with run verify {0}, then run new",
                                        run.id));
    }
    takeCases(project, batch.code, checked);
    static_cast<void>(outputs.write(checked.result, {}, progress));
    ListExport exported{run.id, static_cast<std::int64_t>(checked.result.listed.size()), outputs.files()};
    nlohmann::ordered_json names = nlohmann::ordered_json::array();
    for (const std::filesystem::path& file : exported.files) {
        names.push_back(file.filename().string());
    }
    layers::LedgerChange change(project, stamp);
    change.record({"list_exported", "",
                   nlohmann::ordered_json{
                       {"batch", batch.code}, {"run", run.id}, {"rows", exported.rows}, {"files", names}}
                       .dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace)});
    change.commit();
    return exported;
}

} // namespace app
