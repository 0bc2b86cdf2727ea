#include "geo/shape.hpp"

#include <algorithm>
#include <bit>
#include <cmath>

namespace geo {

namespace {

/// A total order even when a position is not a number (hostile data), where operator< alone would break
/// sorting.
bool numberLess(double a, double b) {
    return a < b || (std::isnan(b) && !std::isnan(a));
}

bool positionLess(const Coordinate& a, const Coordinate& b) {
    if (numberLess(a.x, b.x) || numberLess(b.x, a.x)) {
        return numberLess(a.x, b.x);
    }
    return numberLess(a.y, b.y);
}

bool pathLess(const Path& a, const Path& b) {
    return std::lexicographical_compare(a.begin(), a.end(), b.begin(), b.end(), positionLess);
}

bool polygonLess(const Polygon& a, const Polygon& b) {
    if (pathLess(a.shell, b.shell) || pathLess(b.shell, a.shell)) {
        return pathLess(a.shell, b.shell);
    }
    return std::lexicographical_compare(a.holes.begin(), a.holes.end(), b.holes.begin(), b.holes.end(),
                                        pathLess);
}

/// The path without repeated positions; -0.0 becomes 0.0, since the two are equal but differ in their bytes.
Path withoutRepeats(const Path& path) {
    Path out;
    out.reserve(path.size() + 1);
    for (const Coordinate& c : path) {
        if (out.empty() || out.back() != c) {
            out.push_back({c.x + 0.0, c.y + 0.0});
        }
    }
    return out;
}

/// Turns an open cycle to the rotation that comes first in order: linear for any input, also where the
/// smallest position occurs many times.
void turnToLeastRotation(Path& cycle) {
    const std::size_t n = cycle.size();
    std::size_t best = 0;
    std::size_t rival = 1;
    std::size_t length = 0;
    while (best < n && rival < n && length < n) {
        const Coordinate& a = cycle[(best + length) % n];
        const Coordinate& b = cycle[(rival + length) % n];
        if (!positionLess(a, b) && !positionLess(b, a)) {
            ++length;
            continue;
        }
        if (positionLess(b, a)) {
            best += length + 1;
        } else {
            rival += length + 1;
        }
        rival += best == rival ? 1 : 0;
        length = 0;
    }
    const std::size_t start = std::min(best, rival);
    std::rotate(cycle.begin(), cycle.begin() + static_cast<std::ptrdiff_t>(start), cycle.end());
}

void turnToLeast(Path& cycle) {
    const auto least = std::min_element(cycle.begin(), cycle.end(), positionLess);
    if (std::find(least + 1, cycle.end(), *least) == cycle.end()) {
        std::rotate(cycle.begin(), least, cycle.end());
    } else {
        turnToLeastRotation(cycle);
    }
}

/// The cycle's other direction, from its least rotation again.
Path turnedRound(const Path& cycle) {
    Path out(cycle.rbegin(), cycle.rend());
    turnToLeast(out);
    return out;
}

enum class Turn { CounterClockwise, Clockwise, Either };

/// A closed path from its smallest position, running as asked. The sum behind the direction is always taken
/// over the same sequence (the lesser of the two directions), so that rounding cannot make two writings of
/// one ring differ.
Ring normalisedRing(const Ring& ring, Turn turn) {
    Ring cycle = withoutRepeats(ring);
    if (cycle.size() > 1 && cycle.front() == cycle.back()) {
        cycle.pop_back();
    }
    if (cycle.size() > 1) {
        turnToLeast(cycle);
        const bool leastFirst = positionLess(cycle[1], cycle.back());
        const bool mostFirst = positionLess(cycle.back(), cycle[1]);
        Ring other;
        if (!leastFirst) {
            other = turnedRound(cycle);
            if (mostFirst || pathLess(other, cycle)) {
                cycle.swap(other);
            }
        }
        if (turn != Turn::Either) {
            cycle.push_back(cycle.front());
            const double area = signedArea2(cycle);
            cycle.pop_back();
            if (turn == Turn::CounterClockwise ? area < 0 : area > 0) {
                cycle = turnedRound(cycle);
            }
        }
    }
    if (!cycle.empty()) {
        cycle.push_back(cycle.front());
    }
    return cycle;
}

Polygon normalisedPolygon(const Polygon& polygon) {
    Polygon out;
    out.shell = normalisedRing(polygon.shell, Turn::CounterClockwise);
    out.holes.reserve(polygon.holes.size());
    for (const Ring& hole : polygon.holes) {
        out.holes.push_back(normalisedRing(hole, Turn::Clockwise));
    }
    std::sort(out.holes.begin(), out.holes.end(), pathLess);
    return out;
}

Path normalisedLine(const Path& line) {
    constexpr std::size_t kLeastClosed = 4;
    if (line.size() >= kLeastClosed && line.front() == line.back()) {
        return normalisedRing(line, Turn::Either);
    }
    Path out = withoutRepeats(line);
    Path reversed(out.rbegin(), out.rend());
    return pathLess(reversed, out) ? reversed : out;
}

constexpr std::uint64_t kFnvOffset = 14695981039346656037ULL;
constexpr std::uint64_t kFnvPrime = 1099511628211ULL;

/// Byte by byte from the lowest, so that the hash is the same on machines of either byte order.
std::uint64_t hashed(std::uint64_t hash, double value) {
    constexpr int kBitsPerByte = 8;
    constexpr std::uint64_t kByteMask = 0xFF;
    auto bits = std::bit_cast<std::uint64_t>(value);
    for (std::size_t i = 0; i < sizeof bits; ++i) {
        hash = (hash ^ (bits & kByteMask)) * kFnvPrime;
        bits >>= kBitsPerByte;
    }
    return hash;
}

std::uint64_t hashed(std::uint64_t hash, const Path& path) {
    for (const Coordinate& c : path) {
        hash = hashed(hashed(hash, c.x), c.y);
    }
    return hash;
}

} // namespace

Dimension Shape::dimension() const {
    if (!polygons.empty()) {
        return Dimension::Area;
    }
    if (!lines.empty()) {
        return Dimension::Line;
    }
    return points.empty() ? Dimension::Empty : Dimension::Point;
}

std::size_t Shape::vertexCount() const {
    std::size_t count = points.size();
    for (const Polygon& polygon : polygons) {
        count += polygon.shell.size();
        for (const Ring& hole : polygon.holes) {
            count += hole.size();
        }
    }
    for (const Path& line : lines) {
        count += line.size();
    }
    return count;
}

Box Shape::box() const {
    Box box;
    const auto addPath = [&box](const Path& path) {
        for (const Coordinate& c : path) {
            box.add(c);
        }
    };
    for (const Polygon& polygon : polygons) {
        addPath(polygon.shell);
        // Holes of valid polygons lie inside; those of broken ones may not, and a box must hold everything.
        for (const Ring& hole : polygon.holes) {
            addPath(hole);
        }
    }
    for (const Path& line : lines) {
        addPath(line);
    }
    addPath(points);
    return box;
}

Shape normalised(const Shape& shape) {
    Shape out;
    out.polygons.reserve(shape.polygons.size());
    for (const Polygon& polygon : shape.polygons) {
        out.polygons.push_back(normalisedPolygon(polygon));
    }
    out.lines.reserve(shape.lines.size());
    for (const Path& line : shape.lines) {
        out.lines.push_back(normalisedLine(line));
    }
    out.points = shape.points;
    std::sort(out.points.begin(), out.points.end(), positionLess);
    out.points = withoutRepeats(out.points);
    std::sort(out.polygons.begin(), out.polygons.end(), polygonLess);
    std::sort(out.lines.begin(), out.lines.end(), pathLess);
    return out;
}

std::uint64_t normalisedHash(const Shape& shape) {
    const Shape plain = normalised(shape);
    std::uint64_t hash = kFnvOffset;
    for (const Polygon& polygon : plain.polygons) {
        hash = hashed(hash, polygon.shell);
        for (const Ring& hole : polygon.holes) {
            hash = hashed(hash, hole);
        }
    }
    for (const Path& line : plain.lines) {
        hash = hashed(hash, line);
    }
    return hashed(hash, plain.points);
}

double signedArea2(const Ring& ring) {
    if (ring.empty()) {
        return 0;
    }
    // Measured from the first position: the products stay as small as the ring, whatever its place.
    const Coordinate origin = ring.front();
    double sum = 0;
    for (std::size_t i = 0; i + 1 < ring.size(); ++i) {
        const Coordinate& a = ring[i];
        const Coordinate& b = ring[i + 1];
        sum += (a.x - origin.x) * (b.y - origin.y) - (b.x - origin.x) * (a.y - origin.y);
    }
    return sum;
}

} // namespace geo
