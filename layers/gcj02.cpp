#include "layers/gcj02.hpp"

#include <cmath>
#include <numbers>

namespace layers {

namespace {

constexpr double kPi = std::numbers::pi;

/// The wave that three sines of a coordinate make, as the formula has them.
double waves(double first, double firstSize, double second, double secondSize, double size) {
    return (firstSize * std::sin(first * kPi) + secondSize * std::sin(second * kPi)) * size;
}

constexpr double kTwoThirds = 2.0 / 3.0;

// The numbers below are the formula: they have no names in its publications.
// NOLINTBEGIN(readability-magic-numbers, cppcoreguidelines-avoid-magic-numbers)
double northOffset(double x, double y) {
    return -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * std::sqrt(std::abs(x)) +
           waves(6.0 * x, 20.0, 2.0 * x, 20.0, kTwoThirds) + waves(y, 20.0, y / 3.0, 40.0, kTwoThirds) +
           waves(y / 12.0, 160.0, y / 30.0, 320.0, kTwoThirds);
}

double eastOffset(double x, double y) {
    return 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * std::sqrt(std::abs(x)) +
           waves(6.0 * x, 20.0, 2.0 * x, 20.0, kTwoThirds) + waves(x, 20.0, x / 3.0, 40.0, kTwoThirds) +
           waves(x / 12.0, 150.0, x / 30.0, 300.0, kTwoThirds);
}

bool isOutside(const geo::Coordinate& c) {
    return !(c.x >= 72.004 && c.x <= 137.8347 && c.y >= 0.8293 && c.y <= 55.8271);
}

geo::Coordinate gcj02(const geo::Coordinate& c) {
    constexpr double kMajorM = 6378245.0; // Krassowsky
    constexpr double kE2 = 0.00669342162296594323;
    if (isOutside(c)) {
        return c;
    }
    const double latitude = c.y / 180.0 * kPi;
    const double sine = std::sin(latitude);
    const double magic = 1 - kE2 * sine * sine;
    const double root = std::sqrt(magic);
    const double north =
        northOffset(c.x - 105.0, c.y - 35.0) * 180.0 / ((kMajorM * (1 - kE2)) / (magic * root) * kPi);
    const double east =
        eastOffset(c.x - 105.0, c.y - 35.0) * 180.0 / (kMajorM / root * std::cos(latitude) * kPi);
    return {c.x + east, c.y + north};
}

geo::Coordinate bd09(const geo::Coordinate& c) {
    constexpr double kTurns = kPi * 3000.0 / 180.0;
    if (isOutside(c)) {
        return c;
    }
    const double radius = std::hypot(c.x, c.y) + 0.00002 * std::sin(c.y * kTurns);
    const double angle = std::atan2(c.y, c.x) + 0.000003 * std::cos(c.x * kTurns);
    return {radius * std::cos(angle) + 0.0065, radius * std::sin(angle) + 0.006};
}
// NOLINTEND(readability-magic-numbers, cppcoreguidelines-avoid-magic-numbers)

} // namespace

std::string_view mapShiftName(MapShift shift) {
    switch (shift) {
    case MapShift::Gcj02:
        return "GCJ-02";
    case MapShift::Bd09:
        return "BD-09";
    case MapShift::None:
        break;
    }
    return "";
}

geo::Coordinate shifted(const geo::Coordinate& lonLat, MapShift shift) {
    switch (shift) {
    case MapShift::Gcj02:
        return gcj02(lonLat);
    case MapShift::Bd09:
        return bd09(gcj02(lonLat));
    case MapShift::None:
        break;
    }
    return lonLat;
}

geo::Coordinate unshifted(const geo::Coordinate& lonLat, MapShift shift) {
    // The shift varies so slowly that each step gains two digits or more.
    constexpr int kMostSteps = 30;
    constexpr double kCloseDeg = 1e-12;
    geo::Coordinate found = lonLat;
    for (int step = 0; step < kMostSteps; ++step) {
        const geo::Coordinate there = shifted(found, shift);
        const double dx = there.x - lonLat.x;
        const double dy = there.y - lonLat.y;
        found = {found.x - dx, found.y - dy};
        if (!(std::abs(dx) + std::abs(dy) > kCloseDeg)) {
            break;
        }
    }
    return found;
}

geo::Shape unshifted(geo::Shape shape, MapShift shift) {
    const auto undo = [shift](geo::Path& path) {
        for (geo::Coordinate& c : path) {
            c = unshifted(c, shift);
        }
    };
    for (geo::Polygon& polygon : shape.polygons) {
        undo(polygon.shell);
        for (geo::Ring& hole : polygon.holes) {
            undo(hole);
        }
    }
    for (geo::Path& line : shape.lines) {
        undo(line);
    }
    undo(shape.points);
    return shape;
}

} // namespace layers
