#include "app/cases/sheet_sources.hpp"

#include "app/cases/run_inputs.hpp"

#include <algorithm>

namespace app {

SheetOutlines::SheetOutlines(const layers::ProjectFile& project, const layers::RunSetup& setup, int threads) {
    CheckInput input = inputsOf(project, setup).check;
    m_zoneDays = std::move(input.zoneDays);
    std::vector<geo::Shape> shapes;
    for (layers::Zone& zone : input.zones) {
        shapes.push_back(std::move(zone.shape));
    }
    m_zones.emplace(std::move(shapes), threads);
    if (!input.counties.empty()) {
        // As the check numbers them.
        std::sort(input.counties.begin(), input.counties.end(),
                  [](const layers::County& a, const layers::County& b) { return a.code < b.code; });
        std::vector<geo::Shape> counties;
        for (layers::County& county : input.counties) {
            counties.push_back(std::move(county.shape));
        }
        m_counties.emplace(std::move(counties), threads);
    }
}

MapSources SheetOutlines::sourcesOf(const CheckResult& result) const {
    MapSources sources = mapSources(result, *m_zones, m_counties ? &*m_counties : nullptr);
    sources.concerns = [this](std::uint32_t zone, layers::Day day) {
        return m_zoneDays.empty() || m_zoneDays[zone].contains(day);
    };
    return sources;
}

} // namespace app
