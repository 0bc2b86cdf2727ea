#include "app/check/duplicates.hpp"

#include "geo/area.hpp"
#include "geo/error.hpp"
#include "geo/geodesic.hpp"
#include "geo/overlay.hpp"
#include "geo/parallel.hpp"
#include "geo/ring_tree.hpp"

#include <algorithm>
#include <numeric>
#include <utility>
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

/// For each patch the first one of the same geometry; itself where there is none.
std::vector<std::size_t> firstsOf(const std::vector<layers::Patch>& patches,
                                  const std::vector<std::uint64_t>& hashes) {
    std::vector<std::size_t> order(patches.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return hashes[a] < hashes[b]; });
    std::vector<std::size_t> firsts(patches.size());
    std::vector<std::pair<std::size_t, geo::Shape>> known; // the different shapes of one hash
    for (std::size_t n = 0; n < order.size(); ++n) {
        const std::size_t i = order[n];
        const bool isRun = n > 0 && hashes[order[n - 1]] == hashes[i];
        const bool goesOn = n + 1 < order.size() && hashes[order[n + 1]] == hashes[i];
        firsts[i] = i;
        if (!isRun) {
            known.clear();
        }
        if (!isRun && !goesOn) {
            continue;
        }
        geo::Shape shape = geo::normalised(patches[i].shape);
        const auto same = std::find_if(known.begin(), known.end(),
                                       [&](const auto& entry) { return entry.second == shape; });
        if (same == known.end()) {
            known.emplace_back(i, std::move(shape));
        } else {
            firsts[i] = same->first;
        }
    }
    return firsts;
}

/// Each different geometry once, in input order, with its box.
struct Different {
    std::vector<std::size_t> patches;
    std::vector<geo::Box> boxes;
};

} // namespace

std::vector<Duplicate> findDuplicates(const std::vector<layers::Patch>& patches,
                                      const std::vector<double>& measures, double duplicateShare, int threads,
                                      geo::Progress& progress) {
    const std::size_t count = patches.size();
    std::vector<std::uint64_t> hashes(count);
    geo::Progress silent;
    geo::parallelFor(count, kGrain, threads, silent,
                     [&](std::size_t i) { hashes[i] = geo::normalisedHash(patches[i].shape); });
    // Copies are settled first: thousands of points on one default place must not be compared pair by pair.
    const std::vector<std::size_t> firsts = firstsOf(patches, hashes);
    Different different;
    for (std::size_t i = 0; i < count; ++i) {
        if (firsts[i] == i) {
            different.patches.push_back(i);
            different.boxes.push_back(patches[i].shape.box());
        }
    }
    const geo::RingTree tree(different.boxes);
    std::vector<std::vector<Match>> matches(count);
    progress.begin("查重 duplicates", static_cast<std::int64_t>(different.patches.size()));
    geo::parallelFor(different.patches.size(), kGrain, threads, progress, [&](std::size_t n) {
        const std::size_t i = different.patches[n];
        const geo::Shape& shape = patches[i].shape;
        if (shape.dimension() != geo::Dimension::Area) {
            return;
        }
        std::vector<std::uint32_t> found;
        tree.query(different.boxes[n], found);
        for (const std::uint32_t m : found) {
            const std::size_t j = different.patches[m];
            if (j >= i || patches[j].shape.dimension() != geo::Dimension::Area ||
                !mayBeDuplicates(different.boxes[n], different.boxes[m], measures[i], measures[j],
                                 duplicateShare)) {
                continue;
            }
            const double share = sharedPart(shape, patches[j].shape, measures[i], measures[j]);
            if (share >= duplicateShare) {
                matches[i].push_back({static_cast<std::int32_t>(j), share});
            }
        }
    });
    std::vector<Duplicate> duplicates;
    std::vector<Match> settled(count); // of what each patch is a duplicate
    for (std::size_t i = 0; i < count; ++i) {
        Match& match = settled[i];
        if (firsts[i] != i) {
            const Match& original = settled[firsts[i]];
            match = original.of >= 0 ? original : Match{static_cast<std::int32_t>(firsts[i]), 1.0};
        } else {
            const auto first = std::find_if(matches[i].begin(), matches[i].end(), [&](const Match& m) {
                return settled[static_cast<std::size_t>(m.of)].of < 0;
            });
            match = first == matches[i].end() ? Match{} : *first;
        }
        if (match.of >= 0) {
            duplicates.push_back({static_cast<std::int32_t>(i), match.of, match.share});
        }
    }
    return duplicates;
}

} // namespace app
