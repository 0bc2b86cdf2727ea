#include "geo/validity.hpp"

#include "../support/geos_oracle.hpp"
#include "../support/shared_data.hpp"
#include "../support/xml_cases.hpp"

#include <limits>
#include <optional>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace {

using geo::Coordinate;
using geo::Defect;
using geo::Shape;

struct Case {
    const char* name;
    const char* wkt;
    std::optional<Defect> defect;
};

/// One case for each rule, and for what lies next to it and is allowed.
const std::vector<Case> kCases{
    {"square", "POLYGON((0 0,4 0,4 4,0 4,0 0))", {}},
    {"clockwise", "POLYGON((0 0,0 4,4 4,4 0,0 0))", {}},
    {"repeated points", "POLYGON((0 0,0 0,4 0,4 4,4 4,4 4,0 4,0 0,0 0))", {}},
    {"collinear point", "POLYGON((0 0,2 0,4 0,4 4,0 4,0 0))", {}},
    {"two distinct points", "POLYGON((0 0,4 0,4 0,0 0))", Defect::TooFewPoints},
    {"one point", "POLYGON((1 1,1 1,1 1,1 1))", Defect::TooFewPoints},
    {"bow-tie", "POLYGON((0 0,4 4,4 0,0 4,0 0))", Defect::SelfIntersection},
    {"spike", "POLYGON((0 0,4 0,4 4,4 6,4 4,0 4,0 0))", Defect::RingSelfTouch},
    {"spike, inward", "POLYGON((0 0,4 0,4 4,2 2,4 4,0 4,0 0))", Defect::RingSelfTouch},
    {"flat", "POLYGON((0 0,2 0,4 0,0 0))", Defect::RingSelfTouch},
    {"vertex twice", "POLYGON((0 0,4 0,2 2,4 4,0 4,2 2,0 0))", Defect::RingSelfTouch},
    {"vertex on own edge", "POLYGON((0 0,4 0,4 4,2 0,0 4,0 0))", Defect::RingSelfTouch},
    {"runs along itself", "POLYGON((0 0,4 0,4 4,3 4,3 0,1 0,1 4,0 4,0 0))", Defect::RingSelfTouch},
    {"hole", "POLYGON((0 0,9 0,9 9,0 9,0 0),(2 2,4 2,4 4,2 2))", {}},
    {"hole touches in a vertex", "POLYGON((0 0,9 0,9 9,0 9,0 0),(0 0,4 2,4 4,0 0))", {}},
    {"hole touches an edge", "POLYGON((0 0,9 0,9 9,0 9,0 0),(0 5,4 2,4 4,0 5))", {}},
    {"hole touches twice", "POLYGON((0 0,9 0,9 9,0 9,0 0),(0 5,4 2,9 5,4 7,0 5))",
     Defect::DisconnectedInterior},
    {"hole along the shell", "POLYGON((0 0,9 0,9 9,0 9,0 0),(0 3,4 3,0 5,0 3))", Defect::SelfIntersection},
    {"hole crosses the shell", "POLYGON((0 0,9 0,9 9,0 9,0 0),(-1 3,4 3,4 5,-1 3))",
     Defect::SelfIntersection},
    {"hole crosses at vertices", "POLYGON((0 0,9 0,9 9,0 9,0 5,0 0),(-2 5,0 5,3 6,-2 7,-2 5))",
     Defect::SelfIntersection},
    {"hole outside", "POLYGON((0 0,9 0,9 9,0 9,0 0),(10 3,14 3,14 5,10 3))", Defect::HoleOutsideShell},
    {"hole outside, touching", "POLYGON((0 0,9 0,9 9,0 9,0 0),(9 3,14 3,14 5,9 3))",
     Defect::HoleOutsideShell},
    {"hole in hole", "POLYGON((0 0,9 0,9 9,0 9,0 0),(1 1,8 1,8 8,1 8,1 1),(3 3,4 3,4 4,3 3))",
     Defect::NestedHoles},
    {"hole in hole, touching", "POLYGON((0 0,9 0,9 9,0 9,0 0),(1 1,8 1,8 8,1 8,1 1),(1 1,4 3,4 4,1 1))",
     Defect::NestedHoles},
    {"same hole twice", "POLYGON((0 0,9 0,9 9,0 9,0 0),(1 1,8 1,8 8,1 1),(8 8,1 1,8 1,8 8))",
     Defect::DuplicateRings},
    {"hole is the shell", "POLYGON((0 0,9 0,9 9,0 9,0 0),(0 0,0 9,9 9,9 0,0 0))", Defect::DuplicateRings},
    {"holes touch", "POLYGON((0 0,9 0,9 9,0 9,0 0),(1 1,4 1,4 4,1 1),(4 4,7 4,7 7,4 4))", {}},
    {"chain of holes cuts", "POLYGON((0 0,8 0,8 8,0 8,0 0),(0 4,2 3,4 4,2 5,0 4),(4 4,6 3,8 4,6 5,4 4))",
     Defect::DisconnectedInterior},
    {"chain of holes does not cut",
     "POLYGON((0 0,9 0,9 9,0 9,0 0),(0 4,2 3,4 4,2 5,0 4),(4 4,6 3,8 4,6 5,4 4))",
     {}},
    {"three holes in one point",
     "POLYGON((0 0,9 0,9 9,0 9,0 0),(4 4,6 3,6 4,4 4),(4 4,3 6,4 6,4 4),(4 4,2 2,3 2,4 4))",
     {}},
    {"ring of holes",
     "POLYGON((0 0,9 0,9 9,0 9,0 0),(2 2,6 2,6 3,2 2),(6 3,7 6,5 6,6 3),(5 6,2 7,2 2.5,2 2,2.5 6,5 6))",
     Defect::DisconnectedInterior},
    {"parts apart", "MULTIPOLYGON(((0 0,2 0,2 2,0 0)),((5 5,7 5,7 7,5 5)))", {}},
    {"parts touch in a point", "MULTIPOLYGON(((0 0,2 0,2 2,0 0)),((2 2,7 5,7 7,2 2)))", {}},
    {"parts touch in two points", "MULTIPOLYGON(((0 0,4 0,2 2,4 4,0 4,0 0)),((4 0,6 2,4 4,5 2,4 0)))", {}},
    {"parts along an edge", "MULTIPOLYGON(((0 0,2 0,2 2,0 2,0 0)),((2 0,4 0,4 2,2 2,2 0)))",
     Defect::SelfIntersection},
    {"parts overlap", "MULTIPOLYGON(((0 0,3 0,3 3,0 3,0 0)),((2 2,5 2,5 5,2 5,2 2)))",
     Defect::SelfIntersection},
    {"part in part", "MULTIPOLYGON(((0 0,9 0,9 9,0 9,0 0)),((2 2,5 2,5 5,2 5,2 2)))", Defect::NestedShells},
    {"part in part, touching", "MULTIPOLYGON(((0 0,9 0,9 9,0 9,0 0)),((0 0,5 2,5 5,0 0)))",
     Defect::NestedShells},
    {"part twice", "MULTIPOLYGON(((0 0,9 0,9 9,0 0)),((0 0,9 0,9 9,0 0)))", Defect::DuplicateRings},
    {"island in hole", "MULTIPOLYGON(((0 0,9 0,9 9,0 9,0 0),(2 2,8 2,8 8,2 8,2 2)),((4 4,5 4,5 5,4 4)))", {}},
    {"island touches its lake at all corners",
     "MULTIPOLYGON(((0 0,9 0,9 9,0 9,0 0),(2 2,8 2,8 8,2 8,2 2)),((5 2,8 5,5 8,2 5,5 2)))",
     {}},
    {"island fills its lake",
     "MULTIPOLYGON(((0 0,9 0,9 9,0 9,0 0),(2 2,8 2,8 8,2 8,2 2)),((2 2,8 2,8 8,2 8,2 2)))",
     Defect::DuplicateRings},
    {"line", "LINESTRING(0 0,1 1,0 1,1 0)", {}},
    {"line without length", "LINESTRING(3 3,3 3)", Defect::TooFewPoints},
    {"points", "MULTIPOINT((0 0),(0 0),(4 4))", {}},
};

TEST(Validity, NamesTheDefectOfEachRule) {
    for (const Case& tried : kCases) {
        SCOPED_TRACE(tried.name);
        const Shape shape = tests::shapeFromText(tried.wkt);
        EXPECT_EQ(tests::geosVerdict(shape).isValid, !tried.defect.has_value()) << "the case itself is wrong";
        const auto found = geo::findInvalidity(shape);
        ASSERT_EQ(found.has_value(), tried.defect.has_value());
        if (found) {
            EXPECT_EQ(geo::defectNameEn(found->defect), geo::defectNameEn(*tried.defect));
        }
        EXPECT_EQ(geo::findPlanarInvalidity(shape).has_value(), tried.defect.has_value());
    }
}

TEST(Validity, SaysWhere) {
    const auto place = [](const char* wkt) { return geo::findInvalidity(tests::shapeFromText(wkt))->place; };
    EXPECT_EQ(place("POLYGON((0 0,4 4,4 0,0 4,0 0))"), (Coordinate{2, 2}));
    EXPECT_EQ(place("POLYGON((0 0,4 0,2 2,4 4,0 4,2 2,0 0))"), (Coordinate{2, 2}));
    EXPECT_EQ(place("POLYGON((0 0,4 0,4 4,4 6,4 4,0 4,0 0))"), (Coordinate{4, 6}));
    EXPECT_EQ(place("POLYGON((0 0,9 0,9 9,0 9,0 0),(10 3,14 3,14 5,10 3))"), (Coordinate{10, 3}));
}

Shape triangle(const Coordinate& a, const Coordinate& b, const Coordinate& c) {
    return {{{{a, b, c, a}, {}}}, {}, {}};
}

std::optional<Defect> defectOf(const Shape& shape) {
    const auto found = geo::findInvalidity(shape);
    return found ? std::optional(found->defect) : std::nullopt;
}

TEST(Validity, CoordinatesMustBeNumbersOnTheGlobe) {
    const double nan = std::numeric_limits<double>::quiet_NaN();
    const double infinity = std::numeric_limits<double>::infinity();
    const double huge = std::numeric_limits<double>::max();
    EXPECT_EQ(defectOf(triangle({0, 0}, {1, nan}, {1, 1})), Defect::NotFinite);
    EXPECT_EQ(defectOf(triangle({0, 0}, {infinity, 0}, {1, 1})), Defect::NotFinite);
    EXPECT_EQ(defectOf(triangle({0, 0}, {huge, huge}, {1, 1})), Defect::OutOfRange);
    EXPECT_EQ(defectOf(triangle({0, 0}, {1, 90.5}, {1, 1})), Defect::OutOfRange);
    EXPECT_EQ(defectOf(triangle({500000, 30}, {500100, 30}, {500100, 31})), Defect::OutOfRange);
    EXPECT_EQ(defectOf({{}, {}, {{0, 0}, {nan, 0}}}), Defect::NotFinite);
    EXPECT_EQ(defectOf({{}, {}, {{-179, 0}, {179, 0}}}), std::nullopt);
    EXPECT_EQ(defectOf({{}, {}, {{191, 0}}}), Defect::OutOfRange);
    EXPECT_EQ(defectOf({{}, {{{0, 0}, {1, infinity}}}, {}}), Defect::NotFinite);
    EXPECT_EQ(geo::findPlanarInvalidity(triangle({0, 0}, {1, nan}, {1, 1}))->defect, Defect::NotFinite);
    EXPECT_EQ(geo::findPlanarInvalidity(triangle({0, 0}, {500000, 0}, {500000, 3000000})), std::nullopt);
}

TEST(Validity, TheAntimeridianIsNeverReadAsAShapeAroundTheGlobe) {
    EXPECT_EQ(defectOf(triangle({179, 0}, {-179, 0}, {-179, 1})), Defect::Antimeridian);
    EXPECT_EQ(defectOf(triangle({179, 0}, {181, 0}, {181, 1})), Defect::Antimeridian);
    EXPECT_EQ(defectOf(triangle({179, 0}, {180, 0}, {180, 1})), std::nullopt);
    EXPECT_EQ(defectOf({{}, {{{170, 0}, {-170, 1}}}, {}}), Defect::Antimeridian);
    // A shape that was cut there has parts on both sides.
    Shape cut = triangle({179, 0}, {180, 0}, {180, 1});
    cut.polygons.push_back(triangle({-180, 0}, {-179, 0}, {-180, 1}).polygons.front());
    EXPECT_EQ(defectOf(cut), std::nullopt);
}

TEST(Validity, ALineThatWasRoundedIsNoArea) {
    EXPECT_EQ(
        defectOf(triangle({-130.73862770644791, 54.92404227517194}, {-130.73939947890625, 54.91877729166476},
                          {-130.73939947890625, 54.918777291664775})),
        Defect::NoArea);
    EXPECT_EQ(defectOf(Shape{{geo::Polygon{}}, {}, {}}), Defect::NoArea);
    EXPECT_EQ(defectOf(Shape{}), std::nullopt);
    // A square of 5 cm is small but real.
    EXPECT_EQ(defectOf(triangle({100, 30}, {100.0000005, 30}, {100.0000005, 30.0000005})), std::nullopt);
}

TEST(Validity, UnclosedRings) {
    EXPECT_EQ(defectOf({{{{{0, 0}, {1, 0}, {1, 1}, {0, 1}}, {}}}, {}, {}}), Defect::UnclosedRing);
}

TEST(Validity, AgreesWithTheXmlCasesOfJtsAndGeos) {
    SKIP_WITHOUT_SHARED();
    int tried = 0;
    for (const char* file : {"jts_TestValid.xml", "jts_TestInvalidA.xml", "geos_issue-geos-599.xml"}) {
        const tests::XmlRun run =
            tests::readXmlCases(tests::sharedFolder() / "data" / "hostile" / "16-jts-geos-xml" / file);
        for (const tests::XmlCase& each : run.cases) {
            for (const tests::XmlTest& test : each.tests) {
                if (test.operation != "isvalid") {
                    continue;
                }
                SCOPED_TRACE(std::string(file) + ": " + each.description);
                const std::string& text = test.first == "a" ? each.a : each.b;
                if (text.rfind("LINEARRING", 0) == 0) {
                    continue; // a ring by itself is none of our shapes
                }
                const Shape shape = tests::shapeFromText(text);
                EXPECT_EQ(!geo::findPlanarInvalidity(shape).has_value(), test.expected == "true");
                ++tried;
            }
        }
    }
    EXPECT_EQ(tried, 162);
}

} // namespace
