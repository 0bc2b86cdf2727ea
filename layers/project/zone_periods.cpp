#include "layers/project/zone_store.hpp"

#include <algorithm>
#include <map>

namespace layers {

std::vector<ZonePeriod> zonePeriods(const std::vector<ZoneVersion>& versions) {
    std::map<std::string, std::vector<ZonePeriod>> byLayer;
    std::vector<std::string> order;
    for (const ZoneVersion& version : versions) {
        if (!version.withdrawnAt.empty() || version.role == Role::Admin) {
            continue;
        }
        if (!byLayer.contains(version.layer)) {
            order.push_back(version.layer);
        }
        byLayer[version.layer].push_back({&version, dayFromIso(version.validFrom).value_or(kSinceEver),
                                          dayFromIso(version.validTo).value_or(kForEver), false});
    }
    std::vector<ZonePeriod> all;
    for (const std::string& layer : order) {
        std::vector<ZonePeriod>& periods = byLayer[layer];
        // Of two that begin on one day the later read one holds.
        std::stable_sort(periods.begin(), periods.end(),
                         [](const ZonePeriod& a, const ZonePeriod& b) { return a.first < b.first; });
        for (std::size_t i = 0; i + 1 < periods.size(); ++i) {
            periods[i].last = std::min(periods[i].last, periods[i + 1].first - 1);
        }
        const auto isEmpty = [](const ZonePeriod& period) { return period.last < period.first; };
        periods.erase(std::remove_if(periods.begin(), periods.end(), isEmpty), periods.end());
        if (!periods.empty() && periods.front().first > kSinceEver) {
            periods.front().first = kSinceEver;
            periods.front().isBeforeItself = true;
        }
        all.insert(all.end(), periods.begin(), periods.end());
    }
    return all;
}

} // namespace layers
