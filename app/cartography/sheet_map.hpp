#pragma once

#include "app/cartography/map_painter.hpp"
#include "app/check/check_result.hpp"
#include "geo/ring_tree.hpp"
#include "geo/zone_index.hpp"

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <vector>

namespace app {

/// What the maps of a result's cases are drawn from. Read-only, shared by all threads.
struct MapSources {
    const CheckResult* result = nullptr;
    /// Numbered as result->zones; of a zone without an outline the parts inside the patch are drawn.
    const geo::ZoneIndex* zones = nullptr;
    const geo::ZoneIndex* counties = nullptr; ///< numbered as result->counties; nullptr: none are known
    /// Whether a zone is looked at on a day of judgement; not set: always.
    std::function<bool(std::uint32_t zone, layers::Day day)> concerns;
    geo::RingTree patches; ///< over the boxes of result->patches
};
[[nodiscard]] MapSources mapSources(const CheckResult& result, const geo::ZoneIndex& zones,
                                    const geo::ZoneIndex* counties);

/// Draws the map of a case with its legend and the place in its county. Not thread-safe: one a thread.
class SheetMaps {
  public:
    explicit SheetMaps(const MapSources& sources) : m_sources(sources) {}

    /// The map at the left, the locator and the legend at the right of the box.
    /// @param patch slot in the result
    void paint(Canvas& canvas, std::size_t patch, const PageBox& box);

  private:
    [[nodiscard]] const MapProjection& projectionOf(double longitudeDeg);
    void paintCase(Canvas& canvas, std::size_t patch, const PageBox& frame, std::vector<LegendEntry>& legend);
    void addZones(std::size_t patch, const PageBox& frame, MapDescription& map,
                  std::vector<LegendEntry>& legend) const;
    void addCovered(std::size_t patch, MapDescription& map, std::vector<LegendEntry>& legend) const;
    void addNeighbours(std::size_t patch, const PageBox& frame, MapDescription& map,
                       std::vector<LegendEntry>& legend) const;
    void addCounties(const PageBox& frame, MapDescription& map, std::vector<LegendEntry>& legend) const;
    void paintLocator(Canvas& canvas, std::size_t patch, const PageBox& frame);

    const MapSources& m_sources;
    std::map<int, std::unique_ptr<MapProjection>> m_projections; ///< by central meridian
};

} // namespace app
