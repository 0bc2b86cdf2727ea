// Locate against GEOS: points anywhere, on vertices, and on edges where the middle is a double.

#include "geo/geos_handle.hpp"
#include "geo/zone_index.hpp"
#include "plain_shapes.hpp"
#include "random_shapes.hpp"

#include <gtest/gtest.h>

namespace {

using geo::Coordinate;
using geo::Location;
using geo::Ring;
using geo::Shape;

/// A prepared GEOS geometry: covers and containsProperly tell the three places apart.
class GeosLocator {
  public:
    explicit GeosLocator(const Shape& shape)
        : m_geometry(geo::geos::toGeos(shape)),
          m_prepared(GEOSPrepare_r(geo::geos::context(), m_geometry.get())) {}
    ~GeosLocator() { GEOSPreparedGeom_destroy_r(geo::geos::context(), m_prepared); }
    GeosLocator(const GeosLocator&) = delete;
    GeosLocator& operator=(const GeosLocator&) = delete;

    [[nodiscard]] Location locate(const Coordinate& c) const {
        GEOSContextHandle_t context = geo::geos::context();
        const geo::geos::GeometryPtr point(GEOSGeom_createPointFromXY_r(context, c.x, c.y));
        if (GEOSPreparedIntersects_r(context, m_prepared, point.get()) != 1) {
            return Location::Outside;
        }
        return GEOSPreparedContainsProperly_r(context, m_prepared, point.get()) == 1 ? Location::Inside
                                                                                     : Location::Boundary;
    }

  private:
    geo::geos::GeometryPtr m_geometry;
    const GEOSPreparedGeometry* m_prepared;
};

void expectSameLocations(const Shape& shape, tests::RandomShapes& random, const geo::Box& box, int points) {
    const GeosLocator expected(shape);
    const geo::ZoneIndex index = tests::zonesOf({tests::rectangle(-500, -500, -400, -400), shape});
    for (int i = 0; i < points; ++i) {
        const Coordinate c{random.between(box.minX, box.maxX), random.between(box.minY, box.maxY)};
        ASSERT_EQ(index.locate(1, c), expected.locate(c)) << c.x << ' ' << c.y;
    }
    for (const geo::IndexedRing& ring : index.zone(1).rings) {
        const Ring& coordinates = ring.coordinates();
        for (std::size_t i = 0; i + 1 < coordinates.size(); i += 1 + coordinates.size() / 200) {
            const Coordinate& a = coordinates[i];
            const Coordinate& b = coordinates[i + 1];
            ASSERT_EQ(index.locate(1, a), Location::Boundary);
            const Coordinate middle{(a.x + b.x) / 2, (a.y + b.y) / 2};
            ASSERT_EQ(index.locate(1, middle), expected.locate(middle));
            // Level with a vertex, where the half-open rule has to count right.
            const Coordinate level{a.x + random.between(-1, 1), a.y};
            ASSERT_EQ(index.locate(1, level), expected.locate(level));
            const Coordinate above{a.x, a.y + random.between(-1, 1)};
            ASSERT_EQ(index.locate(1, above), expected.locate(above));
        }
    }
}

TEST(Locate, AgreesWithGeosOnRandomPolygons) {
    tests::RandomShapes random(71);
    for (int round = 0; round < 60; ++round) {
        const Shape shape{{random.polygon({100, 30}, 2, 9 + random.below(2000), true)}, {}, {}};
        expectSameLocations(shape, random, {97.5, 27.5, 102.5, 32.5}, 200);
    }
}

TEST(Locate, AgreesWithGeosOnGridsOfSquares) {
    // Squares with holes and islands on whole numbers: points on edges and corners are exact.
    tests::RandomShapes random(72);
    Shape shape;
    for (int y = 0; y < 20; ++y) {
        for (int x = 0; x < 20; ++x) {
            const double left = 10 * x;
            const double low = 10 * y;
            shape.polygons.push_back({tests::rectangleRing(left, low, left + 8, low + 8),
                                      {tests::rectangleRing(left + 1, low + 1, left + 7, low + 7)}});
            shape.polygons.push_back({tests::rectangleRing(left + 2, low + 2, left + 6, low + 6), {}});
        }
    }
    expectSameLocations(shape, random, {-5, -5, 205, 205}, 3000);
    const GeosLocator expected(shape);
    const geo::ZoneIndex index = tests::zonesOf({shape});
    for (int i = 0; i < 20000; ++i) {
        const Coordinate c{static_cast<double>(random.below(401)) / 2,
                           static_cast<double>(random.below(401)) / 2};
        ASSERT_EQ(index.locate(0, c), expected.locate(c)) << c.x << ' ' << c.y;
    }
}

TEST(Locate, EdgeMiddlesThatAreDoublesLieOnTheBoundary) {
    // Corners on multiples of 2^-20: the middle of every edge is exact.
    tests::RandomShapes random(73);
    for (int round = 0; round < 100; ++round) {
        Ring ring = random.star({100, 30}, 1, 8 + random.below(500));
        for (Coordinate& c : ring) {
            constexpr double kUnit = 0x1p-20;
            c = {std::round(c.x / kUnit) * kUnit, std::round(c.y / kUnit) * kUnit};
        }
        const geo::IndexedRing indexed(ring);
        for (std::size_t i = 0; i + 1 < ring.size(); ++i) {
            const Coordinate middle{(ring[i].x + ring[i + 1].x) / 2, (ring[i].y + ring[i + 1].y) / 2};
            ASSERT_EQ(indexed.locate(middle), Location::Boundary);
            const Coordinate beside{std::nextafter(middle.x, 0), middle.y};
            if (ring[i].y != ring[i + 1].y) {
                ASSERT_NE(indexed.locate(beside), Location::Boundary);
            }
        }
    }
}

} // namespace
