#pragma once

#include "geo/shape.hpp"

#include <cstdint>

/// Where patches lie and which are neighbours, for looking many of them up together.
namespace app {

/// The box grown by a radius in metres, a little more than that.
[[nodiscard]] geo::Box reachOf(const geo::Box& box, double radiusM);
/// In square degrees.
[[nodiscard]] double sizeOf(const geo::Box& box);
[[nodiscard]] geo::Coordinate middleOf(const geo::Box& box);
/// Bits of x and y in turn (Morton): numbers near each other are places near each other.
[[nodiscard]] std::uint64_t mortonCode(const geo::Coordinate& place);

} // namespace app
