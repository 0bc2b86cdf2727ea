#include "geo/repair.hpp"

#include "../support/geos_oracle.hpp"
#include "../support/ogr_shapes.hpp"
#include "../support/shared_data.hpp"
#include "../support/xml_cases.hpp"
#include "geo/area.hpp"
#include "plain_shapes.hpp"
#include "random_shapes.hpp"

#include <limits>
#include <map>

namespace {

using geo::Defect;
using geo::Repair;
using geo::RepairResult;
using geo::Shape;
namespace fs = std::filesystem;

Repair repaired(const char* wkt) {
    return geo::checkAndRepair(tests::shapeFromText(wkt));
}

double planarArea(const Shape& shape) {
    double area = 0;
    if (!shape.polygons.empty()) {
        const geo::geos::GeometryPtr geometry = geo::geos::toGeos(shape);
        GEOSArea_r(geo::geos::context(), geometry.get(), &area);
    }
    return area;
}

TEST(Repair, LeavesWhatIsValidUntouched) {
    const Shape shape = tests::shapeFromText("POLYGON((0 0,0 4,4 4,4 4,4 0,0 0),(1 1,2 1,2 2,1 1))");
    const Repair repair = geo::checkAndRepair(shape);
    EXPECT_EQ(repair.result, RepairResult::Unchanged);
    EXPECT_EQ(repair.shape, shape);
}

struct Case {
    const char* wkt;
    Defect defect;
    double area; ///< planar, after the repair
};

TEST(Repair, KeepsThePolygonalPart) {
    const std::vector<Case> cases{
        {"POLYGON((0 0,4 4,4 0,0 4,0 0))", Defect::SelfIntersection, 8},
        {"POLYGON((0 0,4 0,4 4,4 6,4 4,0 4,0 0))", Defect::RingSelfTouch, 16},
        {"POLYGON((0 0,9 0,9 9,0 9,0 0),(0 5,4 2,9 5,4 7,0 5))", Defect::DisconnectedInterior, 81 - 22.5},
        {"POLYGON((0 0,9 0,9 9,0 9,0 0),(-1 3,4 3,4 5,-1 3))", Defect::SelfIntersection, 81 - 4.8},
        {"POLYGON((0 0,9 0,9 9,0 9,0 0),(1 1,5 1,5 5,1 5,1 1),(4 4,7 4,7 7,4 7,4 4))",
         Defect::SelfIntersection, 81 - 16 - 9 + 1},
        {"MULTIPOLYGON(((0 0,3 0,3 3,0 3,0 0)),((2 2,5 2,5 5,2 5,2 2)))", Defect::SelfIntersection, 17},
        {"MULTIPOLYGON(((0 0,2 0,2 2,0 2,0 0)),((2 0,4 0,4 2,2 2,2 0)))", Defect::SelfIntersection, 8},
        {"MULTIPOLYGON(((0 0,9 0,9 9,0 9,0 0)),((2 2,5 2,5 5,2 5,2 2)))", Defect::NestedShells, 81},
        {"POLYGON((0 0,9 0,9 9,0 9,0 0),(2 2,4 4,2 2,2 2))", Defect::TooFewPoints, 81},
    };
    for (const Case& each : cases) {
        SCOPED_TRACE(each.wkt);
        const Repair repair = repaired(each.wkt);
        EXPECT_EQ(repair.result, RepairResult::Repaired);
        EXPECT_EQ(geo::defectNameEn(repair.defect), geo::defectNameEn(each.defect));
        EXPECT_NEAR(planarArea(repair.shape), each.area, 1e-9);
        EXPECT_TRUE(tests::geosVerdict(repair.shape).isValid);
        EXPECT_DOUBLE_EQ(repair.areaAfterM2, geo::ellipsoidalAreaM2(repair.shape));
    }
}

TEST(Repair, AreaBeforeIsThatOfTheOutlinesAsTheyCame) {
    const Repair repair = repaired("POLYGON((0 0,2 0,2 2,2 3,2 2,0 2,0 0))");
    EXPECT_NEAR(repair.areaBeforeM2, repair.areaAfterM2, 1e-3);
    // A symmetric bow-tie reads as nothing; the two triangles are there after the repair.
    const Repair bowTie = repaired("POLYGON((-1 -1,1 1,1 -1,-1 1,-1 -1))");
    EXPECT_NEAR(bowTie.areaBeforeM2, 0, 1e-3);
    EXPECT_GT(bowTie.areaAfterM2, 2e10);
}

TEST(Repair, ClosesRings) {
    const Shape open{{{{{0, 0}, {4, 0}, {4, 4}, {0, 4}}, {{{1, 1}, {2, 1}, {2, 2}}}}}, {}, {}};
    const Repair repair = geo::checkAndRepair(open);
    EXPECT_EQ(repair.result, RepairResult::Repaired);
    EXPECT_EQ(repair.defect, Defect::UnclosedRing);
    EXPECT_EQ(planarArea(repair.shape), 15.5);
    EXPECT_EQ(repair.shape.polygons.front().shell.size(), 5U);
}

TEST(Repair, RefusesWhatCannotBeMended) {
    const double nan = std::numeric_limits<double>::quiet_NaN();
    const auto refusedFor = [](const Shape& shape) {
        const Repair repair = geo::checkAndRepair(shape);
        EXPECT_EQ(repair.result, RepairResult::Refused);
        EXPECT_TRUE(repair.shape.isEmpty());
        return repair.defect;
    };
    EXPECT_EQ(refusedFor({{{{{0, 0}, {1, nan}, {1, 1}, {0, 0}}, {}}}, {}, {}}), Defect::NotFinite);
    EXPECT_EQ(refusedFor({{{{{0, 0}, {1, 91}, {1, 1}, {0, 0}}, {}}}, {}, {}}), Defect::OutOfRange);
    EXPECT_EQ(refusedFor({{{{{179, 0}, {-179, 0}, {-179, 1}, {179, 0}}, {}}}, {}, {}}), Defect::Antimeridian);
    EXPECT_EQ(refusedFor({{{{{0, 0}, {1, 1}, {0, 0}}, {}}}, {}, {}}), Defect::TooFewPoints);
    EXPECT_EQ(refusedFor({{{{{0, 0}, {1, 1}}, {}}}, {}, {}}), Defect::UnclosedRing);
    EXPECT_EQ(refusedFor({{{{{0, 0}, {1, 0}, {2, 0}, {0, 0}}, {}}}, {}, {}}), Defect::RingSelfTouch);
    EXPECT_EQ(refusedFor({{geo::Polygon{}}, {}, {}}), Defect::NoArea);
    EXPECT_EQ(refusedFor({{}, {{{5, 5}, {5, 5}}}, {}}), Defect::TooFewPoints);
    EXPECT_EQ(refusedFor({{}, {{{5, 5}}}, {}}), Defect::TooFewPoints);
    EXPECT_EQ(refusedFor({{}, {}, {{nan, 0}}}), Defect::NotFinite);
}

TEST(Repair, DropsLinesWithoutLength) {
    const Repair repair = geo::checkAndRepair({{}, {{{5, 5}, {5, 5}}, {{0, 0}, {1, 1}}}, {}});
    EXPECT_EQ(repair.result, RepairResult::Repaired);
    EXPECT_EQ(repair.shape.lines.size(), 1U);
}

TEST(Repair, RandomScribblesBecomeValidOrAreRefused) {
    tests::RandomShapes random(91);
    int mended = 0;
    for (int round = 0; round < 2000; ++round) {
        Shape shape;
        for (std::size_t part = 1 + random.below(3); part > 0; --part) {
            geo::Polygon polygon;
            for (std::size_t ring = 1 + random.below(3); ring > 0; --ring) {
                geo::Ring corners;
                for (std::size_t i = 1 + random.below(9); i > 0; --i) {
                    corners.push_back(
                        {static_cast<double>(random.below(7)), static_cast<double>(random.below(7))});
                }
                (ring == 1 ? polygon.shell : polygon.holes.emplace_back()) = corners;
            }
            shape.polygons.push_back(polygon);
        }
        const Repair repair = geo::checkAndRepair(shape);
        if (repair.result == RepairResult::Refused) {
            ASSERT_TRUE(repair.shape.isEmpty());
            continue;
        }
        ASSERT_TRUE(tests::geosVerdict(repair.shape).isValid) << round;
        if (repair.result == RepairResult::Unchanged) {
            continue;
        }
        ++mended;
        ASSERT_GT(repair.areaAfterM2, 0) << round << ' ' << tests::wkt(repair.shape);
    }
    EXPECT_GT(mended, 1000);
}

TEST(Repair, GeosOwnCasesComeOutValid) {
    SKIP_WITHOUT_SHARED();
    const tests::XmlRun run = tests::readXmlCases(tests::sharedFolder() / "data" / "hostile" /
                                                  "16-jts-geos-xml" / "geos_makevalid.xml");
    // Where the expected result (linework method) counts areas covered twice as nothing, the structure method
    // unites.
    const std::map<std::string, double> united{
        {"makevalid/multipolygon/second_part_overlapping", 1 + 0.96 - 0.2 * 0.8},
        {"makevalid/multipolygon/first_part_crossing_second_part_overlapping", 0.5 + 0.96 - 0.01}};
    int tried = 0;
    for (const tests::XmlCase& each : run.cases) {
        const Shape shape = tests::shapeFromText(each.a);
        if (shape.polygons.empty()) {
            continue;
        }
        SCOPED_TRACE(each.description);
        const Repair repair = geo::checkAndRepair({shape.polygons, {}, {}});
        ASSERT_NE(repair.result, RepairResult::Refused);
        EXPECT_TRUE(tests::geosVerdict(repair.shape).isValid);
        const auto own = united.find(each.description);
        const double expected =
            own != united.end() ? own->second : planarArea(tests::shapeFromText(each.tests.front().expected));
        EXPECT_NEAR(planarArea(repair.shape), expected, 1e-9);
        ++tried;
    }
    EXPECT_EQ(tried, 6);
}

/// What becomes of the features of a hostile file: kept as they are, repaired, refused.
struct Outcome {
    const char* file;
    int unchanged;
    int repaired;
    int refused;
};

TEST(Repair, HostileFilesEndAsTheirManifestSays) {
    SKIP_WITHOUT_SHARED();
    const fs::path hostile = tests::sharedFolder() / "data" / "hostile";
    const std::vector<Outcome> outcomes{
        {"12-self-intersection/mapshaper_ex10_bowtie.json", 0, 1, 0},
        {"12-self-intersection/mz_self_intersecting.geojson", 0, 0, 2}, // pixels, not degrees
        {"12-self-intersection/pc_self-intersects-but-doesnt-cross-1.geojson", 0, 1, 0},
        {"12-self-intersection/turf_complex.geojson", 0, 1, 0},
        {"12-self-intersection/turf_hourglass.geojson", 0, 1, 0},
        {"12-self-intersection/turf_hourglassFeatureCollection.geojson", 0, 2, 0},
        {"12-self-intersection/turf_switzerlandKinked.geojson", 0, 1, 0},
        {"13-holes/earcut_bad-hole.geojson", 0, 0, 1}, // pixels, not degrees
        {"13-holes/earcut_touching-holes3.geojson", 1, 0, 0},
        {"13-holes/mapshaper_ex2_nesting.json", 0, 1, 0},
        {"13-holes/nts_nested_polygons.shp", 1, 0, 0},
        {"13-holes/pc_clean-multipoly-with-polys-overlapping.geojson", 0, 1, 0},
        {"13-holes/pc_clean-poly-with-interior-rings-overlapping.geojson", 0, 1, 0},
        {"13-holes/turf_multipolygons-overlap.geojson", 0, 1, 0},
        {"13-holes/turf_polygon-with-hole-2-vertices-touching.geojson", 0, 1, 0},
        {"13-holes/turf_polygon-with-puncture.geojson", 0, 1, 0},
        {"14-degenerate/earcut_issue45.geojson", 1, 0, 0},
        {"14-degenerate/mapshaper_openring.json", 0, 1, 0},
        {"14-degenerate/pc_clean-degenerate-polygon.geojson", 0, 0, 1},
        {"14-degenerate/turf_not-closing-ring.geojson", 0, 1, 0},
        {"14-degenerate/turf_polygon-with-spike.geojson", 0, 1, 0},
        {"21-real-invalid/amazon_mining_2020_invalid.geojson", 0, 60, 0},
        {"21-real-invalid/ganzi_counties_invalid.geojson", 0, 4, 0},
    };
    for (const Outcome& expected : outcomes) {
        SCOPED_TRACE(expected.file);
        std::map<RepairResult, int> counts;
        for (const tests::OgrShape& each : tests::shapesOfFile(hostile / expected.file)) {
            const Repair repair = geo::checkAndRepair(each.shape);
            ++counts[repair.result];
            if (repair.result == RepairResult::Repaired) {
                EXPECT_TRUE(tests::geosVerdict(repair.shape).isValid);
                EXPECT_GT(repair.areaAfterM2, 0);
            }
        }
        EXPECT_EQ(counts[RepairResult::Unchanged], expected.unchanged);
        EXPECT_EQ(counts[RepairResult::Repaired], expected.repaired);
        EXPECT_EQ(counts[RepairResult::Refused], expected.refused);
    }
}

TEST(Repair, HostileOutlinesInPixelsAreMendedOnceTheyFitTheGlobe) {
    SKIP_WITHOUT_SHARED();
    const fs::path hostile = tests::sharedFolder() / "data" / "hostile";
    const auto shrink = [](geo::Ring& ring) {
        for (geo::Coordinate& c : ring) {
            constexpr double kPixel = 0x1p-10;
            c = {c.x * kPixel, c.y * kPixel};
        }
    };
    for (const char* file :
         {"12-self-intersection/mz_self_intersecting.geojson", "13-holes/earcut_bad-hole.geojson"}) {
        int mended = 0;
        for (tests::OgrShape& each : tests::shapesOfFile(hostile / file)) {
            for (geo::Polygon& polygon : each.shape.polygons) {
                shrink(polygon.shell);
                std::for_each(polygon.holes.begin(), polygon.holes.end(), shrink);
            }
            const Repair repair = geo::checkAndRepair(each.shape);
            ASSERT_NE(repair.result, RepairResult::Refused) << file;
            EXPECT_TRUE(tests::geosVerdict(repair.shape).isValid) << file;
            mended += repair.result == RepairResult::Repaired ? 1 : 0;
        }
        EXPECT_EQ(mended, 1) << file;
    }
}

} // namespace
