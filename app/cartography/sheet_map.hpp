#pragma once

#include "app/cartography/map_digest.hpp"
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
    const geo::ZoneIndex* zones = nullptr;    ///< numbered as result->zones
    const geo::ZoneIndex* counties = nullptr; ///< numbered as result->counties; nullptr: none are known
    /// Whether a zone is looked at on a day of judgement; not set: always.
    std::function<bool(std::uint32_t zone, layers::Day day)> concerns;
    geo::RingTree patches;                ///< over the boxes of result->patches
    std::shared_ptr<ZoneDigests> digests; ///< shared: copies of the sources are of the same zones
};
[[nodiscard]] MapSources mapSources(const CheckResult& result, const geo::ZoneIndex& zones,
                                    const geo::ZoneIndex* counties);

/// The map of a case with its legend and the place in its county, laid out. Points into itself and the
/// sources.
struct SheetMap {
    SheetMap() = default;
    ~SheetMap() = default;
    SheetMap(const SheetMap&) = delete;
    SheetMap& operator=(const SheetMap&) = delete;

    PageBox box;
    PageBox frame;
    MapDescription map;
    std::vector<LegendEntry> legend;
    geo::Shape circle; ///< of a point's accuracy
    PageBox locator;
    bool hasPlace = false;
    MapDescription place; ///< in the county
    geo::Shape point;
    std::string note;
    double noteHeight = 0;
};

/// Describes and draws the maps of cases. Not thread-safe: one a thread.
class SheetMaps {
  public:
    explicit SheetMaps(const MapSources& sources) : m_sources(sources) {}

    /// The map at the left, the locator and the legend at the right of the box.
    /// @param patch slot in the result
    void paint(Canvas& canvas, std::size_t patch, const PageBox& box);
    /// Everything that paint would draw.
    void addTo(ContentDigest& digest, std::size_t patch, const PageBox& box);

  private:
    [[nodiscard]] const MapProjection& projectionOf(double longitudeDeg);
    void describe(std::size_t patch, const PageBox& box, SheetMap& sheet);
    void describeCase(std::size_t patch, SheetMap& sheet);
    void describePlace(std::size_t patch, SheetMap& sheet);
    void addZones(std::size_t patch, const PageBox& frame, MapDescription& map,
                  std::vector<LegendEntry>& legend) const;
    void addCovered(std::size_t patch, MapDescription& map, std::vector<LegendEntry>& legend) const;
    void addNeighbours(std::size_t patch, const PageBox& frame, MapDescription& map,
                       std::vector<LegendEntry>& legend) const;
    void addCounties(const PageBox& frame, MapDescription& map, std::vector<LegendEntry>& legend) const;

    const MapSources& m_sources;
    std::map<int, std::unique_ptr<MapProjection>> m_projections; ///< by central meridian
};

} // namespace app
