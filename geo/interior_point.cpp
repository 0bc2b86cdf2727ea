#include "geo/interior_point.hpp"

#include "geo/area.hpp"
#include "geo/error.hpp"
#include "geo/geodesic.hpp"
#include "geo/indexed_ring.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <optional>

namespace geo {

namespace {

/// Where the scan lines lie in the polygon's height. The first asks for the middle, as people do.
constexpr std::array kHeights{0.5, 0.375, 0.625, 0.25, 0.75, 0.125, 0.875};
/// Hair-thin polygons: as many more scan lines as this, spread over all the heights between vertices.
constexpr std::size_t kMoreScanLines = 64;
/// Pieces of one scan line that are tried: where the widest are too thin to hold a double, so are the others.
constexpr std::size_t kPiecesTried = 4;

struct Interval {
    double from = 0;
    double to = 0;
    double y = 0;
    [[nodiscard]] double width() const { return to - from; }
    [[nodiscard]] Coordinate middle() const { return {from + (to - from) / 2, y}; }
};

template <typename Visit>
void forEachRing(const Polygon& polygon, Visit visit) {
    visit(polygon.shell);
    for (const Ring& hole : polygon.holes) {
        visit(hole);
    }
}

/// A height that no vertex has: the middle between the two vertex heights around `y`.
double betweenVertices(const Polygon& polygon, double y) {
    double below = -std::numeric_limits<double>::infinity();
    double above = std::numeric_limits<double>::infinity();
    forEachRing(polygon, [&](const Ring& ring) {
        for (const Coordinate& c : ring) {
            if (c.y <= y) {
                below = std::max(below, c.y);
            } else {
                above = std::min(above, c.y);
            }
        }
    });
    return below + (above - below) / 2;
}

/// The pieces of a scan line that lie in the polygon (even-odd), the widest first.
std::vector<Interval> insideIntervals(const Polygon& polygon, double y) {
    std::vector<double> crossings;
    forEachRing(polygon, [&](const Ring& ring) {
        for (std::size_t i = 0; i + 1 < ring.size(); ++i) {
            const Coordinate& a = ring[i];
            const Coordinate& b = ring[i + 1];
            if ((a.y <= y) != (b.y <= y)) {
                crossings.push_back(a.x + (y - a.y) / (b.y - a.y) * (b.x - a.x));
            }
        }
    });
    std::sort(crossings.begin(), crossings.end());
    std::vector<Interval> out;
    for (std::size_t i = 0; i + 1 < crossings.size(); i += 2) {
        out.push_back({crossings[i], crossings[i + 1], y});
    }
    std::stable_sort(out.begin(), out.end(),
                     [](const Interval& a, const Interval& b) { return a.width() > b.width(); });
    out.resize(std::min(out.size(), kPiecesTried));
    return out;
}

/// Exact for doubles: the crossings above are rounded, and a hair-thin piece's middle may fall beside it.
bool strictlyInside(const Polygon& polygon, const Coordinate& point) {
    bool inside = false;
    bool onBoundary = false;
    forEachRing(polygon, [&](const Ring& ring) {
        for (std::size_t i = 0; i + 1 < ring.size(); ++i) {
            const Coordinate& a = ring[i];
            const Coordinate& b = ring[i + 1];
            if (point.y < std::min(a.y, b.y) || point.y > std::max(a.y, b.y)) {
                continue;
            }
            const int side = orientation(a, b, point);
            onBoundary =
                onBoundary || (side == 0 && point.x >= std::min(a.x, b.x) && point.x <= std::max(a.x, b.x));
            if ((a.y <= point.y) != (b.y <= point.y) && (side > 0) == (b.y > a.y)) {
                inside = !inside;
            }
        }
    });
    return inside && !onBoundary;
}

/// The widest piece over the scan lines whose middle is truly inside.
std::optional<Interval> widest(const Polygon& polygon, const std::vector<double>& heights) {
    std::optional<Interval> best;
    for (const double y : heights) {
        for (const Interval& interval : insideIntervals(polygon, y)) {
            if (best && interval.width() <= best->width()) {
                break;
            }
            if (strictlyInside(polygon, interval.middle())) {
                best = interval;
                break;
            }
        }
    }
    return best;
}

std::vector<double> fewHeights(const Polygon& polygon) {
    Box box;
    for (const Coordinate& c : polygon.shell) {
        box.add(c);
    }
    std::vector<double> out;
    out.reserve(kHeights.size());
    for (const double part : kHeights) {
        out.push_back(betweenVertices(polygon, box.minY + (box.maxY - box.minY) * part));
    }
    return out;
}

std::vector<double> manyHeights(const Polygon& polygon) {
    std::vector<double> ys;
    ys.reserve(polygon.shell.size());
    for (const Coordinate& c : polygon.shell) {
        ys.push_back(c.y);
    }
    std::sort(ys.begin(), ys.end());
    const std::size_t step = std::max<std::size_t>(1, ys.size() / kMoreScanLines);
    std::vector<double> out;
    for (std::size_t i = 0; i + 1 < ys.size(); i += step) {
        out.push_back(ys[i] + (ys[i + 1] - ys[i]) / 2);
    }
    return out;
}

Coordinate middleOf(const Path& line, double length) {
    double left = length / 2;
    for (std::size_t i = 0; i + 1 < line.size(); ++i) {
        const double edge = geodesicLengthM(line[i], line[i + 1]);
        if (edge >= left && edge > 0) {
            const double part = left / edge;
            return {line[i].x + (line[i + 1].x - line[i].x) * part,
                    line[i].y + (line[i + 1].y - line[i].y) * part};
        }
        left -= edge;
    }
    return line.back(); // all its positions are one
}

/// The part with the largest measure, the first of equals; parts without a position do not count.
template <typename Part, typename Measure, typename Positions>
const Part* largest(const std::vector<Part>& parts, Measure measure, Positions positions) {
    const Part* best = nullptr;
    double most = 0;
    for (const Part& part : parts) {
        if (positions(part).empty()) {
            continue;
        }
        const double size = measure(part);
        if (best == nullptr || size > most) {
            best = &part;
            most = size;
        }
    }
    return best;
}

} // namespace

Coordinate interiorPoint(const Polygon& polygon) {
    std::optional<Interval> best = widest(polygon, fewHeights(polygon));
    if (!best) {
        best = widest(polygon, manyHeights(polygon));
    }
    // A polygon without a double inside it: any of its positions is as good.
    return best ? best->middle() : polygon.shell.front();
}

Coordinate interiorPoint(const Shape& shape) {
    const Polygon* polygon = largest(
        shape.polygons, [](const Polygon& p) { return ellipsoidalAreaM2(p); },
        [](const Polygon& p) -> const Ring& { return p.shell; });
    if (polygon != nullptr) {
        return interiorPoint(*polygon);
    }
    const auto length = [](const Path& path) { return geodesicLengthM(path); };
    const Path* line = largest(shape.lines, length, [](const Path& path) -> const Path& { return path; });
    if (line != nullptr) {
        return middleOf(*line, geodesicLengthM(*line));
    }
    if (!shape.points.empty()) {
        return shape.points.front();
    }
    throw Error("空几何没有内部点 / an empty geometry has no interior point");
}

} // namespace geo
