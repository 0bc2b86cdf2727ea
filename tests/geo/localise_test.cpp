#include "geo/localise.hpp"

#include "engine_pair.hpp"
#include "geo/window_cut.hpp"
#include "plain_shapes.hpp"
#include "random_shapes.hpp"
#include "scenes.hpp"
#include "tests/support/geos_oracle.hpp"

#include <cmath>

#include <gtest/gtest.h>

namespace {

using geo::Box;
using geo::LocalView;
using geo::Shape;
using geo::View;
using tests::rectangle;
using tests::rectangleRing;

LocalView localised(const Shape& zone, const Box& box) {
    const geo::ZoneIndex zones = tests::zonesOf({zone});
    const auto candidates = zones.candidates(box);
    if (candidates.empty()) {
        return {};
    }
    return geo::localise(zones, candidates.front(), box);
}

Shape shapeOf(const Box& box) {
    return rectangle(box.minX, box.minY, box.maxX, box.maxY);
}

/// Inside the box the local polygon is the zone, to the last bit, and no edges cross.
void expectSameInside(const Shape& zone, const Box& box, const std::string& name) {
    const LocalView local = localised(zone, box);
    ASSERT_EQ(local.view, View::Localised) << name << ": " << local.reason;
    const tests::GeosVerdict verdict = tests::geosVerdict(local.polygon);
    // Rings of the zone may touch where a window cuts them both, and then one ring of ours touches itself
    // there.
    EXPECT_TRUE(verdict.isValid || verdict.reason.starts_with("Ring Self-intersection"))
        << name << ": " << verdict.reason << ": " << tests::wkt(local.polygon);
    EXPECT_EQ(geo::normalised(geo::intersection(shapeOf(box), local.polygon)),
              geo::normalised(geo::intersection(shapeOf(box), zone)))
        << name;
}

TEST(Localise, noSegmentInTheBox) {
    const Shape zone = tests::withHole(rectangle(0, 0, 100, 100), rectangleRing(40, 40, 60, 60));
    EXPECT_EQ(localised(zone, {10, 10, 20, 20}).view, View::Inside);
    EXPECT_EQ(localised(zone, {45, 45, 55, 55}).view, View::Outside);
    EXPECT_EQ(localised(zone, {200, 200, 300, 300}).view, View::Outside);
    EXPECT_EQ(localised(zone, {10, 10, 20, 20}).segments, 0U);
}

TEST(Localise, edgesHolesAndIslands) {
    const Shape zone = tests::together(
        tests::withHole(rectangle(0, 0, 100, 100), rectangleRing(40, 40, 60, 60)), rectangle(45, 45, 55, 55));
    expectSameInside(zone, {90, 10, 110, 20}, "one edge");
    expectSameInside(zone, {90, 90, 110, 110}, "a corner");
    expectSameInside(zone, {39, 41, 41, 42}, "an edge of the hole");
    expectSameInside(zone, {38, 38, 62, 62},
                     "the hole and the island in it: the window is full but for the hole");
    expectSameInside(zone, {44, 44, 56, 56}, "the island, in the hole");
    expectSameInside(zone, {-1, 35, 101, 65}, "across everything");
    expectSameInside(zone, {-10, -10, 110, 110}, "all of the zone");
}

TEST(Localise, borderCrossedManyTimes) {
    // Teeth that cross the box without a vertex in it.
    geo::Ring ring{{0, 0}, {100, 0}};
    for (int tooth = 9; tooth >= 0; --tooth) {
        ring.push_back({tooth * 10 + 7.0, 100});
        ring.push_back({tooth * 10 + 2.0, 1});
    }
    ring.push_back(ring.front());
    const Shape comb{{{ring, {}}}, {}, {}};
    expectSameInside(comb, {0, 50, 100, 60}, "all teeth");
    expectSameInside(comb, {31, 50, 52, 51}, "some teeth");
    expectSameInside(comb, {0, 0.5, 100, 2}, "the gums");
}

TEST(Localise, ringThatStartsInsideTheWindow) {
    for (int start = 0; start < 4; ++start) {
        geo::Ring ring = rectangleRing(0, 0, 100, 100);
        ring.pop_back();
        std::rotate(ring.begin(), ring.begin() + start, ring.end());
        ring.push_back(ring.front());
        expectSameInside({{{ring, {}}}, {}, {}}, {-1, -1, 1, 1}, "start " + std::to_string(start));
    }
}

TEST(Localise, seamOfOneUnitInTheLastPlace) {
    // Two parts that should share an edge and miss each other by rounding: any window crosses both edges.
    const double seam = 8;
    const Shape zone =
        tests::together(rectangle(0, 0, std::nextafter(seam, 0), 16), rectangle(seam, 0, 16, 16));
    expectSameInside(zone, {7, 7, 9, 9}, "upright seam");
    const Shape slanted{
        {{{{0, 0}, {std::nextafter(seam, 0), 0}, {std::nextafter(9.0, 0), 16}, {0, 16}, {0, 0}}, {}},
         {{{seam, 0}, {16, 0}, {16, 16}, {9, 16}, {seam, 0}}, {}}},
        {},
        {}};
    expectSameInside(slanted, {8, 7, 9, 9}, "slanted seam");
}

TEST(Localise, randomBoxesOfRandomZones) {
    tests::RandomShapes random(7);
    using Recipe = tests::SceneRecipe;
    int seen = 0;
    for (std::uint32_t round = 0; round < 600; ++round) {
        Recipe recipe;
        recipe.seed = round;
        recipe.zoneKind = static_cast<Recipe::ZoneKind>(round % 7);
        recipe.detail = 2 + round % 31;
        recipe.scale = Recipe::Scale::Unit;
        const tests::Scene scene = tests::makeScene(recipe);
        if (!scene.valid) {
            continue;
        }
        const double x = random.between(-1, 16);
        const double y = random.between(-1, 16);
        const Box box{x, y, x + random.between(0.01, 6), y + random.between(0.01, 6)};
        if (localised(scene.zones[0], box).view == View::Localised) {
            ++seen;
            expectSameInside(scene.zones[0], box, recipe.text());
        }
    }
    EXPECT_GT(seen, 200);
}

TEST(Localise, costsWhatLiesInTheBoxAndNotTheZone) {
    Shape zone{{{tests::fractalRing(1, std::size_t{1} << 18U, 0.12), {}}}, {}, {}};
    const geo::Coordinate vertex = zone.polygons[0].shell[12345];
    const double reach = 1e-4;
    const LocalView local =
        localised(zone, {vertex.x - reach, vertex.y - reach, vertex.x + reach, vertex.y + reach});
    ASSERT_EQ(local.view, View::Localised);
    EXPECT_GT(local.segments, 3U);
    EXPECT_LE(local.polygon.vertexCount(), 4 * local.segments + 20);
}

TEST(WindowCut, refusesBordersThatMeetVerticesAndCorners) {
    const geo::ZoneIndex zones =
        tests::zonesOf({{{{{{0, 0}, {10, 0}, {10, 10}, {0, 10}, {0, 0}}, {}}}, {}, {}}});
    const std::vector<std::uint32_t> rings{0};
    geo::WindowCut cutter;
    constexpr auto kRefuse = geo::WindowCut::Ties::Refuse;
    EXPECT_FALSE(cutter.cut(zones.zone(0), rings, {5, 5, 10, 15}, kRefuse)) << "an edge on the border";
    EXPECT_FALSE(cutter.cut(zones.zone(0), rings, {5, -5, 20, 10}, kRefuse)) << "a vertex on the border";
    EXPECT_FALSE(cutter.cut(zones.zone(0), rings, {-5, 10, 0, 20}, kRefuse)) << "a vertex on the corner";
    const auto cut = cutter.cut(zones.zone(0), rings, {5, 5, 20, 20}, kRefuse);
    ASSERT_TRUE(cut);
    EXPECT_EQ(geo::normalised(*cut), geo::normalised(rectangle(5, 5, 10, 10)));
}

} // namespace
