#pragma once

#include "geo/shape.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace geo {

/// A packed R-tree (sort-tile-recursive) over boxes known beforehand; never changed after building, so it is
/// read from any number of threads.
class RingTree {
  public:
    RingTree() = default;
    explicit RingTree(std::span<const Box> boxes);

    /// Positions (into the boxes given) of all that meet `box`, appended to `found` in ascending order.
    void query(const Box& box, std::vector<std::uint32_t>& found) const;
    /// Calls visit(position) for all that meet `box`, in the tree's own order.
    template <typename Visit>
    void visit(const Box& box, Visit&& visit) const {
        if (!m_items.empty() && m_levels.back().front().meets(box)) {
            visitNode(m_levels.size() - 1, 0, box, visit);
        }
    }
    [[nodiscard]] bool isEmpty() const { return m_items.empty(); }

  private:
    /// What lies below a node of level 1 or higher whose box meets `box`.
    template <typename Visit>
    void visitNode(std::size_t level, std::size_t node, const Box& box, Visit& visit) const;

    static constexpr std::size_t kFan = 16;
    std::vector<std::uint32_t> m_items; ///< item positions in packed order
    std::vector<std::vector<Box>>
        m_levels; ///< level 0: the items' boxes in packed order; the last one has one box
};

template <typename Visit>
void RingTree::visitNode(std::size_t level, std::size_t node, const Box& box, Visit& visit) const {
    const std::vector<Box>& below = m_levels[level - 1];
    const std::size_t first = node * kFan;
    const std::size_t last = first + kFan < below.size() ? first + kFan : below.size();
    for (std::size_t i = first; i < last; ++i) {
        if (!below[i].meets(box)) {
            continue;
        }
        if (level == 1) {
            visit(m_items[i]);
        } else {
            visitNode(level - 1, i, box, visit);
        }
    }
}

} // namespace geo
