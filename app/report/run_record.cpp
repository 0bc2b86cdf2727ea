#include "app/report/run_record.hpp"

#include "app/report/results_tables.hpp"
#include "geo/versions.hpp"
#include "layers/versions.hpp"

#include <nlohmann/json.hpp>

#include <sys/resource.h>

#include <cmath>
#include <map>
#include <string_view>

namespace app {

namespace {

using Json = nlohmann::ordered_json;

constexpr int kIndent = 2;
constexpr double kMillimetre2 = 1e6;
constexpr double kKibPerMib = 1024.0;
constexpr double kMilliseconds = 1000.0;

Json programJson() {
    return Json{{"name", "EcoRedline"},          {"version", ECOREDLINE_VERSION},
                {"gdal", layers::gdalVersion()}, {"geos", geo::geosVersion()},
                {"proj", geo::projVersion()},    {"sqlite", layers::sqliteVersion()}};
}

Json inputJson(const layers::InputReport& input, std::string_view role) {
    Json mapping = Json::object();
    for (const auto& [target, source] : input.mapping) {
        mapping[target] = source;
    }
    return Json{{"role", role},
                {"file", input.file},
                {"layer", input.layer},
                {"sha256", input.sha256},
                {"crs", input.crs},
                {"crs_reason", input.crsReason},
                {"encoding", input.encoding},
                {"encoding_reason", input.encodingReason},
                {"encoding_samples", input.encodingSamples},
                {"profile", input.profile},
                {"mapping", mapping},
                {"features", input.features},
                {"invalid", input.invalid},
                {"repaired", input.repaired},
                {"rejected", input.rejected}};
}

Json settingsJson(const CheckResult& result) {
    Json settings = Json::object();
    for (const layers::SettingInfo& info : layers::settingInfos()) {
        settings[info.name] = result.settings.*info.member;
    }
    settings["date"] = result.date ? Json(layers::isoFromDay(*result.date)) : Json(nullptr);
    settings["today"] = layers::isoFromDay(result.today);
    settings["batch"] = result.batch;
    settings["rules"] = Json{{"name", result.rules.name},
                             {"version", result.rules.version},
                             {"file", result.rules.fileName},
                             {"sha256", result.rules.sha256}};
    settings["zones_incomplete"] = result.zonesIncomplete;
    return settings;
}

Json patchesJson(const CheckResult& result) {
    std::int64_t read = 0;
    for (const layers::InputReport& input : result.inputs) {
        read += input.role == layers::Role::Changes ? input.features : 0;
    }
    Json patches{{"read", read}};
    for (const auto bucket : {layers::Bucket::Listed, layers::Bucket::Near, layers::Bucket::Clear,
                              layers::Bucket::Duplicate, layers::Bucket::Rejected}) {
        patches[std::string(layers::bucketKey(bucket))] = result.countOf(bucket);
    }
    return patches;
}

/// Sums of unrounded areas, printed to the mm² so that the last bits of a double do not read as a difference.
double toMillimetre2(double areaM2) {
    return std::round(areaM2 * kMillimetre2) / kMillimetre2;
}

Json overlapsJson(const CheckResult& result) {
    Json overlaps = Json::object();
    constexpr std::array kRoles{layers::Role::RedLine, layers::Role::Reserve, layers::Role::Water};
    for (std::size_t i = 0; i < kRoles.size(); ++i) {
        overlaps[std::string(layers::roleKey(kRoles[i]))] =
            Json{{"pairs", result.pairSums[i].pairs}, {"area_m2", toMillimetre2(result.pairSums[i].areaM2)}};
    }
    return overlaps;
}

Json areasJson(const CheckResult& result) {
    double patches = 0;
    double covered = 0;
    double uncovered = 0;
    for (std::size_t i = 0; i < result.results.size(); ++i) {
        const PatchResult& patch = result.results[i];
        if (patch.bucket == layers::Bucket::Duplicate ||
            result.patches[i].shape.dimension() != geo::Dimension::Area) {
            continue;
        }
        patches += patch.overlay.measure;
        covered += patch.covered;
        uncovered += patch.overlay.uncovered;
    }
    return Json{{"patches", toMillimetre2(patches)},
                {"covered", toMillimetre2(covered)},
                {"uncovered", toMillimetre2(uncovered)},
                {"residual", toMillimetre2(patches - covered - uncovered)},
                {"largest_residual_of_a_patch", toMillimetre2(result.residualM2)}};
}

Json problemsJson(const CheckResult& result) {
    std::map<std::string, std::int64_t> byKind;
    for (const layers::Problem& problem : result.problems) {
        byKind[std::string(layers::problemKindKey(problem.kind))] += problem.count;
    }
    Json list = Json::array();
    constexpr std::size_t kMostListed = 1000; // all of them stand in results.gpkg and in the workbook
    for (const layers::Problem& problem : result.problems) {
        if (list.size() == kMostListed) {
            break;
        }
        Json entry{{"kind", layers::problemKindKey(problem.kind)},
                   {"severity", layers::severityKey(problem.severity)},
                   {"role", problem.role},
                   {"file", problem.file},
                   {"layer", problem.layer},
                   {"field", problem.field},
                   {"count", problem.count},
                   {"text_zh", problem.textZh},
                   {"text_en", problem.textEn},
                   {"done_zh", problem.doneZh},
                   {"done_en", problem.doneEn}};
        entry["feature"] = problem.feature ? Json(*problem.feature) : Json(nullptr);
        if (problem.areaBeforeM2) {
            entry["area_before_m2"] = toMillimetre2(*problem.areaBeforeM2);
        }
        if (problem.areaAfterM2) {
            entry["area_after_m2"] = toMillimetre2(*problem.areaAfterM2);
        }
        if (problem.place) {
            entry["place"] = {problem.place->x, problem.place->y};
        }
        list.push_back(std::move(entry));
    }
    return Json{{"by_kind", byKind}, {"total", result.problems.size()}, {"list", list}};
}

Json faultsJson(const CheckResult& result) {
    Json faults = Json::array();
    for (const ClosingFault& fault : result.faults) {
        faults.push_back(Json{{"what", fault.what}, {"expected", fault.expected}, {"found", fault.found}});
    }
    return faults;
}

} // namespace

std::string runJson(const CheckResult& result) {
    Json inputs = Json::array();
    for (const layers::InputReport& input : result.inputs) {
        inputs.push_back(inputJson(input, layers::roleKey(input.role)));
    }
    if (result.known) {
        inputs.push_back(inputJson(*result.known, "known"));
    }
    const Json run{{"schema_version", kSchemaVersion},
                   {"valid", result.faults.empty()},
                   {"program", programJson()},
                   {"inputs", inputs},
                   {"settings", settingsJson(result)},
                   {"patches", patchesJson(result)},
                   {"overlaps", overlapsJson(result)},
                   {"area_m2", areasJson(result)},
                   {"engine", Json{{"inside", result.enginePaths[kPathInside]},
                                   {"outside", result.enginePaths[kPathOutside]},
                                   {"localised", result.enginePaths[kPathLocalised]},
                                   {"full", result.enginePaths[kPathFull]}}},
                   {"problems", problemsJson(result)},
                   {"closing_faults", faultsJson(result)}};
    // Names from files may hold anything; bytes that are no UTF-8 are replaced rather than refused.
    return run.dump(kIndent, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
}

std::string timingsJson(const Timings& timings) {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    const auto rounded = [](double seconds) { return std::round(seconds * kMilliseconds) / kMilliseconds; };
    const Json json{{"read", rounded(timings.readS)},
                    {"check", rounded(timings.checkS)},
                    {"write", rounded(timings.writeS)},
                    {"total", rounded(timings.totalS)},
                    {"peak_rss_mb", std::round(static_cast<double>(usage.ru_maxrss) / kKibPerMib)}};
    return json.dump(kIndent) + "\n";
}

} // namespace app
