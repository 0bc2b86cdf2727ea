#include "geo/area.hpp"

#include "geo/error.hpp"
#include "random_shapes.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

#include <geodesic.h>

#include <gtest/gtest.h>

namespace {

using geo::Ring;

constexpr long double kDegree = std::numbers::pi_v<long double> / 180;

Ring cell(double lon, double lat, double size) {
    return {{lon, lat}, {lon + size, lat}, {lon + size, lat + size}, {lon, lat + size}, {lon, lat}};
}

/// PROJ's geodesic polygon with each edge cut into `pieces` that are straight in B and L: its limit is the
/// area that the formula means. PROJ's accumulator carries twice a double's digits.
double projArea(const Ring& ring, int pieces) {
    geod_geodesic g{};
    geod_init(&g, 6378137, 1 / 298.257222101);
    geod_polygon p{};
    geod_polygon_init(&p, 0);
    for (std::size_t i = 0; i + 1 < ring.size(); ++i) {
        for (int k = 0; k < pieces; ++k) {
            const double t = static_cast<double>(k) / pieces;
            geod_polygon_addpoint(&g, &p, ring[i].y + t * (ring[i + 1].y - ring[i].y),
                                  ring[i].x + t * (ring[i + 1].x - ring[i].x));
        }
    }
    double area = 0;
    geod_polygon_compute(&g, &p, 0, 1, &area, nullptr);
    return area;
}

/// The limit by Richardson: what cutting leaves out falls with the square of the number of pieces.
double projLimit(const Ring& ring, int pieces) {
    const double coarse = projArea(ring, pieces);
    const double fine = projArea(ring, 2 * pieces);
    return fine + (fine - coarse) / 3;
}

TEST(Area, checkCellsOfTheFormula) {
    EXPECT_NEAR(geo::ellipsoidalRingAreaM2(cell(101, 30, 0.01)), 1'069'521.173, 5e-4);
    EXPECT_NEAR(geo::ellipsoidalRingAreaM2(cell(101, 33.5, 0.001)), 10'306.296, 5e-4);
    EXPECT_NEAR(geo::ellipsoidalRingAreaM2(cell(101, 30, 1)), 10'642'393'438.71, 5e-3);
}

TEST(Area, signsHolesAndParts) {
    Ring ring = cell(101, 30, 0.01);
    const double area = geo::ellipsoidalRingAreaM2(ring);
    std::reverse(ring.begin(), ring.end());
    EXPECT_DOUBLE_EQ(geo::ellipsoidalRingAreaM2(ring), -area);
    const geo::Polygon holed{ring, {cell(101.002, 30.002, 0.001)}};
    const double hole = geo::ellipsoidalRingAreaM2(holed.holes[0]);
    EXPECT_DOUBLE_EQ(geo::ellipsoidalAreaM2(holed), area - hole);
    geo::Shape shape;
    shape.polygons = {holed, {cell(102, 30, 0.001), {}}};
    EXPECT_DOUBLE_EQ(geo::ellipsoidalAreaM2(shape),
                     area - hole + geo::ellipsoidalRingAreaM2(shape.polygons[1].shell));
    EXPECT_EQ(geo::ellipsoidalAreaM2(geo::Shape{{}, {{{1, 1}, {2, 2}}}, {{1, 1}}}), 0);
    EXPECT_EQ(geo::ellipsoidalRingAreaM2({}), 0);
}

TEST(Area, edgesAddUpToTheirRing) {
    tests::RandomShapes random(43);
    for (int round = 0; round < 200; ++round) {
        const double radius = 1e-4 * std::pow(1000, random.between(0, 1));
        const Ring ring =
            random.star({random.between(97, 103), random.between(27, 35)}, radius, 3 + random.below(40));
        const std::vector<geo::EdgeArea> edges = geo::ellipsoidalEdgeAreasM2(ring);
        ASSERT_EQ(edges.size() + 1, ring.size());
        double sum = 0;
        double slant = 0;
        for (const geo::EdgeArea& edge : edges) {
            sum += edge.trapezoidM2 + edge.slantM2;
            slant += edge.slantM2;
        }
        const double area = geo::ellipsoidalRingAreaM2(ring);
        EXPECT_NEAR(sum, area, 1e-12 * std::abs(area) + 1e-9);
        EXPECT_LT(std::abs(slant), 1e-3 * std::abs(area));
    }
    EXPECT_TRUE(geo::ellipsoidalEdgeAreasM2({}).empty());
    // Along meridians and parallels there is nothing but the trapezoid, and edges on L0 add nothing.
    const std::vector<geo::EdgeArea> edges = geo::ellipsoidalEdgeAreasM2(cell(101, 30, 0.01));
    for (const geo::EdgeArea& edge : edges) {
        EXPECT_EQ(edge.slantM2, 0);
    }
    EXPECT_EQ(edges[0].trapezoidM2, 0);
    EXPECT_NEAR(edges[1].trapezoidM2, 1'069'521.173, 5e-4);
    EXPECT_EQ(edges[3].trapezoidM2, 0);
}

TEST(Area, theFormulasNumbersAreTheDocuments) {
    const geo::AreaFormula formula = geo::areaFormula();
    EXPECT_EQ(formula.a, 6378137);
    EXPECT_NEAR(1 / formula.f, 298.257222101, 1e-9);
    EXPECT_NEAR(formula.b, 6356752.31414036, 1e-8);
    EXPECT_NEAR(formula.e2, 0.00669438002290, 5e-15);
    EXPECT_NEAR(formula.series[0], 1.00336408983419, 5e-15);
    EXPECT_NEAR(formula.series[1], 0.00112418938192713, 1e-17);
    EXPECT_NEAR(formula.series[2], 1.69945947352e-6, 5e-18);
    EXPECT_NEAR(formula.series[3], 2.71785784558e-9, 5e-21);
    EXPECT_NEAR(formula.series[4], 4.35841900483e-12, 5e-24);
}

TEST(Area, agreesWithProjFromAKilometreToHundred) {
    tests::RandomShapes random(41);
    for (int round = 0; round < 400; ++round) {
        // Radius from 1 km to about 100 km, so that triangles have edges of up to 170 km. Of smaller rings
        // PROJ itself has fewer than nine digits, see the exact integral below.
        const double radius = 0.01 * std::pow(100, random.between(0, 1));
        const geo::Coordinate centre{random.between(74, 134), random.between(-70, 70)};
        const Ring ring = random.star(centre, radius, 3 + random.below(30));
        // PROJ's geodesic and the straight line differ by the square of the length of a piece.
        const double expected = projLimit(ring, radius > 0.1 ? 256 : 32);
        ASSERT_NEAR(geo::ellipsoidalRingAreaM2(ring) / expected, 1, 1e-9)
            << "radius " << radius << " at " << centre.y;
    }
}

/// Area from the equator to a latitude for one radian of longitude, in closed form (no series), in long
/// doubles.
long double stripToEquator(long double latitudeDeg) {
    const long double f = 1 / 298.257222101L;
    const long double e2 = f * (2 - f);
    const long double e = std::sqrt(e2);
    const long double b = 6378137.0L * (1 - f);
    const long double s = std::sin(latitudeDeg * kDegree);
    return b * b / 2 * (s / (1 - e2 * s * s) + std::atanh(e * s) / e);
}

/// The exact area within straight edges in B and L, by Gauss-Legendre along each edge.
double exactArea(const Ring& ring) {
    constexpr std::array<long double, 5> kNodes{0, 0.538469310105683091036L, -0.538469310105683091036L,
                                                0.906179845938663992798L, -0.906179845938663992798L};
    constexpr std::array<long double, 5> kWeights{0.568888888888888888889L, 0.478628670499366468041L,
                                                  0.478628670499366468041L, 0.236926885056189087514L,
                                                  0.236926885056189087514L};
    const long double base = stripToEquator(ring.front().y);
    long double sum = 0;
    for (std::size_t i = 0; i + 1 < ring.size(); ++i) {
        const long double middle = (static_cast<long double>(ring[i].y) + ring[i + 1].y) / 2;
        const long double half = (static_cast<long double>(ring[i + 1].y) - ring[i].y) / 2;
        long double mean = 0;
        for (std::size_t k = 0; k < kNodes.size(); ++k) {
            mean += kWeights[k] / 2 * (stripToEquator(middle + half * kNodes[k]) - base);
        }
        sum -= mean * (static_cast<long double>(ring[i + 1].x) - ring[i].x) * kDegree;
    }
    return static_cast<double>(sum);
}

TEST(Area, agreesWithTheExactIntegralFromCentimetresToDegrees) {
    tests::RandomShapes random(43);
    for (int round = 0; round < 5000; ++round) {
        const double radius = 1e-7 * std::pow(1e7, random.between(0, 1));
        const geo::Coordinate centre{random.between(74, 134), random.between(-80, 80)};
        const Ring ring = random.star(centre, radius, 3 + random.below(30));
        // The integral keeps 1e-19 of a strip from the equator; the series leaves out terms of e^10.
        const double slack = 1e-19 * 4e13 * radius;
        const double expected = exactArea(ring);
        const double series = std::abs(centre.y) < 50 ? 1e-11 : 1e-10;
        ASSERT_NEAR(geo::ellipsoidalRingAreaM2(ring), expected, series * expected + slack)
            << "radius " << radius << " at " << centre.y;
    }
}

TEST(Area, edgesOfHundredKilometres) {
    // A square on its tip and a sliver along a slanted edge, about 100 km an edge.
    for (const double lat : {5.0, 30.0, 55.0}) {
        const Ring diamond{{101, lat}, {101.7, lat + 0.6}, {101, lat + 1.2}, {100.3, lat + 0.6}, {101, lat}};
        const Ring triangle{{101, lat}, {102, lat + 0.1}, {101.2, lat + 0.8}, {101, lat}};
        for (const Ring& ring : {diamond, triangle}) {
            EXPECT_NEAR(geo::ellipsoidalRingAreaM2(ring) / projLimit(ring, 512), 1, 1e-9);
        }
    }
}

TEST(Area, doesNotDependOnHowFinelyAnEdgeIsCut) {
    tests::RandomShapes random(42);
    for (int round = 0; round < 200; ++round) {
        const Ring ring =
            random.star({101, 30}, 0.001 * std::pow(1000, random.between(0, 1)), 3 + random.below(9));
        Ring cut;
        for (std::size_t i = 0; i + 1 < ring.size(); ++i) {
            for (int k = 0; k < 16; ++k) {
                const double t = k / 16.0;
                cut.push_back({ring[i].x + t * (ring[i + 1].x - ring[i].x),
                               ring[i].y + t * (ring[i + 1].y - ring[i].y)});
            }
        }
        cut.push_back(cut.front());
        // The cut positions are rounded to 1e-14 degrees, which moves the outline by nanometres.
        const double area = geo::ellipsoidalRingAreaM2(ring);
        ASSERT_NEAR(geo::ellipsoidalRingAreaM2(cut) / area, 1, 1e-10) << "round " << round;
    }
}

TEST(Area, tinyPatchesLoseNothing) {
    // A square of 1 mm on exactly representable steps against the cell whose 2^-26 part it is.
    const double step = std::ldexp(1.0, -27); // 0.8 mm
    const double tiny = geo::ellipsoidalRingAreaM2(cell(101, 30, step));
    const double large = geo::ellipsoidalRingAreaM2(cell(101, 30 - 512 * step, 1024 * step));
    EXPECT_NEAR(tiny / large * 1024 * 1024, 1, 1e-8);
    // At another longitude the same area to the last digits.
    EXPECT_NEAR(geo::ellipsoidalRingAreaM2(cell(64, 30, step)) / tiny, 1, 1e-14);
}

TEST(Area, planarAreaIsLargerByTheSquareOfTheDistance) {
    // Factors of the planar area at 30 degrees north (domain notes): to the last printed digit.
    struct Case {
        double offset;
        double factor;
    };
    for (const Case& c :
         {Case{0, 1}, Case{0.5, 1.000057}, Case{1, 1.000230}, Case{1.5, 1.000517}, Case{3, 1.002068}}) {
        const Ring ring = cell(102 + c.offset - 5e-4, 30 - 5e-4, 0.001);
        const geo::Shape shape{{{ring, {}}}, {}, {}};
        const double planar = geo::gaussKruegerAreaM2(shape, 102);
        EXPECT_NEAR(planar / geo::ellipsoidalAreaM2(shape), c.factor, 1e-6) << c.offset;
        EXPECT_GE(planar, geo::ellipsoidalAreaM2(shape) * (1 - 1e-9));
    }
    geo::Shape holed{{{cell(101, 30, 0.01), {cell(101.002, 30.002, 0.001)}}}, {}, {}};
    const double whole = geo::gaussKruegerAreaM2(geo::Shape{{{holed.polygons[0].shell, {}}}, {}, {}}, 102);
    const double hole = geo::gaussKruegerAreaM2(geo::Shape{{{holed.polygons[0].holes[0], {}}}, {}, {}}, 102);
    EXPECT_NEAR(geo::gaussKruegerAreaM2(holed, 102), whole - hole, 1e-6);
    EXPECT_EQ(geo::gaussKruegerAreaM2({}, 102), 0);
    EXPECT_THROW((void)geo::gaussKruegerAreaM2(holed, NAN), geo::Error);
    holed.polygons[0].shell[1].x = INFINITY;
    EXPECT_THROW((void)geo::gaussKruegerAreaM2(holed, 102), geo::Error);
}

TEST(Area, centralMeridians) {
    EXPECT_EQ(geo::centralMeridian3Deg(101.96), 102);
    EXPECT_EQ(geo::centralMeridian3Deg(100.5), 102);
    EXPECT_EQ(geo::centralMeridian3Deg(100.49999), 99);
    EXPECT_EQ(geo::centralMeridian3Deg(97.4), 96);
}

} // namespace
