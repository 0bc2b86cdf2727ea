#include "geo/patch_overlay.hpp"

#include "geo/area.hpp"
#include "geo/geodesic.hpp"
#include "plain_shapes.hpp"

#include <cmath>

#include <gtest/gtest.h>

namespace {

using geo::OverlayPath;
using geo::PatchOverlay;
using geo::Shape;
using tests::rectangle;

constexpr double kNearM = 100;
/// About 0.9 m of latitude and 0.8 m of longitude: shapes of a few hundred metres in Ganzi.
constexpr double kUnit = 1e-5;
constexpr double kWest = 101.5;
constexpr double kSouth = 30.25;

Shape box(double minX, double minY, double maxX, double maxY) {
    return rectangle(kWest + minX * kUnit, kSouth + minY * kUnit, kWest + maxX * kUnit,
                     kSouth + maxY * kUnit);
}

geo::OverlayOptions options(geo::OverlayOptions::Method method = geo::OverlayOptions::Method::Localised) {
    geo::OverlayOptions made;
    made.method = method;
    made.maxNearDistanceM = kNearM;
    made.nearDistanceM = [](std::uint32_t) { return kNearM; };
    return made;
}

PatchOverlay overlay(const Shape& patch, std::vector<Shape> zones) {
    return geo::overlayPatch(patch, tests::zonesOf(std::move(zones)), options());
}

TEST(PatchOverlay, patchInsideIsTakenWholeWithoutOverlay) {
    const Shape patch = box(40, 40, 60, 60);
    const PatchOverlay result = overlay(patch, {box(0, 0, 100, 100)});
    ASSERT_EQ(result.overlaps.size(), 1U);
    EXPECT_EQ(result.overlaps[0].path, OverlayPath::Inside);
    EXPECT_TRUE(result.overlaps[0].whole);
    EXPECT_TRUE(result.overlaps[0].shape.isEmpty());
    EXPECT_EQ(result.overlaps[0].measure, geo::ellipsoidalAreaM2(patch));
    EXPECT_EQ(result.overlaps[0].boundaryLengthM, 0);
    ASSERT_EQ(result.atoms.size(), 1U);
    EXPECT_TRUE(result.atoms[0].whole);
    EXPECT_EQ(result.atoms[0].zones, std::vector<std::uint32_t>{0});
    EXPECT_EQ(result.uncovered, 0);
    EXPECT_EQ(result.residual, 0);
    EXPECT_TRUE(result.near.empty());
}

TEST(PatchOverlay, crossingPatchIsCutAtTheBoundary) {
    const Shape patch = box(80, 20, 120, 60);
    const PatchOverlay result = overlay(patch, {box(0, 0, 100, 100)});
    ASSERT_EQ(result.overlaps.size(), 1U);
    EXPECT_EQ(result.overlaps[0].path, OverlayPath::Localised);
    EXPECT_FALSE(result.overlaps[0].whole);
    EXPECT_EQ(geo::normalised(result.overlaps[0].shape), geo::normalised(box(80, 20, 100, 60)));
    EXPECT_NEAR(result.overlaps[0].measure, result.measure / 2, 1e-6);
    EXPECT_NEAR(result.overlaps[0].boundaryLengthM,
                geo::geodesicLengthM({kWest + 100 * kUnit, kSouth + 20 * kUnit},
                                     {kWest + 100 * kUnit, kSouth + 60 * kUnit}),
                1e-6);
    ASSERT_EQ(result.atoms.size(), 2U);
    EXPECT_EQ(result.atoms[0].zones, std::vector<std::uint32_t>{0});
    EXPECT_TRUE(result.atoms[1].zones.empty());
    EXPECT_EQ(geo::normalised(result.atoms[1].shape), geo::normalised(box(100, 20, 120, 60)));
    EXPECT_NEAR(result.uncovered, result.measure / 2, 1e-6);
    EXPECT_NEAR(result.residual, 0, 1e-6);
}

TEST(PatchOverlay, touchingAlongAnEdgeOrAtACornerIsNoOverlapButNear) {
    for (const Shape& patch : {box(100, 20, 120, 60), box(100, 100, 120, 120)}) {
        const PatchOverlay result = overlay(patch, {box(0, 0, 100, 100)});
        EXPECT_TRUE(result.overlaps.empty());
        EXPECT_EQ(result.outsidePairs, 1U);
        ASSERT_EQ(result.near.size(), 1U);
        EXPECT_EQ(result.near[0].distanceM, 0);
        EXPECT_EQ(result.near[0].azimuthDeg, 0);
        EXPECT_EQ(result.uncovered, result.measure);
    }
}

TEST(PatchOverlay, patchInAHoleIsOutsideAndNear) {
    const Shape zone = tests::withHole(box(0, 0, 1000, 1000), box(400, 400, 600, 600).polygons[0].shell);
    const PatchOverlay result = overlay(box(450, 450, 460, 460), {zone});
    EXPECT_TRUE(result.overlaps.empty());
    ASSERT_EQ(result.near.size(), 1U);
    EXPECT_NEAR(result.near[0].distanceM, 50 * 0.96, 1.5); // 50 units of longitude at 30.25° north
    EXPECT_NEAR(result.near[0].azimuthDeg, 270, 0.1);
}

TEST(PatchOverlay, zoneInsideThePatchIsCutOut) {
    const Shape zone = tests::withHole(box(40, 40, 60, 60), box(45, 45, 55, 55).polygons[0].shell);
    const PatchOverlay result = overlay(box(0, 0, 100, 100), {zone});
    ASSERT_EQ(result.overlaps.size(), 1U);
    EXPECT_EQ(geo::normalised(result.overlaps[0].shape), geo::normalised(zone));
    EXPECT_NEAR(result.overlaps[0].boundaryLengthM, geo::geodesicPerimeterM(zone), 1e-6);
    EXPECT_NEAR(result.residual, 0, 1e-6);
}

TEST(PatchOverlay, patchEqualToTheZoneIsWhole) {
    const PatchOverlay result = overlay(box(0, 0, 10, 10), {box(0, 0, 10, 10)});
    ASSERT_EQ(result.overlaps.size(), 1U);
    EXPECT_TRUE(result.overlaps[0].whole);
    EXPECT_NEAR(result.overlaps[0].boundaryLengthM, result.perimeterM, 1e-6);
}

TEST(PatchOverlay, partsInsideAndOutsideAreToldApartWithoutOverlay) {
    const Shape patch = tests::together(box(10, 10, 20, 20), box(110, 10, 120, 20));
    const PatchOverlay result = overlay(patch, {tests::together(box(0, 0, 50, 50), box(200, 0, 250, 50))});
    ASSERT_EQ(result.overlaps.size(), 1U);
    EXPECT_EQ(result.overlaps[0].path, OverlayPath::Inside);
    EXPECT_FALSE(result.overlaps[0].whole);
    EXPECT_EQ(result.overlaps[0].shape, box(10, 10, 20, 20));
    EXPECT_EQ(result.atoms.size(), 2U);
    EXPECT_NEAR(result.residual, 0, 1e-6);
}

TEST(PatchOverlay, atomsOfZonesThatOverlapAndShareEdges) {
    // Core and buffer share the edge x = 100; a water zone covers the lower half of both.
    const PatchOverlay result =
        overlay(box(90, 40, 110, 60), {box(0, 0, 100, 100), box(100, 0, 200, 100), box(0, 0, 200, 50)});
    ASSERT_EQ(result.overlaps.size(), 3U);
    ASSERT_EQ(result.atoms.size(), 4U);
    EXPECT_EQ(result.atoms[0].zones, (std::vector<std::uint32_t>{0}));
    EXPECT_EQ(result.atoms[1].zones, (std::vector<std::uint32_t>{0, 2}));
    EXPECT_EQ(result.atoms[2].zones, (std::vector<std::uint32_t>{1}));
    EXPECT_EQ(result.atoms[3].zones, (std::vector<std::uint32_t>{1, 2}));
    for (const geo::Atom& atom : result.atoms) {
        EXPECT_NEAR(atom.measure, result.measure / 4, 1e-3);
    }
    EXPECT_EQ(result.uncovered, 0);
    EXPECT_NEAR(result.residual, 0, 1e-6);
}

TEST(PatchOverlay, lineIsMeasuredByItsLengthInside) {
    const Shape road =
        tests::line({{kWest - 50 * kUnit, kSouth + 50 * kUnit}, {kWest + 150 * kUnit, kSouth + 50 * kUnit}});
    const PatchOverlay result = overlay(road, {box(0, 0, 100, 100), box(50, 0, 75, 100)});
    ASSERT_EQ(result.overlaps.size(), 2U);
    EXPECT_NEAR(result.overlaps[0].measure, result.measure / 2, 1e-6);
    EXPECT_NEAR(result.overlaps[1].measure, result.measure / 8, 1e-6);
    ASSERT_EQ(result.atoms.size(), 3U);
    EXPECT_EQ(result.atoms[1].zones, (std::vector<std::uint32_t>{0, 1}));
    EXPECT_NEAR(result.uncovered, result.measure / 2, 1e-6);
    EXPECT_NEAR(result.residual, 0, 1e-6);
}

TEST(PatchOverlay, pointInsideOrOnTheBoundaryCounts) {
    const std::vector<Shape> zones{box(0, 0, 100, 100), box(100, 0, 200, 100), box(300, 0, 400, 100)};
    const PatchOverlay onEdge = overlay(tests::point(kWest + 100 * kUnit, kSouth + 50 * kUnit), zones);
    ASSERT_EQ(onEdge.overlaps.size(), 2U);
    EXPECT_TRUE(onEdge.overlaps[0].whole);
    ASSERT_EQ(onEdge.atoms.size(), 1U);
    EXPECT_EQ(onEdge.atoms[0].zones, (std::vector<std::uint32_t>{0, 1}));
    const PatchOverlay between = overlay(tests::point(kWest + 210 * kUnit, kSouth + 50 * kUnit), zones);
    EXPECT_TRUE(between.overlaps.empty());
    ASSERT_EQ(between.near.size(), 2U);
    EXPECT_EQ(between.near[0].zone, 1U);
    EXPECT_NEAR(between.near[0].distanceM, 9.6, 0.1);
    EXPECT_NEAR(between.near[0].azimuthDeg, 270, 0.1);
    EXPECT_EQ(between.near[1].zone, 2U);
}

TEST(PatchOverlay, plainMethodSaysTheSame) {
    const Shape patch = box(80, 20, 120, 60);
    const geo::ZoneIndex zones = tests::zonesOf({box(0, 0, 100, 100)});
    const PatchOverlay plain = geo::overlayPatch(patch, zones, options(geo::OverlayOptions::Method::Plain));
    const PatchOverlay localised = geo::overlayPatch(patch, zones, options());
    ASSERT_EQ(plain.overlaps.size(), 1U);
    EXPECT_EQ(plain.overlaps[0].path, OverlayPath::Full);
    EXPECT_EQ(geo::normalised(plain.overlaps[0].shape), geo::normalised(localised.overlaps[0].shape));
}

TEST(PatchOverlay, aHoleThatTouchesItsShellAtTheTop) {
    // The hole hangs from the zone's highest place: within a window both outlines are one ring that touches
    // itself there, and GEOS's direction test of a ring looks just there. Found by fuzzing.
    const auto at = [](double x, double y) { return geo::Coordinate{kWest + x * kUnit, kSouth + y * kUnit}; };
    for (const double top : {100.0, 130.0}) { // a flat top, and a peak
        Shape zone;
        zone.polygons.push_back(
            {{at(0, -900), at(900, -900), at(900, 100), at(50, top), at(-900, 100), at(-900, -900),
              at(0, -900)},
             {{at(50, top), at(70, top - 90), at(80, -400), at(20, -400), at(30, top - 90), at(50, top)}}});
        for (const double y : {20.0, 60.0, 90.0, 99.0}) {
            for (const double x : {-20.0, 0.0, 30.0, 45.0}) {
                const Shape patch = box(x, y, x + 40, y + 45);
                const auto index = tests::zonesOf({zone});
                const PatchOverlay local = geo::overlayPatch(patch, index, options());
                const PatchOverlay whole =
                    geo::overlayPatch(patch, index, options(geo::OverlayOptions::Method::Plain));
                ASSERT_EQ(local.overlaps.size(), whole.overlaps.size());
                for (std::size_t n = 0; n < local.overlaps.size(); ++n) {
                    EXPECT_NEAR(local.overlaps[n].measure, whole.overlaps[n].measure, 1e-6)
                        << top << ' ' << x << ' ' << y;
                }
            }
        }
    }
}

TEST(PatchOverlay, emptyPatchAndEmptyZones) {
    EXPECT_TRUE(overlay({}, {box(0, 0, 1, 1)}).overlaps.empty());
    const PatchOverlay result = overlay(box(0, 0, 1, 1), {Shape{}, box(0, 0, 1, 1)});
    ASSERT_EQ(result.overlaps.size(), 1U);
    EXPECT_EQ(result.overlaps[0].zone, 1U);
}

} // namespace
