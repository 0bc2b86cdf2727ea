// The localised engine against GEOS on the whole zone, over random and hostile scenes (scenes.hpp).

#include "engine_pair.hpp"
#include "geo/error.hpp"
#include "geo/overlay.hpp"
#include "plain_shapes.hpp"
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

} // namespace
