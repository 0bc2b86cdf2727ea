#include "geo/border_crossing.hpp"

#include "geo/indexed_ring.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace geo {

namespace {

constexpr int kSides = 4;
constexpr double kUlp = std::numeric_limits<double>::epsilon();

bool isHorizontal(int side) {
    return side % 2 == 0;
}
/// Sides 2 and 3 run against the axes.
bool runsBackwards(int side) {
    return side >= 2;
}

/// A crossing segment from low to high across the side's line, and how far along the crossing axis its ends
/// lie.
struct Across {
    Coordinate low;
    Coordinate high;
    double from = 0;
    double to = 0;

    explicit Across(const BorderCrossing& crossing) : low(crossing.a), high(crossing.b) {
        const bool byY = isHorizontal(crossing.side);
        from = byY ? low.y : low.x;
        to = byY ? high.y : high.x;
        if (from > to) {
            std::swap(low, high);
            std::swap(from, to);
        }
    }
};

/// Which side of t segment s lies on: > 0 left of t as t runs from low to high, 0 when they lie on each
/// other. The segments do not cross, so an end of one that lies beside the other decides.
int sideOf(const Across& s, const Across& t) {
    const int atLow =
        s.from >= t.from ? orientation(t.low, t.high, s.low) : -orientation(s.low, s.high, t.low);
    if (atLow != 0) {
        return atLow;
    }
    return s.to <= t.to ? orientation(t.low, t.high, s.high) : -orientation(s.low, s.high, t.high);
}

} // namespace

Coordinate windowCorner(const Box& window, int side) {
    switch (side % kSides) {
    case 0:
        return {window.minX, window.minY};
    case 1:
        return {window.maxX, window.minY};
    case 2:
        return {window.maxX, window.maxY};
    default:
        return {window.minX, window.maxY};
    }
}

Coordinate crossingPlace(const Box& window, int side, const Coordinate& a, const Coordinate& b) {
    Coordinate place = windowCorner(window, side);
    if (isHorizontal(side)) {
        const double x = a.x + (b.x - a.x) * ((place.y - a.y) / (b.y - a.y));
        place.x = std::clamp(x, window.minX, window.maxX);
    } else {
        const double y = a.y + (b.y - a.y) * ((place.x - a.x) / (b.x - a.x));
        place.y = std::clamp(y, window.minY, window.maxY);
    }
    return place;
}

BorderCrossing borderCrossing(int side, const Coordinate& place, const Coordinate& a, const Coordinate& b) {
    BorderCrossing crossing;
    crossing.side = side;
    crossing.a = a;
    crossing.b = b;
    const double coordinate = isHorizontal(side) ? place.x : place.y;
    crossing.along = runsBackwards(side) ? -coordinate : coordinate;
    // Five roundings of the product, one of the sum; a segment at right angles to the side is not rounded at
    // all.
    const double reach = std::abs(isHorizontal(side) ? b.x - a.x : b.y - a.y);
    constexpr double kRoundings = 4;
    crossing.error = reach == 0 ? 0 : kUlp * (std::abs(coordinate) + kRoundings * reach);
    return crossing;
}

bool isCloseCall(const BorderCrossing& s, const BorderCrossing& t) {
    return std::abs(s.along - t.along) <= s.error + t.error;
}

bool comesBefore(const BorderCrossing& s, const BorderCrossing& t) {
    if (s.side != t.side) {
        return s.side < t.side;
    }
    if (!isCloseCall(s, t)) {
        return s.along < t.along;
    }
    const int left = sideOf(Across(s), Across(t));
    // Left of an upward segment x is less; left of an eastward segment y is greater.
    return (left > 0) == (isHorizontal(s.side) != runsBackwards(s.side)) && left != 0;
}

} // namespace geo
