#include "app/cases/list_export.hpp"

#include "app/cases/export_note_handle.hpp"
#include "app/cases/issued_list.hpp"
#include "app/cases/lineage.hpp"
#include "app/cases/result_digest.hpp"
#include "app/check/list_rows.hpp"
#include "app/check/list_words.hpp"
#include "layers/error.hpp"
#include "layers/output_folder.hpp"
#include "layers/project/case_query.hpp"
#include "layers/project/export_store.hpp"
#include "layers/project/lineage_store.hpp"

#include <fmt/format.h>

namespace app {

namespace {

using layers::CaseRecord;

CaseRecord& caseOf(CasesByPatch& cases, std::int64_t patch) {
    const auto found = cases.find(patch);
    if (found == cases.end()) {
        throw layers::Error(
            "清单中有图斑没有案件，请重新运行（run new）/ a listed patch has no case: run the "
            "check anew (run new)");
    }
    return found->second;
}

LedgerWords wordsOf(const CaseRecord& record) {
    LedgerWords words;
    if (!record.desk.empty()) {
        words.hint = fmt::format("内业研判:{}({})", record.desk, record.status);
    }
    words.responsible = record.responsibleNow();
    words.partners = record.partnersNow();
    words.deadline = record.deadline;
    words.answers = {record.conclusion,  record.situation, record.builder,  record.builtWhen,
                     record.permits,     record.illegal,   record.measures, record.inspector,
                     record.inspectedOn, record.remarks};
    return words;
}

/// A person's verdict and priority become those of the patch's main finding, so that every sheet and every
/// sum counts the same; the basis keeps the rule's.
void takeOverride(const CaseRecord& record, std::size_t patch, CheckResult& result) {
    std::vector<layers::Finding>& findings = result.results[patch].findings;
    if ((record.setVerdict.empty() && record.setPriority.empty()) || findings.empty()) {
        return;
    }
    layers::Judgement judgement = result.judgements[findings.front().atDate];
    judgement.basis = fmt::format("人工调整:{};规则判定{},优先级{};{}", record.setReason,
                                  suspectedVerdict(judgement.verdict), judgement.priority, judgement.basis);
    judgement.verdict = suspectedVerdictFrom(record.setVerdict).value_or(judgement.verdict);
    judgement.priority = record.priorityNow();
    findings.front().atDate = static_cast<std::uint32_t>(result.judgements.size());
    result.judgements.push_back(std::move(judgement));
}

/// Case numbers and people's words in place of temporary numbers; the order is the one that people's
/// priorities make.
CurrentList withCases(const layers::ProjectFile& project, const std::string& batch, SetupResult&& checked) {
    CasesByPatch cases = casesByPatch(project, batch);
    CurrentList list{std::move(checked.result), {}};
    CheckResult& result = list.result;
    for (const std::int32_t listed : result.listed) {
        const auto slot = static_cast<std::size_t>(listed);
        takeOverride(caseOf(cases, checked.patches[slot]), slot, result);
    }
    orderAndNumber(result);
    result.ledger.clear();
    for (std::size_t n = 0; n < result.listed.size(); ++n) {
        CaseRecord& record = caseOf(cases, checked.patches[static_cast<std::size_t>(result.listed[n])]);
        result.taskNumbers[n] = record.number;
        LedgerWords words = wordsOf(record);
        words.history = historyText(layers::lineageOf(project, record.patch));
        result.ledger.push_back(std::move(words));
        list.cases.push_back(std::move(record));
    }
    return list;
}

} // namespace

CasesByPatch casesByPatch(const layers::ProjectFile& project, const std::string& batchCode) {
    CasesByPatch cases;
    layers::CaseFilter filter;
    filter.batch = batchCode;
    layers::eachCase(project, filter, {}, [&](CaseRecord&& record) {
        const std::int64_t patch = record.patch;
        cases.emplace(patch, std::move(record));
    });
    return cases;
}

layers::Batch checkedBatch(const layers::ProjectFile& project, const std::string& codeOrName) {
    layers::Batch batch = layers::findBatch(project, codeOrName);
    if (!batch.currentRun) {
        throw layers::Error(fmt::format(
            "批次 {0} 还没有核查，请先运行 run new --batch {0} / batch {0} is not checked yet: run new "
            "--batch {0}",
            batch.code));
    }
    return batch;
}

CurrentList currentList(const layers::ProjectFile& project, const layers::Batch& batch, int threads,
                        geo::Progress& progress) {
    const layers::RunRecord run = layers::readRun(project, *batch.currentRun);
    SetupResult checked = checkSetup(project, run.setup, threads, progress);
    if (digestOf(checked.result, progress).whole != run.digest) {
        throw layers::Error(fmt::format("第 {0} 次运行的复算结果与所存的不一致（如程序版本不同），请先用 run "
                                        "verify {0} 查看，再重新运行 run new / repeating run {0} "
                                        "gives another result than it stored (another version of the "
                                        "program?): look with run verify {0}, then run new",
                                        run.id));
    }
    return withCases(project, batch.code, std::move(checked));
}

ListExport exportList(layers::ProjectFile& project, const layers::Stamp& stamp,
                      const ListExportRequest& request, geo::Progress& progress) {
    const layers::Batch batch = checkedBatch(project, request.batch);
    CheckOutputs outputs(request.folder, request.outputs, request.existing, false, {project.path()});
    CurrentList list = currentList(project, batch, request.threads, progress);
    list.result.exportKey = exportKeyOf(batch.code, list.result, allRows(list.result));
    // The ledger is held until the files stand there: a list that the project does not know cannot be
    // returned.
    layers::LedgerChange change(project, stamp);
    static_cast<void>(outputs.write(list.result, {}, progress));
    ListExport exported{*batch.currentRun, static_cast<std::int64_t>(list.cases.size()), outputs.files()};
    layers::ExportRecord record;
    record.key = list.result.exportKey;
    record.batch = batch.id;
    record.run = exported.run;
    record.files = namesOf(exported.files);
    layers::addExport(change, record, issuedRows(list, allRows(list.result)));
    noteExport(
        change, "list_exported",
        {{"batch", batch.code}, {"run", exported.run}, {"export", record.key}, {"rows", exported.rows}},
        exported.files);
    change.commit();
    return exported;
}

} // namespace app
