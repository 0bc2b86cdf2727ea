#include "app/report/results_restore.hpp"

#include "app/check/list_hints.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace app {

namespace {

using Json = nlohmann::ordered_json;

Json countiesJson(const CheckResult& result) {
    Json counties = Json::array();
    for (const layers::County& county : result.counties) {
        counties.push_back({county.code, county.name, county.city});
    }
    return counties;
}

/// County, measure, covered, and what of each atom lies there; of a patch in one county its number alone.
Json partsJson(const PatchResult& found) {
    if (found.counties.size() == 1) {
        return found.counties.front().county;
    }
    Json parts = Json::array();
    for (const CountyPart& part : found.counties) {
        parts.push_back({part.county, part.measure, part.covered, part.atoms});
    }
    return parts;
}

Json ledgerJson(const CheckResult& result) {
    Json ledger = Json::array();
    for (const LedgerWords& words : result.ledger) {
        ledger.push_back(
            {words.history, words.hint, words.responsible, words.partners, words.deadline, words.answers});
    }
    return ledger;
}

/// What stands for itself only where the data said it.
Json factsJson(const CheckResult& result, std::size_t i) {
    const layers::Patch& patch = result.patches[i];
    const PatchResult& found = result.results[i];
    Json facts = Json::object();
    if (!patch.statedArea.empty()) {
        facts["stated_area"] = patch.statedArea;
    }
    if (const std::string built = builtText(result, patch); !built.empty()) {
        facts["built"] = built;
    }
    if (!found.counties.empty()) {
        facts["counties"] = partsJson(found);
    }
    if (found.findings.size() > 1) {
        Json order = Json::array();
        for (const layers::Finding& finding : found.findings) {
            order.push_back(finding.overlap);
        }
        facts["findings"] = std::move(order);
    }
    return facts;
}

} // namespace

std::string restoreJson(const CheckResult& result) {
    const auto textOf = [](const Json& json) {
        return json.dump(-1, ' ', false, Json::error_handler_t::replace);
    };
    // Put together as text: half a million patches as objects would be the largest thing in memory.
    std::string patches;
    for (std::size_t i = 0; i < result.patches.size(); ++i) {
        if (const Json facts = factsJson(result, i); !facts.empty()) {
            patches += fmt::format("{}[{},{}]", patches.empty() ? "" : ",", i + 1, textOf(facts));
        }
    }
    return fmt::format(R"({{"counties":{},"activities":{},"patches":[{}],"ledger":{}}})",
                       textOf(countiesJson(result)), textOf(Json(result.rules.activities)), patches,
                       textOf(ledgerJson(result)));
}

} // namespace app
