#include "app/check/list_rows.hpp"

#include "app/check/list_words.hpp"
#include "app/check/printed_areas.hpp"
#include "app/check/zone_order.hpp"

#include <algorithm>
#include <map>
#include <numeric>
#include <tuple>

#include <fmt/format.h>

namespace app {

namespace {

/// What a listed patch is ordered by (domain.md 4.3), smallest first; the input order makes it total.
struct OrderKey {
    std::string countyCode;
    int priority = 0;
    int kind = 0;
    std::string zoneName;
    double negativeAreaM2 = 0;
    double negativeMeasure = 0;
    std::string patchId;
    std::int32_t patch = 0;

    [[nodiscard]] auto tie() const {
        return std::tie(countyCode, priority, kind, zoneName, negativeAreaM2, negativeMeasure, patchId,
                        patch);
    }
};

OrderKey keyOf(const CheckResult& result, std::int32_t patch) {
    const auto slot = static_cast<std::size_t>(patch);
    const PatchResult& found = result.results[slot];
    const layers::Patch& p = result.patches[slot];
    OrderKey key;
    key.countyCode = countyWords(result, mainCounty(found)).code;
    if (!found.findings.empty()) {
        const layers::Finding& main = found.findings.front();
        const layers::Zone& zone = result.zones[main.zone];
        key.priority = result.judgements[main.atDate].priority;
        key.kind = kindOrder(zone.kind, zone.zoneClass);
        key.zoneName = zone.name;
    }
    key.negativeAreaM2 = p.shape.dimension() == geo::Dimension::Area ? -found.overlay.measure : 0;
    key.negativeMeasure = -found.overlay.measure;
    key.patchId = p.id;
    key.patch = patch;
    return key;
}

} // namespace

void orderAndNumber(CheckResult& result) {
    std::vector<OrderKey> keys;
    for (std::size_t i = 0; i < result.results.size(); ++i) {
        if (result.results[i].bucket == layers::Bucket::Listed) {
            keys.push_back(keyOf(result, static_cast<std::int32_t>(i)));
        }
    }
    std::sort(keys.begin(), keys.end(),
              [](const OrderKey& a, const OrderKey& b) { return a.tie() < b.tie(); });
    result.listed.clear();
    result.taskNumbers.clear();
    result.listed.reserve(keys.size());
    result.taskNumbers.reserve(keys.size());
    std::map<std::string, int> numbers;
    for (const OrderKey& key : keys) {
        result.listed.push_back(key.patch);
        result.taskNumbers.push_back(
            fmt::format("{}{}-{:04}", kTemporaryPrefix, key.countyCode, ++numbers[key.countyCode]));
    }
}

} // namespace app
