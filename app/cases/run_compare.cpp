#include "app/cases/run_compare.hpp"

#include "layers/project/batch_store.hpp"
#include "layers/project/zone_store.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <set>
#include <tuple>

#include <fmt/format.h>

namespace app {

namespace {

using layers::RunConclusion;
using layers::RunRecord;
using Conclusions = std::map<std::string, RunConclusion>; ///< by the key that matches patches

/// Areas that differ by less are printed alike.
constexpr double kPrintedM2 = 0.005;

bool isListed(const RunConclusion& conclusion) {
    return conclusion.bucket == layers::bucketKey(layers::Bucket::Listed);
}

bool sameArea(const std::optional<double>& a, const std::optional<double>& b) {
    return a.has_value() == b.has_value() && (!a || std::abs(*a - *b) < kPrintedM2);
}

bool sameVerdict(const RunConclusion& a, const RunConclusion& b) {
    return a.verdict == b.verdict && a.priority == b.priority;
}

/// Where the patch goes and how grave it is; what lies on no list has no verdict to compare.
bool agree(const RunConclusion& a, const RunConclusion& b) {
    return isListed(a) == isListed(b) &&
           (!isListed(a) || (sameVerdict(a, b) && sameArea(a.coveredM2, b.coveredM2)));
}

/// A patch and what matches it to the other run's.
struct PatchKeys {
    std::map<std::int64_t, std::string> keys;    ///< by project id
    std::map<std::string, std::string> patchIds; ///< 原图斑编号 by key
    std::set<std::string> repaired;              ///< keys of patches that were repaired on reading
};

std::set<std::pair<std::string, std::int64_t>>
repairedFeatures(const std::vector<layers::StoredSource>& sources) {
    std::set<std::pair<std::string, std::int64_t>> repaired;
    for (const layers::StoredSource& source : sources) {
        for (const layers::Problem& problem : source.problems) {
            if (problem.kind == layers::ProblemKind::GeometryRepaired && problem.feature) {
                repaired.emplace(source.report.sha256 + source.report.layer, *problem.feature);
            }
        }
    }
    return repaired;
}

PatchKeys keysOf(const layers::ProjectFile& project, std::int64_t batch) {
    const std::vector<layers::StoredPatch> patches = layers::patchesOf(project, batch);
    const std::vector<layers::StoredSource> sources = layers::sourcesOf(project, batch);
    const auto repaired = repairedFeatures(sources);
    std::map<std::string, int> uses;
    for (const layers::StoredPatch& stored : patches) {
        ++uses[stored.patch.id];
    }
    PatchKeys keys;
    std::map<std::string, int> repeats;
    for (const layers::StoredPatch& stored : patches) {
        std::string key = stored.patch.id;
        if (key.empty() || uses[key] > 1) {
            key += fmt::format("\x1f{:016x}", geo::normalisedHash(stored.patch.shape));
            key += fmt::format("\x1f{}", ++repeats[key]); // one shape several times: in their order
        }
        const layers::InputReport& report = sources.at(static_cast<std::size_t>(stored.patch.input)).report;
        if (repaired.contains({report.sha256 + report.layer, stored.patch.feature})) {
            keys.repaired.insert(key);
        }
        keys.patchIds[key] = stored.patch.id;
        keys.keys[stored.id] = std::move(key);
    }
    return keys;
}

Conclusions byKey(std::vector<RunConclusion> conclusions, const PatchKeys& keys) {
    Conclusions result;
    for (RunConclusion& conclusion : conclusions) {
        result.emplace(keys.keys.at(conclusion.patch), std::move(conclusion));
    }
    return result;
}

bool sameZones(const layers::RunSetup& a, const layers::RunSetup& b) {
    const auto tie = [](const layers::RunZones& z) { return std::tie(z.version, z.first, z.last); };
    return std::equal(a.zones.begin(), a.zones.end(), b.zones.begin(), b.zones.end(),
                      [&](const layers::RunZones& x, const layers::RunZones& y) { return tie(x) == tie(y); });
}

std::vector<Cause> differencesOf(const layers::RunSetup& a, const layers::RunSetup& b) {
    std::vector<Cause> causes;
    const auto add = [&](bool differs, Cause cause) {
        if (differs) {
            causes.push_back(cause);
        }
    };
    add(a.batch != b.batch, Cause::PatchData);
    add(!sameZones(a, b), Cause::ZoneVersion);
    add(a.rules.sha256 != b.rules.sha256, Cause::Rule);
    add(!(a.settings == b.settings), Cause::Tolerance);
    add(a.date != b.date || a.today != b.today, Cause::Date);
    return causes;
}

/// The earlier setup with one thing taken from the later one.
layers::RunSetup withOne(layers::RunSetup setup, const layers::RunSetup& other, Cause cause) {
    switch (cause) {
    case Cause::PatchData:
        setup.batch = other.batch;
        break;
    case Cause::ZoneVersion:
        setup.zones = other.zones;
        break;
    case Cause::Rule:
        setup.rules = other.rules;
        break;
    case Cause::Tolerance:
        setup.settings = other.settings;
        break;
    case Cause::Date:
        setup.date = other.date;
        setup.today = other.today;
        break;
    case Cause::Repair:
        break;
    }
    return setup;
}

/// Zones that were repaired on reading, by their project ids.
std::set<std::int64_t> repairedZones(const layers::ProjectFile& project, const layers::RunSetup& setup) {
    std::set<std::int64_t> ids;
    const std::vector<layers::ZoneVersion> versions = layers::zoneVersions(project);
    for (const layers::RunZones& used : setup.zones) {
        const auto version = std::find_if(versions.begin(), versions.end(),
                                          [&](const layers::ZoneVersion& v) { return v.id == used.version; });
        if (version == versions.end() || version->role == layers::Role::Admin) {
            continue;
        }
        const layers::StoredSource source = layers::readSource(project, version->source);
        const auto repaired = repairedFeatures({source});
        if (repaired.empty()) {
            continue;
        }
        for (const layers::StoredZone& stored : layers::zonesOf(project, version->id)) {
            if (repaired.contains({source.report.sha256 + source.report.layer, stored.zone.feature})) {
                ids.insert(stored.id);
            }
        }
    }
    return ids;
}

bool usesZone(const RunConclusion& conclusion, const std::set<std::int64_t>& zones) {
    return std::any_of(conclusion.findings.begin(), conclusion.findings.end(),
                       [&](const layers::RunFinding& finding) { return zones.contains(finding.zone); });
}

/// Finds the cause of each change by repeating the earlier check with one thing changed at a time.
class Causes {
  public:
    Causes(const layers::ProjectFile& project, const RunRecord& before, const RunRecord& after,
           std::vector<Cause> differing)
        : m_project(project), m_before(before), m_after(after), m_differing(std::move(differing)) {}

    void find(RunComparison& comparison, const PatchKeys& keysBefore, const PatchKeys& keysAfter,
              const std::vector<std::string>& changedKeys, int threads, geo::Progress& progress) {
        if (m_differing.size() == 1) {
            for (ChangedConclusion& changed : comparison.changed) {
                changed.causes = m_differing;
            }
        } else {
            trySingly(comparison, keysBefore, keysAfter, changedKeys, threads, progress);
        }
        addRepairs(comparison, keysBefore, keysAfter, changedKeys);
    }

  private:
    void trySingly(RunComparison& comparison, const PatchKeys& keysBefore, const PatchKeys& keysAfter,
                   const std::vector<std::string>& changedKeys, int threads, geo::Progress& progress) {
        std::vector<std::vector<Cause>> alone(comparison.changed.size());
        std::vector<std::vector<Cause>> adds(comparison.changed.size());
        for (const Cause cause : m_differing) {
            const SetupResult checked =
                checkSetup(m_project, withOne(m_before.setup, m_after.setup, cause), threads, progress);
            const Conclusions found =
                byKey(conclusionsFrom(checked, {}), cause == Cause::PatchData ? keysAfter : keysBefore);
            for (std::size_t i = 0; i < comparison.changed.size(); ++i) {
                const auto one = found.find(changedKeys[i]);
                const RunConclusion conclusion = one == found.end() ? RunConclusion() : one->second;
                if (agree(conclusion, comparison.changed[i].after)) {
                    alone[i].push_back(cause);
                } else if (!agree(conclusion, comparison.changed[i].before)) {
                    adds[i].push_back(cause);
                }
            }
        }
        for (std::size_t i = 0; i < comparison.changed.size(); ++i) {
            comparison.changed[i].causes = !alone[i].empty()  ? alone[i]
                                           : !adds[i].empty() ? adds[i]
                                                              : m_differing;
        }
    }

    /// A shape that reading mended in one of the two runs only may be what differs.
    void addRepairs(RunComparison& comparison, const PatchKeys& keysBefore, const PatchKeys& keysAfter,
                    const std::vector<std::string>& changedKeys) const {
        const std::set<std::int64_t> zonesBefore = repairedZones(m_project, m_before.setup);
        const std::set<std::int64_t> zonesAfter = repairedZones(m_project, m_after.setup);
        for (std::size_t i = 0; i < comparison.changed.size(); ++i) {
            ChangedConclusion& changed = comparison.changed[i];
            const bool zone = usesZone(changed.before, zonesBefore) != usesZone(changed.after, zonesAfter);
            const bool patch =
                keysBefore.repaired.contains(changedKeys[i]) != keysAfter.repaired.contains(changedKeys[i]);
            if (zone || patch) {
                changed.causes.push_back(Cause::Repair);
            }
        }
    }

    const layers::ProjectFile& m_project;
    const RunRecord& m_before;
    const RunRecord& m_after;
    std::vector<Cause> m_differing;
};

struct NamedChange {
    std::string_view key;
    std::string_view zh;
};
constexpr std::array<NamedChange, 4> kChanges{
    {{"appeared", "新增"}, {"gone", "消失"}, {"verdict", "级别变化"}, {"area", "面积变化"}}};
constexpr std::array<NamedChange, 6> kCauses{{{"patch_data", "图斑数据"},
                                              {"zone_version", "管控区版本"},
                                              {"rule", "规则"},
                                              {"tolerance", "容差设置"},
                                              {"date", "判定日期"},
                                              {"repair", "图形修复"}}};

} // namespace

std::vector<ConclusionChange> changesBetween(const RunConclusion& before, const RunConclusion& after) {
    if (isListed(before) != isListed(after)) {
        return {isListed(after) ? ConclusionChange::Appeared : ConclusionChange::Gone};
    }
    std::vector<ConclusionChange> changes;
    if (isListed(before) && !sameVerdict(before, after)) {
        changes.push_back(ConclusionChange::Verdict);
    }
    if (isListed(before) && !sameArea(before.coveredM2, after.coveredM2)) {
        changes.push_back(ConclusionChange::Area);
    }
    return changes;
}

std::string_view conclusionChangeKey(ConclusionChange change) {
    return kChanges.at(static_cast<std::size_t>(change)).key;
}
std::string_view conclusionChangeZh(ConclusionChange change) {
    return kChanges.at(static_cast<std::size_t>(change)).zh;
}
std::string_view causeKey(Cause cause) {
    return kCauses.at(static_cast<std::size_t>(cause)).key;
}
std::string_view causeZh(Cause cause) {
    return kCauses.at(static_cast<std::size_t>(cause)).zh;
}

std::int64_t RunComparison::countOf(ConclusionChange change) const {
    return std::count_if(changed.begin(), changed.end(), [&](const ChangedConclusion& one) {
        return std::find(one.changes.begin(), one.changes.end(), change) != one.changes.end();
    });
}

bool RunComparison::closes() const {
    return listedBefore + countOf(ConclusionChange::Appeared) - countOf(ConclusionChange::Gone) ==
           listedAfter;
}

RunComparison compareRuns(const layers::ProjectFile& project, std::int64_t before, std::int64_t after,
                          int threads, geo::Progress& progress) {
    const RunRecord first = layers::readRun(project, before);
    const RunRecord second = layers::readRun(project, after);
    const PatchKeys keysBefore = keysOf(project, first.setup.batch);
    const PatchKeys keysAfter =
        second.setup.batch == first.setup.batch ? keysBefore : keysOf(project, second.setup.batch);
    const Conclusions old = byKey(layers::conclusionsOf(project, before), keysBefore);
    const Conclusions now = byKey(layers::conclusionsOf(project, after), keysAfter);
    RunComparison comparison;
    comparison.before = before;
    comparison.after = after;
    comparison.differing = differencesOf(first.setup, second.setup);
    comparison.listedBefore = first.counts.at(static_cast<std::size_t>(layers::Bucket::Listed));
    comparison.listedAfter = second.counts.at(static_cast<std::size_t>(layers::Bucket::Listed));
    std::set<std::string> all;
    for (const Conclusions* conclusions : {&old, &now}) {
        for (const auto& [key, conclusion] : *conclusions) {
            all.insert(key);
        }
    }
    std::vector<std::string> changedKeys;
    for (const std::string& key : all) {
        const auto a = old.find(key);
        const auto b = now.find(key);
        ChangedConclusion changed;
        changed.before = a == old.end() ? RunConclusion() : a->second;
        changed.after = b == now.end() ? RunConclusion() : b->second;
        changed.changes = changesBetween(changed.before, changed.after);
        if (changed.changes.empty()) {
            comparison.unchanged += a != old.end() && b != now.end() ? 1 : 0;
            continue;
        }
        const auto name = keysAfter.patchIds.find(key);
        changed.patchId = name != keysAfter.patchIds.end() ? name->second : keysBefore.patchIds.at(key);
        comparison.changed.push_back(std::move(changed));
        changedKeys.push_back(key);
    }
    if (!comparison.changed.empty()) {
        Causes(project, first, second, comparison.differing)
            .find(comparison, keysBefore, keysAfter, changedKeys, threads, progress);
    }
    return comparison;
}

} // namespace app
