// What has practically no area, and how repairs are told.

#include "geo/geodesic.hpp"
#include "geo/transform.hpp"
#include "layers/geometry_stage.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace {

using layers::ProblemKind;
using layers::Severity;

layers::RawFeature featureOf(std::vector<geo::Ring> shells) {
    layers::RawFeature feature;
    feature.id = 7;
    feature.geometry = layers::RawFeature::Geometry::Decoded;
    for (geo::Ring& shell : shells) {
        feature.shape.polygons.push_back({std::move(shell), {}});
    }
    return feature;
}

layers::CheckedGeometry checked(const std::string& crs, std::vector<geo::Ring> shells,
                                const layers::Settings& settings = {}) {
    layers::RawFeature feature = featureOf(std::move(shells));
    return layers::GeometryStage(crs, settings).check(feature);
}

geo::Ring box(double x, double y, double width, double height) {
    return {{x, y}, {x + width, y}, {x + width, y + height}, {x, y + height}, {x, y}};
}

/// Three points on a line of a Gauss-Krueger zone: in degrees they bend into a sliver.
const geo::Ring kLine{{34500000, 3320000}, {34502000, 3321000}, {34504000, 3322000}, {34500000, 3320000}};

TEST(GeometryStage, PointsOnALineAreNoPatchAlsoWhenTheTransformationBendsThem) {
    const auto result = checked("EPSG:4522", {kLine});
    EXPECT_FALSE(result.usable);
    EXPECT_EQ(result.kind, ProblemKind::GeometryRejected);
    EXPECT_NE(result.reasonZh.find("面积几乎为零"), std::string::npos) << result.reasonZh;
    EXPECT_NE(result.reasonEn.find("practically no area"), std::string::npos) << result.reasonEn;
    EXPECT_FALSE(result.shape.isEmpty()) << "kept for the list of rejects";
    layers::Settings all;
    all.leastAreaM2 = 0;
    EXPECT_TRUE(checked("EPSG:4522", {kLine}, all).usable) << "the sliver has some area, and 0 takes it";
}

TEST(GeometryStage, AFlatPartIsDroppedAndTold) {
    const auto result = checked("EPSG:4522", {kLine, box(34500100, 3330000, 10, 10)});
    ASSERT_TRUE(result.usable);
    EXPECT_EQ(result.shape.polygons.size(), 1U);
    ASSERT_EQ(result.problems.size(), 1U);
    EXPECT_EQ(result.problems[0].kind, ProblemKind::GeometryRepaired);
    EXPECT_EQ(result.problems[0].severity, Severity::Info);
}

TEST(GeometryStage, TheLeastAreaDecides) {
    const geo::MetresPerDegree metres = geo::metresPerDegree(30);
    const auto square = [&](double side) { return box(101, 30, side / metres.lon, side / metres.lat); };
    EXPECT_FALSE(checked("EPSG:4490", {square(0.09)}).usable) << "0.0081 m²";
    EXPECT_TRUE(checked("EPSG:4490", {square(0.11)}).usable) << "0.0121 m²";
    EXPECT_FALSE(checked("EPSG:4522", {box(34500000, 3320000, 0.09, 0.09)}).usable);
    EXPECT_TRUE(checked("EPSG:4522", {box(34500000, 3320000, 0.11, 0.11)}).usable);
    EXPECT_TRUE(checked("EPSG:4522", {box(34500000, 3320000, 1000, 0.01)}).usable)
        << "thin, but ten square metres";
}

TEST(GeometryStage, ALargeChangeByARepairIsAWarningASmallOneAnInfo) {
    // A bow tie of two halves: the planar area cancels out, so that the repair changes all of it.
    const geo::Ring tie{{101, 30}, {101.01, 30.01}, {101.01, 30}, {101, 30.01}, {101, 30}};
    const auto large = checked("EPSG:4490", {tie});
    ASSERT_TRUE(large.usable);
    ASSERT_EQ(large.problems.size(), 1U);
    EXPECT_EQ(large.problems[0].severity, Severity::Warning);
    EXPECT_TRUE(large.problems[0].areaBeforeM2 && large.problems[0].areaAfterM2 && large.problems[0].place);
    // A spike without area: nothing changes.
    const geo::Ring spike{{101, 30}, {101.01, 30}, {101.02, 30}, {101.01, 30}, {101.01, 30.01}, {101, 30}};
    const auto small = checked("EPSG:4490", {spike});
    ASSERT_TRUE(small.usable);
    ASSERT_EQ(small.problems.size(), 1U);
    EXPECT_EQ(small.problems[0].severity, Severity::Info);
    EXPECT_NEAR(small.problems[0].areaBeforeM2.value_or(0), small.problems[0].areaAfterM2.value_or(1), 1e-6);
    EXPECT_TRUE(small.problems[0].place);
}

TEST(GeometryStage, LongEdgesOfAProjectionStayWhereTheyAre) {
    // A township drawn with four clicks: 20 km × 15 km in the 3-degree zone around 102°E.
    const geo::Ring large = box(34480000, 3320000, 20000, 15000);
    const auto result = checked("EPSG:4522", {large});
    ASSERT_TRUE(result.usable);
    EXPECT_TRUE(result.hadLongEdges);
    // How far the middle of an edge of the north side lies off the projection's straight line.
    const geo::Transform transform("EPSG:4522");
    const auto offM = [&](double from, double to) {
        geo::Path edge{{from, 3335000}, {(from + to) / 2, 3335000}, {to, 3335000}};
        transform.apply(edge);
        return std::abs(edge[1].y - (edge[0].y + edge[2].y) / 2) * geo::metresPerDegree(30).lat;
    };
    EXPECT_GT(offM(34480000, 34500000), 4) << "with its corners alone";
    EXPECT_LT(offM(34490000, 34491000), 0.02);
    geo::Path there{{34490000, 3335000}, {34491000, 3335000}};
    transform.apply(there);
    const geo::Ring& shell = result.shape.polygons.at(0).shell;
    for (const geo::Coordinate& place : there) {
        EXPECT_TRUE(std::any_of(shell.begin(), shell.end(), [&](const geo::Coordinate& c) {
            return std::hypot(c.x - place.x, c.y - place.y) < 1e-12;
        })) << "a position every kilometre";
    }
    EXPECT_FALSE(checked("EPSG:4490", {box(101, 30, 0.2, 0.2)}).hadLongEdges) << "degrees are as drawn";
}

} // namespace
