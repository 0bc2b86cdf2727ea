#include "app/check/check_run.hpp"

#include "app/check/closing.hpp"
#include "app/check/counties.hpp"
#include "app/check/duplicates.hpp"
#include "app/check/far_features.hpp"
#include "app/check/input_checks.hpp"
#include "app/check/judgement_table.hpp"
#include "app/check/list_rows.hpp"
#include "app/check/overlap_problems.hpp"
#include "app/check/patch_check.hpp"
#include "app/check/run_problems.hpp"
#include "geo/parallel.hpp"
#include "layers/error.hpp"

#include <algorithm>
#include <limits>

namespace app {

namespace {

constexpr std::size_t kGrain = 64;

/// Every patch needs its day before the work starts: a run that fails after ten minutes helps nobody.
void decideDates(CheckResult& result) {
    std::int64_t without = 0;
    std::string example;
    for (std::size_t i = 0; i < result.patches.size(); ++i) {
        result.results[i].date = judgementDay(result.patches[i], result.date);
        if (!result.results[i].date) {
            example = without == 0 ? result.patches[i].id : example;
            ++without;
        }
    }
    if (without > 0) {
        throw layers::Error(
            "缺少判定基准日: " + std::to_string(without) + " 个图斑没有可识别的后时相(例如 " + example +
            ")，也没有给出 --date。请用 --map changes.later=字段 指明后时相字段，或用 --date 2026-09-30 "
            "给出判定基准日。\nno judgement date: " +
            std::to_string(without) + " patches have no readable later image date (for example " + example +
            ") and --date is not given. Name the field with --map changes.later=FIELD, or "
            "give the date with --date YYYY-MM-DD.");
    }
}

std::vector<geo::Shape> takeShapes(std::vector<layers::Zone>& zones) {
    std::vector<geo::Shape> shapes;
    shapes.reserve(zones.size());
    for (layers::Zone& zone : zones) {
        shapes.push_back(std::move(zone.shape));
        zone.shape = geo::Shape();
    }
    return shapes;
}

void checkPatches(CheckResult& result, const geo::ZoneIndex& zones, const geo::ZoneIndex* counties,
                  const CheckInput& input, geo::Progress& progress) {
    const std::vector<double> distances = nearDistances(result.zones, result.settings);
    PatchCheck check{&zones, counties, &result.settings, {}};
    check.options.nearDistanceM = [&distances](std::uint32_t zone) { return distances[zone]; };
    check.options.maxNearDistanceM =
        distances.empty() ? 0.0 : *std::max_element(distances.begin(), distances.end());
    check.options.method = input.method;
    progress.begin("套合 overlay", static_cast<std::int64_t>(result.patches.size()));
    geo::parallelFor(result.patches.size(), kGrain, input.threads, progress, [&](std::size_t i) {
        const std::optional<layers::Day> date = result.results[i].date;
        if (input.zoneDays.empty()) {
            result.results[i] = checkPatch(result.patches[i].shape, check);
        } else {
            PatchCheck dated = check;
            dated.options.concerns = [&](std::uint32_t zone) { return input.zoneDays[zone].contains(*date); };
            result.results[i] = checkPatch(result.patches[i].shape, dated);
        }
        result.results[i].date = date;
    });
}

void markDuplicates(CheckResult& result, int threads, geo::Progress& progress) {
    std::vector<double> measures;
    measures.reserve(result.results.size());
    for (const PatchResult& patch : result.results) {
        measures.push_back(patch.overlay.measure);
    }
    for (const Duplicate& duplicate :
         findDuplicates(result.patches, measures, result.settings.duplicateShare, threads, progress)) {
        PatchResult& patch = result.results[static_cast<std::size_t>(duplicate.patch)];
        patch.bucket = layers::Bucket::Duplicate;
        patch.duplicateOf = duplicate.of;
        patch.duplicateShare = duplicate.share;
    }
}

void judgePatch(CheckResult& result, std::size_t i, JudgementTable& table) {
    PatchResult& patch = result.results[i];
    const layers::Patch& record = result.patches[i];
    for (std::size_t k = 0; k < patch.overlay.overlaps.size(); ++k) {
        if (patch.certainty[k] == layers::Certainty::Edge) {
            continue;
        }
        const layers::Zone& zone = result.zones[patch.overlay.overlaps[k].zone];
        if (!inForce(zone, *patch.date) && !inForce(zone, result.today)) {
            continue;
        }
        const bool isArea = record.shape.dimension() == geo::Dimension::Area;
        JudgeFacts facts{zone.kind, zone.zoneClass, record.activity, record.change, *patch.date, false};
        facts.largeCovered =
            isArea && result.settings.largePatchM2 > 0 && patch.covered >= result.settings.largePatchM2;
        layers::Finding finding;
        finding.zone = patch.overlay.overlaps[k].zone;
        finding.overlap = static_cast<std::uint32_t>(k);
        finding.certainty = patch.certainty[k];
        finding.atDate = table.number(facts);
        facts.date = result.today;
        finding.today = table.number(facts);
        patch.findings.push_back(finding);
    }
    const auto ranked = [&](const layers::Finding& finding) {
        const layers::Zone& zone = result.zones[finding.zone];
        return RankedFinding{table.judgements()[finding.atDate], zone.kind, zone.zoneClass,
                             patch.overlay.overlaps[finding.overlap].measure, finding.zone};
    };
    if (patch.findings.size() > 1) {
        std::sort(patch.findings.begin(), patch.findings.end(),
                  [&](const layers::Finding& a, const layers::Finding& b) {
                      return goesBefore(ranked(a), ranked(b));
                  });
    }
}

/// A repeated patch must not take a graver finding with it: where its main finding goes before that of the
/// patch which stays, both stay.
void keepGraverDuplicates(CheckResult& result) {
    const auto gravity = [&](const PatchResult& patch) {
        if (patch.findings.empty()) {
            return std::pair<int, int>(std::numeric_limits<int>::max(), 0);
        }
        const layers::Judgement& main = result.judgements[patch.findings.front().atDate];
        return std::pair<int, int>(static_cast<int>(main.verdict), main.priority);
    };
    for (PatchResult& patch : result.results) {
        if (patch.bucket == layers::Bucket::Duplicate &&
            gravity(patch) < gravity(result.results[static_cast<std::size_t>(patch.duplicateOf)])) {
            patch.bucket = layers::Bucket::Clear;
        }
    }
}

void decideBuckets(CheckResult& result) {
    keepGraverDuplicates(result);
    for (PatchResult& patch : result.results) {
        if (patch.bucket == layers::Bucket::Duplicate) {
            continue;
        }
        if (!patch.findings.empty()) {
            patch.bucket = layers::Bucket::Listed;
        } else if (!patch.overlay.overlaps.empty() || !patch.overlay.near.empty()) {
            patch.bucket = layers::Bucket::Near;
        }
    }
}

std::size_t pairSlot(layers::Role role) {
    return role == layers::Role::RedLine ? 0 : role == layers::Role::Reserve ? 1 : 2;
}

void sumPairs(CheckResult& result) {
    for (std::size_t i = 0; i < result.results.size(); ++i) {
        const bool isArea = result.patches[i].shape.dimension() == geo::Dimension::Area;
        const geo::PatchOverlay& overlay = result.results[i].overlay;
        result.enginePaths[kPathOutside] += overlay.outsidePairs;
        for (const geo::ZoneOverlap& overlap : overlay.overlaps) {
            const std::size_t path = overlap.path == geo::OverlayPath::Inside      ? kPathInside
                                     : overlap.path == geo::OverlayPath::Localised ? kPathLocalised
                                                                                   : kPathFull;
            ++result.enginePaths[path];
            if (isArea && overlap.measure > 0) {
                PairSum& sum = result.pairSums[pairSlot(result.zones[overlap.zone].role)];
                ++sum.pairs;
                sum.areaM2 += overlap.measure;
            }
        }
    }
}

void noteCountiesOfLayers(CheckResult& result, const geo::ZoneIndex& zones, const geo::ZoneIndex& counties) {
    result.countiesOfInput.resize(result.inputs.size());
    std::vector<std::vector<std::uint32_t>> zonesOfInput(result.inputs.size());
    for (std::size_t i = 0; i < result.zones.size(); ++i) {
        zonesOfInput[static_cast<std::size_t>(result.zones[i].input)].push_back(
            static_cast<std::uint32_t>(i));
    }
    for (std::size_t i = 0; i < zonesOfInput.size(); ++i) {
        result.countiesOfInput[i] = countiesReached(zonesOfInput[i], zones, counties);
    }
}

CheckResult resultFrom(CheckInput& input) {
    CheckResult result;
    result.patches = std::move(input.patches);
    result.zones = std::move(input.zones);
    result.counties = std::move(input.counties);
    result.rejects = std::move(input.rejects);
    result.problems = std::move(input.problems);
    result.inputs = std::move(input.inputs);
    result.rules = std::move(input.rules);
    result.known = std::move(input.known);
    result.settings = input.settings;
    result.batch = std::move(input.batch);
    result.today = input.today;
    result.date = input.date;
    result.zonesIncomplete = input.zonesIncomplete;
    result.results.resize(result.patches.size());
    std::sort(result.counties.begin(), result.counties.end(),
              [](const layers::County& a, const layers::County& b) { return a.code < b.code; });
    return result;
}

} // namespace

CheckResult runCheck(CheckInput input, geo::Progress& progress) {
    CheckResult result = resultFrom(input);
    checkZoneClasses(result);
    decideDates(result);
    progress.begin("建立索引 index", 1);
    std::optional<geo::ZoneIndex> zones(std::in_place, takeShapes(result.zones), input.threads);
    std::optional<geo::ZoneIndex> counties;
    if (!result.counties.empty()) {
        std::vector<geo::Shape> shapes;
        for (layers::County& county : result.counties) {
            shapes.push_back(std::move(county.shape));
            county.shape = geo::Shape();
        }
        counties.emplace(std::move(shapes), input.threads);
    }
    progress.step();
    checkPatches(result, *zones, counties ? &*counties : nullptr, input, progress);
    markDuplicates(result, input.threads, progress);
    progress.begin("判定 judge", static_cast<std::int64_t>(result.patches.size()));
    JudgementTable table(result.rules);
    for (std::size_t i = 0; i < result.patches.size(); ++i) {
        judgePatch(result, i, table);
        progress.step();
    }
    result.judgements = table.take();
    decideBuckets(result);
    sumPairs(result);
    if (counties) {
        noteCountiesOfLayers(result, *zones, *counties);
        noteFarFeatures(result, *zones, *counties);
        noteCountyOverlaps(result, *counties, input.threads, progress);
    }
    noteZoneOverlaps(result, *zones, input.threads, progress);
    zones.reset(); // what follows copies patches: not both at once
    notePatchOverlaps(result, input.threads, progress);
    noteRunProblems(result);
    orderAndNumber(result);
    closeSums(result);
    return result;
}

} // namespace app
