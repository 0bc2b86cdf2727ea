// Pairs of zones that overlap, against GEOS: shared borders, touching corners, nesting, crossings.

#include "geo/area.hpp"
#include "geo/interior_contact.hpp"
#include "geo/overlap_pairs.hpp"
#include "geo/overlay.hpp"
#include "geo/validity.hpp"

#include <gtest/gtest.h>

#include <random>

namespace {

geo::Shape box(double x0, double y0, double x1, double y1) {
    return {{geo::Polygon{{{x0, y0}, {x1, y0}, {x1, y1}, {x0, y1}, {x0, y0}}, {}}}, {}, {}};
}

geo::Shape withHole(geo::Shape shape, const geo::Shape& hole) {
    shape.polygons[0].holes.push_back(hole.polygons[0].shell);
    return shape;
}

bool interiorsMeet(const geo::Shape& a, const geo::Shape& b) {
    const geo::ZoneIndex zones({a, b});
    const bool meets = geo::interiorContact(zones, 0, 1).has_value();
    EXPECT_EQ(geo::interiorContact(zones, 1, 0).has_value(), meets) << "the order must not matter";
    return meets;
}

TEST(InteriorContact, BordersAreNoOverlap) {
    const geo::Shape square = box(0, 0, 4, 4);
    EXPECT_FALSE(interiorsMeet(square, box(4, 0, 8, 4))) << "a shared side";
    EXPECT_FALSE(interiorsMeet(square, box(4, 1, 8, 3))) << "a part of a side";
    EXPECT_FALSE(interiorsMeet(square, box(4, 4, 8, 8))) << "a corner";
    EXPECT_FALSE(interiorsMeet(square, box(5, 0, 8, 4))) << "apart";
    EXPECT_FALSE(interiorsMeet(withHole(box(-4, -4, 8, 8), square), square)) << "fills a hole";
    EXPECT_FALSE(interiorsMeet(withHole(box(-4, -4, 8, 8), square), box(1, 1, 2, 2))) << "within a hole";
    EXPECT_FALSE(interiorsMeet(withHole(box(-4, -4, 8, 8), square), box(0, 1, 2, 2)))
        << "in a hole, at its edge";
}

TEST(InteriorContact, OverlapsAreFound) {
    const geo::Shape square = box(0, 0, 4, 4);
    EXPECT_TRUE(interiorsMeet(square, square)) << "the same";
    EXPECT_TRUE(interiorsMeet(square, box(2, 2, 6, 6))) << "crossing";
    EXPECT_TRUE(interiorsMeet(square, box(1, 1, 2, 2))) << "inside";
    EXPECT_TRUE(interiorsMeet(square, box(0, 0, 2, 2))) << "inside, at two sides";
    EXPECT_TRUE(interiorsMeet(square, box(0, -2, 4, 6))) << "sides run along each other, none crosses inside";
    EXPECT_TRUE(interiorsMeet(square, box(2, 0, 6, 4))) << "shifted along a side";
    EXPECT_TRUE(interiorsMeet(withHole(box(-4, -4, 8, 8), square), box(-3, 1, 2, 2))) << "over a hole's edge";
    EXPECT_TRUE(interiorsMeet(withHole(box(-4, -4, 8, 8), square), box(-1, -1, 5, 5))) << "round a hole";
}

/// Polygons on a coarse grid: they share corners, sides and parts of sides all the time.
geo::Shape randomPolygon(std::mt19937& random) {
    std::uniform_int_distribution<int> coordinate(0, 6);
    while (true) {
        geo::Ring ring;
        const int corners = 3 + static_cast<int>(random() % 4);
        for (int i = 0; i < corners; ++i) {
            ring.push_back(
                {static_cast<double>(coordinate(random)), static_cast<double>(coordinate(random))});
        }
        ring.push_back(ring.front());
        geo::Shape shape{{geo::Polygon{ring, {}}}, {}, {}};
        if (!geo::findPlanarInvalidity(shape)) {
            return shape;
        }
    }
}

std::string text(const geo::Shape& shape) {
    std::string all;
    for (const geo::Coordinate& c : shape.polygons[0].shell) {
        all += std::to_string(c.x) + " " + std::to_string(c.y) + ", ";
    }
    return all;
}

TEST(InteriorContact, AgreesWithGeosOnRandomPolygons) {
    std::mt19937 random(3);
    int meeting = 0;
    constexpr int kRounds = 4000;
    for (int round = 0; round < kRounds; ++round) {
        const geo::Shape a = randomPolygon(random);
        const geo::Shape b = randomPolygon(random);
        double area = 0;
        for (const geo::Polygon& polygon : geo::intersection(a, b).polygons) {
            area += std::abs(geo::signedArea2(polygon.shell));
        }
        // Corners on a grid: a common part is far larger than what rounding makes.
        const bool expected = area > 1e-6;
        ASSERT_EQ(interiorsMeet(a, b), expected) << "round " << round << ": " << text(a) << ", " << text(b);
        meeting += expected ? 1 : 0;
    }
    EXPECT_GT(meeting, kRounds / 4);
    EXPECT_LT(meeting, kRounds * 9 / 10) << "both answers must occur";
}

TEST(OverlapPairs, AreMeasuredWithinTheirGroup) {
    std::vector<geo::Shape> shapes{box(100, 30, 100.02, 30.02), box(100.01, 30, 100.03, 30.02),
                                   box(100.03, 30, 100.05, 30.02), box(100, 30, 100.02, 30.02),
                                   box(100, 30, 100.02, 30.02)};
    std::reverse(shapes[3].polygons[0].shell.begin(), shapes[3].polygons[0].shell.end());
    const double common = geo::ellipsoidalAreaM2(box(100.01, 30, 100.02, 30.02));
    const double whole = geo::ellipsoidalAreaM2(shapes[0]);
    geo::Progress progress;
    const geo::ZoneIndex index(shapes);
    auto pairs = geo::overlapPairs(index, {0, 0, 0, 0, 1}, 2, progress);
    geo::measureOverlaps(index, pairs, 2, progress);
    ASSERT_EQ(pairs.size(), 3U);
    EXPECT_EQ((std::pair{pairs[0].a, pairs[0].b}), (std::pair{0U, 1U}));
    EXPECT_NEAR(pairs[0].areaM2.value(), common, 1e-3);
    EXPECT_FALSE(pairs[0].equal);
    EXPECT_GT(pairs[0].place.x, 100.01);
    EXPECT_LT(pairs[0].place.x, 100.02);
    EXPECT_EQ((std::pair{pairs[1].a, pairs[1].b}), (std::pair{0U, 3U}));
    EXPECT_NEAR(pairs[1].areaM2.value(), whole, 1e-3);
    EXPECT_TRUE(pairs[1].equal);
    EXPECT_EQ((std::pair{pairs[2].a, pairs[2].b}), (std::pair{1U, 3U}));
    EXPECT_NEAR(pairs[2].areaM2.value(), common, 1e-3);
}

} // namespace
