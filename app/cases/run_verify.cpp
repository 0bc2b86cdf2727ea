#include "app/cases/run_verify.hpp"

#include "app/cases/result_digest.hpp"
#include "app/report/run_record.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <map>

#include <fmt/format.h>

namespace app {

namespace {

using Json = nlohmann::ordered_json;
using layers::RunConclusion;

/// Every value of a JSON text by its path.
std::map<std::string, std::string> flatValues(const std::string& text) {
    std::map<std::string, std::string> values;
    const Json flat = Json::parse(text).flatten();
    for (const auto& [path, value] : flat.items()) {
        values[path] = value.dump();
    }
    return values;
}

void compareRunJson(const std::string& stored, const std::string& repeated, RunVerification& verification) {
    const std::map<std::string, std::string> before = flatValues(stored);
    const std::map<std::string, std::string> after = flatValues(repeated);
    const auto note = [&](const std::string& path, const std::string& a, const std::string& b) {
        const bool isProgram = path.starts_with("/program");
        (isProgram ? verification.programs : verification.differences)
            .push_back({0, "", "run.json " + path, a, b});
    };
    for (const auto& [path, value] : before) {
        const auto other = after.find(path);
        if (other == after.end() || other->second != value) {
            note(path, value, other == after.end() ? "" : other->second);
        }
    }
    for (const auto& [path, value] : after) {
        if (!before.contains(path)) {
            note(path, "", value);
        }
    }
}

std::string numberText(const std::optional<double>& number) {
    return number ? fmt::format("{:.17g}", *number) : std::string();
}

std::string findingsText(const RunConclusion& conclusion) {
    std::string text;
    for (const layers::RunFinding& finding : conclusion.findings) {
        text += fmt::format("{}{} {} {} {} {}", text.empty() ? "" : "; ", finding.zoneName, finding.zoneClass,
                            finding.rule, finding.certainty, numberText(finding.areaM2));
    }
    return text;
}

/// Names what differs; where all that is kept in clear is equal, a row or a geometry does.
void comparePatch(const RunConclusion& stored, const RunConclusion& repeated, const std::string& patchId,
                  RunVerification& verification) {
    const std::size_t before = verification.differences.size();
    const auto compare = [&](const char* what, const std::string& a, const std::string& b) {
        if (a != b) {
            verification.differences.push_back({stored.patch, patchId, what, a, b});
        }
    };
    compare("bucket", stored.bucket, repeated.bucket);
    compare("verdict", stored.verdict, repeated.verdict);
    compare("priority", std::to_string(stored.priority), std::to_string(repeated.priority));
    compare("rule", stored.rule, repeated.rule);
    compare("area_m2", numberText(stored.areaM2), numberText(repeated.areaM2));
    compare("covered_m2", numberText(stored.coveredM2), numberText(repeated.coveredM2));
    compare("judged_on", stored.judgedOn, repeated.judgedOn);
    compare("findings", findingsText(stored), findingsText(repeated));
    if (verification.differences.size() == before) {
        compare("rows or geometry", stored.digest, repeated.digest);
    }
}

} // namespace

RunVerification verifyRun(const layers::ProjectFile& project, std::int64_t run, int threads,
                          geo::Progress& progress) {
    RunVerification verification;
    const layers::RunRecord record = layers::readRun(project, run);
    const std::vector<RunConclusion> stored = layers::conclusionsOf(project, run);
    const SetupResult checked = checkSetup(project, record.setup, threads, progress);
    const ResultDigest digest = digestOf(checked.result, progress);
    const std::vector<RunConclusion> repeated = conclusionsFrom(checked, digest.patches);
    verification.run = run;
    verification.storedDigest = record.digest;
    verification.repeatedDigest = digest.whole;
    for (std::size_t i = 0; i < std::min(stored.size(), repeated.size()); ++i) {
        if (stored[i].digest != repeated[i].digest || stored[i].patch != repeated[i].patch) {
            comparePatch(stored[i], repeated[i], checked.result.patches[i].id, verification);
        }
    }
    if (stored.size() != repeated.size()) {
        verification.differences.push_back(
            {0, "", "patches", std::to_string(stored.size()), std::to_string(repeated.size())});
    }
    compareRunJson(record.runJson, runJson(checked.result), verification);
    if (record.digest != digest.whole && verification.differences.empty()) {
        verification.differences.push_back({0, "", "digest", record.digest, digest.whole});
    }
    verification.isSame = verification.differences.empty();
    return verification;
}

} // namespace app
