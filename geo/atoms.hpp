#pragma once

#include "geo/shape.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <vector>

namespace geo {

/// A disjoint piece of a patch, with the zones that cover it (ascending). The piece that no zone covers is an
/// atom too, with an empty set. `whole` says that the piece is the patch itself, and then `shape` stays empty
/// to save memory.
struct Atom {
    std::vector<std::uint32_t> zones;
    bool whole = false;
    Shape shape;
    double measure = 0; ///< m² of an area patch, m of a line
};

/// One zone's share in a patch, as the overlay found it.
struct Cover {
    std::uint32_t zone = 0;
    bool whole = false; ///< the zone holds the patch entirely
    Shape localPolygon; ///< the zone near the patch (localise.hpp), when not whole; empty: asked for when
                        ///< needed
    Shape overlap;      ///< patch ∩ zone, when not whole
    std::optional<Shape>
        rest; ///< patch outside the zone, where the overlay found it as well (saves the first cut)
};

/// Makes Cover::localPolygon of a zone where it was left empty.
using LocalPolygonOf = std::function<Shape(std::uint32_t)>;

/// Cuts a patch into atoms: each cover splits the pieces found so far into what lies in it and what does not.
/// Pieces covered by the same zones are one atom. Throws geo::Error where GEOS refuses.
/// @param grid of overlay.hpp
[[nodiscard]] std::vector<Atom> atomsOf(const Shape& patch, double patchMeasure,
                                        std::span<const Cover> covers,
                                        const LocalPolygonOf& localPolygonOf = {}, double grid = 0);

} // namespace geo
