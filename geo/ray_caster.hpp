#pragma once

#include "geo/indexed_ring.hpp"

#include <cstddef>
#include <span>

namespace geo {

/// Is a point that lies on the line through a and b (or has its coordinate on an axis-parallel one) within
/// their box?
inline bool isBetween(const Coordinate& a, const Coordinate& b, const Coordinate& p) {
    return (a.x < b.x ? a.x : b.x) <= p.x && p.x <= (a.x > b.x ? a.x : b.x) &&
           (a.y < b.y ? a.y : b.y) <= p.y && p.y <= (a.y > b.y ? a.y : b.y);
}

/// Casts a ray from the point to the east and counts crossings; an end point on the ray belongs to the
/// segment whose other end lies above it (half-open rule).
///
/// `Hierarchy` gives box(level, node) and topLevel(); a box of level 0 spans kLeaf segments, others kFan
/// boxes below.
template <typename Hierarchy>
class RayCaster {
  public:
    RayCaster(std::span<const Coordinate> ring, const Hierarchy& hierarchy, const Coordinate& point)
        : m_ring(ring), m_hierarchy(hierarchy), m_point(point) {}

    [[nodiscard]] Location locate() {
        visit(m_hierarchy.topLevel(), 0, chainLength(m_hierarchy.topLevel()));
        if (m_onBoundary) {
            return Location::Boundary;
        }
        return m_odd ? Location::Inside : Location::Outside;
    }

  private:
    [[nodiscard]] bool isAbove(const Coordinate& c) const { return c.y > m_point.y; }

    /// Segments below a node of this level.
    [[nodiscard]] static std::size_t chainLength(std::size_t level) {
        std::size_t length = Hierarchy::kLeaf;
        for (std::size_t i = 0; i < level; ++i) {
            length *= Hierarchy::kFan;
        }
        return length;
    }

    void visit(std::size_t level, std::size_t node, std::size_t length) {
        const Box& box = m_hierarchy.box(level, node);
        if (box.minY > m_point.y || box.maxY < m_point.y || box.maxX < m_point.x) {
            return;
        }
        const std::size_t count = m_ring.size() - 1;
        const std::size_t first = node * length;
        const std::size_t last = first + length < count ? first + length : count;
        if (box.minX > m_point.x) {
            // The whole chain lies east of the point: it crosses the ray an odd number of times when its ends
            // lie on different sides.
            m_odd = m_odd != (isAbove(m_ring[first]) != isAbove(m_ring[last]));
            return;
        }
        if (level == 0) {
            for (std::size_t i = first; i < last && !m_onBoundary; ++i) {
                addSegment(m_ring[i], m_ring[i + 1]);
            }
            return;
        }
        const std::size_t below = length / Hierarchy::kFan;
        for (std::size_t child = 0; child < Hierarchy::kFan && !m_onBoundary; ++child) {
            if (first + child * below >= last) {
                return;
            }
            visit(level - 1, node * Hierarchy::kFan + child, below);
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

    std::span<const Coordinate> m_ring;
    const Hierarchy& m_hierarchy;
    const Coordinate m_point;
    bool m_odd = false;
    bool m_onBoundary = false;
};

} // namespace geo
