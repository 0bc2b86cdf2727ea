#include "geo/zone_index.hpp"

#include <random>

#include <gtest/gtest.h>

namespace {

using geo::Box;
using geo::Coordinate;
using geo::Location;
using geo::Polygon;
using geo::Ring;
using geo::Shape;
using geo::ZoneIndex;

Ring square(double x, double y, double size) {
    return {{x, y}, {x + size, y}, {x + size, y + size}, {x, y + size}, {x, y}};
}

Ring clockwiseSquare(double x, double y, double size) {
    return {{x, y}, {x, y + size}, {x + size, y + size}, {x + size, y}, {x, y}};
}

/// Two parts, the first with a hole that holds the second; a hole that touches the shell; an empty zone
/// between.
std::vector<Shape> sampleZones() {
    Shape nested;
    nested.polygons = {Polygon{clockwiseSquare(0, 0, 10), {square(2, 2, 6)}}, Polygon{square(4, 4, 2), {}}};
    Shape touching;
    touching.polygons = {Polygon{square(20, 0, 10), {Ring{{20, 5}, {22, 6}, {22, 4}, {20, 5}}}}};
    return {nested, Shape(), touching};
}

TEST(RingTree, FindsWhatMeetsTheBoxInAscendingOrder) {
    std::mt19937 random(5);
    for (const std::size_t count : {0U, 1U, 15U, 16U, 17U, 300U, 5000U}) {
        const auto below = [&](int limit) {
            return static_cast<double>(std::uniform_int_distribution<int>(0, limit - 1)(random));
        };
        std::vector<Box> boxes;
        for (std::size_t i = 0; i < count; ++i) {
            const double x = below(1000);
            const double y = below(1000);
            boxes.push_back({x, y, x + below(30), y + below(30)});
        }
        const geo::RingTree tree(boxes);
        EXPECT_EQ(tree.isEmpty(), count == 0);
        for (int round = 0; round < 40; ++round) {
            const double x = below(1000);
            const double y = below(1000);
            const Box box{x, y, x + 50, y + 20};
            std::vector<std::uint32_t> expected{77};
            for (std::size_t i = 0; i < count; ++i) {
                if (boxes[i].meets(box)) {
                    expected.push_back(static_cast<std::uint32_t>(i));
                }
            }
            std::vector<std::uint32_t> found{77};
            tree.query(box, found);
            ASSERT_EQ(found, expected);
        }
    }
}

TEST(ZoneIndex, OrientsRingsWithTheInteriorOnTheLeft) {
    const ZoneIndex index(sampleZones());
    ASSERT_EQ(index.size(), 3U);
    const geo::IndexedZone& zone = index.zone(0);
    ASSERT_EQ(zone.rings.size(), 3U);
    EXPECT_EQ(zone.ringCounts, (std::vector<std::uint32_t>{2, 1}));
    EXPECT_EQ(zone.rings[0].coordinates()[1], (Coordinate{10, 0}));
    EXPECT_EQ(zone.rings[1].coordinates()[1], (Coordinate{2, 8}));
    EXPECT_EQ(zone.box, (Box{0, 0, 10, 10}));
    EXPECT_TRUE(index.zone(1).rings.empty());
    EXPECT_EQ(index.shape(0).polygons[1].shell, square(4, 4, 2));
}

TEST(ZoneIndex, CandidatesNameZonesAndRingsInOrder) {
    const ZoneIndex index(sampleZones());
    const auto all = index.candidates({-1, -1, 100, 100});
    ASSERT_EQ(all.size(), 2U);
    EXPECT_EQ(all[0].zone, 0U);
    EXPECT_EQ(all[0].rings, (std::vector<std::uint32_t>{0, 1, 2}));
    EXPECT_EQ(all[1].zone, 2U);
    const auto corner = index.candidates({0.5, 0.5, 1, 1});
    ASSERT_EQ(corner.size(), 1U);
    EXPECT_EQ(corner[0].rings, std::vector<std::uint32_t>{0});
    EXPECT_TRUE(index.candidates({11, 0, 19, 10}).empty());
}

TEST(ZoneIndex, LocatesThroughShellsHolesAndIslands) {
    const ZoneIndex index(sampleZones());
    EXPECT_EQ(index.locate(0, {1, 1}), Location::Inside);
    EXPECT_EQ(index.locate(0, {3, 3}), Location::Outside);
    EXPECT_EQ(index.locate(0, {5, 5}), Location::Inside);
    EXPECT_EQ(index.locate(0, {2, 5}), Location::Boundary);
    EXPECT_EQ(index.locate(0, {4, 5}), Location::Boundary);
    EXPECT_EQ(index.locate(0, {11, 5}), Location::Outside);
    EXPECT_EQ(index.locate(1, {5, 5}), Location::Outside);
    EXPECT_EQ(index.locate(2, {5, 5}), Location::Outside);
    EXPECT_EQ(index.locate(2, {20, 5}), Location::Boundary);
    EXPECT_EQ(index.locate(2, {21, 5}), Location::Outside);
    EXPECT_EQ(index.locate(2, {23, 5}), Location::Inside);
}

TEST(ZoneIndex, IsTheSameForAnyNumberOfThreads) {
    std::vector<Shape> zones;
    for (int i = 0; i < 200; ++i) {
        Shape zone;
        zone.polygons = {Polygon{square(i % 20, i / 20, 1.5), {}}};
        zones.push_back(zone);
    }
    const ZoneIndex one(zones, 1);
    const ZoneIndex two(zones, 2);
    const auto a = one.candidates({3, 3, 5, 5});
    const auto b = two.candidates({3, 3, 5, 5});
    ASSERT_EQ(a.size(), b.size());
    for (std::size_t i = 0; i < a.size(); ++i) {
        EXPECT_EQ(a[i].zone, b[i].zone);
        EXPECT_EQ(a[i].rings, b[i].rings);
    }
}

} // namespace
