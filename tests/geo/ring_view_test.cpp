#include "geo/ring_view.hpp"

#include "tests/geo/random_shapes.hpp"

#include <gtest/gtest.h>

namespace {

using geo::Coordinate;

/// Twice the winding number by plain ray casting of a path that may cross itself.
bool isOdd(const geo::Path& ring, const Coordinate& p) {
    bool odd = false;
    for (std::size_t i = 0; i + 1 < ring.size(); ++i) {
        const Coordinate& a = ring[i];
        const Coordinate& b = ring[i + 1];
        if ((a.y > p.y) != (b.y > p.y) && p.x < a.x + (p.y - a.y) / (b.y - a.y) * (b.x - a.x)) {
            odd = !odd;
        }
    }
    return odd;
}

double distanceTo(const geo::Ring& ring, const Coordinate& p) {
    double least = 1e300;
    for (std::size_t i = 0; i + 1 < ring.size(); ++i) {
        const Coordinate& a = ring[i];
        const double dx = ring[i + 1].x - a.x;
        const double dy = ring[i + 1].y - a.y;
        const double length2 = dx * dx + dy * dy;
        double t = length2 > 0 ? ((p.x - a.x) * dx + (p.y - a.y) * dy) / length2 : 0;
        t = std::min(1.0, std::max(0.0, t));
        least = std::min(least, std::hypot(p.x - a.x - t * dx, p.y - a.y - t * dy));
    }
    return least;
}

TEST(RingView, InsideTheBoxEveryPointKeepsItsSide) {
    tests::RandomShapes random(20261128);
    for (int round = 0; round < 60; ++round) {
        const geo::Ring ring = random.star({0, 0}, 100, 200 + random.below(3000));
        const geo::IndexedRing indexed(ring);
        const double size = random.between(2, 60);
        const Coordinate corner{random.between(-120, 100), random.between(-120, 100)};
        const geo::Box box{corner.x, corner.y, corner.x + size, corner.y + size};
        const double resolution = round % 3 == 0 ? 0 : random.between(0, size / 20);
        const geo::Path view = geo::viewOfRing(indexed, box, {resolution, resolution});
        ASSERT_EQ(view.front(), view.back());
        for (int i = 0; i < 300; ++i) {
            const Coordinate p{random.between(box.minX, box.maxX), random.between(box.minY, box.maxY)};
            if (distanceTo(ring, p) > 2 * resolution + 1e-9) {
                ASSERT_EQ(isOdd(view, p), isOdd(ring, p)) << round << ": " << p.x << ' ' << p.y;
            }
        }
    }
}

TEST(RingView, CostsWhatIsSeen) {
    tests::RandomShapes random(7);
    const geo::IndexedRing ring(random.star({0, 0}, 100, 200'000, 0.01));
    EXPECT_LT(geo::viewOfRing(ring, {99, -1, 101, 1}, {0, 0}).size(), 4'000U);
    EXPECT_LT(geo::viewOfRing(ring, {-110, -110, 110, 110}, {1, 1}).size(), 30'000U);
    EXPECT_LT(geo::viewOfRing(ring, {-1, -1, 1, 1}, {0, 0}).size(), 100U); // the middle sees no border
}

} // namespace
