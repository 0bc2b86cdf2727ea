#include "geo/geodesic.hpp"

#include "random_shapes.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include <geodesic.h>

#include <gtest/gtest.h>

namespace {

const geod_geodesic& oracle() {
    static const geod_geodesic made = [] {
        geod_geodesic g{};
        geod_init(&g, 6378137, 1 / 298.257222101);
        return g;
    }();
    return made;
}

double projLength(const geo::Coordinate& a, const geo::Coordinate& b) {
    double length = 0;
    geod_inverse(&oracle(), a.y, a.x, b.y, b.x, &length, nullptr, nullptr);
    return length;
}

TEST(Geodesic, shortEdgesAgreeWithProj) {
    // Edges from 20 m on: below, PROJ's own error of some nanometres is what one would measure.
    constexpr double kProjErrorM = 2e-8;
    tests::RandomShapes random(31);
    double worst = 0;
    for (int round = 0; round < 300'000; ++round) {
        const geo::Coordinate a{random.between(-179, 179), random.between(-79.9, 79.9)};
        const double length = 20 * std::pow(400, random.between(0, 1));
        geo::Coordinate b;
        geod_direct(&oracle(), a.y, a.x, random.between(0, 360), length, &b.y, &b.x, nullptr);
        const double expected = projLength(a, b);
        const double error = std::abs(geo::geodesicLengthM(a, b) - expected);
        ASSERT_LE(error, 1e-11 * expected + kProjErrorM) << a.x << " " << a.y << " to " << b.x << " " << b.y;
        if (length > 1000) {
            worst = std::max(worst, error / expected);
        }
    }
    EXPECT_LT(worst, 1e-10);
}

TEST(Geodesic, tinyEdgesAreTheLimitOfLongerOnes) {
    // No oracle measures a centimetre to 1e-9, but a thousandth of a short edge is a thousandth of its
    // length.
    tests::RandomShapes random(32);
    for (int round = 0; round < 20'000; ++round) {
        const geo::Coordinate middle{random.between(0, 1), random.between(-79, 79)};
        const double angle = random.between(0, 6.2831853);
        const double dx = std::cos(angle) * 1e-3;
        const double dy = std::sin(angle) * 1e-3;
        const auto edge = [&](double part) {
            return geo::geodesicLengthM({middle.x - dx * part, middle.y - dy * part},
                                        {middle.x + dx * part, middle.y + dy * part});
        };
        // Coordinates are rounded at 1e-14 degrees.
        ASSERT_NEAR(edge(1e-3) / edge(1) * 1e3, 1, 5e-8);
        ASSERT_NEAR(edge(0.1) / edge(1) * 10, 1, 1e-9);
    }
    EXPECT_EQ(geo::geodesicLengthM(geo::Coordinate{101, 30}, geo::Coordinate{101, 30}), 0);
}

TEST(Geodesic, longEdgesPolesAndTheAntimeridianGoToProj) {
    for (const auto& [a, b] :
         std::initializer_list<std::pair<geo::Coordinate, geo::Coordinate>>{{{101, 30}, {102, 30}},
                                                                            {{10, 85}, {10.01, 85}},
                                                                            {{179.99, 10}, {-179.99, 10}},
                                                                            {{0, 0}, {180, 0}}}) {
        EXPECT_EQ(geo::geodesicLengthM(a, b), projLength(a, b));
    }
    // Both sides of the threshold agree.
    const geo::Coordinate from{101, 30};
    for (const double d : {0.0699999, 0.0700001}) {
        const geo::Coordinate to{101 + d, 30 + d};
        EXPECT_NEAR(geo::geodesicLengthM(from, to) / projLength(from, to), 1, 1e-10);
    }
    EXPECT_TRUE(std::isnan(geo::geodesicLengthM(geo::Coordinate{NAN, 30}, geo::Coordinate{1, 30})));
}

TEST(Geodesic, pathsAndPerimeters) {
    const geo::Path path{{101, 30}, {101.01, 30}, {101.01, 30.01}};
    EXPECT_NEAR(geo::geodesicLengthM(path), projLength(path[0], path[1]) + projLength(path[1], path[2]),
                1e-7);
    geo::Shape shape;
    shape.polygons = {{{path[0], path[1], path[2], path[0]}, {}}};
    EXPECT_NEAR(geo::geodesicPerimeterM(shape), geo::geodesicLengthM(path) + projLength(path[2], path[0]),
                1e-7);
    shape.polygons[0].holes = {{{101.005, 30.001}, {101.006, 30.001}, {101.006, 30.002}, {101.005, 30.001}}};
    EXPECT_NEAR(geo::geodesicPerimeterM(shape),
                geo::geodesicLengthM(shape.polygons[0].shell) +
                    geo::geodesicLengthM(shape.polygons[0].holes[0]),
                1e-9);
    EXPECT_EQ(geo::geodesicLengthM(geo::Path{{1, 1}}), 0);
}

TEST(Geodesic, lineAndDestinationInvertEachOther) {
    tests::RandomShapes random(33);
    for (int round = 0; round < 1000; ++round) {
        const geo::Coordinate from{random.between(97, 103), random.between(27, 35)};
        const double azimuth = random.between(0, 360);
        const double distance = random.between(1, 50'000);
        const geo::GeodesicLine line =
            geo::geodesicLine(from, geo::geodesicDestination(from, azimuth, distance));
        EXPECT_NEAR(line.distanceM, distance, 1e-7);
        EXPECT_NEAR(line.azimuthDeg, azimuth, 1e-6);
    }
    EXPECT_NEAR(geo::geodesicLine({101, 30}, {100.9, 30}).azimuthDeg, 270, 0.1);
    EXPECT_EQ(geo::geodesicLine({101, 30}, {101, 31}).azimuthDeg, 0);
    EXPECT_EQ(geo::geodesicLine({101, 31}, {101, 30}).azimuthDeg, 180);
}

TEST(Geodesic, metresPerDegreeIsTheSlopeOfLength) {
    for (const double latitude : {0.0, 30.0, 60.0, 79.0}) {
        const geo::MetresPerDegree m = geo::metresPerDegree(latitude);
        EXPECT_NEAR(m.lon * 1e-3, projLength({101, latitude}, {101.001, latitude}), 1e-6);
        EXPECT_NEAR(m.lat * 1e-3, projLength({101, latitude - 5e-4}, {101, latitude + 5e-4}), 1e-6);
    }
}

TEST(Geodesic, areasOfTheOctantAndOfRingsWithHolesAndParts) {
    // An eighth of the ellipsoid's surface, from its closed form.
    const double e = std::sqrt(0.00669438002290);
    const double b = 6356752.31414036;
    const double surface =
        2 * std::numbers::pi * (6378137.0 * 6378137.0 + b * b * std::atanh(e) / e); // of an oblate ellipsoid
    const geo::Ring octant{{0, 0}, {90, 0}, {90, 90}, {0, 0}};
    EXPECT_NEAR(geo::geodesicAreaM2({{{octant, {}}}, {}, {}}), surface / 8, 1e-9 * surface);
    const auto cell = [](double lon, double lat, double size) {
        return geo::Ring{
            {lon, lat}, {lon + size, lat}, {lon + size, lat + size}, {lon, lat + size}, {lon, lat}};
    };
    geo::Ring turned = cell(101.002, 30.002, 0.002);
    std::reverse(turned.begin(), turned.end());
    const geo::Shape shell{{{cell(101, 30, 0.01), {}}}, {}, {}};
    const geo::Shape hole{{{turned, {}}}, {}, {}};
    const geo::Shape both{{{cell(101, 30, 0.01), {turned}}, {turned, {}}}, {}, {}};
    // 1e-8 of the area: parallels bow by 0.1 mm at this length, and are not geodesics.
    EXPECT_NEAR(geo::geodesicAreaM2(shell), 1'069'521.173, 0.02);
    EXPECT_NEAR(geo::geodesicAreaM2(both), geo::geodesicAreaM2(shell), 1e-3);
    EXPECT_GT(geo::geodesicAreaM2(hole), 0);
    EXPECT_EQ(geo::geodesicAreaM2({{}, {}, {{101, 30}}}), 0);
}

} // namespace
