#pragma once

#include "app/cartography/map_projection.hpp"
#include "app/cartography/map_symbol.hpp"
#include "geo/zone_index.hpp"
#include "layers/raster_image.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

/// A map as plain data. Shapes and indexes that it points to must outlive it.
namespace app {

/// What of the earth a map shows: the middle in the projection's metres, and the scale 1 : `scale` on paper.
struct MapView {
    const MapProjection* projection = nullptr;
    geo::Coordinate middle;
    double scale = 10000;
};

/// Something drawn, in the order of the list. Geometry is EPSG:4490.
struct MapItem {
    const MapSymbol* symbol = nullptr;
    const geo::Shape* shape = nullptr;      ///< drawn as it is
    const geo::IndexedZone* zone = nullptr; ///< or: as seen at the page's resolution
};

/// A text with the places it may stand at, the first free one wins; without a free place it is left out.
/// Earlier labels go first.
struct MapLabel {
    std::string text;
    TextStyle style;
    /// Above, below and beside these shapes' boxes (a patch) ...
    const geo::Shape* around = nullptr;
    /// ... or inside of this zone of an index.
    const geo::ZoneIndex* zones = nullptr;
    std::uint32_t zone = 0;
};

struct MapDescription {
    MapView view;
    const layers::RasterImage* backdrop = nullptr; ///< fills the frame, below all else
    std::vector<MapItem> items;
    std::vector<MapLabel> labels;
    const geo::Shape* free = nullptr; ///< no label covers its box
    bool hasGraticule = true;
    bool hasScaleBar = true;
    bool hasNorthArrow = true;
};

struct LegendEntry {
    const MapSymbol* symbol = nullptr;
    std::string text;
    geo::Dimension dimension = geo::Dimension::Area;
};

/// The box in longitude and latitude that holds all that a view shows in a frame.
[[nodiscard]] geo::Box shownBox(const MapView& view, const PageBox& frame);

/// A view in which the box (EPSG:4490) takes up at most `share` of the frame, at a round scale and not larger
/// than 1 : `largest`.
[[nodiscard]] MapView viewOf(const MapProjection& projection, const geo::Box& box, const PageBox& frame,
                             double share, double largest);
/// The same with any scale: the box fills the frame.
[[nodiscard]] MapView tightViewOf(const MapProjection& projection, const geo::Box& box, const PageBox& frame);

} // namespace app
