// Times validity and indexing on the GeoPackages of a bench folder (redline, reserve, water, patches), one
// layer at a time, on one thread; then building the zone index, one large ring, and locate. Single-threaded
// parts are given in CPU seconds, so that a busy machine disturbs them less. Usage: index_bench FOLDER
// [--geos] [--validity]

#include "../support/ogr_shapes.hpp"
#include "geo/geos_handle.hpp"
#include "geo/indexed_ring.hpp"
#include "geo/validity.hpp"
#include "geo/zone_index.hpp"

#include <array>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <ctime>
#include <exception>
#include <filesystem>
#include <numbers>
#include <random>
#include <utility>
#include <vector>

namespace {

constexpr double kMillion = 1e6;
constexpr double kNano = 1e9;
constexpr int kThreads = 2;

/// CPU seconds that work() takes in this process.
template <typename Work>
double cpuTimed(Work&& work) {
    const std::clock_t start = std::clock();
    work();
    return static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
}

/// Seconds on the wall that work() takes.
template <typename Work>
double timed(Work&& work) {
    const auto start = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

std::vector<geo::Shape> shapesOf(const std::filesystem::path& file) {
    std::vector<geo::Shape> shapes;
    for (tests::OgrShape& each : tests::shapesOfFile(file)) {
        shapes.push_back(std::move(each.shape));
    }
    return shapes;
}

std::size_t verticesOf(const std::vector<geo::Shape>& shapes) {
    std::size_t count = 0;
    for (const geo::Shape& shape : shapes) {
        count += shape.vertexCount();
    }
    return count;
}

struct Validity {
    std::size_t vertices = 0;
    double seconds = 0;
};

Validity timeValidity(const char* layer, const std::vector<geo::Shape>& shapes, bool withGeos) {
    std::size_t defects = 0;
    const double seconds = cpuTimed([&] {
        for (const geo::Shape& shape : shapes) {
            defects += geo::findInvalidity(shape) ? 1 : 0;
        }
    });
    const std::size_t vertices = verticesOf(shapes);
    std::printf("validity %-8s %8zu shapes %10zu vertices %6zu defects %7.3f s %6.1f ns/vertex", layer,
                shapes.size(), vertices, defects, seconds, seconds / static_cast<double>(vertices) * kNano);
    if (withGeos) {
        std::vector<geo::geos::GeometryPtr> geometries;
        for (const geo::Shape& shape : shapes) {
            geometries.push_back(geo::geos::toGeos(shape));
        }
        std::size_t invalid = 0;
        const double geosSeconds = cpuTimed([&] {
            for (const geo::geos::GeometryPtr& geometry : geometries) {
                invalid += GEOSisValid_r(geo::geos::context(), geometry.get()) == 1 ? 0 : 1;
            }
        });
        std::printf("   GEOS isValid %7.3f s, %zu invalid", geosSeconds, invalid);
    }
    std::printf("\n");
    return {vertices, seconds};
}

void timeRing() {
    constexpr std::size_t kVertices = 1U << 20U;
    constexpr int kBuilds = 20;
    constexpr int kLocates = 1000000;
    std::mt19937_64 random(1);
    std::uniform_real_distribution<double> unit(0, 1);
    geo::Ring ring;
    for (std::size_t i = 0; i < kVertices; ++i) {
        const double angle = 2 * std::numbers::pi * static_cast<double>(i) / kVertices;
        const double reach = 1 + 1e-3 * unit(random);
        ring.push_back({100 + reach * std::cos(angle), 30 + reach * std::sin(angle)});
    }
    ring.push_back(ring.front());
    double best = 1;
    for (int i = 0; i < kBuilds; ++i) {
        geo::Ring copy = ring;
        best = std::min(best, timed([&] { const geo::IndexedRing built(std::move(copy)); }));
    }
    const geo::IndexedRing indexed(ring);
    std::size_t inside = 0;
    const double locate = cpuTimed([&] {
        for (int i = 0; i < kLocates; ++i) {
            const geo::Coordinate c{98.9 + 2.2 * unit(random), 28.9 + 2.2 * unit(random)};
            inside += indexed.locate(c) == geo::Location::Inside ? 1 : 0;
        }
    });
    std::printf("ring of %zu vertices: built in %.2f ms, locate %.0f ns (%zu inside)\n", kVertices,
                best * 1e3, locate / kLocates * kNano, inside);
}

struct Options {
    bool withGeos = false;
    bool onlyValidity = false;
};

int run(const std::filesystem::path& folder, const Options& options) {
    constexpr std::array<const char*, 3> kZoneLayers{"redline", "reserve", "water"};
    Validity all;
    std::vector<geo::Shape> zones;
    for (const char* layer : kZoneLayers) {
        std::vector<geo::Shape> shapes = shapesOf(folder / (std::string(layer) + ".gpkg"));
        const Validity one = timeValidity(layer, shapes, options.withGeos);
        all.vertices += one.vertices;
        all.seconds += one.seconds;
        std::move(shapes.begin(), shapes.end(), std::back_inserter(zones));
    }
    const std::vector<geo::Shape> patches = shapesOf(folder / "patches.gpkg");
    const Validity one = timeValidity("patches", patches, options.withGeos);
    std::printf("validity together: %.2f million vertices, %.3f s\n",
                static_cast<double>(all.vertices + one.vertices) / kMillion, all.seconds + one.seconds);

    if (options.onlyValidity) {
        return 0;
    }
    const std::size_t zoneVertices = verticesOf(zones);
    std::vector<geo::Shape> copy = zones;
    const double two = timed([&] { const geo::ZoneIndex index(std::move(copy), kThreads); });
    geo::ZoneIndex index({});
    const double single = timed([&] { index = geo::ZoneIndex(std::move(zones), 1); });
    std::printf("zone index: %zu vertices, one thread %.3f s, two %.3f s (with giving it back)\n",
                zoneVertices, single, two);
    std::size_t pairs = 0;
    const double seconds = cpuTimed([&] {
        for (const geo::Shape& patch : patches) {
            pairs += index.candidates(patch.box()).size();
        }
    });
    std::size_t inside = 0;
    const double locating = cpuTimed([&] {
        for (const geo::Shape& patch : patches) {
            const geo::Box box = patch.box();
            for (const geo::ZoneIndex::Candidate& candidate : index.candidates(box)) {
                inside += index.locate(candidate.zone, {box.minX, box.minY}) == geo::Location::Inside ? 1 : 0;
            }
        }
    });
    std::printf("candidates: %zu patches, %zu pairs, %.3f s; with one locate a pair %.3f s (%zu inside)\n",
                patches.size(), pairs, seconds, locating, inside);
    timeRing();
    return 0;
}

} // namespace

int main(int argc, char** argv) {
    if (argc < 2) {
        std::fprintf(stderr, "usage: index_bench FOLDER [--geos] [--validity]\n");
        return 2;
    }
    try {
        Options options;
        for (int i = 2; i < argc; ++i) {
            options.withGeos = options.withGeos || std::strcmp(argv[i], "--geos") == 0;
            options.onlyValidity = options.onlyValidity || std::strcmp(argv[i], "--validity") == 0;
        }
        return run(argv[1], options);
    } catch (const std::exception& error) {
        std::fprintf(stderr, "index_bench: %s\n", error.what());
        return 1;
    }
}
