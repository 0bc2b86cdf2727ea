#pragma once

#include "app/cartography/sheet_map.hpp"
#include "app/check/check_run.hpp"
#include "layers/project/run_store.hpp"

#include <optional>
#include <vector>

namespace app {

/// What the maps of task sheets are drawn from: the outlines of zones and counties that a run used, out of
/// the project again, for a check gives them up when it is done with them.
class SheetOutlines {
  public:
    /// Throws layers::Error.
    SheetOutlines(const layers::ProjectFile& project, const layers::RunSetup& setup, int threads);

    /// Both must outlive the sources.
    [[nodiscard]] MapSources sourcesOf(const CheckResult& result) const;

  private:
    std::optional<geo::ZoneIndex> m_zones;
    std::optional<geo::ZoneIndex> m_counties;
    std::vector<DayRange> m_zoneDays;
};

} // namespace app
