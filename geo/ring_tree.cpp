#include "geo/ring_tree.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace geo {

namespace {

double middleX(const Box& box) {
    return box.minX / 2 + box.maxX / 2;
}
double middleY(const Box& box) {
    return box.minY / 2 + box.maxY / 2;
}

/// Sort-tile-recursive order: vertical slices of about √(n / fan) nodes, each sorted from south to north.
/// Ties go by position, so that the order is the same everywhere.
std::vector<std::uint32_t> packedOrder(std::span<const Box> boxes, std::size_t fan) {
    std::vector<std::uint32_t> order;
    order.reserve(boxes.size());
    for (std::size_t i = 0; i < boxes.size(); ++i) {
        if (!boxes[i].isEmpty()) {
            order.push_back(static_cast<std::uint32_t>(i));
        }
    }
    const auto byX = [&](std::uint32_t a, std::uint32_t b) {
        const double xa = middleX(boxes[a]);
        const double xb = middleX(boxes[b]);
        return xa != xb ? xa < xb : a < b;
    };
    const auto byY = [&](std::uint32_t a, std::uint32_t b) {
        const double ya = middleY(boxes[a]);
        const double yb = middleY(boxes[b]);
        return ya != yb ? ya < yb : a < b;
    };
    std::sort(order.begin(), order.end(), byX);
    const std::size_t nodes = (order.size() + fan - 1) / fan;
    const auto slices = static_cast<std::size_t>(std::ceil(std::sqrt(static_cast<double>(nodes))));
    if (slices == 0) {
        return order;
    }
    const std::size_t slice = (nodes + slices - 1) / slices * fan;
    for (std::size_t first = 0; first < order.size(); first += slice) {
        const std::size_t last = std::min(first + slice, order.size());
        std::sort(order.begin() + static_cast<std::ptrdiff_t>(first),
                  order.begin() + static_cast<std::ptrdiff_t>(last), byY);
    }
    return order;
}

} // namespace

RingTree::RingTree(std::span<const Box> boxes) : m_items(packedOrder(boxes, kFan)) {
    if (m_items.empty()) {
        return;
    }
    std::vector<Box> leaves;
    leaves.reserve(m_items.size());
    for (const std::uint32_t item : m_items) {
        leaves.push_back(boxes[item]);
    }
    m_levels.push_back(std::move(leaves));
    // A single item gets a root too, so that every query starts above the items.
    while (m_levels.size() < 2 || m_levels.back().size() > 1) {
        const std::vector<Box>& below = m_levels.back();
        std::vector<Box> level((below.size() + kFan - 1) / kFan);
        for (std::size_t i = 0; i < below.size(); ++i) {
            level[i / kFan].add(below[i]);
        }
        m_levels.push_back(std::move(level));
    }
}

void RingTree::query(const Box& box, std::vector<std::uint32_t>& found) const {
    const auto before = static_cast<std::ptrdiff_t>(found.size());
    visit(box, [&](std::uint32_t item) { found.push_back(item); });
    std::sort(found.begin() + before, found.end());
}

} // namespace geo
