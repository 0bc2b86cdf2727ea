#pragma once

#include "geo/ring_join.hpp"
#include "geo/validity.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace geo {

/// Checks the rings of polygons against the rules of simple features, in the order of GEOS isValid: closed,
/// four positions, no ring meets itself, no two cross or run along each other, holes in their shells, no
/// holes and no polygons in each other, the interior in one piece. Keeps its buffers from shape to shape: one
/// object a thread.
class RingTopology {
  public:
    [[nodiscard]] std::optional<Invalidity> check(const std::vector<Polygon>& polygons);

  private:
    struct Role {
        std::uint32_t polygon;
        bool isShell;
    };
    struct Touch {
        std::uint32_t a = 0;
        std::uint32_t b = 0;
        Coordinate place;
    };
    struct Nested {
        std::uint32_t outer;
        std::uint32_t inner;
    };
    enum class Turn : std::uint8_t { Unknown, Left, Right };
    using Verdict = std::optional<Invalidity>;

    void clear();
    Verdict addRing(const Ring& ring, std::uint32_t polygon, bool isShell);
    [[nodiscard]] Verdict foldInRing(std::uint32_t ring) const;
    [[nodiscard]] Verdict meetingInRing(std::uint32_t ring) const;
    Verdict meetingsOfRings();
    Verdict meetingOf(std::uint32_t a, std::uint32_t b);
    Verdict touchOf(std::uint32_t a, std::size_t i, std::uint32_t b, std::size_t j, const Coordinate& place);
    Verdict nesting();
    Verdict nestingOf(std::uint32_t ring, const std::vector<std::uint32_t>& holders) const;
    bool holdsStartOf(std::uint32_t outer, std::uint32_t inner);
    bool turnsLeft(std::uint32_t ring);
    [[nodiscard]] Verdict disconnection() const;
    [[nodiscard]] bool areEqual(std::uint32_t a, std::uint32_t b) const;

    RingJoin m_join;
    std::vector<Role> m_roles;
    std::vector<Touch> m_touches;  ///< of rings of one polygon
    std::vector<Nested> m_mayHold; ///< where the outer's box holds the inner's start; by inner, then outer
    std::vector<Turn> m_turns;
    std::vector<Ring> m_cleaned; ///< rings that had repeated points, without them
};

} // namespace geo
