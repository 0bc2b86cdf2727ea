#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <stdexcept>
#include <string>
#include <string_view>

namespace geo {

/// Thrown from Progress::checkCancelled; whoever catches it leaves files and project as they were.
class Cancelled : public std::runtime_error {
  public:
    Cancelled() : std::runtime_error("cancelled") {}
};

/// What a long piece of work tells of itself: a stage, how many of how many are done, and whether to go on.
/// Thread-safe: parallel loops call step() from any thread; the listener is called by one thread at a time.
class Progress {
  public:
    struct State {
        std::string stage;      ///< words for people, e.g. "读取 patches.gpkg"
        std::int64_t done = 0;  ///< items finished in this stage
        std::int64_t total = 0; ///< items of this stage, 0 when unknown
    };
    using Listener = std::function<void(const State&)>;

    /// No listener: the work runs silently, and can still be cancelled.
    Progress() = default;
    ~Progress() = default;
    explicit Progress(Listener listener) : m_listener(std::move(listener)) {}
    Progress(const Progress&) = delete;
    Progress& operator=(const Progress&) = delete;

    /// Starts a stage; call it from the thread that drives the work.
    void begin(std::string_view stage, std::int64_t total);
    /// Adds finished items, and throws Cancelled once cancel() was called.
    void step(std::int64_t count = 1);
    /// Throws Cancelled once cancel() was called; cheap enough for inner loops.
    void checkCancelled() const {
        if (m_cancelled.load(std::memory_order_relaxed)) {
            throw Cancelled();
        }
    }
    /// Asks the work to stop; safe from any thread and from a signal handler.
    void cancel() noexcept { m_cancelled.store(true, std::memory_order_relaxed); }
    [[nodiscard]] bool isCancelled() const noexcept { return m_cancelled.load(std::memory_order_relaxed); }

    /// While it lives, long GEOS calls of this thread end soon after cancel(), with Cancelled.
    class Watched {
      public:
        explicit Watched(const Progress& progress) noexcept;
        ~Watched();
        Watched(const Watched&) = delete;
        Watched& operator=(const Watched&) = delete;

      private:
        const Progress* m_before;
    };
    /// Throws Cancelled when the work of this thread is watched and was cancelled.
    static void checkWatched();

  private:
    void report(std::int64_t done);

    Listener m_listener;
    std::string m_stage;
    std::int64_t m_total = 0;
    std::int64_t m_every = 1; ///< the listener hears of every m_every-th item
    std::atomic<std::int64_t> m_done{0};
    std::atomic<bool> m_cancelled{false};
    std::atomic_flag m_reporting = ATOMIC_FLAG_INIT;
};

} // namespace geo
