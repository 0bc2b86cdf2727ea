#include "geo/long_edges.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace geo {

namespace {

constexpr double kMostParts = 200;

/// Parts that an edge needs; 1 for edges that are no numbers.
int partsOf(const Coordinate& a, const Coordinate& b, double most) {
    const double parts = std::ceil(std::hypot(b.x - a.x, b.y - a.y) / most);
    return parts > 1 ? static_cast<int>(std::min(parts, kMostParts)) : 1;
}

bool splitPath(Path& path, double most) {
    bool hasLong = false;
    for (std::size_t n = 1; n < path.size() && !hasLong; ++n) {
        hasLong = partsOf(path[n - 1], path[n], most) > 1;
    }
    if (!hasLong) {
        return false;
    }
    Path split;
    split.reserve(path.size() * 2);
    split.push_back(path.front());
    for (std::size_t n = 1; n < path.size(); ++n) {
        const Coordinate& a = path[n - 1];
        const Coordinate& b = path[n];
        const int parts = partsOf(a, b, most);
        const bool isForward = a.x < b.x || (a.x == b.x && a.y < b.y);
        const Coordinate& from = isForward ? a : b;
        const Coordinate& to = isForward ? b : a;
        for (int part = 1; part < parts; ++part) {
            const double share = static_cast<double>(isForward ? part : parts - part) / parts;
            split.push_back({from.x + share * (to.x - from.x), from.y + share * (to.y - from.y)});
        }
        split.push_back(b);
    }
    path = std::move(split);
    return true;
}

} // namespace

bool splitLongEdges(Shape& shape, double most) {
    bool isSplit = false;
    for (Polygon& polygon : shape.polygons) {
        isSplit = splitPath(polygon.shell, most) || isSplit;
        for (Ring& hole : polygon.holes) {
            isSplit = splitPath(hole, most) || isSplit;
        }
    }
    for (Path& line : shape.lines) {
        isSplit = splitPath(line, most) || isSplit;
    }
    return isSplit;
}

} // namespace geo
