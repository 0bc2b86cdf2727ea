#pragma once

#include "geo/shape.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace tests {

/// What a random scene of a patch and zones is made from: small numbers only, so that a failing case shrinks.
struct SceneRecipe {
    enum class ZoneKind { Star, Holes, Raster, Fractal, Parts, Snapped, Comb };
    enum class PatchKind {
        Star,
        Raster,
        Snapped,
        PieceOfZone,
        OutsideOfZone,
        Sliver,
        AroundVertex,
        Parts,
        Rectangle
    };
    enum class Scale { Degrees, Unit, Tiny, Huge, Far };

    std::uint32_t seed = 0;
    ZoneKind zoneKind = ZoneKind::Star;
    PatchKind patchKind = PatchKind::Star;
    Scale scale = Scale::Degrees;
    std::uint32_t detail = 8; ///< drives the number of vertices
    std::uint32_t zoneCount = 1;
    bool repeatPoints = false;

    [[nodiscard]] std::string text() const;
};

struct Scene {
    geo::Shape patch;
    std::vector<geo::Shape> zones;
    bool valid = false; ///< false when rounding at this scale broke a shape: such scenes are thrown away
};

/// The scene of a recipe: always the same, valid by GEOS.
[[nodiscard]] Scene makeScene(const SceneRecipe& recipe);

/// A ring of about `vertices` corners whose detail is alike at all sizes, around the origin with radius
/// about 1.
[[nodiscard]] geo::Ring fractalRing(std::uint32_t seed, std::size_t vertices, double roughness);

} // namespace tests
