#pragma once

#include "geo/shape.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace layers {

/// True for the shape types of the format that the reader knows (MultiPatch is not among them).
[[nodiscard]] bool isShapeType(std::uint32_t type);

/// A record's content as a shape, or why it cannot be one. Z and M are dropped, empty parts as well.
struct ShpGeometry {
    geo::Shape shape;
    bool hasZ = false;
    bool hasM = false; ///< of a type with M and without Z; those with Z mostly hold none
    std::string faultZh;
    std::string faultEn;
};
[[nodiscard]] ShpGeometry shpGeometry(std::span<const std::byte> content);

/// Loose rings as polygons: a ring inside an even number of others is a shell, the others are holes of the
/// smallest ring around them, whichever way rings run. Rings that cross count by their first vertex that
/// decides.
[[nodiscard]] std::vector<geo::Polygon> polygonsFromRings(std::vector<geo::Ring> rings);

} // namespace layers
