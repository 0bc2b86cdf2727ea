#pragma once

#include "geo/indexed_ring.hpp"
#include "geo/ring_tree.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace geo {

/// One zone made ready for checking: its rings indexed and oriented so that the interior lies on the left
/// (shells counter-clockwise, holes clockwise). The zone must be valid (validity.hpp); the engine does not
/// test again.
struct IndexedZone {
    std::vector<IndexedRing> rings;        ///< polygon by polygon, each shell followed by its holes
    std::vector<std::uint32_t> ringCounts; ///< rings of each polygon
    std::vector<std::uint32_t> firstRings; ///< each polygon's shell, as a position in `rings`
    std::vector<std::uint32_t> polygonOf;  ///< the polygon of each ring
    Box box;
    RingTree tree; ///< over the rings' boxes, empty where there are only a few

    /// Calls visit(ring) for each ring whose box meets the box asked for, in no set order.
    template <typename Visit>
    void visitRings(const Box& asked, Visit&& visit) const {
        if (!tree.isEmpty()) {
            tree.visit(asked, visit);
            return;
        }
        for (std::uint32_t ring = 0; ring < rings.size(); ++ring) {
            if (rings[ring].box().meets(asked)) {
                visit(ring);
            }
        }
    }
    [[nodiscard]] bool isShell(std::uint32_t ring) const { return firstRings[polygonOf[ring]] == ring; }
};

/// All zones of a run, with a packed R-tree over the boxes of their shells, and one over the rings of each
/// zone that has many. Zones keep the numbers they were given in (0, 1, ...). Read-only once built, shared by
/// all threads.
class ZoneIndex {
  public:
    /// Takes the shapes over (areas only); empty ones keep their number and never meet anything.
    explicit ZoneIndex(std::vector<Shape> zones, int threads = 0);

    [[nodiscard]] std::size_t size() const { return m_zones.size(); }
    [[nodiscard]] const IndexedZone& zone(std::size_t number) const { return m_zones[number]; }

    /// A zone and those of its rings (positions in IndexedZone::rings, ascending) whose boxes meet the box
    /// asked for.
    struct Candidate {
        std::uint32_t zone = 0;
        std::vector<std::uint32_t> rings;
    };
    /// Zones with a shell whose box meets `box`, ascending by number. A hole alone never makes a candidate.
    [[nodiscard]] std::vector<Candidate> candidates(const Box& box) const;

    /// The zone's rings whose boxes meet `box`, ascending; `rings` is cleared first (reuse it in loops).
    void ringsMeeting(std::uint32_t zone, const Box& box, std::vector<std::uint32_t>& rings) const;

    /// Exact location of a point in a zone: every shell and hole counts, boundaries are told apart.
    [[nodiscard]] Location locate(std::size_t zone, const Coordinate& point) const;

    /// The zone as a plain shape again (the full overlay, writing).
    [[nodiscard]] Shape shape(std::size_t zone) const;

  private:
    std::vector<IndexedZone> m_zones;
    RingTree m_shells;                       ///< over the boxes of all shells
    std::vector<std::uint32_t> m_shellZones; ///< the zone of each shell in the tree, ascending
};

} // namespace geo
