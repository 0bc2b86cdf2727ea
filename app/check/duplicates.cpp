#include "app/check/duplicates.hpp"

#include "geo/area.hpp"
#include "geo/error.hpp"
#include "geo/geodesic.hpp"
#include "geo/overlay.hpp"
#include "geo/parallel.hpp"
#include "geo/ring_tree.hpp"

#include <algorithm>
#include <vector>

namespace app {

namespace {

constexpr std::size_t kGrain = 256;
/// Room for the local plane in which boxes are compared with ellipsoidal areas.
constexpr double kBoxSlack = 1.01;

struct Match {
    std::int32_t of = -1;
    double share = 0;
};

/// Tells most pairs apart without an overlay. If the common part is at least `share` of the larger patch, the
/// smaller one is too, and the common box holds that common part: its planar area in the metres of the place
/// is at least as large.
bool mayBeDuplicates(const geo::Box& a, const geo::Box& b, double areaA, double areaB, double share) {
    const double larger = std::max(areaA, areaB);
    if (std::min(areaA, areaB) < share * larger) {
        return false;
    }
    const geo::Box both{std::max(a.minX, b.minX), std::max(a.minY, b.minY), std::min(a.maxX, b.maxX),
                        std::min(a.maxY, b.maxY)};
    if (both.isEmpty() || both.minY > both.maxY) {
        return false;
    }
    const geo::MetresPerDegree metres = geo::metresPerDegree((both.minY + both.maxY) / 2);
    const double commonM2 = (both.maxX - both.minX) * metres.lon * (both.maxY - both.minY) * metres.lat;
    return commonM2 * kBoxSlack >= share * larger;
}

double sharedPart(const geo::Shape& a, const geo::Shape& b, double areaA, double areaB) {
    const double larger = std::max(areaA, areaB);
    if (larger <= 0) {
        return 0;
    }
    try {
        return geo::ellipsoidalAreaM2(geo::intersection(a, b)) / larger;
    } catch (const geo::Error&) {
        return 0; // GEOS refuses a pair of valid patches about never; then they simply stay two patches
    }
}

} // namespace

std::vector<Duplicate> findDuplicates(const std::vector<layers::Patch>& patches,
                                      const std::vector<double>& measures, double duplicateShare, int threads,
                                      geo::Progress& progress) {
    const std::size_t count = patches.size();
    std::vector<geo::Box> boxes(count);
    std::vector<std::uint64_t> hashes(count);
    geo::Progress silent;
    geo::parallelFor(count, kGrain, threads, silent, [&](std::size_t i) {
        boxes[i] = patches[i].shape.box();
        hashes[i] = geo::normalisedHash(patches[i].shape);
    });
    const geo::RingTree tree(boxes);
    std::vector<std::vector<Match>> matches(count);
    progress.begin("查重 duplicates", static_cast<std::int64_t>(count));
    geo::parallelFor(count, kGrain, threads, progress, [&](std::size_t i) {
        std::vector<std::uint32_t> found;
        tree.query(boxes[i], found);
        const geo::Shape& shape = patches[i].shape;
        for (const std::uint32_t j : found) {
            if (j >= i || shape.dimension() != patches[j].shape.dimension()) {
                continue;
            }
            if (hashes[i] == hashes[j] && geo::normalised(shape) == geo::normalised(patches[j].shape)) {
                matches[i].push_back({static_cast<std::int32_t>(j), 1.0});
            } else if (shape.dimension() == geo::Dimension::Area &&
                       mayBeDuplicates(boxes[i], boxes[j], measures[i], measures[j], duplicateShare)) {
                const double share = sharedPart(shape, patches[j].shape, measures[i], measures[j]);
                if (share >= duplicateShare) {
                    matches[i].push_back({static_cast<std::int32_t>(j), share});
                }
            }
        }
    });
    std::vector<Duplicate> duplicates;
    std::vector<bool> isDuplicate(count, false);
    for (std::size_t i = 0; i < count; ++i) {
        const auto first = std::find_if(matches[i].begin(), matches[i].end(), [&](const Match& m) {
            return !isDuplicate[static_cast<std::size_t>(m.of)];
        });
        if (first != matches[i].end()) {
            isDuplicate[i] = true;
            duplicates.push_back({static_cast<std::int32_t>(i), first->of, first->share});
        }
    }
    return duplicates;
}

} // namespace app
