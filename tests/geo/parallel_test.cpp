#include "geo/overlay.hpp"
#include "geo/parallel.hpp"

#include <atomic>
#include <chrono>
#include <numeric>
#include <set>
#include <stdexcept>
#include <thread>
#include <vector>

#include <tbb/task_arena.h>

#include <gtest/gtest.h>

namespace {

TEST(Parallel, everyItemIsDoneOnceWhateverTheThreads) {
    constexpr std::size_t kCount = 10'007;
    for (const int threads : {0, 1, 2, 3, 8}) {
        for (const std::size_t grain : {std::size_t{0}, std::size_t{1}, std::size_t{64}, 2 * kCount}) {
            std::vector<int> done(kCount, 0);
            std::int64_t last = 0;
            geo::Progress progress([&](const geo::Progress::State& state) { last = state.done; });
            progress.begin("test", kCount);
            geo::parallelFor(kCount, grain, threads, progress, [&](std::size_t i) { ++done[i]; });
            EXPECT_EQ(done, std::vector<int>(kCount, 1)) << threads << " threads, grain " << grain;
            EXPECT_EQ(last, static_cast<std::int64_t>(kCount));
        }
    }
    geo::Progress progress;
    geo::parallelFor(0, 1, 2, progress, [](std::size_t) { FAIL(); });
}

TEST(Parallel, usesNoMoreThreadsThanAskedAndSeveralWhenItCan) {
    for (const int threads : {1, 2, 4}) {
        std::atomic<int> running{0};
        std::atomic<int> most{0};
        std::atomic<int> patience{5000}; // milliseconds: on a busy machine the second thread comes late
        geo::Progress progress;
        geo::parallelFor(64, 1, threads, progress, [&](std::size_t) {
            const int now = ++running;
            int seen = most.load();
            while (seen < now && !most.compare_exchange_weak(seen, now)) {
            }
            do {
                std::this_thread::sleep_for(std::chrono::milliseconds(2));
            } while (threads > 1 && most.load() < 2 && --patience > 0);
            --running;
        });
        EXPECT_LE(most.load(), threads);
        EXPECT_GE(most.load(), threads > 1 ? 2 : 1);
    }
}

TEST(Parallel, firstExceptionStopsTheLoopAndComesOut) {
    for (const int threads : {1, 2, 4}) {
        std::atomic<int> done{0};
        geo::Progress progress;
        try {
            geo::parallelFor(100'000, 8, threads, progress, [&](std::size_t i) {
                if (i == 5) {
                    throw std::out_of_range("item 5");
                }
                ++done;
                std::this_thread::yield();
            });
            FAIL() << "nothing was thrown";
        } catch (const std::out_of_range& error) {
            EXPECT_STREQ(error.what(), "item 5");
        }
        EXPECT_LT(done.load(), 100'000);
    }
}

TEST(Parallel, cancelStopsBetweenItems) {
    for (const int threads : {1, 2, 4}) {
        std::atomic<int> done{0};
        geo::Progress progress;
        EXPECT_THROW(geo::parallelFor(1'000'000, 1000, threads, progress,
                                      [&](std::size_t) {
                                          if (++done == 50) {
                                              progress.cancel();
                                          }
                                      }),
                     geo::Cancelled);
        EXPECT_LT(done.load(), 1'000'000);
        EXPECT_GE(done.load(), 50);
    }
}

/// A comb of `teeth` thin teeth, upright or lying: two of them cross in teeth² places.
geo::Shape comb(int teeth, bool isUpright) {
    geo::Ring ring;
    const auto add = [&](double along, double across) {
        ring.push_back(isUpright ? geo::Coordinate{along, across} : geo::Coordinate{across, along});
    };
    add(0, -1);
    for (int i = 0; i < teeth; ++i) {
        add(i, -0.5);
        add(i + 0.1, teeth);
        add(i + 0.2, teeth);
        add(i + 0.3, -0.5);
    }
    add(teeth, -1);
    ring.push_back(ring.front());
    geo::Shape shape;
    shape.polygons.push_back({ring, {}});
    return shape;
}

TEST(Parallel, cancelEndsALongGeosCall) {
    constexpr int kTeeth = 1500;
    const geo::Shape upright = comb(kTeeth, true);
    const geo::Shape lying = comb(kTeeth, false);
    geo::Progress progress;
    std::chrono::steady_clock::time_point asked;
    std::thread impatient([&] {
        std::this_thread::sleep_for(std::chrono::milliseconds(200));
        asked = std::chrono::steady_clock::now();
        progress.cancel();
    });
    const auto overlay = [&](std::size_t) { static_cast<void>(geo::intersection(upright, lying)); };
    EXPECT_THROW(geo::parallelFor(1, 1, 1, progress, overlay), geo::Cancelled);
    const auto ended = std::chrono::steady_clock::now();
    impatient.join();
    EXPECT_GT(ended, asked) << "the overlay was over before anybody asked: make it longer";
    EXPECT_LT(std::chrono::duration<double>(ended - asked).count(), 1.0);
}

TEST(Parallel, loopsInsideLoops) {
    std::vector<std::vector<int>> table(20, std::vector<int>(200, 0));
    geo::Progress progress;
    geo::parallelFor(table.size(), 1, 2, progress, [&](std::size_t i) {
        geo::parallelFor(table[i].size(), 10, 2, progress, [&](std::size_t j) { table[i][j] = 1; });
    });
    for (const std::vector<int>& row : table) {
        EXPECT_EQ(std::accumulate(row.begin(), row.end(), 0), 200);
    }
    EXPECT_GE(geo::machineThreads(), 1);
}

} // namespace
