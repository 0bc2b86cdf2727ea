#pragma once

// Shared by the engine's own files (geo/*.cpp); not needed to use the engine.

#include "geo/shape.hpp"

#include <cstddef>
#include <cstdint>

namespace geo {

/// A place where a segment crosses a window's border. Sides count counter-clockwise from the lower one;
/// `along` grows in the same sense and is rounded by at most `error`.
struct BorderCrossing {
    int side = 0;
    double along = 0;
    double error = 0;
    Coordinate a; ///< the segment that crosses, as the ring runs
    Coordinate b;
    bool entry = false;      ///< the ring comes into the window here
    std::uint32_t chain = 0; ///< the run of segments inside that begins or ends here
    std::size_t point = 0;   ///< position of the place among the cut's points
};

/// Corner `side` (any whole number, modulo 4) of a window: side i runs from corner i to corner i + 1.
[[nodiscard]] Coordinate windowCorner(const Box& window, int side);

/// Where the segment crosses the line of a side, kept to the window.
[[nodiscard]] Coordinate crossingPlace(const Box& window, int side, const Coordinate& a, const Coordinate& b);
/// Side, along, error and segment of a crossing at a place from crossingPlace.
[[nodiscard]] BorderCrossing borderCrossing(int side, const Coordinate& place, const Coordinate& a,
                                            const Coordinate& b);

/// True when two crossings of one side lie so close that their rounded places do not tell which comes first.
[[nodiscard]] bool isCloseCall(const BorderCrossing& s, const BorderCrossing& t);
/// Order along the border, counter-clockwise: by rounded place, and exactly (by orientation of the segments,
/// which do not cross each other) where that is a close call. Neither comes before the other when the
/// segments lie on each other.
[[nodiscard]] bool comesBefore(const BorderCrossing& s, const BorderCrossing& t);

} // namespace geo
