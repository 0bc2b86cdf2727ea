// Times the engine alone on the GeoPackages of a bench folder (patches, redline, reserve, water), and prints
// what it found: pairs and areas by layer, how pairs were settled, sums. Usage: engine_bench FOLDER
// [--threads N] [--near M] [--plain] [--no-atoms] [--repeat N]

#include "geo/parallel.hpp"
#include "geo/patch_overlay.hpp"
#include "geo/wkb.hpp"

#include <array>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <stdexcept>
#include <string>
#include <vector>

#include <ogrsf_frmts.h>

namespace {

constexpr std::array<const char*, 3> kLayers{"redline", "reserve", "water"};
constexpr double kDefaultNearM = 50;

struct Arguments {
    std::string folder;
    int threads = 0;
    int repeat = 1;
    geo::OverlayOptions options;
};

/// Wall and processor seconds since the last lap: a shared machine shows in the difference.
class Clock {
  public:
    void lap(const char* stage) {
        const auto now = std::chrono::steady_clock::now();
        const std::clock_t cpu = std::clock();
        std::printf("%-10s %8.3f s wall %8.3f s cpu\n", stage,
                    std::chrono::duration<double>(now - m_last).count(),
                    static_cast<double>(cpu - m_lastCpu) / CLOCKS_PER_SEC);
        restart();
    }
    void restart() {
        m_last = std::chrono::steady_clock::now();
        m_lastCpu = std::clock();
    }

  private:
    std::chrono::steady_clock::time_point m_last = std::chrono::steady_clock::now();
    std::clock_t m_lastCpu = std::clock();
};

Arguments parse(int argc, char** argv) {
    Arguments arguments;
    double nearM = kDefaultNearM;
    for (int i = 1; i < argc; ++i) {
        const std::string word = argv[i];
        if (word == "--threads" && i + 1 < argc) {
            arguments.threads = std::atoi(argv[++i]);
        } else if (word == "--near" && i + 1 < argc) {
            nearM = std::atof(argv[++i]);
        } else if (word == "--repeat" && i + 1 < argc) {
            arguments.repeat = std::atoi(argv[++i]);
        } else if (word == "--plain") {
            arguments.options.method = geo::OverlayOptions::Method::Plain;
        } else if (word == "--no-atoms") {
            arguments.options.wantAtoms = false;
        } else {
            arguments.folder = word;
        }
    }
    if (arguments.folder.empty()) {
        throw std::runtime_error(
            "usage: engine_bench FOLDER [--threads N] [--near M] [--plain] [--no-atoms]");
    }
    arguments.options.maxNearDistanceM = nearM;
    arguments.options.nearDistanceM = [nearM](std::uint32_t) { return nearM; };
    return arguments;
}

void readLayer(const std::string& folder, const std::string& name, std::vector<geo::Shape>& shapes) {
    const std::string path = folder + "/" + name + ".gpkg";
    const GDALDatasetUniquePtr dataset(GDALDataset::Open(path.c_str(), GDAL_OF_VECTOR | GDAL_OF_READONLY));
    if (!dataset) {
        throw std::runtime_error("cannot open " + path);
    }
    std::vector<std::byte> wkb;
    for (const auto& feature : *dataset->GetLayer(0)) {
        const OGRGeometry* geometry = feature->GetGeometryRef();
        if (geometry == nullptr) {
            shapes.emplace_back();
            continue;
        }
        wkb.resize(geometry->WkbSize());
        geometry->exportToWkb(wkbNDR, reinterpret_cast<unsigned char*>(wkb.data()));
        shapes.push_back(geo::shapeFromWkb(wkb));
    }
}

struct Counts {
    std::array<std::size_t, kLayers.size()> pairs{};
    std::array<double, kLayers.size()> areaM2{};
    std::array<std::size_t, 3> paths{};
    std::size_t outside = 0;
    std::size_t near = 0;
    std::size_t atoms = 0;
    double coveredM2 = 0;
    double uncoveredM2 = 0;
    double boundaryM = 0;
    double worstResidual = 0; ///< over what the engine promises: 0.01 m² and 1e-9 of the area
};

Counts count(const std::vector<geo::PatchOverlay>& results, const std::vector<std::size_t>& layerEnds) {
    Counts counts;
    for (const geo::PatchOverlay& result : results) {
        for (const geo::ZoneOverlap& overlap : result.overlaps) {
            std::size_t layer = 0;
            while (overlap.zone >= layerEnds[layer]) {
                ++layer;
            }
            ++counts.pairs[layer];
            counts.areaM2[layer] += overlap.measure;
            ++counts.paths[static_cast<std::size_t>(overlap.path)];
            counts.boundaryM += overlap.boundaryLengthM;
        }
        for (const auto& [zone, reason] : result.fullReasons) {
            std::printf("full: zone %u: %s\n", zone, reason.c_str());
        }
        counts.outside += result.outsidePairs;
        counts.near += result.near.size();
        counts.atoms += result.atoms.size();
        counts.coveredM2 += result.measure - result.uncovered;
        counts.uncoveredM2 += result.uncovered;
        constexpr double kPromisedM2 = 0.01;
        constexpr double kPromisedShare = 1e-9;
        counts.worstResidual =
            std::max(counts.worstResidual,
                     std::abs(result.residual) / (kPromisedM2 + kPromisedShare * result.measure));
    }
    return counts;
}

void print(const Counts& counts) {
    for (std::size_t layer = 0; layer < kLayers.size(); ++layer) {
        std::printf("%-8s %8zu pairs %18.3f m2\n", kLayers[layer], counts.pairs[layer], counts.areaM2[layer]);
    }
    std::printf("paths: inside %zu, localised %zu, full %zu; outside %zu\n", counts.paths[0], counts.paths[1],
                counts.paths[2], counts.outside);
    std::printf(
        "near %zu, atoms %zu, covered %.3f m2, uncovered %.3f m2, boundary %.3f m, residual/promised %.2e\n",
        counts.near, counts.atoms, counts.coveredM2, counts.uncoveredM2, counts.boundaryM,
        counts.worstResidual);
}

void run(const Arguments& arguments) {
    Clock clock;
    std::vector<geo::Shape> shapes;
    std::vector<std::size_t> layerEnds;
    for (const char* layer : kLayers) {
        readLayer(arguments.folder, layer, shapes);
        layerEnds.push_back(shapes.size());
    }
    std::vector<geo::Shape> patches;
    readLayer(arguments.folder, "patches", patches);
    std::printf("%zu zones, %zu patches\n", shapes.size(), patches.size());
    clock.lap("read");
    const geo::ZoneIndex zones(std::move(shapes), arguments.threads);
    clock.lap("index");
    for (int i = 0; i < arguments.repeat; ++i) {
        std::vector<geo::PatchOverlay> results(patches.size());
        geo::Progress progress;
        constexpr std::size_t kGrain = 64;
        clock.restart();
        geo::parallelFor(patches.size(), kGrain, arguments.threads, progress, [&](std::size_t patch) {
            results[patch] = geo::overlayPatch(patches[patch], zones, arguments.options);
        });
        clock.lap("overlay");
        if (i + 1 == arguments.repeat) {
            print(count(results, layerEnds));
        }
    }
}

} // namespace

int main(int argc, char** argv) {
    try {
        GDALAllRegister();
        run(parse(argc, argv));
    } catch (const std::exception& error) {
        std::fprintf(stderr, "engine_bench: %s\n", error.what());
        return 1;
    }
    return 0;
}
