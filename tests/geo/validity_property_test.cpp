// Validity against GEOS isValid on random shapes: small integer grids, where points coincide, edges overlap
// and rings touch all the time, and shapes that are valid by construction and then broken in one place.

#include "../support/geos_oracle.hpp"
#include "../support/property.hpp"
#include "geo/validity.hpp"
#include "plain_shapes.hpp"
#include "random_shapes.hpp"

#include <set>

namespace {

using geo::Coordinate;
using geo::Polygon;
using geo::Ring;
using geo::Shape;

/// A number of the whole range from the first case on (RapidCheck begins with a narrow one).
int pick(int low, int end) {
    return *rc::gen::resize(rc::kNominalSize, rc::gen::inRange(low, end));
}

/// A closed ring of at least four positions: what GEOS needs to make one at all.
Ring closed(Ring ring) {
    ring.push_back(ring.front());
    while (ring.size() < 4) {
        ring.push_back(ring.front());
    }
    return ring;
}

/// Three corners or more on whole numbers from 0 to `size`, in any order.
Ring gridRing(int size, int maxCorners) {
    Ring ring;
    for (int corners = pick(3, maxCorners + 1); corners > 0; --corners) {
        const double x = pick(0, size + 1);
        ring.push_back({x, static_cast<double>(pick(0, size + 1))});
    }
    return closed(ring);
}

Ring shifted(Ring ring, double dx, double dy) {
    for (Coordinate& c : ring) {
        c.x += dx;
        c.y += dy;
    }
    return ring;
}

/// How many cases of a property were valid and how many not: a property that sees one kind only shows little.
struct Seen {
    int valid = 0;
    int broken = 0;
};

void agreesWithGeos(const Shape& shape, Seen& seen) {
    const tests::GeosVerdict expected = tests::geosVerdict(shape);
    const auto found = geo::findPlanarInvalidity(shape);
    (expected.isValid ? seen.valid : seen.broken) += 1;
    RC_LOG() << tests::wkt(shape) << "\nGEOS: " << expected.reason
             << ", ours: " << (found ? geo::defectNameEn(found->defect) : "valid") << '\n';
    RC_ASSERT(expected.isValid == !found.has_value());
}

TEST(ValidityProperty, RingsOnSmallGrids) {
    Seen seen;
    tests::checkProperty("rings on small grids", {15000, 41}, [&seen] {
        const int size = pick(1, 6);
        agreesWithGeos({{{gridRing(size, 9), {}}}, {}, {}}, seen);
    });
    EXPECT_GT(seen.valid, 500);
    EXPECT_GT(seen.broken, 500);
}

TEST(ValidityProperty, HolesInASquare) {
    Seen seen;
    tests::checkProperty("holes in a square", {15000, 42}, [&seen] {
        const int size = pick(3, 9);
        Polygon polygon;
        const auto far = static_cast<double>(size);
        polygon.shell = {{0, 0}, {far, 0}, {far, far}, {0, far}, {0, 0}};
        const int holes = pick(1, 6);
        for (int i = 0; i < holes; ++i) {
            // Triangles and quadrangles a few cells wide, so that some stay apart and many touch.
            const Ring small = gridRing(3, 4);
            polygon.holes.push_back(shifted(small, pick(0, size - 2), pick(0, size - 2)));
        }
        agreesWithGeos({{polygon}, {}, {}}, seen);
    });
    EXPECT_GT(seen.valid, 500);
    EXPECT_GT(seen.broken, 500);
}

TEST(ValidityProperty, PartsOnAGrid) {
    Seen seen;
    tests::checkProperty("parts on a grid", {15000, 43}, [&seen] {
        Shape shape;
        const int parts = pick(2, 8);
        for (int i = 0; i < parts; ++i) {
            const double dx = pick(0, 12);
            const double dy = pick(0, 12);
            Polygon polygon{shifted(gridRing(2, 4), dx, dy), {}};
            if (pick(0, 4) == 0) { // a frame with a hole, into which other parts may fall
                polygon.shell = shifted(tests::rectangleRing(0, 0, 6, 6), dx, dy);
                polygon.holes = {shifted(tests::rectangleRing(1, 1, 5, 5), dx, dy)};
            }
            shape.polygons.push_back(polygon);
        }
        agreesWithGeos(shape, seen);
    });
    EXPECT_GT(seen.valid, 500);
    EXPECT_GT(seen.broken, 500);
}

/// Cells of a grid united: valid, with holes that touch the shell and each other in points.
Shape unitedCells(tests::RandomShapes& random, int size, std::size_t percent) {
    Shape cells;
    for (int y = 0; y < size; ++y) {
        for (int x = 0; x < size; ++x) {
            if (random.below(100) < percent) {
                cells.polygons.push_back({tests::rectangleRing(x, y, x + 1, y + 1), {}});
            }
        }
    }
    const geo::geos::GeometryPtr collected = geo::geos::toGeos(cells);
    return geo::geos::fromGeos(
        geo::geos::GeometryPtr(GEOSUnaryUnion_r(geo::geos::context(), collected.get())).get());
}

std::vector<Ring*> ringsOf(Shape& shape) {
    std::vector<Ring*> rings;
    for (Polygon& polygon : shape.polygons) {
        rings.push_back(&polygon.shell);
        for (Ring& hole : polygon.holes) {
            rings.push_back(&hole);
        }
    }
    return rings;
}

/// Starts a ring elsewhere, turns it round, or repeats a point: nothing that matters.
void rewrite(tests::RandomShapes& random, Ring& ring) {
    ring.pop_back();
    std::rotate(ring.begin(), ring.begin() + static_cast<std::ptrdiff_t>(random.below(ring.size())),
                ring.end());
    if (random.below(2) == 0) {
        std::reverse(ring.begin(), ring.end());
    }
    const std::size_t at = random.below(ring.size());
    ring.insert(ring.begin() + static_cast<std::ptrdiff_t>(at), random.below(3), Coordinate(ring[at]));
    ring.push_back(ring.front());
}

/// Changes a shape in one place; what comes out is often broken and sometimes still valid.
void disturb(tests::RandomShapes& random, Shape& shape, int size) {
    const std::vector<Ring*> rings = ringsOf(shape);
    Ring& ring = *rings[random.below(rings.size())];
    const auto step = [&] { return static_cast<double>(random.below(static_cast<std::size_t>(size) + 1)); };
    const std::size_t at = 1 + random.below(ring.size() - 2);
    switch (random.below(6)) {
    case 0:
        ring[at] = {step(), step()};
        break;
    case 1:
        ring.insert(ring.begin() + static_cast<std::ptrdiff_t>(at), {step(), step()});
        break;
    case 2:
        ring.erase(ring.begin() + static_cast<std::ptrdiff_t>(at));
        ring = closed(Ring(ring.begin(), ring.end() - 1));
        break;
    case 3: // a hole becomes a part
        for (Polygon& polygon : shape.polygons) {
            if (!polygon.holes.empty()) {
                const Ring hole = polygon.holes.back();
                polygon.holes.pop_back();
                shape.polygons.push_back({hole, {}});
                break;
            }
        }
        break;
    case 4: // a part becomes a hole
        if (shape.polygons.size() > 1) {
            shape.polygons.front().holes.push_back(shape.polygons.back().shell);
            shape.polygons.pop_back();
        }
        break;
    default:
        shape.polygons.push_back({shifted(ring, step(), 0), {}});
    }
}

TEST(ValidityProperty, UnitedCellsWholeAndBroken) {
    tests::RandomShapes random(44);
    int valid = 0;
    int broken = 0;
    for (int round = 0; round < 2500; ++round) {
        const int size = 2 + static_cast<int>(random.below(10));
        Shape shape = unitedCells(random, size, 30 + random.below(60));
        if (shape.polygons.empty()) {
            continue;
        }
        for (Ring* ring : ringsOf(shape)) {
            rewrite(random, *ring);
        }
        for (std::size_t i = random.below(3); i > 0; --i) {
            disturb(random, shape, size);
        }
        const tests::GeosVerdict expected = tests::geosVerdict(shape);
        (expected.isValid ? valid : broken) += 1;
        ASSERT_EQ(!geo::findPlanarInvalidity(shape).has_value(), expected.isValid)
            << round << ' ' << expected.reason << '\n'
            << tests::wkt(shape);
    }
    EXPECT_GT(valid, 600);
    EXPECT_GT(broken, 600);
}

TEST(ValidityProperty, LargeStarsWholeAndBroken) {
    tests::RandomShapes random(45);
    int valid = 0;
    for (int round = 0; round < 200; ++round) {
        Shape shape{{random.polygon({100, 30}, 1, 20 + random.below(3000), true)}, {}, {}};
        if (round % 2 == 0) {
            std::vector<Ring*> rings = ringsOf(shape);
            Ring& ring = *rings[random.below(rings.size())];
            const std::size_t at = 1 + random.below(ring.size() - 2);
            const double reach = 0.5;
            ring[at].x += random.between(-reach, reach);
            ring[at].y += random.between(-reach, reach);
        }
        const tests::GeosVerdict expected = tests::geosVerdict(shape);
        valid += expected.isValid ? 1 : 0;
        ASSERT_EQ(!geo::findPlanarInvalidity(shape).has_value(), expected.isValid)
            << round << ' ' << expected.reason;
    }
    EXPECT_GT(valid, 100);
    EXPECT_LT(valid, 195);
}

} // namespace
