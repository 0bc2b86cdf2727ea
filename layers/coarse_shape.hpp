#pragma once

#include "geo/shape.hpp"

#include <optional>

namespace layers {

/// What an export policy lets out of a position: decimals of a degree (5: about 1 m, 4: about 11 m, 3: about
/// 111 m); nothing: as it is.
using Decimals = std::optional<int>;
inline constexpr int kMostDecimals = 9; ///< 0.1 mm, what the text formats write

/// The shape with coordinates of so many decimals. Positions that fall together become one. A shape that
/// would vanish or become invalid keeps as many more decimals as it needs, so that nothing is lost.
[[nodiscard]] geo::Shape coarseShape(const geo::Shape& shape, const Decimals& decimals);

/// A place in `shape` with so many decimals, more where it would lie outside of it.
[[nodiscard]] geo::Coordinate coarsePlace(const geo::Coordinate& place, const geo::Shape& shape,
                                          const Decimals& decimals);

} // namespace layers
