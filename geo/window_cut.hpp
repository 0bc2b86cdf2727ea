#pragma once

// Shared by the engine's own files (geo/*.cpp); not needed to use the engine.

#include "geo/border_crossing.hpp"
#include "geo/zone_index.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace geo {

/// Cuts a zone to a window (an axis-parallel box) so that the result is a valid polygon: pieces of rings
/// inside the window, closed along its border with the interior on the left. All decisions are exact
/// (orientation of the window's corners about a segment); only the places where segments cross the border are
/// rounded. Keeps its buffers between cuts: one a thread.
class WindowCut {
  public:
    /// What to do with crossings of the border that rounding brings closer than they can be told apart by.
    enum class Ties { Refuse, Order };

    /// The zone inside the window, or nothing when a vertex lies on the border, a segment runs through a
    /// corner, two crossings cannot be told apart, or GEOS would take a piece's direction wrongly: another
    /// window, or the whole zone, will do. `rings` are those of the zone
    /// whose boxes meet the window.
    [[nodiscard]] std::optional<Shape> cut(const IndexedZone& zone, std::span<const std::uint32_t> rings,
                                           const Box& window, Ties ties);

  private:
    /// A run of segments inside the window, from one crossing of the border to the next, as points [first,
    /// last).
    struct Chain {
        std::size_t first = 0;
        std::size_t last = 0;
        std::uint32_t polygon = 0;
    };
    struct WholeRing {
        std::uint32_t ring = 0;
        std::uint32_t polygon = 0;
    };
    /// How a segment lies to the window: which sides its line enters and leaves by.
    struct Passage {
        bool clean = true; ///< no corner lies on the line
        int entrySide = -1;
        int exitSide = -1;
    };
    struct Piece {
        Ring ring;
        std::uint32_t polygon = 0;
    };

    bool cutRing(const IndexedRing& ring, std::uint32_t polygon);
    bool addSegment(std::size_t index, const Coordinate& a, const Coordinate& b, std::uint32_t polygon);
    void closeRun();
    void openChain(std::uint32_t polygon);
    void addCrossing(int side, const Coordinate& a, const Coordinate& b, bool entry);
    [[nodiscard]] bool isInside(const Coordinate& c) const;
    [[nodiscard]] bool isOnBorder(const Coordinate& c) const;
    [[nodiscard]] Passage passage(const Coordinate& a, const Coordinate& b) const;
    [[nodiscard]] Coordinate corner(int side) const { return windowCorner(m_window, side); }
    [[nodiscard]] bool isAtCorner(const BorderCrossing& crossing) const;
    bool sortCrossings();
    bool linkChains();
    bool assemble(const IndexedZone& zone, std::span<const std::uint32_t> rings, Shape& result) const;
    bool addPolygon(const IndexedZone& zone, std::span<const std::uint32_t> rings, Shape& result) const;
    [[nodiscard]] bool holdsCorner(const IndexedZone& zone, std::span<const std::uint32_t> rings) const;

    Box m_window;
    Ties m_ties = Ties::Refuse;
    std::vector<Coordinate> m_points;
    std::vector<Chain> m_chains;
    std::vector<BorderCrossing> m_crossings;
    std::vector<WholeRing> m_wholeRings;
    std::vector<Piece> m_pieces;
    std::vector<std::uint32_t> m_entryOf; ///< position in m_crossings by chain
    std::vector<std::uint32_t> m_exitOf;
    std::vector<bool> m_used;
    std::optional<std::uint32_t> m_open; ///< the chain that the last segment left open
    std::optional<std::uint32_t> m_head; ///< the chain that began inside, at the ring's first vertex
};

} // namespace geo
