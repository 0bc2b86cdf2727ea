#include "app/cartography/map_paper.hpp"

#include "geo/geodesic.hpp"
#include "geo/ring_view.hpp"

#include <algorithm>
#include <cmath>

namespace app {

namespace {

constexpr double kMmPerM = 1000;
/// What lies around the frame is seen, too: lines that only touch it keep their width.
constexpr double kAroundMm = 2;
/// What is finer than a printer's dot and a half.
constexpr double kResolutionMm = 0.08;

geo::Coordinate degreesOnPaper(const MapView& view, const geo::Box& shown) {
    const geo::MetresPerDegree metres = geo::metresPerDegree((shown.minY + shown.maxY) / 2);
    const double m = kResolutionMm * view.scale / kMmPerM;
    return {m / metres.lon, m / metres.lat};
}

} // namespace

MapPaper::MapPaper(Canvas& canvas, const MapView& view, const PageBox& frame)
    : m_canvas(canvas), m_view(view), m_frame(frame), m_shown(shownBox(view, frame.grown(kAroundMm))),
      m_resolution(degreesOnPaper(view, m_shown)) {}

std::vector<PagePoint> MapPaper::onPaper(geo::Path lonLat) const {
    const PagePoint middle = m_frame.centre();
    const double mmPerM = kMmPerM / m_view.scale;
    std::vector<PagePoint> points;
    points.reserve(lonLat.size());
    for (const geo::Coordinate& c : m_view.projection->project(std::move(lonLat))) {
        if (std::isfinite(c.x)) {
            points.push_back(
                {middle.x + (c.x - m_view.middle.x) * mmPerM, middle.y - (c.y - m_view.middle.y) * mmPerM});
        }
    }
    return points;
}

PagePoint MapPaper::onPaper(const geo::Coordinate& lonLat) const {
    const std::vector<PagePoint> points = onPaper(geo::Path{lonLat});
    return points.empty() ? PagePoint{-kMmPerM, -kMmPerM} : points.front();
}

geo::Coordinate MapPaper::inDegrees(const PagePoint& point) const {
    const PagePoint middle = m_frame.centre();
    const double mPerMm = m_view.scale / kMmPerM;
    return m_view.projection->unproject(geo::Coordinate{m_view.middle.x + (point.x - middle.x) * mPerMm,
                                                        m_view.middle.y - (point.y - middle.y) * mPerMm});
}

PageBox MapPaper::boxOf(const geo::Shape& shape) const {
    const geo::Box box = shape.box();
    geo::Box paper;
    for (const PagePoint& p : onPaper(geo::Path{
             {box.minX, box.minY}, {box.minX, box.maxY}, {box.maxX, box.minY}, {box.maxX, box.maxY}})) {
        paper.add(geo::Coordinate{p.x, p.y});
    }
    return {paper.minX, paper.minY, paper.maxX - paper.minX, paper.maxY - paper.minY};
}

void MapPaper::draw(const MapItem& item) {
    m_drawn = geo::Box();
    if (item.zone != nullptr) {
        addZone(*item.zone);
        drawArea(*item.symbol);
        return;
    }
    if (!item.shape->polygons.empty()) {
        addPolygons(*item.shape);
        drawArea(*item.symbol);
    }
    if (!item.shape->lines.empty()) {
        for (const geo::Path& line : item.shape->lines) {
            addPath(onPaper(line));
        }
        drawLines(*item.symbol);
    }
    for (const geo::Coordinate& point : item.shape->points) {
        paintPointMark(m_canvas, *item.symbol, onPaper(point));
    }
}

void MapPaper::addPath(const std::vector<PagePoint>& path) {
    for (std::size_t i = 0; i < path.size(); ++i) {
        m_drawn.add(geo::Coordinate{path[i].x, path[i].y});
        if (i == 0) {
            m_canvas.moveTo(path[i]);
        } else {
            m_canvas.lineTo(path[i]);
        }
    }
}

void MapPaper::addRing(const std::vector<PagePoint>& ring) {
    if (ring.size() > 3) {
        addPath({ring.begin(), ring.end() - 1});
        m_canvas.closePath();
    }
}

void MapPaper::addZone(const geo::IndexedZone& zone) {
    std::vector<std::uint32_t> rings;
    zone.visitRings(m_shown, [&](std::uint32_t ring) { rings.push_back(ring); });
    std::sort(rings.begin(), rings.end());
    for (const std::uint32_t number : rings) {
        const geo::IndexedRing& ring = zone.rings[number];
        const geo::Box& box = ring.box();
        if (box.maxX - box.minX > 2 * m_resolution.x || box.maxY - box.minY > 2 * m_resolution.y) {
            addRing(onPaper(geo::viewOfRing(ring, m_shown, m_resolution)));
        }
    }
}

void MapPaper::addPolygons(const geo::Shape& shape) {
    for (const geo::Polygon& polygon : shape.polygons) {
        addRing(onPaper(polygon.shell));
        for (const geo::Ring& hole : polygon.holes) {
            addRing(onPaper(hole));
        }
    }
}

void MapPaper::drawArea(const MapSymbol& symbol) {
    if (symbol.fill) {
        m_canvas.fill(*symbol.fill, Canvas::After::Keep);
    }
    if (symbol.line) {
        if (symbol.casingMm > 0) {
            m_canvas.stroke({kWhite, symbol.line->widthMm + 2 * symbol.casingMm}, Canvas::After::Keep);
        }
        m_canvas.stroke(*symbol.line, Canvas::After::Keep);
    }
    const Canvas::Clipped inside(m_canvas);
    if (symbol.hatch) {
        const double left = std::max(m_drawn.minX, m_frame.x);
        const double top = std::max(m_drawn.minY, m_frame.y);
        paintHatch(m_canvas, *symbol.hatch,
                   {left, top, std::min(m_drawn.maxX, m_frame.right()) - left,
                    std::min(m_drawn.maxY, m_frame.bottom()) - top});
    }
}

void MapPaper::drawLines(const MapSymbol& symbol) {
    if (!symbol.line) {
        m_canvas.stroke({kWhite, 0});
        return;
    }
    if (symbol.casingMm > 0) {
        m_canvas.stroke({kWhite, symbol.line->widthMm + 2 * symbol.casingMm}, Canvas::After::Keep);
    }
    m_canvas.stroke(*symbol.line);
}

} // namespace app
