// The localised engine against GEOS on the whole zone, over random and hostile scenes (scenes.hpp).

#include "engine_pair.hpp"
#include "geo/error.hpp"
#include "geo/overlay.hpp"
#include "plain_shapes.hpp"
#include "random_shapes.hpp"
#include "scene_generator.hpp"

#include <cmath>
#include <iostream>

#include <gtest/gtest.h>

namespace {

using geo::Shape;
using tests::Scene;
using tests::SceneRecipe;

constexpr int kCases = 1500;
constexpr double kIdenticalShare = 0.999;
constexpr double kFullShare = 1e-4;

struct Tally {
    int pairs = 0;
    int crossing = 0;
    int identical = 0;
    int split = 0;          ///< by CleanSplit, without GEOS
    int identicalRests = 0; ///< of these, the part outside the zone
    int full = 0;
    int refused = 0; ///< GEOS refuses the whole zone: nothing to compare with

    void print() const {
        std::cout << "pairs " << pairs << ", with an overlap " << crossing << ", identical " << identical
                  << ", clean splits " << split << ", rests identical " << identicalRests << ", full " << full
                  << ", refused by the oracle " << refused << '\n';
    }
};

TEST(OverlayProperty, sameCoordinatesAsTheWholeZone) {
    Tally tally;
    tests::checkMany(kCases, [&tally](const SceneRecipe& recipe) {
        const Scene scene = tests::makeScene(recipe);
        RC_PRE(scene.valid);
        const geo::ZoneIndex zones = tests::zonesOf(scene.zones);
        for (const auto& candidate : zones.candidates(scene.patch.box())) {
            Shape expected;
            try {
                expected = geo::intersection(scene.patch, zones.shape(candidate.zone));
            } catch (const geo::Error&) {
                ++tally.refused;
                continue;
            }
            const tests::Pair pair = tests::settle(scene.patch, zones, candidate);
            ++tally.pairs;
            if (pair.full) {
                ++tally.full;
                std::cout << "full: " << recipe.text() << ", zone " << candidate.zone << ": " << pair.reason
                          << '\n';
            }
            if (pair.rest) {
                ++tally.split;
                const Shape rest = geo::difference(scene.patch, zones.shape(candidate.zone));
                tally.identicalRests += geo::normalised(*pair.rest) == geo::normalised(rest) ? 1 : 0;
            }
            tally.crossing += expected.isEmpty() ? 0 : 1;
            if (geo::normalised(pair.overlap) == geo::normalised(expected)) {
                ++tally.identical;
                continue;
            }
            const double difference = tests::symmetricDifference(pair.overlap, expected);
            const double allowed = tests::allowedDifference(scene.patch);
            std::cout << "not identical: " << recipe.text() << ", zone " << candidate.zone
                      << ": symmetric difference " << difference << ", allowed " << allowed << '\n';
            RC_ASSERT(difference <= allowed);
        }
    });
    tally.print();
    EXPECT_GE(tally.identical, tally.pairs * kIdenticalShare);
    EXPECT_GE(tally.identicalRests, tally.split * kIdenticalShare);
    EXPECT_GT(tally.split, tally.pairs / 10);
    EXPECT_LE(tally.full, std::ceil(tally.pairs * kFullShare));
    EXPECT_GT(tally.crossing, tally.pairs / 4);
}

TEST(OverlayProperty, zoneOfAMillionVertices) {
    constexpr std::size_t kVertices = std::size_t{1} << 20U;
    constexpr double kRoughness = 0.12; // never crosses itself
    geo::Ring ring = tests::fractalRing(5, kVertices, kRoughness);
    for (geo::Coordinate& c : ring) {
        c = {101.5 + c.x / 2, 30.2 + c.y / 2};
    }
    ASSERT_GE(ring.size(), kVertices);
    const Shape zone{{{ring, {}}}, {}, {}};
    const geo::ZoneIndex zones = tests::zonesOf({zone});
    const Shape whole = zones.shape(0);
    tests::RandomShapes random(3);
    int crossing = 0;
    constexpr int kPatches = 6;
    for (int i = 0; i < kPatches; ++i) {
        const geo::Coordinate centre = ring[random.below(ring.size())];
        const double radius = std::pow(10, random.between(-5, -2));
        const Shape patch{{random.polygon(centre, radius, 30, i % 2 == 0)}, {}, {}};
        for (const auto& candidate : zones.candidates(patch.box())) {
            const tests::Pair pair = tests::settle(patch, zones, candidate);
            EXPECT_FALSE(pair.full) << pair.reason;
            EXPECT_EQ(geo::normalised(pair.overlap), geo::normalised(geo::intersection(patch, whole)));
            crossing += pair.overlap.isEmpty() ? 0 : 1;
        }
    }
    EXPECT_EQ(crossing, kPatches);
}

} // namespace
