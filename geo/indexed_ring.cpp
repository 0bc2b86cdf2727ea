#include "geo/indexed_ring.hpp"

#include "geo/ray_caster.hpp"

#include <algorithm>

namespace geo {

namespace {

class Levels {
  public:
    static constexpr std::size_t kLeaf = IndexedRing::kFan;
    static constexpr std::size_t kFan = IndexedRing::kFan;

    explicit Levels(const std::vector<std::vector<Box>>& levels) : m_levels(levels) {}
    [[nodiscard]] std::size_t topLevel() const { return m_levels.size() - 1; }
    [[nodiscard]] const Box& box(std::size_t level, std::size_t node) const { return m_levels[level][node]; }

  private:
    const std::vector<std::vector<Box>>& m_levels;
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
    return RayCaster(m_coordinates, Levels(m_levels), point).locate();
}

bool isCounterClockwise(std::span<const Coordinate> ring) {
    const std::size_t count = ring.size() - 1;
    const auto lowest =
        static_cast<std::size_t>(std::min_element(ring.begin(), ring.end() - 1) - ring.begin());
    std::size_t before = lowest;
    std::size_t after = lowest;
    do {
        before = (before + count - 1) % count;
    } while (ring[before] == ring[lowest] && before != lowest);
    do {
        after = (after + 1) % count;
    } while (ring[after] == ring[lowest] && after != lowest);
    return orientation(ring[before], ring[lowest], ring[after]) > 0;
}

} // namespace geo
