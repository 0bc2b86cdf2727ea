#include "geo/interior_point.hpp"

#include "geo/error.hpp"
#include "geo/geodesic.hpp"
#include "geo/geos_handle.hpp"
#include "random_shapes.hpp"

#include <cmath>
#include <numbers>

#include <gtest/gtest.h>

namespace {

using geo::Coordinate;
using geo::Ring;
using geo::Shape;

/// GEOS's word: contains means the interior, the boundary excluded for a point.
bool geosContains(const Shape& shape, const Coordinate& point) {
    const geo::geos::GeometryPtr area = geo::geos::toGeos(shape);
    const geo::geos::GeometryPtr place = geo::geos::toGeos(Shape{{}, {}, {point}});
    return GEOSContains_r(geo::geos::context(), area.get(), place.get()) == 1;
}

Ring arc(const Coordinate& centre, double radius, double from, double to, int steps) {
    Ring out;
    for (int i = 0; i <= steps; ++i) {
        const double angle = from + (to - from) * i / steps;
        out.push_back({centre.x + radius * std::cos(angle), centre.y + radius * std::sin(angle)});
    }
    return out;
}

TEST(InteriorPoint, crescentRingAndParts) {
    constexpr double kPi = std::numbers::pi;
    Ring crescent = arc({100, 30}, 1, -kPi * 0.45, kPi * 1.45, 80);
    const Ring inner = arc({100, 30}, 0.95, kPi * 1.45, -kPi * 0.45, 80);
    crescent.insert(crescent.end(), inner.begin(), inner.end());
    crescent.push_back(crescent.front());
    Ring outer = arc({100, 30}, 1, 0, 2 * kPi, 100);
    outer.back() = outer.front();
    Ring hole = arc({100, 30}, 0.99, 0, 2 * kPi, 100);
    hole.back() = hole.front();
    const Ring islet{{100, 30}, {100.1, 30}, {100.1, 30.1}, {100, 30.1}, {100, 30}};
    for (const Shape& shape : {Shape{{{crescent, {}}}, {}, {}}, Shape{{{outer, {hole}}}, {}, {}},
                               Shape{{{islet, {}}, {outer, {hole}}}, {}, {}}}) {
        const Coordinate point = geo::interiorPoint(shape);
        EXPECT_TRUE(geosContains(shape, point)) << point.x << " " << point.y;
        EXPECT_EQ(point, geo::interiorPoint(shape));
    }
    // The larger part's, wherever it stands; the widest piece, not the first.
    const Ring small{{90, 30}, {90.01, 30}, {90.01, 30.01}, {90, 30.01}, {90, 30}};
    const Coordinate place = geo::interiorPoint(Shape{{{small, {}}, {islet, {}}}, {}, {}});
    EXPECT_EQ(place, (Coordinate{100.05, 30.05}));
}

TEST(InteriorPoint, randomPolygonsAlwaysHoldIt) {
    tests::RandomShapes random(61);
    for (int round = 0; round < 2000; ++round) {
        Shape shape;
        const double size = std::pow(10, random.between(-9, 0));
        shape.polygons.push_back(random.polygon({random.between(97, 103), random.between(27, 35)}, size,
                                                3 + random.below(80), size > 1e-6));
        const Coordinate point = geo::interiorPoint(shape);
        ASSERT_TRUE(geosContains(shape, point)) << "round " << round << ", size " << size;
    }
}

TEST(InteriorPoint, combsAndHairs) {
    // A comb whose back is thin: every scan line through the middle meets the teeth only.
    Ring comb{{100, 30}, {101, 30}};
    for (int i = 100; i > 0; --i) {
        comb.push_back({100 + i * 0.01, 31});
        comb.push_back({100 + i * 0.01 - 0.005, 30.001});
    }
    comb.push_back(comb.front());
    const Shape shape{{{comb, {}}}, {}, {}};
    EXPECT_TRUE(geosContains(shape, geo::interiorPoint(shape)));
    // Triangles of a few doubles' width, at every slope.
    tests::RandomShapes random(62);
    int held = 0;
    for (int round = 0; round < 1000; ++round) {
        const double angle = random.between(0, std::numbers::pi);
        const Coordinate a{101, 30};
        const Coordinate b{101 + std::cos(angle) * 1e-3, 30 + std::sin(angle) * 1e-3};
        const Coordinate c{(a.x + b.x) / 2 - std::sin(angle) * 2e-13,
                           (a.y + b.y) / 2 + std::cos(angle) * 2e-13};
        const Shape hair{{{{a, b, c, a}, {}}}, {}, {}};
        held += geosContains(hair, geo::interiorPoint(hair)) ? 1 : 0;
    }
    EXPECT_EQ(held, 1000);
}

TEST(InteriorPoint, linesAndPoints) {
    const geo::Path path{{100, 30}, {100.01, 30}, {100.01, 30.02}};
    const Coordinate middle = geo::interiorPoint(Shape{{}, {{{90, 20}, {90.001, 20}}, path}, {{1, 1}}});
    EXPECT_EQ(middle.x, 100.01);
    const double before = geo::geodesicLengthM(path[0], path[1]) + geo::geodesicLengthM(path[1], middle);
    // A degree of latitude grows by a millionth over an edge of 2 km, and the place is found in degrees.
    EXPECT_NEAR(before, geo::geodesicLengthM(path) / 2, 2e-3);
    EXPECT_EQ(geo::interiorPoint(Shape{{}, {{{5, 6}, {5, 6}}}, {}}), (Coordinate{5, 6}));
    EXPECT_EQ(geo::interiorPoint(Shape{{}, {}, {{3, 4}, {1, 2}}}), (Coordinate{3, 4}));
    EXPECT_THROW((void)geo::interiorPoint(Shape{}), geo::Error);
    EXPECT_THROW((void)geo::interiorPoint(Shape{{{{}, {}}}, {{}}, {}}), geo::Error);
}

TEST(InteriorPoint, brokenPolygonsGiveAPositionAndNoCrash) {
    const Shape flat{{{{{1, 1}, {2, 2}, {3, 3}, {1, 1}}, {}}}, {}, {}};
    EXPECT_EQ(geo::interiorPoint(flat), (Coordinate{1, 1}));
    const Shape broken{{{{{NAN, 1}, {2, NAN}, {3, 3}, {NAN, 1}}, {}}}, {}, {}};
    (void)geo::interiorPoint(broken);
    EXPECT_EQ(geo::interiorPoint(Shape{{{{{7, 8}}, {}}}, {}, {}}), (Coordinate{7, 8}));
}

} // namespace
