#include "app/cases/project_run.hpp"

#include "app/cases/project_configuration.hpp"
#include "app/cases/result_digest.hpp"
#include "app/check/list_rows.hpp"
#include "app/check/list_words.hpp"
#include "app/check/responsibility.hpp"
#include "app/report/results_rows.hpp"
#include "app/report/run_record.hpp"
#include "layers/project/batch_store.hpp"
#include "layers/project/case_store.hpp"

#include <nlohmann/json.hpp>

#include <array>
#include <chrono>

#include <fmt/format.h>

namespace app {

namespace {

using Json = nlohmann::ordered_json;
using layers::Bucket;

constexpr std::array kBuckets{Bucket::Listed, Bucket::Near, Bucket::Clear, Bucket::Duplicate,
                              Bucket::Rejected};

std::optional<double> areaOf(const CheckResult& result, std::size_t patch, double measure) {
    return result.patches[patch].shape.dimension() == geo::Dimension::Area ? std::optional<double>(measure)
                                                                           : std::nullopt;
}

layers::RunFinding findingFrom(const SetupResult& checked, std::size_t patch,
                               const layers::Finding& finding) {
    const CheckResult& result = checked.result;
    const layers::Zone& zone = result.zones[finding.zone];
    const layers::Judgement& judgement = result.judgements[finding.atDate];
    const double measure = result.results[patch].overlay.overlaps[finding.overlap].measure;
    layers::RunFinding kept;
    kept.key = findingKey(result, patch, finding);
    kept.zone = checked.zones[finding.zone];
    kept.zoneRole = layers::roleKey(zone.role);
    kept.zoneKind = layers::zoneKindCode(zone.kind);
    kept.zoneName = zone.name;
    kept.zoneClass = zone.zoneClass;
    kept.rule = judgement.ruleId;
    kept.areaM2 = areaOf(result, patch, measure);
    if (result.patches[patch].shape.dimension() == geo::Dimension::Line) {
        kept.lengthM = measure;
    }
    kept.certainty = layers::certaintyKey(finding.certainty);
    kept.verdict = suspectedVerdict(judgement.verdict);
    kept.priority = judgement.priority;
    return kept;
}

/// The rows of the list as the ledger's cases hold them.
std::vector<layers::ListedPatch> listedPatches(const SetupResult& checked, const Offices& offices) {
    const CheckResult& result = checked.result;
    const auto text = [](const layers::ListRow& row, layers::ListColumn column) {
        const auto* value = std::get_if<std::string>(&row[static_cast<std::size_t>(column)]);
        return value == nullptr ? std::string() : *value;
    };
    std::vector<layers::ListedPatch> listed;
    for (std::size_t n = 0; n < result.listed.size(); ++n) {
        const auto slot = static_cast<std::size_t>(result.listed[n]);
        const layers::ListRow row = listRow(result, n);
        layers::ListedPatch patch;
        patch.patch = checked.patches[slot];
        patch.countyCode = text(row, layers::ListColumn::CountyCode);
        patch.county = text(row, layers::ListColumn::County);
        patch.zoneKind = text(row, layers::ListColumn::ZoneKind);
        patch.zoneName = text(row, layers::ListColumn::ZoneName);
        patch.zoneClass = text(row, layers::ListColumn::ZoneClass);
        patch.activity = text(row, layers::ListColumn::Activity);
        patch.verdict = text(row, layers::ListColumn::Verdict);
        patch.priority = result.judgements[result.results[slot].findings.front().atDate].priority;
        patch.areaM2 = areaOf(result, slot, result.results[slot].overlay.measure);
        patch.coveredM2 = areaOf(result, slot, result.results[slot].covered);
        const Responsibility bodies = responsibilityFor(result, slot, offices);
        patch.responsible = joinedTexts(bodies.leads);
        patch.partners = joinedTexts(bodies.partners);
        listed.push_back(std::move(patch));
    }
    return listed;
}

void recordRun(layers::LedgerChange& change, const ProjectRun& run, const std::string& batch) {
    Json counts = Json::object();
    for (const Bucket bucket : kBuckets) {
        counts[std::string(layers::bucketKey(bucket))] =
            run.record.counts.at(static_cast<std::size_t>(bucket));
    }
    change.record({"run_stored", "",
                   Json{{"run", run.record.id},
                        {"batch", batch},
                        {"rules", run.record.setup.rules.sha256},
                        {"digest", run.record.digest},
                        {"valid", run.record.isValid},
                        {"patches", counts},
                        {"obsolete_findings", run.obsoleteFindings}}
                       .dump()});
}

} // namespace

SetupResult checkSetup(const layers::ProjectFile& project, const layers::RunSetup& setup, int threads,
                       geo::Progress& progress) {
    RunInputs inputs = inputsOf(project, setup);
    inputs.check.threads = threads;
    SetupResult checked;
    checked.patches = std::move(inputs.patches);
    checked.zones = std::move(inputs.zones);
    checked.readingProblems = inputs.readingProblems;
    checked.result = runCheck(std::move(inputs.check), progress);
    return checked;
}

std::vector<layers::RunConclusion> conclusionsFrom(const SetupResult& checked,
                                                   const std::vector<std::string>& digests) {
    const CheckResult& result = checked.result;
    std::vector<layers::RunConclusion> conclusions;
    conclusions.reserve(result.results.size());
    for (std::size_t i = 0; i < result.results.size(); ++i) {
        const PatchResult& found = result.results[i];
        layers::RunConclusion conclusion;
        conclusion.patch = checked.patches[i];
        conclusion.bucket = layers::bucketKey(found.bucket);
        if (!found.findings.empty()) {
            const layers::Judgement& main = result.judgements[found.findings.front().atDate];
            conclusion.verdict = suspectedVerdict(main.verdict);
            conclusion.priority = main.priority;
            conclusion.rule = main.ruleId;
        }
        conclusion.areaM2 = areaOf(result, i, found.overlay.measure);
        conclusion.coveredM2 = areaOf(result, i, found.covered);
        conclusion.judgedOn = layers::isoFromDay(*found.date);
        conclusion.digest = digests.empty() ? std::string() : digests[i];
        for (const layers::Finding& finding : found.findings) {
            conclusion.findings.push_back(findingFrom(checked, i, finding));
        }
        conclusions.push_back(std::move(conclusion));
    }
    return conclusions;
}

ProjectRun newRun(layers::ProjectFile& project, const layers::Stamp& stamp, const RunRequest& request,
                  geo::Progress& progress) {
    const auto start = std::chrono::steady_clock::now();
    ProjectRun run;
    run.record.setup = setupOf(project, request);
    SetupResult checked = checkSetup(project, run.record.setup, request.threads, progress);
    const ResultDigest digest = digestOf(checked.result, progress);
    run.record.digest = digest.whole;
    run.record.runJson = runJson(checked.result);
    run.record.program = Json::parse(run.record.runJson).at("program").dump();
    run.record.isValid = checked.result.faults.empty();
    for (const Bucket bucket : kBuckets) {
        run.record.counts.at(static_cast<std::size_t>(bucket)) = checked.result.countOf(bucket);
    }
    const std::vector<layers::RunConclusion> conclusions = conclusionsFrom(checked, digest.patches);
    const std::vector<layers::ListedPatch> listed = listedPatches(checked, projectOffices(project));
    run.record.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    progress.checkCancelled();

    constexpr std::int64_t kPasses = 3; // patches, overlaps, atoms
    progress.begin("写入台账 store", kPasses * static_cast<std::int64_t>(checked.result.patches.size()));
    layers::LedgerChange change(project, stamp);
    layers::addRun(change, run.record);
    run.obsoleteFindings = layers::addConclusions(change, run.record, conclusions);
    const std::string code = layers::readBatch(project, run.record.setup.batch).code;
    if (run.record.isValid) {
        const std::int64_t before = layers::caseCount(project);
        checked.result.taskNumbers =
            layers::holdCases(change, {run.record.setup.batch, code, caseStates(projectCaseLife(project))},
                              run.record.id, listed);
        run.newCases = layers::caseCount(project) - before;
    }
    layers::RunRows rows(change, run.record, checked.patches, checked.readingProblems);
    RowIds ids{checked.patches, checked.zones, rows.firstJudgement()};
    ResultsRows(checked.result, rows, std::move(ids)).writeAll([&progress] { progress.step(); });
    recordRun(change, run, code);
    progress.checkCancelled();
    change.commit();
    run.result = std::move(checked.result);
    return run;
}

} // namespace app
