#include "geo/overlay.hpp"

#include "geo/error.hpp"
#include "geo/geos_handle.hpp"
#include "random_shapes.hpp"

#include <cmath>
#include <string>
#include <thread>

#include <gtest/gtest.h>

namespace {

using geo::Ring;
using geo::Shape;

Shape square(double x, double y, double size) {
    return {{{{{x, y}, {x + size, y}, {x + size, y + size}, {x, y + size}, {x, y}}, {}}}, {}, {}};
}

double area(const Shape& shape) {
    double sum = 0;
    for (const geo::Polygon& polygon : shape.polygons) {
        sum += std::abs(geo::signedArea2(polygon.shell)) / 2;
        for (const Ring& hole : polygon.holes) {
            sum -= std::abs(geo::signedArea2(hole)) / 2;
        }
    }
    return sum;
}

TEST(Overlay, keepsOnlyTheDimensionOfTheFirst) {
    // Squares that share a corner, then an edge: no area in common.
    EXPECT_TRUE(geo::intersection(square(0, 0, 1), square(1, 1, 1)).isEmpty());
    EXPECT_TRUE(geo::intersection(square(0, 0, 1), square(1, 0, 1)).isEmpty());
    EXPECT_DOUBLE_EQ(area(geo::intersection(square(0, 0, 2), square(1, 1, 2))), 1);
    const Shape line{{}, {{{-1, 0.5}, {0.25, 0.5}}}, {}};
    EXPECT_EQ(geo::intersection(line, square(0, 0, 1)).lines,
              (std::vector<geo::Path>{{{0, 0.5}, {0.25, 0.5}}}));
    EXPECT_EQ(geo::difference(line, square(0, 0, 1)).lines, (std::vector<geo::Path>{{{-1, 0.5}, {0, 0.5}}}));
    const Shape points{{}, {}, {{0.5, 0.5}, {3, 3}}};
    EXPECT_EQ(geo::intersection(points, square(0, 0, 1)).points, (geo::Path{{0.5, 0.5}}));
    EXPECT_EQ(geo::difference(points, square(0, 0, 1)).points, (geo::Path{{3, 3}}));
    EXPECT_TRUE(geo::intersection(square(0, 0, 1), points).isEmpty());
}

TEST(Overlay, emptyShapes) {
    EXPECT_TRUE(geo::intersection({}, square(0, 0, 1)).isEmpty());
    EXPECT_TRUE(geo::intersection(square(0, 0, 1), {}).isEmpty());
    EXPECT_EQ(geo::difference(square(0, 0, 1), {}), square(0, 0, 1));
    EXPECT_TRUE(geo::difference({}, square(0, 0, 1)).isEmpty());
    EXPECT_TRUE(geo::unionOf({}).isEmpty());
    EXPECT_TRUE(geo::unionOf({Shape{}}).isEmpty());
}

TEST(Overlay, piecesSumToTheWhole) {
    tests::RandomShapes random(21);
    for (int round = 0; round < 300; ++round) {
        const Shape a{{random.polygon({0, 0}, 1, 4 + random.below(60), true)}, {}, {}};
        const Shape b{
            {random.polygon({random.between(-1, 1), random.between(-1, 1)}, 1, 4 + random.below(60), true)},
            {},
            {}};
        const double common = area(geo::intersection(a, b));
        ASSERT_NEAR(common + area(geo::difference(a, b)), area(a), 1e-12) << "round " << round;
        ASSERT_NEAR(area(geo::unionOf({a, b})), area(a) + area(b) - common, 1e-12) << "round " << round;
    }
}

TEST(Overlay, refusalsCarryTheReason) {
    const Shape bowTie{{{{{0, 0}, {2, 2}, {2, 0}, {0, 2}, {0, 0}}, {}}}, {}, {}};
    try {
        (void)geo::intersection(bowTie, square(0.5, 0.1, 2));
        FAIL() << "a bow-tie was taken";
    } catch (const geo::Error& error) {
        EXPECT_NE(std::string(error.what()).find("TopologyException"), std::string::npos) << error.what();
    }
    EXPECT_EQ(geo::geos::takeError(), ""); // taken with the message
    EXPECT_THROW((void)geo::intersection(Shape{{{{{0, 0}, {1, 0}, {1, 1}}, {}}}, {}, {}}, square(0, 0, 1)),
                 geo::Error);
    EXPECT_THROW((void)geo::intersection(Shape{{}, {{{0, 0}}}, {}}, square(0, 0, 1)), geo::Error);
}

TEST(Overlay, everyThreadHasItsOwnContextAndMessage) {
    GEOSContextHandle_t other = nullptr;
    std::string message;
    const Shape open{{{{{0, 0}, {1, 0}, {1, 1}}, {}}}, {}, {}};
    std::thread([&] {
        other = geo::geos::context();
        try {
            (void)geo::geos::toGeos(open);
        } catch (const geo::Error& error) {
            message = error.what();
        }
    }).join();
    EXPECT_NE(other, geo::geos::context());
    EXPECT_NE(message.find("closed"), std::string::npos) << message;
    EXPECT_EQ(geo::geos::takeError(), "");
}

TEST(GeosShape, roundTripsEveryKind) {
    tests::RandomShapes random(22);
    for (int round = 0; round < 100; ++round) {
        Shape areas;
        Shape lines;
        for (std::size_t i = 0; i < 1 + random.below(4); ++i) {
            areas.polygons.push_back(
                random.polygon({static_cast<double>(3 * i), 0}, 1, 4 + random.below(50), true));
            lines.lines.push_back(random.star({0, 0}, 1, 3 + random.below(10)));
        }
        const Shape points{{}, {}, areas.polygons.front().shell};
        for (const Shape& shape : {areas, lines, points}) {
            ASSERT_EQ(geo::geos::fromGeos(geo::geos::toGeos(shape).get()), shape);
        }
    }
    EXPECT_TRUE(geo::geos::fromGeos(geo::geos::toGeos({}).get()).isEmpty());
}

} // namespace
