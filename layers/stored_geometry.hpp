#pragma once

#include "geo/shape.hpp"
#include "layers/feature_source.hpp"

#include <cstddef>
#include <cstdint>
#include <span>

/// A feature's geometry as its file has it, before any transformation.
namespace layers {

/// What the first type code of well-known binary says; type 0 when there is none.
struct WkbKind {
    std::uint32_t type = 0; ///< without its Z, M and SRID marks
    bool hasZ = false;
    bool hasM = false;
};
[[nodiscard]] WkbKind wkbKind(std::span<const std::byte> wkb);
/// Circular strings, compound curves, and what is made of them.
[[nodiscard]] bool isCurve(std::uint32_t type);

/// Shape of well-known binary; curves and surfaces are made linear first. Throws geo::Error.
[[nodiscard]] geo::Shape decodedShape(std::span<const std::byte> wkb);

/// The feature's shape as stored; an empty one where there is none or it cannot be read (which is told when
/// the feature's turn comes).
[[nodiscard]] geo::Shape storedShape(const RawFeature& feature);

} // namespace layers
