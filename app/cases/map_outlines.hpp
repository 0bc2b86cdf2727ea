#pragma once

#include "app/cartography/sheet_map.hpp"
#include "app/cases/run_inputs.hpp"

#include <optional>
#include <vector>

namespace app {

/// The outlines of a run's zones and counties, which a check gives up when it is done with them: what maps
/// are drawn from.
class MapOutlines {
  public:
    /// Reads them from the project. @param threads 0: all
    /// Throws layers::Error.
    MapOutlines(const layers::ProjectFile& project, const layers::RunSetup& setup, int threads);

    /// What the maps of a result of that run are drawn from; this and the result must outlive it.
    [[nodiscard]] MapSources sourcesOf(const CheckResult& result) const;

  private:
    std::optional<geo::ZoneIndex> m_zones;
    std::optional<geo::ZoneIndex> m_counties;
    std::vector<DayRange> m_zoneDays;
};

} // namespace app
