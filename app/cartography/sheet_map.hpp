#pragma once

#include "app/cartography/imagery.hpp"
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
    /// Numbered as result->zones; of a zone without an outline the parts inside the patch are drawn.
    const geo::ZoneIndex* zones = nullptr;
    const geo::ZoneIndex* counties = nullptr; ///< numbered as result->counties; nullptr: none are known
    /// Whether a zone is looked at on a day of judgement; not set: always.
    std::function<bool(std::uint32_t zone, layers::Day day)> concerns;
    geo::RingTree patches;                ///< over the boxes of result->patches
    const Imagery* imagery = nullptr;     ///< nullptr: none was given
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
    explicit SheetMaps(const MapSources& sources);

    /// The map at the left, the locator and the legend at the right of the box.
    /// @param patch slot in the result
    void paint(Canvas& canvas, std::size_t patch, const PageBox& box);
    /// Everything that paint and paintChips would draw.
    void addTo(ContentDigest& digest, std::size_t patch, const PageBox& box, const PageBox& chips);

    /// Before and after image side by side, of one extent and scale, with the outlines of patch and zones,
    /// date and sensor; 影像缺失 where there is none; below them the files.
    void paintChips(Canvas& canvas, std::size_t patch, const PageBox& box);

    /// The case for a contact sheet: its after image, or the map where there is none. Returns what it is, in
    /// words: "1:5000 后时相 2026-03-19", "1:5000 套合图".
    std::string paintSmall(Canvas& canvas, std::size_t patch, const PageBox& frame);

  private:
    /// The patch, and what of it must be seen: of a point the circle of its accuracy.
    struct CaseShape {
        const geo::Shape* shape = nullptr;
        geo::Shape circle;
        [[nodiscard]] bool isPoint() const { return !circle.isEmpty(); }
        [[nodiscard]] const geo::Shape& whole() const { return isPoint() ? circle : *shape; }
    };
    enum class Furniture { All, None };
    [[nodiscard]] CaseShape caseShape(std::size_t patch) const;
    [[nodiscard]] MapView caseView(std::size_t patch, const CaseShape& shape, const PageBox& frame);
    /// Numbers of the zones that a view shows, the weaker ones first.
    [[nodiscard]] std::vector<std::uint32_t> zonesShown(std::size_t patch, const MapView& view,
                                                        const PageBox& frame) const;
    [[nodiscard]] Chip readChip(std::size_t patch, ImageSide side, const MapView& view, const PageBox& frame);
    void paintChip(Canvas& canvas, std::size_t patch, const Chip& chip, const MapView& view,
                   const PageBox& frame, Furniture furniture) const;

    void addChips(ContentDigest& digest, std::size_t patch, const PageBox& box);
    [[nodiscard]] const MapProjection& projectionOf(double longitudeDeg);
    void describe(std::size_t patch, const PageBox& box, SheetMap& sheet);
    void describeCase(std::size_t patch, SheetMap& sheet);
    void describePlace(std::size_t patch, SheetMap& sheet);
    void paintPlace(Canvas& canvas, const SheetMap& sheet) const;
    void addZones(std::size_t patch, const PageBox& frame, MapDescription& map,
                  std::vector<LegendEntry>& legend) const;
    void addCovered(std::size_t patch, MapDescription& map, std::vector<LegendEntry>& legend) const;
    void addNeighbours(std::size_t patch, const PageBox& frame, MapDescription& map,
                       std::vector<LegendEntry>& legend) const;
    void addCounties(const PageBox& frame, MapDescription& map, std::vector<LegendEntry>& legend) const;

    const MapSources& m_sources;
    std::map<int, std::unique_ptr<MapProjection>> m_projections; ///< by central meridian
    std::optional<ImageReader> m_images;
};

} // namespace app
