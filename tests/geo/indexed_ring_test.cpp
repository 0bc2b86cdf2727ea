#include "geo/indexed_ring.hpp"

#include <cmath>
#include <limits>
#include <random>

#include <gtest/gtest.h>

namespace {

using geo::Coordinate;
using geo::IndexedRing;
using geo::Location;
using geo::Ring;

constexpr double kFullTurn = 6.283185307179586;

/// A star-shaped ring with integer coordinates, closed, always simple as seen from its middle.
Ring starRing(std::mt19937& random, int vertices, int radius) {
    std::uniform_real_distribution<double> share(0.3, 1.0);
    Ring ring;
    for (int i = 0; i < vertices; ++i) {
        const double angle = kFullTurn * i / vertices;
        const double r = radius * share(random);
        ring.push_back({std::round(r * std::cos(angle)), std::round(r * std::sin(angle))});
    }
    ring.push_back(ring.front());
    return ring;
}

/// Plain ray casting with integer arithmetic: what the hierarchy must not change.
Location plainLocate(const Ring& ring, const Coordinate& p) {
    bool odd = false;
    for (std::size_t i = 0; i + 1 < ring.size(); ++i) {
        const auto ax = static_cast<long long>(ring[i].x - p.x);
        const auto ay = static_cast<long long>(ring[i].y - p.y);
        const auto bx = static_cast<long long>(ring[i + 1].x - p.x);
        const auto by = static_cast<long long>(ring[i + 1].y - p.y);
        const long long cross = ax * by - ay * bx;
        if (cross == 0 && ax * bx + ay * by <= 0) {
            return Location::Boundary;
        }
        if ((ay > 0) != (by > 0) && (cross > 0) == (by > ay)) {
            odd = !odd;
        }
    }
    return odd ? Location::Inside : Location::Outside;
}

TEST(IndexedRing, LocateAgreesWithPlainRayCastingOnIntegerGrids) {
    std::mt19937 random(7);
    for (int round = 0; round < 60; ++round) {
        const int vertices = 3 + static_cast<int>(random() % 700);
        const int radius = 4 + static_cast<int>(random() % 60);
        const Ring ring = starRing(random, vertices, radius);
        const IndexedRing indexed(ring);
        for (int y = -radius - 1; y <= radius + 1; y += 1 + radius / 20) {
            for (int x = -radius - 1; x <= radius + 1; ++x) {
                const Coordinate p{static_cast<double>(x), static_cast<double>(y)};
                ASSERT_EQ(indexed.locate(p), plainLocate(ring, p)) << round << ": " << x << ' ' << y;
            }
        }
        for (const Coordinate& vertex : ring) {
            ASSERT_EQ(indexed.locate(vertex), Location::Boundary);
        }
    }
}

TEST(IndexedRing, LocateOnHorizontalEdgesAndVerticesLevelWithThePoint) {
    const IndexedRing ring(
        Ring{{0, 0}, {4, 0}, {4, 2}, {3, 2}, {3, 1}, {2, 2}, {1, 1}, {1, 2}, {0, 2}, {0, 0}});
    EXPECT_EQ(ring.locate({0.5, 1}), Location::Inside);
    EXPECT_EQ(ring.locate({1.5, 1}), Location::Inside);
    EXPECT_EQ(ring.locate({-1, 2}), Location::Outside);
    EXPECT_EQ(ring.locate({1.5, 2}), Location::Outside);
    EXPECT_EQ(ring.locate({2, 2}), Location::Boundary);
    EXPECT_EQ(ring.locate({3.5, 2}), Location::Boundary);
    EXPECT_EQ(ring.locate({-1, 0}), Location::Outside);
    EXPECT_EQ(ring.locate({2, 0}), Location::Boundary);
    EXPECT_EQ(ring.locate({5, 0}), Location::Outside);
}

TEST(IndexedRing, VisitsExactlyTheSegmentsWhoseBoxesMeet) {
    std::mt19937 random(11);
    const Ring ring = starRing(random, 3000, 500);
    const IndexedRing indexed(ring);
    for (int round = 0; round < 50; ++round) {
        const double x = static_cast<double>(random() % 1000) - 500;
        const double y = static_cast<double>(random() % 1000) - 500;
        const geo::Box box{x, y, x + 40, y + 25};
        std::vector<std::size_t> expected;
        for (std::size_t i = 0; i + 1 < ring.size(); ++i) {
            geo::Box segment;
            segment.add(ring[i]);
            segment.add(ring[i + 1]);
            if (segment.meets(box)) {
                expected.push_back(i);
            }
        }
        std::vector<std::size_t> visited;
        indexed.visitSegments(box, [&](std::size_t i) { visited.push_back(i); });
        ASSERT_EQ(visited, expected);
    }
}

TEST(Orientation, IsRightWhereRoundedArithmeticIsNot) {
    // Points near the line y = x, one unit in the last place apart (Kettner et al.).
    const double ulp = std::ldexp(1.0, -53);
    for (int i = 0; i < 64; ++i) {
        for (int j = 0; j < 64; ++j) {
            const Coordinate p{0.5 + i * ulp, 0.5 + j * ulp};
            const int expected = (j > i) - (j < i);
            ASSERT_EQ(geo::orientation({12, 12}, {24, 24}, p), expected) << i << ' ' << j;
        }
    }
}

TEST(Orientation, IsExactForHugeAndTinyNumbers) {
    const double huge = std::numeric_limits<double>::max();
    const double tiny = std::numeric_limits<double>::denorm_min();
    EXPECT_EQ(geo::orientation({-huge, -huge}, {huge, huge}, {0, 0}), 0);
    EXPECT_EQ(geo::orientation({-huge, -huge}, {huge, huge}, {0, tiny}), 1);
    EXPECT_EQ(geo::orientation({-huge, -huge}, {huge, huge}, {tiny, 0}), -1);
    EXPECT_EQ(geo::orientation({0, 0}, {tiny, tiny}, {2 * tiny, 2 * tiny}), 0);
    EXPECT_EQ(geo::orientation({0, 0}, {tiny, tiny}, {2 * tiny, 3 * tiny}), 1);
    EXPECT_EQ(geo::orientation({0, 0}, {tiny, 0}, {0, tiny}), 1);
    EXPECT_EQ(geo::orientation({0, 0}, {tiny, 0}, {huge, -tiny}), -1);
    EXPECT_EQ(geo::orientation({0, 0}, {huge, tiny}, {-huge, -tiny}), 0);
}

TEST(Orientation, IsThatOfIntegersAtEveryScale) {
    std::mt19937_64 random(4);
    constexpr long long kReach = 1LL << 29U;
    std::uniform_int_distribution<long long> far(-kReach, kReach);
    std::uniform_int_distribution<long long> close(-2, 2);
    for (int i = 0; i < 20000; ++i) {
        // Half of the third points lie within two steps of the line through the others.
        const long long ax = far(random);
        const long long ay = far(random);
        const long long bx = far(random);
        const long long by = far(random);
        const bool isNear = i % 2 == 0;
        const long long cx = isNear ? (ax + bx) / 2 + close(random) : far(random);
        const long long cy = isNear ? (ay + by) / 2 + close(random) : far(random);
        const long long cross = (ax - cx) * (by - cy) - (ay - cy) * (bx - cx);
        const int expected = (cross > 0) - (cross < 0);
        for (const int scale : {-1074, -600, -40, 0, 480, 990}) {
            const auto at = [scale](long long x, long long y) {
                return Coordinate{std::ldexp(static_cast<double>(x), scale),
                                  std::ldexp(static_cast<double>(y), scale)};
            };
            ASSERT_EQ(geo::orientation(at(ax, ay), at(bx, by), at(cx, cy)), expected) << i << ' ' << scale;
        }
    }
}

TEST(Orientation, TurnsAndSwapsKeepTheSign) {
    std::mt19937_64 random(3);
    std::uniform_int_distribution<int> exponent(-300, 300);
    std::uniform_real_distribution<double> unit(-1, 1);
    const auto number = [&] { return std::ldexp(unit(random), exponent(random)); };
    for (int i = 0; i < 20000; ++i) {
        const Coordinate a{number(), number()};
        const Coordinate b{number(), number()};
        // The third point on the line as rounding gives it: the hardest place to be.
        const double t = unit(random);
        const Coordinate c{a.x + t * (b.x - a.x), a.y + t * (b.y - a.y)};
        const int sign = geo::orientation(a, b, c);
        ASSERT_EQ(geo::orientation(b, c, a), sign);
        ASSERT_EQ(geo::orientation(c, a, b), sign);
        ASSERT_EQ(geo::orientation(b, a, c), -sign);
        ASSERT_EQ(geo::orientation(a, c, b), -sign);
    }
}

} // namespace
