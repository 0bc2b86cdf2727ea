#pragma once

#include "geo/shape.hpp"

#include <optional>
#include <string_view>

namespace geo {

/// Why a shape cannot be used as it is (OGC simple features, the meaning of GEOS isValid).
enum class Defect {
    NotFinite,  ///< NaN or infinite coordinate
    OutOfRange, ///< beyond ±90 degrees of latitude, or of longitude (an outline by more than 540)
    UnclosedRing,
    TooFewPoints,
    SelfIntersection, ///< a ring crosses itself, or two rings cross
    RingSelfTouch,    ///< a ring meets itself in a point, or runs back over itself (a spike)
    DuplicateRings,
    HoleOutsideShell,
    NestedHoles,
    NestedShells,
    DisconnectedInterior,
    NoArea,       ///< all outlines together hold less than about 1 cm²
    Antimeridian, ///< a ring or line reaches beyond ±180 degrees or spans more than 180: it was cut nowhere
};

struct Invalidity {
    Defect defect = Defect::NotFinite;
    Coordinate place; ///< where, as near as can be said
};

/// The first defect of a shape, or nothing when it is valid: crossings by joining the box hierarchies of
/// rings (with themselves and with each other), nesting by locate. Agrees with GEOS isValid (tests' oracle)
/// and takes O(n log n) for outlines as they come; each pair of segments whose boxes meet is looked at, so
/// that a comb of n long slanted teeth costs n² (and more in GEOS).
[[nodiscard]] std::optional<Invalidity> findInvalidity(const Shape& shape);

/// The same for any planar coordinates: exactly the meaning of GEOS isValid, nothing about degrees, globe or
/// least area.
[[nodiscard]] std::optional<Invalidity> findPlanarInvalidity(const Shape& shape);

/// Text for people, e.g. "自相交" and "self-intersection".
[[nodiscard]] std::string_view defectNameZh(Defect defect);
[[nodiscard]] std::string_view defectNameEn(Defect defect);

} // namespace geo
