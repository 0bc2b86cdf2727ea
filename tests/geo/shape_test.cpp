#include "geo/shape.hpp"

#include "random_shapes.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include <gtest/gtest.h>

namespace {

using geo::Dimension;
using geo::Path;
using geo::Ring;
using geo::Shape;

Ring square(double x, double y, double size) {
    return {{x, y}, {x + size, y}, {x + size, y + size}, {x, y + size}, {x, y}};
}

/// The same ring, begun elsewhere and perhaps turned round.
Ring rewritten(const Ring& ring, std::size_t start, bool reverse) {
    Ring out(ring.begin(), ring.end() - 1);
    std::rotate(out.begin(), out.begin() + static_cast<std::ptrdiff_t>(start % out.size()), out.end());
    if (reverse) {
        std::reverse(out.begin(), out.end());
    }
    out.insert(out.begin() + static_cast<std::ptrdiff_t>(out.size() / 2),
               out[out.size() / 2]); // a repeated point
    out.push_back(out.front());
    return out;
}

TEST(Shape, dimensionIsTheHighestThatItHolds) {
    Shape shape;
    EXPECT_EQ(shape.dimension(), Dimension::Empty);
    EXPECT_TRUE(shape.box().isEmpty());
    shape.points = {{1, 2}};
    EXPECT_EQ(shape.dimension(), Dimension::Point);
    shape.lines = {{{0, 0}, {5, 7}}};
    EXPECT_EQ(shape.dimension(), Dimension::Line);
    shape.polygons = {{square(10, 10, 2), {square(10.5, 10.5, 0.5)}}};
    EXPECT_EQ(shape.dimension(), Dimension::Area);
    EXPECT_EQ(shape.partCount(), 3U);
    EXPECT_EQ(shape.vertexCount(), 13U);
    EXPECT_EQ(shape.box(), (geo::Box{0, 0, 12, 12}));
}

TEST(Shape, signedAreaKeepsItsDigitsFarFromTheOrigin) {
    EXPECT_DOUBLE_EQ(geo::signedArea2(square(1e6, 2e6, 0.5)), 0.5);
    Ring clockwise = square(1e6, 2e6, 0.5);
    std::reverse(clockwise.begin(), clockwise.end());
    EXPECT_DOUBLE_EQ(geo::signedArea2(clockwise), -0.5);
    EXPECT_EQ(geo::signedArea2({}), 0);
}

TEST(Shape, normalisedIsWrittenAsItsCommentSays) {
    Shape shape;
    shape.polygons = {
        {{{3, 3}, {3, 5}, {3, 5}, {5, 5}, {5, 3}, {3, 3}}, {{{4, 4}, {4.5, 4}, {4.5, 4.5}, {4, 4}}}},
        {square(0, 0, 1), {}}};
    shape.lines = {{{9, 9}, {8, 8}}};
    shape.points = {{2, 2}, {1, 1}, {2, 2}};
    const Shape plain = geo::normalised(shape);
    EXPECT_EQ(plain.polygons[0].shell, square(0, 0, 1));
    EXPECT_EQ(plain.polygons[1].shell, square(3, 3, 2));
    EXPECT_EQ(plain.polygons[1].holes[0], (Ring{{4, 4}, {4.5, 4.5}, {4.5, 4}, {4, 4}}));
    EXPECT_EQ(plain.lines[0], (Path{{8, 8}, {9, 9}}));
    EXPECT_EQ(plain.points, (Path{{1, 1}, {2, 2}}));
    EXPECT_EQ(geo::normalised(plain), plain);
}

TEST(Shape, normalisedForgetsStartDirectionAndOrder) {
    tests::RandomShapes random(11);
    for (int round = 0; round < 500; ++round) {
        Shape shape;
        for (std::size_t i = 0; i < 1 + random.below(3); ++i) {
            shape.polygons.push_back(
                random.polygon({100 + static_cast<double>(i), 30}, 0.4, 4 + random.below(30), true));
        }
        shape.lines = {random.star({90, 20}, 1, 5)};
        Shape other = shape;
        for (geo::Polygon& polygon : other.polygons) {
            polygon.shell = rewritten(polygon.shell, random.below(50), random.below(2) == 0);
            for (Ring& hole : polygon.holes) {
                hole = rewritten(hole, random.below(50), random.below(2) == 0);
            }
            std::reverse(polygon.holes.begin(), polygon.holes.end());
        }
        std::reverse(other.polygons.begin(), other.polygons.end());
        other.lines[0] = rewritten(other.lines[0], random.below(9), true);
        ASSERT_EQ(geo::normalised(shape), geo::normalised(other)) << "round " << round;
        ASSERT_EQ(geo::normalisedHash(shape), geo::normalisedHash(other));
        for (const geo::Polygon& polygon : geo::normalised(other).polygons) {
            ASSERT_GT(geo::signedArea2(polygon.shell), 0);
        }
        other.polygons[0].shell[1].x = std::nextafter(other.polygons[0].shell[1].x, 1e3);
        ASSERT_NE(geo::normalisedHash(shape), geo::normalisedHash(other)) << "round " << round;
    }
}

TEST(Shape, normalisedHoldsWhereTheSmallestPositionComesTwice) {
    // Two loops through (0, 0), and a flat ring whose area says nothing of its direction.
    const Ring eight{{0, 0}, {2, 1}, {2, 2}, {0, 0}, {1, -2}, {2, -1}, {0, 0}};
    const Ring flat{{0, 0}, {1, 1}, {3, 3}, {2, 2}, {0, 0}};
    for (const Ring& ring : {eight, flat}) {
        const Shape expected = geo::normalised(Shape{{{ring, {}}}, {}, {}});
        for (std::size_t start = 0; start < ring.size(); ++start) {
            for (const bool reverse : {false, true}) {
                EXPECT_EQ(geo::normalised(Shape{{{rewritten(ring, start, reverse), {}}}, {}, {}}), expected);
            }
        }
    }
}

TEST(Shape, normalisedEndsSoonOnHostileRings) {
    // A million times the same two positions: comparing rotations one by one would take hours.
    Ring ring;
    for (int i = 0; i < 500'000; ++i) {
        ring.push_back({0, 0});
        ring.push_back({1, 1});
    }
    ring.push_back({0, 0});
    EXPECT_EQ(geo::normalised(Shape{{{ring, {}}}, {}, {}}).vertexCount(), ring.size());
    const double nan = std::numeric_limits<double>::quiet_NaN();
    const Shape broken{{{{{nan, 1}, {1, nan}, {nan, 1}}, {}}, {{{5, 5}, {5, 5}, {5, 5}}, {}}, {{}, {}}},
                       {{}, {{nan, nan}}},
                       {{nan, 1}, {1, 1}, {nan, nan}}};
    EXPECT_EQ(geo::normalisedHash(broken), geo::normalisedHash(broken));
}

TEST(Shape, hashIsFnvOverTheBytesOfTheCoordinates) {
    EXPECT_EQ(geo::normalisedHash({}), 14695981039346656037ULL);
    // FNV-1a of 16 zero bytes, from the definition.
    std::uint64_t zeros = 14695981039346656037ULL;
    for (int i = 0; i < 16; ++i) {
        zeros *= 1099511628211ULL;
    }
    EXPECT_EQ(geo::normalisedHash(Shape{{}, {}, {{0.0, -0.0}}}), zeros);
}

} // namespace
