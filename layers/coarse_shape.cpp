#include "layers/coarse_shape.hpp"

#include "geo/indexed_ring.hpp"
#include "geo/interior_point.hpp"
#include "geo/validity.hpp"

#include <algorithm>
#include <cmath>

namespace layers {

namespace {

constexpr double kTen = 10;
constexpr std::size_t kLeastRing = 4;
constexpr std::size_t kLeastPath = 2;

geo::Coordinate rounded(const geo::Coordinate& c, double scale) {
    return {std::round(c.x * scale) / scale, std::round(c.y * scale) / scale};
}

geo::Path rounded(const geo::Path& path, double scale) {
    geo::Path out;
    out.reserve(path.size());
    for (const geo::Coordinate& c : path) {
        const geo::Coordinate place = rounded(c, scale);
        if (out.empty() || out.back() != place) {
            out.push_back(place);
        }
    }
    return out;
}

/// Holes that vanish go; what else vanishes leaves its part out, which the caller sees by the count.
geo::Shape roundedShape(const geo::Shape& shape, double scale) {
    geo::Shape out;
    for (const geo::Polygon& polygon : shape.polygons) {
        geo::Polygon coarse{rounded(polygon.shell, scale), {}};
        if (coarse.shell.size() < kLeastRing) {
            continue;
        }
        for (const geo::Ring& hole : polygon.holes) {
            if (geo::Ring ring = rounded(hole, scale); ring.size() >= kLeastRing) {
                coarse.holes.push_back(std::move(ring));
            }
        }
        out.polygons.push_back(std::move(coarse));
    }
    for (const geo::Path& line : shape.lines) {
        if (geo::Path path = rounded(line, scale); path.size() >= kLeastPath) {
            out.lines.push_back(std::move(path));
        }
    }
    for (const geo::Coordinate& point : shape.points) {
        out.points.push_back(rounded(point, scale));
    }
    return out;
}

bool isWhole(const geo::Shape& coarse, const geo::Shape& shape) {
    return coarse.partCount() == shape.partCount() && !geo::findPlanarInvalidity(coarse);
}

/// Inside a polygon of the shape; of lines and points nothing lies inside.
bool isInside(const geo::Coordinate& place, const geo::Shape& shape) {
    const auto holds = [&place](const geo::Ring& ring) {
        return geo::IndexedRing(ring).locate(place) == geo::Location::Inside;
    };
    const auto isOut = [&place](const geo::Ring& hole) {
        return geo::IndexedRing(hole).locate(place) == geo::Location::Outside;
    };
    return std::any_of(shape.polygons.begin(), shape.polygons.end(), [&](const geo::Polygon& polygon) {
        return holds(polygon.shell) && std::all_of(polygon.holes.begin(), polygon.holes.end(), isOut);
    });
}

} // namespace

geo::Shape coarseShape(const geo::Shape& shape, const Decimals& decimals) {
    for (int more = decimals.value_or(kMostDecimals + 1); more <= kMostDecimals; ++more) {
        geo::Shape coarse = roundedShape(shape, std::pow(kTen, more));
        if (isWhole(coarse, shape)) {
            return coarse;
        }
    }
    return shape;
}

geo::Coordinate coarsePlace(const geo::Coordinate& place, const geo::Shape& shape, const Decimals& decimals) {
    if (!decimals) {
        return place;
    }
    if (shape.polygons.empty()) {
        return rounded(place, std::pow(kTen, *decimals));
    }
    for (int more = *decimals; more <= kMostDecimals; ++more) {
        if (const geo::Coordinate coarse = rounded(place, std::pow(kTen, more)); isInside(coarse, shape)) {
            return coarse;
        }
    }
    // Where rounding moved the outline over the place, the widest part of what is left is shown.
    return geo::interiorPoint(shape);
}

} // namespace layers
