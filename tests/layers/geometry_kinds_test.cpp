// Every kind of geometry through the formats that can hold it: what is read, and what is told of what is
// left out.

#include "tests/support/reading.hpp"
#include "tests/support/sample_files.hpp"
#include "tests/support/temporary_folder.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <optional>

namespace {

using layers::ProblemKind;
using layers::Role;

struct Row {
    const char* name;
    const char* driver;
    const char* file;
    const char* wkt;
    std::size_t polygons;
    std::size_t lines;
    std::size_t points;
    std::optional<ProblemKind> told = std::nullopt;
    const char* text = "";
    const char* reject = ""; ///< part of the reason where the feature cannot be used
};

constexpr auto kDropped = ProblemKind::GeometryPartDropped;
constexpr auto kConverted = ProblemKind::GeometryConverted;
constexpr const char* kPolygonZ = "POLYGON Z ((101 30 5,101.01 30 5,101.01 30.01 6,101 30.01 5,101 30 5))";
constexpr const char* kPolygonM = "POLYGON M ((101 30 5,101.01 30 5,101.01 30.01 6,101 30.01 5,101 30 5))";
constexpr const char* kTwoPolygons = "MULTIPOLYGON (((101 30,101.01 30,101.01 30.01,101 30.01,101 30)),((102 "
                                     "30,102.01 30,102.01 30.01,102 30.01,102 30)))";
constexpr const char* kTwoLines = "MULTILINESTRING ((101 30,101.01 30),(102 30,102.01 30.01))";
constexpr const char* kMixed = "GEOMETRYCOLLECTION (POINT (101 30),LINESTRING (101 30,101.01 30),POLYGON "
                               "((101 30,101.01 30,101.01 30.01,101 30.01,101 30)))";
constexpr const char* kArcPolygon = "CURVEPOLYGON (CIRCULARSTRING (101 30,101.01 30.01,101.02 30,101.01 "
                                    "29.99,101 30))";
constexpr const char* kArcLine = "CIRCULARSTRING (101 30,101.01 30.01,101.02 30)";
constexpr const char* kCompound = "COMPOUNDCURVE ((101 30,101.01 30),CIRCULARSTRING (101.01 30,101.02 "
                                  "30.01,101.03 30))";

const Row kRows[] = {
    {"shp_point", "ESRI Shapefile", "a.shp", "POINT (101 30)", 0, 0, 1},
    {"shp_multipoint", "ESRI Shapefile", "a.shp", "MULTIPOINT ((101 30),(102 30))", 0, 0, 2},
    {"shp_line", "ESRI Shapefile", "a.shp", "LINESTRING (101 30,101.01 30)", 0, 1, 0},
    {"shp_multiline", "ESRI Shapefile", "a.shp", kTwoLines, 0, 2, 0},
    {"shp_multipolygon", "ESRI Shapefile", "a.shp", kTwoPolygons, 2, 0, 0},
    {"shp_polygon_z", "ESRI Shapefile", "a.shp", kPolygonZ, 1, 0, 0, kDropped, "heights (Z)"},
    {"shp_polygon_m", "ESRI Shapefile", "a.shp", kPolygonM, 1, 0, 0, kDropped, "measures (M)"},
    {"shp_point_z", "ESRI Shapefile", "a.shp", "POINT Z (101 30 5)", 0, 0, 1, kDropped, "heights (Z)"},
    {"gpkg_point", "GPKG", "a.gpkg", "POINT (101 30)", 0, 0, 1},
    {"gpkg_multipoint", "GPKG", "a.gpkg", "MULTIPOINT ((101 30),(102 30))", 0, 0, 2},
    {"gpkg_line", "GPKG", "a.gpkg", "LINESTRING (101 30,101.01 30)", 0, 1, 0},
    {"gpkg_multiline", "GPKG", "a.gpkg", kTwoLines, 0, 2, 0},
    {"gpkg_multipolygon", "GPKG", "a.gpkg", kTwoPolygons, 2, 0, 0},
    {"gpkg_polygon_z", "GPKG", "a.gpkg", kPolygonZ, 1, 0, 0, kDropped, "heights (Z)"},
    {"gpkg_polygon_m", "GPKG", "a.gpkg", kPolygonM, 1, 0, 0, kDropped, "measures (M)"},
    {"gpkg_collection", "GPKG", "a.gpkg", kMixed, 1, 0, 0, kDropped, "lower dimension"},
    {"gpkg_curve_polygon", "GPKG", "a.gpkg", kArcPolygon, 1, 0, 0, kConverted, "arcs"},
    {"gpkg_circular_string", "GPKG", "a.gpkg", kArcLine, 0, 1, 0, kConverted, "arcs"},
    {"gpkg_compound_curve", "GPKG", "a.gpkg", kCompound, 0, 1, 0, kConverted, "arcs"},
    {"gpkg_empty", "GPKG", "a.gpkg", "POLYGON EMPTY", 0, 0, 0, ProblemKind::GeometryMissing, "",
     "no geometry"},
    {"geojson_point", "GeoJSON", "a.geojson", "POINT (101 30)", 0, 0, 1},
    {"geojson_multipolygon", "GeoJSON", "a.geojson", kTwoPolygons, 2, 0, 0},
    {"geojson_polygon_z", "GeoJSON", "a.geojson", kPolygonZ, 1, 0, 0, kDropped, "heights (Z)"},
    {"geojson_collection", "GeoJSON", "a.geojson", kMixed, 1, 0, 0, kDropped, "lower dimension"},
    {"kml_point", "KML", "a.kml", "POINT (101 30)", 0, 0, 1},
    {"kml_line", "KML", "a.kml", "LINESTRING (101 30,101.01 30)", 0, 1, 0},
    {"kml_multipolygon", "KML", "a.kml", kTwoPolygons, 2, 0, 0},
    {"kml_polygon_z", "LIBKML", "a.kml", kPolygonZ, 1, 0, 0, kDropped, "heights (Z)"},
    {"gdb_point", "OpenFileGDB", "a.gdb", "POINT (101 30)", 0, 0, 1},
    {"gdb_multipoint", "OpenFileGDB", "a.gdb", "MULTIPOINT ((101 30),(102 30))", 0, 0, 2},
    {"gdb_multiline", "OpenFileGDB", "a.gdb", kTwoLines, 0, 2, 0},
    {"gdb_multipolygon", "OpenFileGDB", "a.gdb", kTwoPolygons, 2, 0, 0},
    {"gdb_polygon_z", "OpenFileGDB", "a.gdb", kPolygonZ, 1, 0, 0, kDropped, "heights (Z)"},
    {"fgb_point", "FlatGeobuf", "a.fgb", "POINT (101 30)", 0, 0, 1},
    {"fgb_multiline", "FlatGeobuf", "a.fgb", kTwoLines, 0, 2, 0},
    {"fgb_multipolygon", "FlatGeobuf", "a.fgb", kTwoPolygons, 2, 0, 0},
    {"fgb_polygon_z", "FlatGeobuf", "a.fgb", kPolygonZ, 1, 0, 0, kDropped, "heights (Z)"},
    {"fgb_collection", "FlatGeobuf", "a.fgb", kMixed, 1, 0, 0, kDropped, "lower dimension"},
    {"fgb_curve_polygon", "FlatGeobuf", "a.fgb", kArcPolygon, 1, 0, 0, kConverted, "arcs"},
    {"spatialite_multipolygon", "SQLite", "a.sqlite", kTwoPolygons, 2, 0, 0},
    {"spatialite_polygon_z", "SQLite", "a.sqlite", kPolygonZ, 1, 0, 0, kDropped, "heights (Z)"},
    {"dxf_point", "DXF", "a.dxf", "POINT (101 30)", 0, 0, 1},
    {"dxf_line", "DXF", "a.dxf", "LINESTRING (101 30,101.01 30,101.01 30.01)", 0, 1, 0},
    {"dxf_closed_line", "DXF", "a.dxf", "LINESTRING (101 30,101.01 30,101.01 30.01,101 30.01,101 30)", 1, 0,
     0, kConverted, "closed lines"},
};

class GeometryKinds : public testing::TestWithParam<Row> {};

TEST_P(GeometryKinds, AreReadAndWhatIsLeftOutIsTold) {
    const Row& row = GetParam();
    const tests::TemporaryFolder home;
    const auto file = home.path() / row.file;
    const std::string driver = row.driver;
    tests::SampleLayer how;
    how.epsg = driver.find("KML") != std::string::npos ? 4326 : 4490;
    if (driver == "SQLite") {
        how.datasetOptions = {"SPATIALITE=YES"};
    }
    tests::writeWithOgr(file, row.driver, {{"甲", row.wkt}}, how);
    layers::ReadOptions options = tests::genericOptions(Role::Changes);
    if (driver == "DXF") { // has no coordinate system, and says so
        const std::string error = tests::errorOf([&] { tests::patchesOf(file, options); });
        EXPECT_NE(error.find("--crs changes=EPSG:n"), std::string::npos) << error;
        options.crs = "EPSG:4490";
    }
    const auto result = tests::patchesOf(file, options);
    if (*row.reject != '\0') {
        ASSERT_EQ(result.rejects.size(), 1U);
        EXPECT_NE(result.rejects[0].reasonEn.find(row.reject), std::string::npos);
        return;
    }
    ASSERT_EQ(result.records.size(), 1U);
    const geo::Shape& shape = result.records[0].shape;
    EXPECT_EQ(shape.polygons.size(), row.polygons);
    EXPECT_EQ(shape.lines.size(), row.lines);
    EXPECT_EQ(shape.points.size(), row.points);
    EXPECT_NEAR(shape.box().minX, 101, 1e-7);
    bool isTold = !row.told;
    for (const layers::Problem& problem : result.problems) {
        const bool isThis =
            row.told && problem.kind == *row.told && problem.textEn.find(row.text) != std::string::npos;
        isTold = isTold || isThis;
        EXPECT_TRUE(isThis || (problem.kind != kDropped && problem.kind != kConverted)) << problem.textEn;
    }
    EXPECT_TRUE(isTold) << "nothing said of " << row.text;
}

INSTANTIATE_TEST_SUITE_P(All, GeometryKinds, testing::ValuesIn(kRows),
                         [](const auto& row) { return std::string(row.param.name); });

TEST(Curves, StayWithinTheToldToleranceOfTheArc) {
    const tests::TemporaryFolder home;
    const auto file = home.path() / "a.gpkg";
    tests::writeWithOgr(file, "GPKG", {{"甲", kArcPolygon}});
    const auto result = tests::patchesOf(file, tests::genericOptions(Role::Changes));
    ASSERT_EQ(result.records.size(), 1U);
    const geo::Ring& ring = result.records[0].shape.polygons.at(0).shell;
    constexpr double kRadius = 0.01;
    constexpr double kShare = 4e-5; // 0.004 % of the radius
    for (std::size_t n = 0; n + 1 < ring.size(); ++n) {
        const double x = (ring[n].x + ring[n + 1].x) / 2 - 101.01;
        const double y = (ring[n].y + ring[n + 1].y) / 2 - 30;
        EXPECT_NEAR(std::hypot(x, y), kRadius, kRadius * kShare);
    }
}

TEST(Heights, OfManyFeaturesAreToldOnceWithTheirCount) {
    const tests::TemporaryFolder home;
    const auto file = home.path() / "a.shp";
    constexpr std::size_t kMany = 1500;
    tests::writeWithOgr(file, "ESRI Shapefile",
                        std::vector<tests::SampleFeature>(kMany, {"甲", "POINT Z (101 30 5)"}));
    const auto result = tests::patchesOf(file, tests::genericOptions(Role::Changes));
    const layers::Problem* problem = tests::problemOf(result.problems, kDropped);
    ASSERT_NE(problem, nullptr);
    EXPECT_EQ(problem->count, static_cast<std::int64_t>(kMany));
    EXPECT_EQ(problem->severity, layers::Severity::Info);
}

} // namespace
