#include "app/cases/rule_trial.hpp"

#include "app/cases/list_export.hpp"
#include "app/cases/run_inputs.hpp"

#include <algorithm>
#include <set>
#include <tuple>

namespace app {

namespace {

using layers::RunConclusion;

struct NamedChange {
    std::string_view key;
    std::string_view zh;
};
constexpr std::array<NamedChange, kTrialChanges> kChanges{{{"appeared", "新增"},
                                                           {"gone", "消失"},
                                                           {"verdict", "判定变化"},
                                                           {"priority", "级别变化"},
                                                           {"area", "面积变化"},
                                                           {"rule", "规则变化"},
                                                           {"findings", "其他线索变化"},
                                                           {"bucket", "归类变化"}}};

layers::RunSetup triedSetup(layers::RunSetup setup, const TrialRequest& request) {
    if (request.rules) {
        setup.rules = storedRules(*request.rules);
    }
    if (request.settings) {
        setup.settings = layers::readSettings(*request.settings);
    }
    return setup;
}

/// What counts of a finding in a comparison; its key names the rule, so it is no help here.
using FindingFacts = std::tuple<std::int64_t, std::string, std::string, std::string, int>;
std::set<FindingFacts> factsOf(const RunConclusion& conclusion) {
    std::set<FindingFacts> facts;
    for (const layers::RunFinding& finding : conclusion.findings) {
        facts.emplace(finding.zone, finding.zoneClass, finding.certainty, finding.verdict, finding.priority);
    }
    return facts;
}

std::vector<TrialChange> changesOf(const RunConclusion& before, const RunConclusion& after) {
    std::vector<TrialChange> changes;
    for (const ConclusionChange change : changesBetween(before, after)) {
        switch (change) {
        case ConclusionChange::Appeared:
            return {TrialChange::Appeared};
        case ConclusionChange::Gone:
            return {TrialChange::Gone};
        case ConclusionChange::Verdict:
            if (before.verdict != after.verdict) {
                changes.push_back(TrialChange::Verdict);
            }
            if (before.priority != after.priority) {
                changes.push_back(TrialChange::Priority);
            }
            break;
        case ConclusionChange::Area:
            changes.push_back(TrialChange::Area);
            break;
        }
    }
    if (before.bucket != after.bucket) {
        changes.push_back(TrialChange::Bucket);
    } else if (changes.empty() && before.rule != after.rule) {
        changes.push_back(TrialChange::Rule);
    } else if (changes.empty() && factsOf(before) != factsOf(after)) {
        changes.push_back(TrialChange::Findings);
    }
    return changes;
}

std::map<std::string, std::array<double, 2>> differingSettings(const layers::Settings& before,
                                                               const layers::Settings& after) {
    std::map<std::string, std::array<double, 2>> differing;
    for (const layers::SettingInfo& info : layers::settingInfos()) {
        if (before.*info.member != after.*info.member) {
            differing[info.name] = {before.*info.member, after.*info.member};
        }
    }
    return differing;
}

} // namespace

std::string_view trialChangeKey(TrialChange change) {
    return kChanges.at(static_cast<std::size_t>(change)).key;
}
std::string_view trialChangeZh(TrialChange change) {
    return kChanges.at(static_cast<std::size_t>(change)).zh;
}

std::int64_t RuleTrial::countOf(TrialChange change) const {
    return std::count_if(changed.begin(), changed.end(), [&](const ChangedPatch& one) {
        return std::find(one.changes.begin(), one.changes.end(), change) != one.changes.end();
    });
}

bool RuleTrial::closes() const {
    return listedBefore + countOf(TrialChange::Appeared) - countOf(TrialChange::Gone) == listedAfter;
}

RuleTrial tryRules(const layers::ProjectFile& project, const TrialRequest& request, geo::Progress& progress) {
    const layers::Batch batch = checkedBatch(project, request.batch);
    const layers::RunRecord run = layers::readRun(project, *batch.currentRun);
    const layers::RunSetup setup = triedSetup(run.setup, request);
    RuleTrial trial;
    trial.run = run.id;
    trial.batchCode = batch.code;
    trial.rulesBefore = run.setup.rules;
    trial.rulesAfter = setup.rules;
    trial.settings = differingSettings(run.setup.settings, setup.settings);
    const SetupResult checked = checkSetup(project, setup, request.threads, progress);
    trial.isValid = checked.result.faults.empty();
    trial.listedBefore = run.counts.at(static_cast<std::size_t>(layers::Bucket::Listed));
    trial.listedAfter = checked.result.countOf(layers::Bucket::Listed);
    std::map<std::int64_t, RunConclusion> stored;
    for (RunConclusion& conclusion : layers::conclusionsOf(project, run.id)) {
        const std::int64_t patch = conclusion.patch;
        stored.emplace(patch, std::move(conclusion));
    }
    const CasesByPatch cases = casesByPatch(project, batch.code);
    const std::vector<RunConclusion> tried = conclusionsFrom(checked, {});
    for (std::size_t slot = 0; slot < tried.size(); ++slot) {
        const RunConclusion& before = stored.at(tried[slot].patch);
        std::vector<TrialChange> changes = changesOf(before, tried[slot]);
        if (changes.empty()) {
            ++trial.unchanged;
            continue;
        }
        ChangedPatch changed;
        changed.patchId = checked.result.patches[slot].id;
        if (const auto one = cases.find(tried[slot].patch); one != cases.end()) {
            changed.caseNumber = one->second.number;
            changed.caseStatus = one->second.status;
            changed.isOverridden = !one->second.setVerdict.empty() || !one->second.setPriority.empty();
        }
        changed.changes = std::move(changes);
        changed.before = before;
        changed.after = tried[slot];
        trial.changed.push_back(std::move(changed));
    }
    return trial;
}

} // namespace app
