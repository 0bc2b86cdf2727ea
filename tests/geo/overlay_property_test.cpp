// The localised engine against GEOS on the whole zone, over random and hostile scenes (scenes.hpp).

#include "geo/boundary_length.hpp"
#include "geo/clean_split.hpp"
#include "geo/error.hpp"
#include "geo/geodesic.hpp"
#include "geo/geos_handle.hpp"
#include "geo/localise.hpp"
#include "geo/overlay.hpp"
#include "geo/patch_overlay.hpp"
#include "plain_shapes.hpp"
#include "scene_generator.hpp"

#include <cmath>
#include <iostream>
#include <optional>
#include <stdexcept>

#include <gtest/gtest.h>

namespace {

using geo::Shape;
using tests::Scene;
using tests::SceneRecipe;

constexpr int kCases = 1500;
constexpr double kIdenticalShare = 0.999;
constexpr double kFullShare = 1e-4;
/// 1e-11 degrees at 100 degrees.
constexpr double kDifferencePerMagnitude = 1e-13;

double planarArea(const Shape& shape) {
    double area = 0;
    if (!shape.polygons.empty()) {
        GEOSArea_r(geo::geos::context(), geo::geos::toGeos(shape).get(), &area);
    }
    return area;
}

double planarLength(const Shape& shape) {
    double length = 0;
    GEOSLength_r(geo::geos::context(), geo::geos::toGeos(shape).get(), &length);
    return length;
}

double symmetricDifference(const Shape& a, const Shape& b) {
    return planarArea(geo::difference(a, b)) + planarArea(geo::difference(b, a));
}

double magnitude(const Shape& shape) {
    const geo::Box box = shape.box();
    return std::max({std::abs(box.minX), std::abs(box.maxX), std::abs(box.minY), std::abs(box.maxY)});
}

/// The patch against one zone as the engine settles a pair, at the floor where coordinates may be of any
/// size.
struct Pair {
    Shape overlap;
    std::optional<Shape> rest; ///< the patch outside the zone, from a clean split
    bool full = false;
    std::string reason; ///< why it was full
};
Pair settle(const Shape& patch, const geo::ZoneIndex& zones, const geo::ZoneIndex::Candidate& candidate) {
    Pair pair;
    geo::CleanSplit cleanSplit;
    const geo::PatchOutline outline(patch);
    const geo::IndexedZone& zone = zones.zone(candidate.zone);
    const geo::CleanSplit::Contact contact = cleanSplit.scan(patch, outline, zone, candidate.rings);
    if (geo::boundaryMeets(zones, candidate, patch) != (contact != geo::CleanSplit::Contact::None)) {
        throw std::logic_error("the scan and boundaryMeets differ");
    }
    if (contact == geo::CleanSplit::Contact::Clean) {
        geo::CleanSplit::Pieces pieces = cleanSplit.split(zone);
        pair.overlap = std::move(pieces.inside);
        pair.rest = std::move(pieces.outside);
        return pair;
    }
    if (contact == geo::CleanSplit::Contact::None) {
        for (const geo::Polygon& polygon : patch.polygons) {
            if (zones.locate(candidate.zone, polygon.shell.front()) == geo::Location::Inside) {
                pair.overlap.polygons.push_back(polygon);
            }
        }
        return pair;
    }
    const geo::LocalView local = geo::localise(zones, candidate, patch.box());
    pair.reason = local.reason;
    if (local.view == geo::View::Localised) {
        try {
            pair.overlap = geo::intersection(patch, local.polygon);
            return pair;
        } catch (const geo::Error& error) {
            pair.reason = error.what();
        }
    }
    pair.full = true;
    pair.overlap = geo::intersection(patch, zones.shape(candidate.zone));
    return pair;
}

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
            const Pair pair = settle(scene.patch, zones, candidate);
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
            const double difference = symmetricDifference(pair.overlap, expected);
            const double allowed =
                kDifferencePerMagnitude * magnitude(scene.patch) * planarLength(scene.patch);
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
