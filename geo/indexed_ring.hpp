#pragma once

#include "geo/shape.hpp"

#include <cstddef>
#include <span>
#include <vector>

namespace geo {

enum class Location { Outside, Boundary, Inside };

/// A closed ring with an implicit hierarchy of bounding boxes over it (design: "indexed ring"): level 0 has
/// one box for each kFan consecutive segments, the next level one for each kFan boxes, and so on to the root.
/// Consecutive segments are neighbours in space, so nothing is sorted, and building is one pass. Memory:
/// about 1/8 of the coordinates' on top.
class IndexedRing {
  public:
    static constexpr std::size_t kFan = 16;

    IndexedRing() = default;
    /// Takes the coordinates over; the ring must be closed and have at least one segment.
    explicit IndexedRing(Ring coordinates);

    [[nodiscard]] const Ring& coordinates() const { return m_coordinates; }
    [[nodiscard]] std::size_t segmentCount() const { return m_coordinates.size() - 1; }
    [[nodiscard]] const Box& box() const { return m_levels.back().front(); }
    /// Box hierarchy, finest level first; the last level has one box.
    [[nodiscard]] const std::vector<std::vector<Box>>& levels() const { return m_levels; }

    /// Calls visit(i) for each segment i (from coordinate i to i + 1) whose box meets `box`, in ascending
    /// order.
    template <typename Visit>
    void visitSegments(const Box& box, Visit&& visit) const {
        visitNode(m_levels.size() - 1, 0, box, visit);
    }

    /// Where a point lies relative to the ring, by ray casting over the hierarchy with robust orientation:
    /// exact for doubles, O(log n) in practice.
    [[nodiscard]] Location locate(const Coordinate& point) const;

  private:
    template <typename Visit>
    void visitNode(std::size_t level, std::size_t node, const Box& box, Visit& visit) const;

    Ring m_coordinates;
    std::vector<std::vector<Box>> m_levels;
};

/// Sign of the area of triangle a, b, c: > 0 counter-clockwise, 0 exactly collinear. Robust for all doubles
/// (an error bound first, double-double arithmetic behind it).
[[nodiscard]] int orientation(const Coordinate& a, const Coordinate& b, const Coordinate& c);

/// Which way a closed ring without crossings runs: exact, since at its smallest coordinate it turns the way
/// it runs.
[[nodiscard]] bool isCounterClockwise(std::span<const Coordinate> ring);

template <typename Visit>
void IndexedRing::visitNode(std::size_t level, std::size_t node, const Box& box, Visit& visit) const {
    if (!m_levels[level][node].meets(box)) {
        return;
    }
    const std::size_t first = node * kFan;
    if (level == 0) {
        const std::size_t last = first + kFan < segmentCount() ? first + kFan : segmentCount();
        for (std::size_t i = first; i < last; ++i) {
            const Coordinate& a = m_coordinates[i];
            const Coordinate& b = m_coordinates[i + 1];
            if ((a.x < b.x ? a.x : b.x) <= box.maxX && (a.x > b.x ? a.x : b.x) >= box.minX &&
                (a.y < b.y ? a.y : b.y) <= box.maxY && (a.y > b.y ? a.y : b.y) >= box.minY) {
                visit(i);
            }
        }
        return;
    }
    const std::size_t below = m_levels[level - 1].size();
    const std::size_t last = first + kFan < below ? first + kFan : below;
    for (std::size_t i = first; i < last; ++i) {
        visitNode(level - 1, i, box, visit);
    }
}

} // namespace geo
