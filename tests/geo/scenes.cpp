#include "scenes.hpp"

#include "geo/geos_handle.hpp"
#include "geo/overlay.hpp"
#include "plain_shapes.hpp"
#include "random_shapes.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <sstream>

namespace tests {

namespace {

using geo::Coordinate;
using geo::Ring;
using geo::Shape;

/// Scenes are drawn in a square of this side before they are scaled.
constexpr double kSide = 16;

bool isValid(const Shape& shape) {
    return shape.dimension() == geo::Dimension::Area &&
           GEOSisValid_r(geo::geos::context(), geo::geos::toGeos(shape).get()) == 1;
}

template <typename Change>
void eachCoordinate(Shape& shape, Change&& change) {
    for (geo::Polygon& polygon : shape.polygons) {
        std::for_each(polygon.shell.begin(), polygon.shell.end(), change);
        for (Ring& hole : polygon.holes) {
            std::for_each(hole.begin(), hole.end(), change);
        }
    }
}

/// Cells of a grid, dissolved: edges along the axes, many collinear, holes, parts that touch at corners.
Shape raster(RandomShapes& random, std::size_t cells, double share, double origin, double side) {
    std::vector<Shape> squares;
    const double cell = side / static_cast<double>(cells);
    for (std::size_t row = 0; row < cells; ++row) {
        for (std::size_t column = 0; column < cells; ++column) {
            if (random.between(0, 1) < share) {
                const double x = origin + static_cast<double>(column) * cell;
                const double y = origin + static_cast<double>(row) * cell;
                squares.push_back(rectangle(x, y, x + cell, y + cell));
            }
        }
    }
    return geo::unionOf(squares);
}

/// Whole numbers as coordinates: vertices of one shape fall on vertices and edges of the other; spikes and
/// self-touches.
Shape snapped(RandomShapes& random, std::size_t corners, double raster, double side) {
    Shape shape{{{random.star({side / 2, side / 2}, side / 2, corners, 0.9), {}}}, {}, {}};
    eachCoordinate(shape, [&](Coordinate& c) {
        c = {std::round(c.x / raster) * raster, std::round(c.y / raster) * raster};
    });
    return madeValid(shape);
}

/// Long thin teeth, some ending within the patch's reach of each other.
Shape comb(RandomShapes& random, std::size_t teeth) {
    Ring ring{{0, 0}, {kSide, 0}};
    const double step = kSide / static_cast<double>(teeth);
    for (std::size_t i = teeth; i-- > 0;) {
        const double x = static_cast<double>(i) * step;
        ring.push_back({x + step * random.between(0.6, 0.99), random.between(kSide / 2, kSide)});
        ring.push_back({x + step * random.between(0.1, 0.5), random.between(0.01, kSide / 2)});
    }
    ring.push_back(ring.front());
    return madeValid({{{ring, {}}}, {}, {}});
}

Shape fractal(std::uint32_t seed, std::size_t vertices) {
    Shape shape{{{fractalRing(seed, vertices, 0.25), {}}}, {}, {}};
    eachCoordinate(shape, [](Coordinate& c) {
        c = {kSide / 2 + c.x * kSide / 3, kSide / 2 + c.y * kSide / 3};
    });
    return madeValid(shape);
}

Shape parts(RandomShapes& random, std::size_t detail, std::size_t rows) {
    Shape shape;
    const double cell = kSide / static_cast<double>(rows);
    for (std::size_t i = 0; i < rows * rows; ++i) {
        const Coordinate centre{(static_cast<double>(i % rows) + 0.5) * cell,
                                (static_cast<double>(i / rows) + 0.5) * cell};
        if (random.below(4) != 0) {
            shape.polygons.push_back(random.polygon(centre, cell / 2, 4 + random.below(detail * 4), true));
        }
    }
    return shape;
}

Shape makeZone(const SceneRecipe& recipe, RandomShapes& random, std::uint32_t number) {
    const Coordinate middle{kSide / 2, kSide / 2};
    const std::size_t detail = recipe.detail;
    switch (recipe.zoneKind) {
    case SceneRecipe::ZoneKind::Star:
        return {{{random.star(middle, kSide / 2, 3 + detail * 4, 0.7), {}}}, {}, {}};
    case SceneRecipe::ZoneKind::Holes:
        return {{random.polygon(middle, kSide / 2, 10 + detail * 4, true)}, {}, {}};
    case SceneRecipe::ZoneKind::Raster:
        return raster(random, 2 + detail / 2, random.between(0.3, 0.9), 0, kSide);
    case SceneRecipe::ZoneKind::Fractal:
        return fractal(recipe.seed + number, 16 + detail * 64);
    case SceneRecipe::ZoneKind::Parts:
        return parts(random, detail, 1 + detail / 8);
    case SceneRecipe::ZoneKind::Snapped:
        return snapped(random, 4 + detail, 1, kSide);
    case SceneRecipe::ZoneKind::Comb:
        return comb(random, 2 + detail);
    }
    return {};
}

Coordinate vertexOf(const Shape& zone, RandomShapes& random) {
    const Ring& ring = zone.polygons[random.below(zone.polygons.size())].shell;
    return ring[random.below(ring.size())];
}

Shape makePatch(const SceneRecipe& recipe, RandomShapes& random, const Shape& zone) {
    const Coordinate centre{random.between(0, kSide), random.between(0, kSide)};
    const double radius = kSide * std::pow(10, random.between(-3, -0.2));
    const std::size_t corners = 3 + random.below(recipe.detail * 2 + 1);
    switch (recipe.patchKind) {
    case SceneRecipe::PatchKind::Star:
        return {{random.polygon(centre, radius, corners, true)}, {}, {}};
    case SceneRecipe::PatchKind::Raster:
        return raster(random, 1 + random.below(6), 0.7, 1 + static_cast<double>(random.below(8)), kSide / 4);
    case SceneRecipe::PatchKind::Snapped: {
        Shape shape = snapped(random, corners, 1, kSide / 4 + static_cast<double>(random.below(8)));
        const Coordinate shift{static_cast<double>(random.below(8)), static_cast<double>(random.below(8))};
        eachCoordinate(shape, [&](Coordinate& c) { c = {c.x + shift.x, c.y + shift.y}; });
        return shape;
    }
    case SceneRecipe::PatchKind::PieceOfZone:
        return geo::intersection(
            rectangle(centre.x - radius, centre.y - radius, centre.x + radius, centre.y + radius), zone);
    case SceneRecipe::PatchKind::OutsideOfZone:
        return geo::difference(
            rectangle(centre.x - radius, centre.y - radius, centre.x + radius, centre.y + radius), zone);
    case SceneRecipe::PatchKind::Sliver: {
        const Coordinate a = vertexOf(zone, random);
        const Coordinate b = vertexOf(zone, random);
        const double width = std::pow(10, random.between(-9, -1));
        return madeValid(
            {{{{a, b, {b.x + width, b.y + width / 2}, {a.x - width / 3, a.y + width}, a}, {}}}, {}, {}});
    }
    case SceneRecipe::PatchKind::AroundVertex:
        return {{random.polygon(vertexOf(zone, random), radius / 10, corners, false)}, {}, {}};
    case SceneRecipe::PatchKind::Parts: {
        Shape shape;
        for (std::size_t i = 0; i < 4; ++i) {
            const Coordinate place{(static_cast<double>(i % 2) + 0.5) * kSide / 2,
                                   (static_cast<double>(i / 2) + 0.5) * kSide / 2};
            shape.polygons.push_back(
                random.polygon(place, kSide * random.between(0.01, 0.25), corners, true));
        }
        return shape;
    }
    case SceneRecipe::PatchKind::Rectangle:
        return rectangle(std::round(centre.x), std::round(centre.y),
                         std::round(centre.x) + 1 + std::round(radius), std::round(centre.y) + 2);
    }
    return {};
}

void scaleTo(SceneRecipe::Scale scale, Shape& shape) {
    double factor = 1;
    Coordinate shift;
    switch (scale) {
    case SceneRecipe::Scale::Degrees:
        factor = 1e-3;
        shift = {101.53, 30.27};
        break;
    case SceneRecipe::Scale::Unit:
        break;
    case SceneRecipe::Scale::Tiny:
        factor = 1e-13;
        break;
    case SceneRecipe::Scale::Huge:
        factor = 1e12;
        break;
    case SceneRecipe::Scale::Far: // few digits are left for the detail
        factor = 1e-6;
        shift = {35123456.7, 3456789.1};
        break;
    }
    eachCoordinate(shape, [&](Coordinate& c) { c = {c.x * factor + shift.x, c.y * factor + shift.y}; });
}

void repeatSomePoints(Shape& shape, RandomShapes& random) {
    const auto repeat = [&](Ring& ring) {
        const std::size_t times = 1 + random.below(3);
        for (std::size_t i = 0; i < times; ++i) {
            const std::size_t place = random.below(ring.size());
            ring.insert(ring.begin() + static_cast<std::ptrdiff_t>(place), ring[place]);
        }
    };
    for (geo::Polygon& polygon : shape.polygons) {
        repeat(polygon.shell);
        std::for_each(polygon.holes.begin(), polygon.holes.end(), repeat);
    }
}

} // namespace

std::string SceneRecipe::text() const {
    std::ostringstream out;
    out << "seed " << seed << " zone " << static_cast<int>(zoneKind) << " patch "
        << static_cast<int>(patchKind) << " scale " << static_cast<int>(scale) << " detail " << detail
        << " zones " << zoneCount << " repeat " << repeatPoints;
    return out.str();
}

Scene makeScene(const SceneRecipe& recipe) {
    RandomShapes random(recipe.seed);
    Scene scene;
    for (std::uint32_t i = 0; i < recipe.zoneCount; ++i) {
        scene.zones.push_back(makeZone(recipe, random, i));
        if (scene.zones.back().isEmpty()) {
            return scene;
        }
    }
    scene.patch = makePatch(recipe, random, scene.zones.front());
    scaleTo(recipe.scale, scene.patch);
    scene.valid = isValid(scene.patch);
    for (Shape& zone : scene.zones) {
        scaleTo(recipe.scale, zone);
        scene.valid = scene.valid && isValid(zone);
        if (recipe.repeatPoints) {
            repeatSomePoints(zone, random);
        }
    }
    if (scene.valid && recipe.repeatPoints) {
        repeatSomePoints(scene.patch, random);
    }
    return scene;
}

geo::Ring fractalRing(std::uint32_t seed, std::size_t vertices, double roughness) {
    RandomShapes random(seed);
    Ring ring;
    constexpr std::size_t kCorners = 8;
    for (std::size_t i = 0; i <= kCorners; ++i) {
        const double angle =
            2 * std::numbers::pi * static_cast<double>(i % kCorners) / static_cast<double>(kCorners);
        ring.push_back({std::cos(angle), std::sin(angle)});
    }
    // Each edge gets a middle that is moved sideways by a share of the edge's length.
    while (ring.size() < vertices) {
        Ring finer;
        finer.reserve(2 * ring.size());
        for (std::size_t i = 0; i + 1 < ring.size(); ++i) {
            const Coordinate& a = ring[i];
            const Coordinate& b = ring[i + 1];
            const double shift = random.between(-roughness, roughness);
            finer.push_back(a);
            finer.push_back({(a.x + b.x) / 2 - (b.y - a.y) * shift, (a.y + b.y) / 2 + (b.x - a.x) * shift});
        }
        finer.push_back(ring.back());
        ring.swap(finer);
    }
    return ring;
}

} // namespace tests
