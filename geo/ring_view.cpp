#include "geo/ring_view.hpp"

#include <algorithm>
#include <cmath>

namespace geo {

namespace {

/// One walk over the hierarchy of a ring.
class RingWalk {
  public:
    RingWalk(const IndexedRing& ring, const Box& box, const Coordinate& resolution)
        : m_ring(ring), m_box(box), m_resolution(resolution) {}

    Path take() {
        m_points.push_back(m_ring.coordinates().front());
        m_isSeen.push_back(true);
        visit(m_ring.levels().size() - 1, 0);
        pullIn();
        return std::move(m_points);
    }

  private:
    void visit(std::size_t level, std::size_t node) {
        const Box& box = m_ring.levels()[level][node];
        const bool meets = box.meets(m_box);
        if (!meets || (box.maxX - box.minX <= m_resolution.x && box.maxY - box.minY <= m_resolution.y)) {
            add(lastOf(level, node), meets);
            return;
        }
        const std::size_t first = node * IndexedRing::kFan;
        if (level == 0) {
            const std::size_t end = std::min(first + IndexedRing::kFan, m_ring.segmentCount());
            for (std::size_t i = first; i < end; ++i) {
                const Coordinate& c = m_ring.coordinates()[i + 1];
                // The last one of a leaf is where the next chord begins: never left out.
                if (i + 1 == end || !isNear(c)) {
                    add(c, true);
                }
            }
            return;
        }
        const std::size_t end = std::min(first + IndexedRing::kFan, m_ring.levels()[level - 1].size());
        for (std::size_t i = first; i < end; ++i) {
            visit(level - 1, i);
        }
    }

    [[nodiscard]] const Coordinate& lastOf(std::size_t level, std::size_t node) const {
        std::size_t end = node + 1;
        for (std::size_t i = 0; i <= level; ++i) {
            end *= IndexedRing::kFan;
        }
        return m_ring.coordinates()[std::min(end, m_ring.segmentCount())];
    }

    [[nodiscard]] bool isNear(const Coordinate& c) const {
        const Coordinate& last = m_points.back();
        return std::abs(c.x - last.x) < m_resolution.x && std::abs(c.y - last.y) < m_resolution.y;
    }

    void add(const Coordinate& c, bool isSeen) {
        m_points.push_back(c);
        m_isSeen.push_back(isSeen);
    }

    /// Points between two chords are free to move on their side of the box: to the border of a larger one.
    void pullIn() {
        const double width = m_box.maxX - m_box.minX;
        const double height = m_box.maxY - m_box.minY;
        const Box around = m_box.grown(width, height);
        m_isSeen.front() = m_isSeen.back(); // the ring is closed: the first point ends the last link
        for (std::size_t i = 0; i < m_points.size(); ++i) {
            const bool isSeenAfter = i + 1 < m_points.size() ? m_isSeen[i + 1] : m_isSeen[1];
            if (!m_isSeen[i] && !isSeenAfter) {
                m_points[i].x = std::clamp(m_points[i].x, around.minX, around.maxX);
                m_points[i].y = std::clamp(m_points[i].y, around.minY, around.maxY);
            }
        }
    }

    const IndexedRing& m_ring;
    const Box& m_box;
    Coordinate m_resolution;
    Path m_points;
    std::vector<bool> m_isSeen; ///< whether the link that ends at the point may lie in the box
};

} // namespace

Path viewOfRing(const IndexedRing& ring, const Box& box, const Coordinate& resolution) {
    return RingWalk(ring, box, resolution).take();
}

} // namespace geo
