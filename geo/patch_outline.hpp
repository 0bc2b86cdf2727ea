#pragma once

// Shared by the engine's own files (geo/*.cpp); not needed to use the engine.

#include "geo/indexed_ring.hpp"
#include "geo/shape.hpp"

#include <algorithm>
#include <cstddef>
#include <vector>

namespace geo {

/// A segment, closed at both ends. A point is a segment whose ends are equal.
struct Segment {
    Coordinate a;
    Coordinate b;

    [[nodiscard]] Box box() const {
        return {std::min(a.x, b.x), std::min(a.y, b.y), std::max(a.x, b.x), std::max(a.y, b.y)};
    }
};

/// True when two segments share a place, touching included: exact for doubles.
[[nodiscard]] bool segmentsMeet(const Segment& s, const Segment& t);

/// All segments of a patch in one array (rings, paths and points alike), with boxes over blocks of them. Made
/// anew for each patch in a buffer that the thread keeps.
class PatchOutline {
  public:
    PatchOutline() = default;
    explicit PatchOutline(const Shape& shape) { assign(shape); }
    /// Takes the parts of the shape's own dimension; keeps the memory of the patch before.
    void assign(const Shape& shape);

    [[nodiscard]] const Box& box() const { return m_box; }
    [[nodiscard]] bool isArea() const { return m_isArea; }
    [[nodiscard]] const std::vector<Segment>& segments() const { return m_segments; }

    /// Calls visit(segment) for each segment whose box meets `box`, until visit returns true; says whether it
    /// did.
    template <typename Visit>
    bool visit(const Box& box, Visit&& visit) const;
    /// Calls visit(segment) for each segment, block by block where keepBlock(box of the block) says so.
    template <typename KeepBlock, typename Visit>
    void visitBlocks(KeepBlock&& keepBlock, Visit&& visit) const;

    /// True when a segment meets the outline (an area's edge, a line, a point), touching included.
    [[nodiscard]] bool meets(const Segment& segment) const;
    /// Where a place lies relative to an area patch (even-odd over all its rings, exact). Lines and points:
    /// Boundary or Outside.
    [[nodiscard]] Location locate(const Coordinate& place) const;

  private:
    static constexpr std::size_t kBlock = 16;

    void addPath(const Path& path);

    std::vector<Segment> m_segments;
    std::vector<Box> m_blocks;      ///< over kBlock segments
    std::vector<Box> m_superBlocks; ///< over kBlock blocks
    Box m_box;
    bool m_isArea = false;
};

template <typename KeepBlock, typename Visit>
void PatchOutline::visitBlocks(KeepBlock&& keepBlock, Visit&& visit) const {
    for (std::size_t super = 0; super < m_superBlocks.size(); ++super) {
        if (!keepBlock(m_superBlocks[super])) {
            continue;
        }
        const std::size_t lastBlock = std::min((super + 1) * kBlock, m_blocks.size());
        for (std::size_t block = super * kBlock; block < lastBlock; ++block) {
            if (!keepBlock(m_blocks[block])) {
                continue;
            }
            const std::size_t last = std::min((block + 1) * kBlock, m_segments.size());
            for (std::size_t i = block * kBlock; i < last; ++i) {
                visit(m_segments[i]);
            }
        }
    }
}

template <typename Visit>
bool PatchOutline::visit(const Box& box, Visit&& visit) const {
    bool stopped = false;
    visitBlocks([&](const Box& block) { return !stopped && block.meets(box); },
                [&](const Segment& segment) {
                    if (!stopped && segment.box().meets(box)) {
                        stopped = visit(segment);
                    }
                });
    return stopped;
}

} // namespace geo
