#pragma once

// Shared by the engine's own files (geo/*.cpp); not needed to use the engine.

#include "geo/patch_outline.hpp"
#include "geo/zone_index.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace geo {

/// Cuts a patch along a zone's boundary without a general overlay, where nothing can go wrong: the patch is
/// one ring, and the boundary crosses it in proper crossings only, each well away from every vertex and from
/// every other crossing. Then arcs of the patch and arcs of the zone alternate from crossing to crossing, and
/// each piece is one closed walk. All decisions are exact or have a wide margin over rounding; crossings have
/// the coordinates that GEOS gives them. Keeps its buffers between patches: one a thread.
class CleanSplit {
  public:
    enum class Contact {
        None,  ///< no boundary meets the patch: each part lies wholly inside or wholly outside
        Clean, ///< split() may be called
        Other, ///< touching, shared edges, rings inside, near misses: a matter for GEOS
    };
    struct Pieces {
        Shape inside;
        Shape outside;
        double boundaryLengthM = 0; ///< of the zone's boundary inside the patch
    };

    /// Looks at how the zone's boundary meets an area patch. `rings` hold at least those that meet the
    /// patch's box.
    Contact scan(const Shape& patch, const PatchOutline& outline, const IndexedZone& zone,
                 std::span<const std::uint32_t> rings);
    /// The pieces, after a scan that found Clean; the zone is the one scanned.
    [[nodiscard]] Pieces split(const IndexedZone& zone) const;

  private:
    struct ZoneSegment {
        Segment segment;
        std::uint32_t ring = 0;
        std::uint32_t index = 0;
        bool crosses = false;
    };
    struct Crossing {
        Coordinate place;
        std::size_t edge = 0;        ///< of the patch
        std::size_t zoneSegment = 0; ///< position in m_zoneSegments
        double alongEdge = 0;        ///< squared distance from the edge's start
        double alongZone = 0;
        bool entersPatch =
            false;              ///< the zone's ring comes into the patch, so that the patch's leaves the zone
        std::size_t onZone = 0; ///< the crossing at the other end of the zone's arc inside the patch
        std::size_t onPatch = 0; ///< the next crossing along the patch
    };
    enum class Side { Inside, Outside };

    [[nodiscard]] bool takePatch(const Shape& patch);
    Contact scanRing(const PatchOutline& outline, const IndexedRing& ring, std::uint32_t number);
    Contact addContacts(const PatchOutline& outline, ZoneSegment zoneSegment);
    [[nodiscard]] bool isWellApart() const;
    [[nodiscard]] bool hasRoom(const Segment& crossed) const;
    [[nodiscard]] bool ringsAreApart() const;
    bool pairCrossings();
    void walk(const IndexedZone& zone, Side side, Shape& pieces) const;
    void appendPatchArc(const Crossing& from, Ring& ring) const;
    void appendZoneArc(const IndexedZone& zone, const Crossing& enter, Side side, Ring& ring) const;

    bool m_isSimple = false;
    double m_guard = 0;           ///< degrees: nearer than this is not well apart
    std::vector<Segment> m_edges; ///< of the patch, counter-clockwise, no point repeated
    std::vector<ZoneSegment> m_zoneSegments;
    std::vector<Crossing> m_crossings;
    std::vector<std::size_t> m_order;
    mutable std::vector<bool> m_used;
};

} // namespace geo
