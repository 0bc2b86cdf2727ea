#pragma once

#include "geo/shape.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace geo {

/// A packed R-tree (sort-tile-recursive) over boxes known beforehand; never changed after building, so it is read from
/// any number of threads.
class RingTree {
  public:
    RingTree() = default;
    explicit RingTree(std::span<const Box> boxes);

    /// Positions (into the boxes given) of all that meet `box`, appended to `found` in ascending order.
    void query(const Box& box, std::vector<std::uint32_t>& found) const;
    [[nodiscard]] bool isEmpty() const { return m_items.empty(); }

  private:
    static constexpr std::size_t kFan = 16;
    std::vector<std::uint32_t> m_items;      ///< item positions in packed order
    std::vector<std::vector<Box>> m_levels;  ///< level 0: the items' boxes in packed order
};

} // namespace geo
