#pragma once

#include "app/cartography/canvas.hpp"
#include "app/cartography/map_description.hpp"

#include <vector>

namespace app {

/// Where what a map shows lies on paper, and drawing there.
class MapPaper {
  public:
    MapPaper(Canvas& canvas, const MapView& view, const PageBox& frame);

    [[nodiscard]] const PageBox& frame() const { return m_frame; }
    [[nodiscard]] const MapView& view() const { return m_view; }
    [[nodiscard]] Canvas& canvas() const { return m_canvas; }
    /// The box in degrees that the frame shows, a little more than it.
    [[nodiscard]] const geo::Box& shown() const { return m_shown; }
    /// What is finer on paper is not drawn.
    [[nodiscard]] const geo::Coordinate& resolution() const { return m_resolution; }

    [[nodiscard]] std::vector<PagePoint> onPaper(geo::Path lonLat) const;
    [[nodiscard]] PagePoint onPaper(const geo::Coordinate& lonLat) const;
    [[nodiscard]] geo::Coordinate inDegrees(const PagePoint& point) const;
    /// The box on paper of a shape.
    [[nodiscard]] PageBox boxOf(const geo::Shape& shape) const;

    void draw(const MapItem& item);

  private:
    void drawArea(const MapSymbol& symbol);
    void drawLines(const MapSymbol& symbol);
    void addRing(const std::vector<PagePoint>& ring);
    void addPath(const std::vector<PagePoint>& path);
    void addZone(const geo::IndexedZone& zone);
    void addPolygons(const geo::Shape& shape);

    Canvas& m_canvas;
    MapView m_view;
    PageBox m_frame;
    geo::Box m_shown;
    geo::Coordinate m_resolution;
    geo::Box m_drawn; ///< of the path on paper, as x and y in millimetres
};

} // namespace app
