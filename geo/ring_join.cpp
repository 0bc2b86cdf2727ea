#include "geo/ring_join.hpp"

namespace geo {

void RingJoin::clear() {
    m_rings.clear();
    m_boxes.clear();
}

void RingJoin::add(std::span<const Coordinate> ring) {
    Entry entry;
    entry.points = ring;
    entry.starts[0] = m_boxes.size();
    const std::size_t segments = ring.size() - 1;
    for (std::size_t first = 0; first < segments; first += View::kLeaf) {
        const std::size_t last = std::min(first + View::kLeaf, segments);
        Box box;
        for (std::size_t i = first; i <= last; ++i) {
            box.add(ring[i]);
        }
        m_boxes.push_back(box);
    }
    entry.starts[1] = m_boxes.size();
    while (entry.starts[entry.top + 1] - entry.starts[entry.top] > 1) {
        const std::size_t begin = entry.starts[entry.top];
        const std::size_t end = entry.starts[entry.top + 1];
        for (std::size_t first = begin; first < end; first += View::kFan) {
            Box box;
            for (std::size_t i = first; i < std::min(first + View::kFan, end); ++i) {
                box.add(m_boxes[i]);
            }
            m_boxes.push_back(box);
        }
        ++entry.top;
        entry.starts[entry.top + 1] = m_boxes.size();
    }
    m_rings.push_back(entry);
}

} // namespace geo
