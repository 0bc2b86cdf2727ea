#pragma once

#include "geo/progress.hpp"

#include <cstddef>
#include <functional>

namespace geo {

/// Runs work(i) for i in [0, count) on `threads` threads (0: all of the machine), in chunks of `grain`. The
/// first exception stops the loop and is thrown again; Cancelled likewise. Results belong into slot i of a
/// vector, so what comes out does not depend on the number of threads. Steps `progress` once an item.
void parallelFor(std::size_t count, std::size_t grain, int threads, Progress& progress,
                 const std::function<void(std::size_t)>& work);

/// Number of threads meant by 0.
[[nodiscard]] int machineThreads();

} // namespace geo
