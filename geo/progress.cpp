#include "geo/progress.hpp"

#include <algorithm>
#include <utility>

namespace geo {

namespace {

/// What this thread works for at the moment.
thread_local const Progress* watched = nullptr;

} // namespace

Progress::Watched::Watched(const Progress& progress) noexcept : m_before(std::exchange(watched, &progress)) {}

Progress::Watched::~Watched() {
    watched = m_before;
}

void Progress::checkWatched() {
    if (watched != nullptr) {
        watched->checkCancelled();
    }
}

void Progress::begin(std::string_view stage, std::int64_t total) {
    checkCancelled();
    m_stage = stage;
    m_total = total;
    m_every = std::max<std::int64_t>(1, total / 500);
    m_done.store(0);
    report(0);
}

void Progress::step(std::int64_t count) {
    checkCancelled();
    const std::int64_t before = m_done.fetch_add(count);
    if (before / m_every != (before + count) / m_every || before + count == m_total) {
        report(before + count);
    }
}

void Progress::report(std::int64_t done) {
    // A listener that is busy misses a step rather than holding up a worker; the last step of a stage always
    // waits.
    if (!m_listener) {
        return;
    }
    while (m_reporting.test_and_set(std::memory_order_acquire)) {
        if (done != m_total) {
            return;
        }
    }
    m_listener(State{m_stage, done, m_total});
    m_reporting.clear(std::memory_order_release);
}

} // namespace geo
