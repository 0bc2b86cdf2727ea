// A ledger of many batches, and what the lineage of a new batch costs in it: time and peak memory must grow
// with the batch, not with the history. Patches lie all over a prefecture; 60 % of the new batch's come again
// at a place of the history, so that a patch meets about as many earlier ones in a short history as in a long
// one. Usage: lineage_bench make FILE.ecoredline BATCHES PATCHES [CASES]     makes the project, and a last,
// new batch
//        lineage_bench find FILE.ecoredline [THREADS]                   lineage of the last batch, nothing is
//        kept lineage_bench keep FILE.ecoredline [THREADS]                   the same, kept

#include "app/cases/batch_lineage.hpp"
#include "geo/error.hpp"
#include "layers/error.hpp"
#include "layers/project/batch_store.hpp"
#include "layers/project/ledger_change.hpp"
#include "layers/project/lineage_store.hpp"
#include "tests/geo/random_shapes.hpp"
#include "tests/support/ledger_maker.hpp"

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <string>
#include <vector>

#include <sys/resource.h>

#include <fmt/format.h>

namespace {

constexpr double kComesAgain = 0.6;
const layers::Stamp kStamp{"2026-11-24T08:00:00+08:00", "bench"};

double secondsSince(std::chrono::steady_clock::time_point start) {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

double peakMegabytes() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return static_cast<double>(usage.ru_maxrss) / 1024;
}

struct Place {
    geo::Coordinate centre;
    double radius = 0;
};

geo::Shape patchAt(tests::RandomShapes& random, const Place& place) {
    return {{random.polygon(place.centre, place.radius, 6 + random.below(30), false)}, {}, {}};
}

Place newPlace(tests::RandomShapes& random) {
    // The box of 甘孜州; radius 20 to 60 m.
    return {{random.between(97.4, 102.5), random.between(28.0, 34.2)}, random.between(0.0002, 0.0006)};
}

void make(const std::filesystem::path& file, int batches, int patches, int cases) {
    layers::ProjectFile::create(file, "bench", kStamp);
    tests::LedgerMaker maker(file);
    tests::RandomShapes random(42);
    std::vector<Place> history;
    const int every = cases > 0 ? std::max(1, batches * patches / cases) : 0;
    static constexpr const char* kStatus[] = {"待下发", "已下发", "核查中", "整改中", "已销号"};
    for (int batch = 0; batch <= batches; ++batch) {
        const bool isNew = batch == batches;
        const std::string code = fmt::format("{}B{}", 2000 + batch / 4, batch % 4 + 1);
        maker.addBatch(code);
        const std::size_t known = history.size();
        for (int i = 0; i < patches; ++i) {
            Place place = newPlace(random);
            if (isNew && random.between(0, 1) < kComesAgain) {
                place = history[random.below(known)];
                place.centre.x += random.between(-1, 1) * place.radius * 0.3;
                place.radius *= random.between(0.8, 1.3);
            }
            if (!isNew) {
                history.push_back(place);
            }
            const std::int64_t row = maker.addPatch(fmt::format("{}-{:05}", code, i), patchAt(random, place));
            if (!isNew && every > 0 && i % every == 0) {
                maker.addCase(row, {fmt::format("LD{}-513301-{:05}", code, i), kStatus[random.below(5)], ""});
            }
        }
        maker.finish();
    }
    fmt::print("{} batches of {} patches, and a new one\n", batches, patches);
}

void find(const std::filesystem::path& file, int threads, bool keep) {
    auto start = std::chrono::steady_clock::now();
    layers::ProjectFile project(file, layers::Access::Write);
    fmt::print("open {:.3f} s\n", secondsSince(start));
    const std::vector<layers::Batch> batches = layers::batches(project);
    layers::LedgerChange change(project, kStamp);
    geo::Progress progress;
    const layers::Settings settings;
    start = std::chrono::steady_clock::now();
    const layers::LineageResult result =
        app::findLineage(project, batches.back().id, settings, threads, progress);
    const layers::LineageCounts& counts = result.counts;
    fmt::print(
        "lineage of {} patches against {} batches: {:.2f} s, peak {:.0f} MB, {} related, {} rows ({:.3f} a "
        "patch), {} rebounds\n",
        counts.patches, batches.size() - 1, secondsSince(start), peakMegabytes(), counts.related, counts.rows,
        static_cast<double>(counts.rows) / static_cast<double>(counts.patches), counts.rebounds);
    if (keep) {
        start = std::chrono::steady_clock::now();
        layers::writeLineage(change, batches.back().id, result, settings);
        change.commit();
        fmt::print("kept {:.2f} s\n", secondsSince(start));
    }
}

int run(const std::vector<std::string>& arguments) {
    constexpr std::size_t kMakeArguments = 4;
    if (arguments.size() >= kMakeArguments && arguments[0] == "make") {
        make(arguments[1], std::stoi(arguments[2]), std::stoi(arguments[3]),
             arguments.size() > kMakeArguments ? std::stoi(arguments[kMakeArguments]) : 0);
        return EXIT_SUCCESS;
    }
    if (arguments.size() >= 2 && (arguments[0] == "find" || arguments[0] == "keep")) {
        find(arguments[1], arguments.size() > 2 ? std::stoi(arguments[2]) : 0, arguments[0] == "keep");
        return EXIT_SUCCESS;
    }
    fmt::print(stderr, "lineage_bench make FILE BATCHES PATCHES [CASES] | find FILE [THREADS] | keep FILE "
                       "[THREADS]\n");
    return EXIT_FAILURE;
}

} // namespace

int main(int count, char** arguments) {
    try {
        return run({arguments + 1, arguments + count});
    } catch (const std::exception& error) {
        fmt::print(stderr, "{}\n", error.what());
        return EXIT_FAILURE;
    }
}
