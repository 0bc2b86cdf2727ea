#include "geo/indexed_ring.hpp"

namespace geo {

namespace {

/// Is a point that lies on the line through a and b (or has its coordinate on an axis-parallel one) within
/// their box?
bool isBetween(const Coordinate& a, const Coordinate& b, const Coordinate& p) {
    return (a.x < b.x ? a.x : b.x) <= p.x && p.x <= (a.x > b.x ? a.x : b.x) &&
           (a.y < b.y ? a.y : b.y) <= p.y && p.y <= (a.y > b.y ? a.y : b.y);
}

/// Casts a ray from the point to the east and counts crossings; an end point on the ray belongs to the
/// segment whose other end lies above it (half-open rule).
class RayCaster {
  public:
    RayCaster(const IndexedRing& ring, const Coordinate& point) : m_ring(ring), m_point(point) {}

    Location locate() {
        visit(m_ring.levels().size() - 1, 0);
        if (m_onBoundary) {
            return Location::Boundary;
        }
        return m_odd ? Location::Inside : Location::Outside;
    }

  private:
    [[nodiscard]] bool isAbove(const Coordinate& c) const { return c.y > m_point.y; }

    void visit(std::size_t level, std::size_t node) {
        const Box& box = m_ring.levels()[level][node];
        if (box.minY > m_point.y || box.maxY < m_point.y || box.maxX < m_point.x) {
            return;
        }
        if (box.minX > m_point.x) {
            addChain(level, node);
            return;
        }
        const std::size_t first = node * IndexedRing::kFan;
        const std::size_t below = level == 0 ? m_ring.segmentCount() : m_ring.levels()[level - 1].size();
        const std::size_t last = first + IndexedRing::kFan < below ? first + IndexedRing::kFan : below;
        for (std::size_t i = first; i < last && !m_onBoundary; ++i) {
            if (level == 0) {
                addSegment(m_ring.coordinates()[i], m_ring.coordinates()[i + 1]);
            } else {
                visit(level - 1, i);
            }
        }
    }

    /// The whole chain lies east of the point: it crosses the ray an odd number of times when its ends lie on
    /// different sides.
    void addChain(std::size_t level, std::size_t node) {
        std::size_t span = IndexedRing::kFan;
        for (std::size_t i = 0; i < level; ++i) {
            span *= IndexedRing::kFan;
        }
        const std::size_t first = node * span;
        const std::size_t count = m_ring.segmentCount();
        const std::size_t last = first + span < count ? first + span : count;
        if (isAbove(m_ring.coordinates()[first]) != isAbove(m_ring.coordinates()[last])) {
            m_odd = !m_odd;
        }
    }

    void addSegment(const Coordinate& a, const Coordinate& b) {
        if (a.x < m_point.x && b.x < m_point.x) {
            return;
        }
        const bool aAbove = isAbove(a);
        if (aAbove == isAbove(b)) {
            // Both above: nothing. Both at or below: the point can only be an end point or lie on a
            // horizontal one.
            m_onBoundary = !aAbove && (a.y == m_point.y || b.y == m_point.y) && isBetween(a, b, m_point) &&
                           (a.y == b.y || a == m_point || b == m_point);
            return;
        }
        if (a.x > m_point.x && b.x > m_point.x) {
            m_odd = !m_odd;
            return;
        }
        const int side = orientation(a, b, m_point);
        if (side == 0) {
            m_onBoundary = true;
        } else if ((side > 0) == aAbove) {
            return; // the point lies east of the segment
        } else {
            m_odd = !m_odd;
        }
    }

    const IndexedRing& m_ring;
    const Coordinate m_point;
    bool m_odd = false;
    bool m_onBoundary = false;
};

} // namespace

IndexedRing::IndexedRing(Ring coordinates) : m_coordinates(std::move(coordinates)) {
    std::vector<Box> blocks((segmentCount() + kFan - 1) / kFan);
    for (std::size_t block = 0; block < blocks.size(); ++block) {
        const std::size_t first = block * kFan;
        const std::size_t last = first + kFan < segmentCount() ? first + kFan : segmentCount();
        Box box;
        for (std::size_t i = first; i <= last; ++i) {
            box.add(m_coordinates[i]);
        }
        blocks[block] = box;
    }
    std::size_t levelCount = 1;
    for (std::size_t count = blocks.size(); count > 1; count = (count + kFan - 1) / kFan) {
        ++levelCount;
    }
    m_levels.reserve(levelCount);
    m_levels.push_back(std::move(blocks));
    while (m_levels.back().size() > 1) {
        const std::vector<Box>& below = m_levels.back();
        std::vector<Box> level((below.size() + kFan - 1) / kFan);
        for (std::size_t i = 0; i < below.size(); ++i) {
            level[i / kFan].add(below[i]);
        }
        m_levels.push_back(std::move(level));
    }
}

Location IndexedRing::locate(const Coordinate& point) const {
    return RayCaster(*this, point).locate();
}

} // namespace geo
