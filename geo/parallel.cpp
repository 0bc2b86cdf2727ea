#include "geo/parallel.hpp"

#include <algorithm>
#include <optional>

#include <tbb/blocked_range.h>
#include <tbb/global_control.h>
#include <tbb/info.h>
#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

namespace geo {

int machineThreads() {
    return tbb::info::default_concurrency();
}

void parallelFor(std::size_t count, std::size_t grain, int threads, Progress& progress,
                 const std::function<void(std::size_t)>& work) {
    const int wanted = threads > 0 ? threads : machineThreads();
    const auto runRange = [&](std::size_t first, std::size_t last) {
        const Progress::Watched watched(progress);
        for (std::size_t i = first; i < last; ++i) {
            progress.checkCancelled();
            work(i);
            progress.step();
        }
    };
    if (wanted == 1) {
        runRange(0, count);
        return;
    }
    // oneTBB starts no more workers than the machine has cores unless told so; asking for more is how tests
    // show that results do not depend on the number of threads.
    std::optional<tbb::global_control> more;
    if (wanted > machineThreads()) {
        more.emplace(tbb::global_control::max_allowed_parallelism, static_cast<std::size_t>(wanted));
    }
    // An arena of its own: the number of threads holds for this loop only, and a loop inside a loop is not
    // mixed up. oneTBB stops the loop at the first exception and throws the very same object again here.
    tbb::task_arena arena(wanted);
    arena.execute([&] {
        tbb::parallel_for(
            tbb::blocked_range<std::size_t>(0, count, std::max<std::size_t>(1, grain)),
            [&](const tbb::blocked_range<std::size_t>& range) { runRange(range.begin(), range.end()); },
            tbb::simple_partitioner());
    });
}

} // namespace geo
