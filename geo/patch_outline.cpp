#include "geo/patch_outline.hpp"

namespace geo {

bool segmentsMeet(const Segment& s, const Segment& t) {
    if (!s.box().meets(t.box())) {
        return false;
    }
    // Each segment has to reach both sides of the other's line. Where all four are collinear the boxes have
    // decided.
    if (orientation(s.a, s.b, t.a) * orientation(s.a, s.b, t.b) > 0) {
        return false;
    }
    return orientation(t.a, t.b, s.a) * orientation(t.a, t.b, s.b) <= 0;
}

void PatchOutline::addPath(const Path& path) {
    for (std::size_t i = 0; i + 1 < path.size(); ++i) {
        m_segments.push_back({path[i], path[i + 1]});
    }
}

void PatchOutline::assign(const Shape& shape) {
    m_segments.clear();
    m_blocks.clear();
    m_superBlocks.clear();
    m_box = Box{};
    const Dimension dimension = shape.dimension();
    m_isArea = dimension == Dimension::Area;
    if (m_isArea) {
        for (const Polygon& polygon : shape.polygons) {
            addPath(polygon.shell);
            for (const Ring& hole : polygon.holes) {
                addPath(hole);
            }
        }
    } else if (dimension == Dimension::Line) {
        for (const Path& line : shape.lines) {
            addPath(line);
        }
    } else {
        for (const Coordinate& point : shape.points) {
            m_segments.push_back({point, point});
        }
    }
    for (std::size_t i = 0; i < m_segments.size(); ++i) {
        if (i % kBlock == 0) {
            m_blocks.emplace_back();
        }
        m_blocks.back().add(m_segments[i].box());
    }
    for (std::size_t i = 0; i < m_blocks.size(); ++i) {
        if (i % kBlock == 0) {
            m_superBlocks.emplace_back();
        }
        m_superBlocks.back().add(m_blocks[i]);
        m_box.add(m_blocks[i]);
    }
}

bool PatchOutline::meets(const Segment& segment) const {
    return visit(segment.box(), [&](const Segment& own) { return segmentsMeet(own, segment); });
}

Location PatchOutline::locate(const Coordinate& place) const {
    // A ray from the place towards greater x: an edge counts when it spans the place's y half-openly and the
    // place lies on its left as the edge goes up.
    bool onEdge = false;
    bool inside = false;
    const auto mayCount = [&](const Box& box) {
        return !onEdge && box.minY <= place.y && place.y <= box.maxY && place.x <= box.maxX;
    };
    visitBlocks(mayCount, [&](const Segment& edge) {
        if (!mayCount(edge.box())) {
            return;
        }
        const bool upwards = edge.a.y < edge.b.y;
        const Coordinate& low = upwards ? edge.a : edge.b;
        const Coordinate& high = upwards ? edge.b : edge.a;
        const int side = orientation(low, high, place);
        if (side == 0 && edge.box().contains(place)) {
            onEdge = true;
        } else if (low.y <= place.y && place.y < high.y && side > 0) {
            inside = !inside;
        }
    });
    if (onEdge) {
        return Location::Boundary;
    }
    return inside && m_isArea ? Location::Inside : Location::Outside;
}

} // namespace geo
