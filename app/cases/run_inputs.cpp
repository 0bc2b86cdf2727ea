#include "app/cases/run_inputs.hpp"

#include "app/check/configuration.hpp"
#include "app/check/patch_check.hpp"
#include "layers/error.hpp"
#include "layers/project/batch_store.hpp"
#include "layers/project/zone_store.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <set>

namespace app {

namespace {

using layers::ZoneVersion;

std::vector<layers::RunZones> countyVersions(const std::vector<ZoneVersion>& versions) {
    // The latest of each layer: an outline is a place on the map, not a rule with a date.
    std::vector<layers::RunZones> chosen;
    const ZoneVersion* last = nullptr;
    const auto keep = [&] {
        if (last != nullptr) {
            chosen.push_back({last->id, layers::kSinceEver, layers::kForEver});
        }
    };
    for (const ZoneVersion& version : versions) {
        if (version.role != layers::Role::Admin || !version.withdrawnAt.empty()) {
            continue;
        }
        if (last != nullptr && last->layer != version.layer) {
            keep();
        }
        last = &version;
    }
    keep();
    return chosen;
}

const ZoneVersion& versionAsked(const std::vector<ZoneVersion>& versions, const std::string& layer,
                                int number) {
    std::string known;
    for (const ZoneVersion& version : versions) {
        if (version.layer == layer && version.number == number) {
            return version;
        }
        known += fmt::format("{}{}={}", known.empty() ? "" : ", ", version.layer, version.number);
    }
    throw layers::Error(fmt::format(
        "项目中没有管控区版本 {0}={1}；已有 / the project has no zone version {0}={1}; it has: {2}", layer,
        number, known.empty() ? "-" : known));
}

std::vector<layers::RunZones> zonesFor(const std::vector<ZoneVersion>& versions, const RunRequest& request,
                                       const std::set<layers::Day>& days) {
    std::vector<layers::RunZones> chosen;
    for (const auto& [layer, number] : request.zoneVersions) {
        chosen.push_back({versionAsked(versions, layer, number).id, layers::kSinceEver, layers::kForEver});
    }
    for (const layers::ZonePeriod& period : layers::zonePeriods(versions)) {
        if (request.zoneVersions.contains(period.version->layer)) {
            continue;
        }
        if (request.zonesAt) {
            if (DayRange{period.first, period.last}.contains(*request.zonesAt)) {
                chosen.push_back({period.version->id, layers::kSinceEver, layers::kForEver});
            }
            continue;
        }
        const auto day = days.lower_bound(period.first);
        if (day != days.end() && *day <= period.last) {
            chosen.push_back({period.version->id, period.first, period.last});
        }
    }
    return chosen;
}

/// Puts what a source decided and could not use where a check expects it; returns the input's number.
std::int32_t addInput(layers::StoredSource&& source, CheckInput& check) {
    const auto number = static_cast<std::int32_t>(check.inputs.size());
    for (layers::Reject& reject : source.rejects) {
        reject.input = number;
        check.rejects.push_back(std::move(reject));
    }
    std::move(source.problems.begin(), source.problems.end(), std::back_inserter(check.problems));
    check.inputs.push_back(std::move(source.report));
    return number;
}

layers::Problem versionProblem(const ZoneVersion& version, std::int64_t count) {
    layers::Problem problem;
    problem.kind = layers::ProblemKind::ZoneOutOfForce;
    problem.role = layers::roleKey(version.role);
    problem.file = version.file;
    problem.layer = version.layer;
    problem.count = count;
    return problem;
}

/// Patches judged by a day that the versions of a layer do not reach: told, never silent.
void noteDaysOutOfForce(const std::vector<ZoneVersion>& used, const std::vector<layers::RunZones>& zones,
                        const std::optional<layers::Day>& date, CheckInput& check) {
    for (std::size_t i = 0; i < used.size(); ++i) {
        const std::optional<layers::Day> from = layers::dayFromIso(used[i].validFrom);
        const std::optional<layers::Day> to = layers::dayFromIso(used[i].validTo);
        std::int64_t outside = 0;
        for (const layers::Patch& patch : check.patches) {
            const std::optional<layers::Day> day = judgementDay(patch, date);
            const bool isJudged = day && DayRange{zones[i].first, zones[i].last}.contains(*day);
            outside += isJudged && ((from && *day < *from) || (to && *day > *to)) ? 1 : 0;
        }
        if (outside > 0) {
            layers::Problem problem = versionProblem(used[i], outside);
            problem.textZh = fmt::format("{} 个图斑的判定基准日不在管控区“{}”第 {} 版的有效期（{} 至 {}）内",
                                         outside, used[i].layer, used[i].number,
                                         from ? used[i].validFrom : "…", to ? used[i].validTo : "…");
            problem.textEn =
                fmt::format("{} patches are judged by a day on which version {} of “{}” ({} to {}) is not in "
                            "force",
                            outside, used[i].number, used[i].layer, from ? used[i].validFrom : "...",
                            to ? used[i].validTo : "...");
            problem.doneZh = "没有更合适的版本，按此版核查，请人工复核";
            problem.doneEn = "checked against it: no other version fits; look at them";
            check.problems.push_back(std::move(problem));
        }
    }
}

/// Days on which no version of a layer holds: that layer is not looked at for these patches.
void noteGaps(const std::vector<ZoneVersion>& used, const std::vector<layers::RunZones>& zones,
              const std::optional<layers::Day>& date, CheckInput& check) {
    std::set<std::string> seen;
    for (std::size_t i = 0; i < used.size(); ++i) {
        if (!seen.insert(used[i].layer).second) {
            continue;
        }
        std::int64_t without = 0;
        for (const layers::Patch& patch : check.patches) {
            const std::optional<layers::Day> day = judgementDay(patch, date);
            bool isCovered = !day;
            for (std::size_t k = 0; k < used.size() && !isCovered; ++k) {
                isCovered =
                    used[k].layer == used[i].layer && DayRange{zones[k].first, zones[k].last}.contains(*day);
            }
            without += isCovered ? 0 : 1;
        }
        if (without > 0) {
            layers::Problem problem = versionProblem(used[i], without);
            problem.severity = layers::Severity::Error;
            problem.textZh =
                fmt::format("{} 个图斑的判定基准日没有有效的管控区“{}”版本", without, used[i].layer);
            problem.textEn =
                fmt::format("no version of “{}” is in force on the day by which {} patches are judged",
                            used[i].layer, without);
            problem.doneZh = "这些图斑未与该图层套合，请补充版本或用 --zones 指定";
            problem.doneEn =
                "these patches are not checked against it: add the version, or name one with --zones";
            check.problems.push_back(std::move(problem));
        }
    }
}

} // namespace

layers::StoredRules storedRules(const std::filesystem::path& file) {
    const bool isShipped = file == kShippedRules;
    const std::string text = isShipped ? std::string(defaultRulesText()) : configurationText(file);
    const RuleSet rules = usableRules(text, file.filename().string());
    return {rules.sha256, rules.name, rules.version, rules.fileName, text};
}

layers::RunSetup setupOf(const layers::ProjectFile& project, const RunRequest& request) {
    layers::RunSetup setup;
    setup.batch = layers::findBatch(project, request.batch).id;
    setup.date = request.date;
    setup.today = request.today;
    setup.settings = request.settings ? layers::readSettings(*request.settings) : layers::Settings{};
    setup.rules = storedRules(request.rules.value_or(kShippedRules));
    std::set<layers::Day> days;
    for (const layers::StoredPatch& stored : layers::patchesOf(project, setup.batch)) {
        if (const std::optional<layers::Day> day = judgementDay(stored.patch, request.date)) {
            days.insert(*day);
        }
    }
    const std::vector<ZoneVersion> versions = layers::zoneVersions(project);
    setup.zones = zonesFor(versions, request, days);
    if (setup.zones.empty()) {
        throw layers::Error(
            "项目中没有可用的管控区，请先导入（zones add）/ the project has no zones to check against: add "
            "them first (zones add)");
    }
    const std::vector<layers::RunZones> counties = countyVersions(versions);
    setup.zones.insert(setup.zones.end(), counties.begin(), counties.end());
    return setup;
}

RunInputs inputsOf(const layers::ProjectFile& project, const layers::RunSetup& setup) {
    RunInputs inputs;
    CheckInput& check = inputs.check;
    check.rules = usableRules(setup.rules.text, setup.rules.file);
    check.settings = setup.settings;
    check.date = setup.date;
    check.today = setup.today;
    check.batch = layers::readBatch(project, setup.batch).name;
    for (layers::StoredSource& source : layers::sourcesOf(project, setup.batch)) {
        addInput(std::move(source), check);
    }
    for (layers::StoredPatch& stored : layers::patchesOf(project, setup.batch)) {
        inputs.patches.push_back(stored.id);
        check.patches.push_back(std::move(stored.patch));
    }
    const std::vector<ZoneVersion> versions = layers::zoneVersions(project);
    std::vector<ZoneVersion> used;
    std::vector<layers::RunZones> usedZones;
    for (const layers::RunZones& zones : setup.zones) {
        const auto version = std::find_if(versions.begin(), versions.end(),
                                          [&](const ZoneVersion& v) { return v.id == zones.version; });
        if (version == versions.end()) {
            throw layers::Error(fmt::format(
                "项目中缺少管控区版本 {0} / zone version {0} is missing in the project", zones.version));
        }
        const std::int32_t number = addInput(layers::readSource(project, version->source), check);
        check.zonesIncomplete = check.zonesIncomplete || !version->isComplete;
        if (version->role == layers::Role::Admin) {
            std::vector<layers::County> counties = layers::countiesOf(project, version->id);
            std::move(counties.begin(), counties.end(), std::back_inserter(check.counties));
            continue;
        }
        for (layers::StoredZone& stored : layers::zonesOf(project, version->id)) {
            stored.zone.input = number;
            inputs.zones.push_back(stored.id);
            check.zones.push_back(std::move(stored.zone));
            check.zoneDays.push_back({zones.first, zones.last});
        }
        used.push_back(*version);
        usedZones.push_back(zones);
    }
    inputs.readingProblems = check.problems.size();
    noteDaysOutOfForce(used, usedZones, setup.date, check);
    noteGaps(used, usedZones, setup.date, check);
    return inputs;
}

} // namespace app
