// What a crossing pair costs while the zone grows: the same patches, the same vertex spacing of the zone near
// them, and a zone of 10^3 to 10^6 vertices. Prints k, the zone segments that meet a patch's box, beside the
// cost. Usage: growth_bench [--repeat N]

#include "geo/localise.hpp"
#include "geo/patch_overlay.hpp"
#include "tests/geo/random_shapes.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <numbers>
#include <vector>

namespace {

constexpr geo::Coordinate kPlace{101.5, 30.25};
/// Distance of the zone's vertices, degrees: about 10 m.
constexpr double kSpacing = 1e-4;
constexpr std::size_t kPatches = 400;
constexpr std::size_t kSmallestZone = 1000;
constexpr std::size_t kLargestZone = 1000000;

/// A band whose lower edge runs along latitude kPlace.y with teeth of fixed spacing: alike everywhere, the
/// longer the more vertices. The edge near the patches is the same for all sizes.
geo::Shape band(std::size_t vertices) {
    const auto count = static_cast<std::ptrdiff_t>(vertices / 2);
    geo::Ring ring;
    ring.reserve(vertices + 1);
    const auto tooth = [](std::ptrdiff_t i) {
        // A fixed pseudo-random height for each place.
        const double wave = std::sin(static_cast<double>(i) * 12.9898) * 43758.5453;
        return (wave - std::floor(wave)) * kSpacing;
    };
    const auto x = [](std::ptrdiff_t i) { return kPlace.x + static_cast<double>(i) * kSpacing / 4; };
    for (std::ptrdiff_t i = -count / 2; i < count / 2; ++i) {
        ring.push_back({x(i), kPlace.y + tooth(i)});
    }
    constexpr double kHeight = 100;
    for (std::ptrdiff_t i = count / 2 - 1; i >= -count / 2; --i) {
        ring.push_back({x(i), kPlace.y + kSpacing * kHeight + tooth(i)});
    }
    ring.push_back(ring.front());
    return {{{ring, {}}}, {}, {}};
}

std::vector<geo::Shape> crossingPatches() {
    tests::RandomShapes random(1);
    std::vector<geo::Shape> patches;
    constexpr double kRadius = 3e-4;
    for (std::size_t i = 0; i < kPatches; ++i) {
        const geo::Coordinate centre{kPlace.x + random.between(-40, 40) * kSpacing,
                                     kPlace.y + random.between(0, 1) * kSpacing};
        patches.push_back({{random.polygon(centre, kRadius, 12 + random.below(20), false)}, {}, {}});
    }
    return patches;
}

struct Measured {
    double microseconds = 0;
    double areaM2 = 0;
};

/// The best of several rounds over all patches.
Measured measure(const std::vector<geo::Shape>& patches, const geo::ZoneIndex& zones,
                 const geo::OverlayOptions& options, int repeat) {
    Measured best;
    best.microseconds = 1e300;
    for (int round = 0; round < repeat; ++round) {
        double area = 0;
        const auto start = std::chrono::steady_clock::now();
        for (const geo::Shape& patch : patches) {
            for (const geo::ZoneOverlap& overlap : geo::overlayPatch(patch, zones, options).overlaps) {
                area += overlap.measure;
            }
        }
        const std::chrono::duration<double, std::micro> time = std::chrono::steady_clock::now() - start;
        best.microseconds = std::min(best.microseconds, time.count() / static_cast<double>(patches.size()));
        best.areaM2 = area;
    }
    return best;
}

/// What the general path (localise, then GEOS) alone costs, where no clean split is tried.
double measureLocalise(const std::vector<geo::Shape>& patches, const geo::ZoneIndex& zones, int repeat,
                       double& k) {
    double best = 1e300;
    for (int round = 0; round < repeat; ++round) {
        std::size_t segments = 0;
        const auto start = std::chrono::steady_clock::now();
        for (const geo::Shape& patch : patches) {
            const geo::Box box = patch.box();
            for (const auto& candidate : zones.candidates(box)) {
                segments += geo::localise(zones, candidate, box).segments;
            }
        }
        const std::chrono::duration<double, std::micro> time = std::chrono::steady_clock::now() - start;
        best = std::min(best, time.count() / static_cast<double>(patches.size()));
        k = static_cast<double>(segments) / static_cast<double>(patches.size());
    }
    return best;
}

} // namespace

int main(int argc, char** argv) {
    constexpr int kDefaultRepeat = 15;
    const int repeat =
        argc == 3 && std::strcmp(argv[1], "--repeat") == 0 ? std::atoi(argv[2]) : kDefaultRepeat;
    const std::vector<geo::Shape> patches = crossingPatches();
    geo::OverlayOptions options;
    std::printf("%10s %8s %14s %14s %10s %18s\n", "vertices", "k", "overlay us", "localise us", "of first",
                "area m2");
    double first = 0;
    for (std::size_t vertices = kSmallestZone; vertices <= kLargestZone; vertices *= 10) {
        const geo::ZoneIndex zones({band(vertices)}, 1);
        double k = 0;
        const double localise = measureLocalise(patches, zones, repeat, k);
        const Measured measured = measure(patches, zones, options, repeat);
        first = first == 0 ? measured.microseconds : first;
        std::printf("%10zu %8.1f %14.2f %14.2f %10.2f %18.6f\n", vertices, k, measured.microseconds, localise,
                    measured.microseconds / first, measured.areaM2);
    }
    return 0;
}
