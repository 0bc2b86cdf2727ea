#pragma once

#include "geo/shape.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace geo {

/// The rings of one shape made ready to be joined: over each a hierarchy of boxes as in IndexedRing, all of
/// them in one vector that is used again for the next shape, and the coordinates stay where they are.
/// `visit(i, j)` hears of each pair of segments whose boxes meet, and returns true to end the join; the join
/// then returns true.
class RingJoin {
  public:
    void clear();
    /// Closed, with at least one segment, without repeated points; must outlive the use. Its number is size()
    /// before.
    void add(std::span<const Coordinate> ring);

    [[nodiscard]] std::size_t size() const { return m_rings.size(); }
    [[nodiscard]] std::span<const Coordinate> points(std::size_t ring) const { return m_rings[ring].points; }
    [[nodiscard]] std::size_t segmentCount(std::size_t ring) const { return m_rings[ring].points.size() - 1; }
    [[nodiscard]] const Box& box(std::size_t ring) const { return view(ring).box(m_rings[ring].top, 0); }

    /// A ring's hierarchy, as RayCaster wants it.
    class View {
      public:
        static constexpr std::size_t kLeaf = 8;
        static constexpr std::size_t kFan = 4;

        [[nodiscard]] std::size_t topLevel() const { return m_top; }
        [[nodiscard]] const Box& box(std::size_t level, std::size_t node) const {
            return m_boxes[m_starts[level] + node];
        }
        [[nodiscard]] std::size_t nodeCount(std::size_t level) const {
            return m_starts[level + 1] - m_starts[level];
        }

      private:
        friend class RingJoin;
        View(const Box* boxes, const std::size_t* starts, std::size_t top)
            : m_boxes(boxes), m_starts(starts), m_top(top) {}
        const Box* m_boxes;
        const std::size_t* m_starts;
        std::size_t m_top;
    };
    [[nodiscard]] View view(std::size_t ring) const {
        return {m_boxes.data(), m_rings[ring].starts.data(), m_rings[ring].top};
    }

    /// Pairs i < j of one ring, neighbours (which share an end point) left out.
    template <typename Visit>
    bool joinWithItself(std::size_t ring, Visit&& visit) const {
        return SelfJoin<Visit>{points(ring), view(ring), visit}.run();
    }
    /// Pairs of a segment of `a` and one of `b`.
    template <typename Visit>
    bool join(std::size_t a, std::size_t b, Visit&& visit) const {
        return PairJoin<Visit>{points(a), points(b), view(a), view(b), visit}.run();
    }
    /// Segments of a ring whose boxes hold the point; visit(i) as above.
    template <typename Visit>
    bool visitAt(std::size_t ring, const Coordinate& point, Visit&& visit) const {
        return visitNodeAt(m_rings[ring], m_rings[ring].top, 0, point, visit);
    }

  private:
    static constexpr std::size_t kMaxLevels = 16;
    struct Entry {
        std::span<const Coordinate> points;
        std::size_t top = 0;
        std::array<std::size_t, kMaxLevels + 1> starts{}; ///< of each level in m_boxes, and one past the last
    };

    struct Range {
        std::size_t first;
        std::size_t last;
    };
    static Range below(std::size_t node, std::size_t fan, std::size_t count) {
        return {node * fan, std::min(node * fan + fan, count)};
    }
    static Box segmentBox(std::span<const Coordinate> points, std::size_t i) {
        Box box;
        box.add(points[i]);
        box.add(points[i + 1]);
        return box;
    }

    template <typename Visit>
    struct PairJoin;
    template <typename Visit>
    struct SelfJoin;
    template <typename Visit>
    bool visitNodeAt(const Entry& entry, std::size_t level, std::size_t node, const Coordinate& point,
                     Visit& visit) const;

    std::vector<Entry> m_rings;
    std::vector<Box> m_boxes;
};

template <typename Visit>
struct RingJoin::PairJoin { // NOLINT(*-member-init): always filled whole
    std::span<const Coordinate> a;
    std::span<const Coordinate> b;
    View boxesA;
    View boxesB;
    Visit& visit;

    bool run() { return nodes(boxesA.topLevel(), 0, boxesB.topLevel(), 0); }

    bool nodes(std::size_t levelA, std::size_t nodeA, std::size_t levelB, std::size_t nodeB) {
        if (!boxesA.box(levelA, nodeA).meets(boxesB.box(levelB, nodeB))) {
            return false;
        }
        if (levelA == 0 && levelB == 0) {
            return leaves(nodeA, nodeB);
        }
        if (levelA >= levelB) {
            const Range range = below(nodeA, View::kFan, boxesA.nodeCount(levelA - 1));
            for (std::size_t i = range.first; i < range.last; ++i) {
                if (nodes(levelA - 1, i, levelB, nodeB)) {
                    return true;
                }
            }
            return false;
        }
        const Range range = below(nodeB, View::kFan, boxesB.nodeCount(levelB - 1));
        for (std::size_t i = range.first; i < range.last; ++i) {
            if (nodes(levelA, nodeA, levelB - 1, i)) {
                return true;
            }
        }
        return false;
    }

    /// Only segments that meet the common part of both boxes can meet each other: of neighbouring leaves,
    /// few.
    bool leaves(std::size_t leafA, std::size_t leafB) {
        const Box& boxA = boxesA.box(0, leafA);
        const Box& boxB = boxesB.box(0, leafB);
        const Box common{std::max(boxA.minX, boxB.minX), std::max(boxA.minY, boxB.minY),
                         std::min(boxA.maxX, boxB.maxX), std::min(boxA.maxY, boxB.maxY)};
        std::array<Box, View::kLeaf> nearB;
        std::array<std::size_t, View::kLeaf> numberB; // NOLINT(*-member-init): only what countB says is read
        std::size_t countB = 0;
        const Range rangeB = below(leafB, View::kLeaf, b.size() - 1);
        for (std::size_t j = rangeB.first; j < rangeB.last; ++j) {
            const Box box = segmentBox(b, j);
            if (box.meets(common)) {
                nearB[countB] = box;
                numberB[countB++] = j;
            }
        }
        const Range rangeA = below(leafA, View::kLeaf, a.size() - 1);
        for (std::size_t i = rangeA.first; countB > 0 && i < rangeA.last; ++i) {
            const Box box = segmentBox(a, i);
            if (!box.meets(common)) {
                continue;
            }
            for (std::size_t j = 0; j < countB; ++j) {
                if (box.meets(nearB[j]) && visit(i, numberB[j])) {
                    return true;
                }
            }
        }
        return false;
    }
};

template <typename Visit>
struct RingJoin::SelfJoin { // NOLINT(*-member-init): always filled whole
    std::span<const Coordinate> points;
    View boxes;
    Visit& visit;

    bool run() { return node(boxes.topLevel(), 0); }

    bool node(std::size_t level, std::size_t number) {
        if (level == 0) {
            return leaf(number);
        }
        const auto notNeighbours = [this](std::size_t i, std::size_t j) {
            const bool neighbours = j == i + 1 || (i == 0 && j == points.size() - 2);
            return !neighbours && visit(i, j);
        };
        PairJoin<decltype(notNeighbours)> pairs{points, points, boxes, boxes, notNeighbours};
        const Range range = below(number, View::kFan, boxes.nodeCount(level - 1));
        for (std::size_t i = range.first; i < range.last; ++i) {
            if (node(level - 1, i)) {
                return true;
            }
            for (std::size_t j = i + 1; j < range.last; ++j) {
                if (pairs.nodes(level - 1, i, level - 1, j)) {
                    return true;
                }
            }
        }
        return false;
    }

    bool leaf(std::size_t number) {
        const Range range = below(number, View::kLeaf, points.size() - 1);
        std::array<Box, View::kLeaf> near;
        for (std::size_t j = range.first; j < range.last; ++j) {
            const Box box = segmentBox(points, j);
            for (std::size_t i = range.first; i + 1 < j; ++i) {
                if (near[i - range.first].meets(box) && !(i == 0 && j == points.size() - 2) && visit(i, j)) {
                    return true;
                }
            }
            near[j - range.first] = box;
        }
        return false;
    }
};

template <typename Visit>
bool RingJoin::visitNodeAt(const Entry& entry, std::size_t level, std::size_t node, const Coordinate& point,
                           Visit& visit) const {
    if (!m_boxes[entry.starts[level] + node].contains(point)) {
        return false;
    }
    if (level == 0) {
        const Range range = below(node, View::kLeaf, entry.points.size() - 1);
        for (std::size_t i = range.first; i < range.last; ++i) {
            if (segmentBox(entry.points, i).contains(point) && visit(i)) {
                return true;
            }
        }
        return false;
    }
    const Range range = below(node, View::kFan, entry.starts[level] - entry.starts[level - 1]);
    for (std::size_t i = range.first; i < range.last; ++i) {
        if (visitNodeAt(entry, level - 1, i, point, visit)) {
            return true;
        }
    }
    return false;
}

} // namespace geo
