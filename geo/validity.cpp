#include "geo/validity.hpp"

#include "geo/ring_topology.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace geo {

namespace {

constexpr double kMaxLongitude = 180;
constexpr double kMaxLatitude = 90;
constexpr double kMaxTurned = 540;   ///< longitudes up to here were counted on across the antimeridian
constexpr double kRangeSlack = 1e-9; ///< 0.1 mm: what rounding leaves of a pole or of the antimeridian
/// About 1 cm² at the equator: below this an outline is a line that was rounded.
constexpr double kLeastAreaDegrees2 = 1e-14;

bool isFinite(const Coordinate& c) {
    return std::isfinite(c.x) && std::isfinite(c.y);
}

struct Extent {
    Box box;
    bool allFinite = true;
};

Extent extentOf(const Path& path) {
    Extent extent;
    double zeros = 0;
    for (const Coordinate& c : path) {
        extent.box.add(c);
        zeros += (c.x + c.y) * 0; // stays 0 unless one of them is infinite or no number
    }
    // Two huge coordinates may overflow together: only then look one by one.
    extent.allFinite = zeros == 0 || std::all_of(path.begin(), path.end(), isFinite);
    return extent;
}

std::optional<Invalidity> notFiniteIn(const Path& path) {
    if (extentOf(path).allFinite) {
        return std::nullopt;
    }
    return Invalidity{Defect::NotFinite, *std::find_if_not(path.begin(), path.end(), isFinite)};
}

template <typename Test>
Coordinate firstThat(const Path& path, Test test) {
    const auto found = std::find_if(path.begin(), path.end(), test);
    return found == path.end() ? path.front() : *found;
}

/// Where a path that spans more than half the globe jumps across.
Coordinate jumpOf(const Path& path) {
    const auto found =
        std::adjacent_find(path.begin(), path.end(), [](const Coordinate& a, const Coordinate& b) {
            return std::fabs(a.x - b.x) > kMaxLongitude;
        });
    return found == path.end() ? path.front() : *found;
}

/// Defects of a path as a line on the globe.
std::optional<Invalidity> offTheGlobe(const Path& path) {
    const Extent extent = extentOf(path);
    if (!extent.allFinite) {
        return Invalidity{Defect::NotFinite, *std::find_if_not(path.begin(), path.end(), isFinite)};
    }
    if (path.empty()) {
        return std::nullopt;
    }
    const double farthestX = std::max(-extent.box.minX, extent.box.maxX);
    const double farthestY = std::max(-extent.box.minY, extent.box.maxY);
    if (farthestY > kMaxLatitude + kRangeSlack || farthestX > kMaxTurned) {
        return Invalidity{Defect::OutOfRange, firstThat(path, [](const Coordinate& c) {
                              return std::fabs(c.y) > kMaxLatitude + kRangeSlack ||
                                     std::fabs(c.x) > kMaxTurned;
                          })};
    }
    if (farthestX > kMaxLongitude + kRangeSlack) {
        return Invalidity{Defect::Antimeridian, firstThat(path, [](const Coordinate& c) {
                              return std::fabs(c.x) > kMaxLongitude + kRangeSlack;
                          })};
    }
    if (extent.box.maxX - extent.box.minX > kMaxLongitude) {
        return Invalidity{Defect::Antimeridian, jumpOf(path)};
    }
    return std::nullopt;
}

template <typename Check>
std::optional<Invalidity> firstOfPaths(const Shape& shape, Check check) {
    for (const Polygon& polygon : shape.polygons) {
        if (const auto found = check(polygon.shell)) {
            return found;
        }
        for (const Ring& hole : polygon.holes) {
            if (const auto found = check(hole)) {
                return found;
            }
        }
    }
    for (const Path& line : shape.lines) {
        if (const auto found = check(line)) {
            return found;
        }
    }
    return std::nullopt;
}

std::optional<Invalidity> offTheGlobe(const Coordinate& point) {
    if (!isFinite(point)) {
        return Invalidity{Defect::NotFinite, point};
    }
    const bool isOn =
        std::fabs(point.x) <= kMaxLongitude + kRangeSlack && std::fabs(point.y) <= kMaxLatitude + kRangeSlack;
    return isOn ? std::nullopt : std::optional(Invalidity{Defect::OutOfRange, point});
}

bool hasArea(const Shape& shape) {
    double sum = 0;
    for (const Polygon& polygon : shape.polygons) {
        sum += std::fabs(signedArea2(polygon.shell)) / 2;
        if (sum >= kLeastAreaDegrees2) {
            return true;
        }
    }
    return false;
}

std::optional<Invalidity> defectOfLines(const std::vector<Path>& lines) {
    for (const Path& line : lines) {
        const auto isFirst = [&](const Coordinate& c) { return c == line.front(); };
        if (!line.empty() && std::all_of(line.begin(), line.end(), isFirst)) {
            return Invalidity{Defect::TooFewPoints, line.front()};
        }
    }
    return std::nullopt;
}

std::optional<Invalidity> defectOfParts(const Shape& shape) {
    thread_local RingTopology topology;
    if (const auto found = topology.check(shape.polygons)) {
        return found;
    }
    return defectOfLines(shape.lines);
}

struct DefectName {
    std::string_view zh;
    std::string_view en;
};

constexpr std::array kNames{
    std::pair{Defect::NotFinite, DefectName{"坐标不是有限数", "coordinate is not a finite number"}},
    std::pair{Defect::OutOfRange,
              DefectName{"坐标超出经纬度范围", "coordinate outside the range of degrees"}},
    std::pair{Defect::UnclosedRing, DefectName{"环未闭合", "ring not closed"}},
    std::pair{Defect::TooFewPoints, DefectName{"点数不足", "too few distinct points"}},
    std::pair{Defect::SelfIntersection, DefectName{"自相交", "self-intersection"}},
    std::pair{Defect::RingSelfTouch, DefectName{"环自接触", "ring touches itself"}},
    std::pair{Defect::DuplicateRings, DefectName{"环重复", "duplicate rings"}},
    std::pair{Defect::HoleOutsideShell, DefectName{"洞在外环之外", "hole outside its shell"}},
    std::pair{Defect::NestedHoles, DefectName{"洞相互嵌套", "nested holes"}},
    std::pair{Defect::NestedShells, DefectName{"部件相互嵌套", "nested parts"}},
    std::pair{Defect::DisconnectedInterior, DefectName{"内部不连通", "interior is disconnected"}},
    std::pair{Defect::NoArea, DefectName{"没有面积", "no area"}},
    std::pair{Defect::Antimeridian,
              DefectName{"跨180°经线或包含极点", "crosses the 180° meridian or holds a pole"}},
};

const DefectName& nameOf(Defect defect) {
    for (const auto& [named, name] : kNames) {
        if (named == defect) {
            return name;
        }
    }
    return kNames.front().second;
}

} // namespace

std::optional<Invalidity> findInvalidity(const Shape& shape) {
    if (const auto found = firstOfPaths(shape, [](const Path& path) { return offTheGlobe(path); })) {
        return found;
    }
    for (const Coordinate& point : shape.points) {
        if (const auto found = offTheGlobe(point)) {
            return found;
        }
    }
    if (const auto found = defectOfParts(shape)) {
        return found;
    }
    if (!shape.polygons.empty() && !hasArea(shape)) {
        const Ring& shell = shape.polygons.front().shell;
        return Invalidity{Defect::NoArea, shell.empty() ? Coordinate{} : shell.front()};
    }
    return std::nullopt;
}

std::optional<Invalidity> findPlanarInvalidity(const Shape& shape) {
    if (const auto found = firstOfPaths(shape, notFiniteIn)) {
        return found;
    }
    if (const auto found = notFiniteIn(shape.points)) {
        return found;
    }
    return defectOfParts(shape);
}

std::string_view defectNameZh(Defect defect) {
    return nameOf(defect).zh;
}

std::string_view defectNameEn(Defect defect) {
    return nameOf(defect).en;
}

} // namespace geo
