#pragma once

#include "geo/progress.hpp"

#include <chrono>
#include <string>

namespace app {

enum class ProgressStyle { None, Bar, JsonLines };

/// Draws progress on stderr: a bar with rate and time left on a terminal, or one JSON object a line for
/// programs
/// (--progress jsonl). The bar is wiped when this goes.
class TerminalProgress {
  public:
    explicit TerminalProgress(ProgressStyle style) : m_style(style) {}
    ~TerminalProgress();
    TerminalProgress(const TerminalProgress&) = delete;
    TerminalProgress& operator=(const TerminalProgress&) = delete;

    void show(const geo::Progress::State& state);

  private:
    void showBar(const geo::Progress::State& state, double rate, double secondsLeft);

    ProgressStyle m_style;
    std::string m_stage;
    std::chrono::steady_clock::time_point m_stageStart;
    std::chrono::steady_clock::time_point m_lastShown;
    bool m_barDrawn = false;
};

/// Cancels `progress` on SIGINT and SIGTERM for as long as this lives.
class CancelOnSignal {
  public:
    explicit CancelOnSignal(geo::Progress& progress);
    ~CancelOnSignal();
    CancelOnSignal(const CancelOnSignal&) = delete;
    CancelOnSignal& operator=(const CancelOnSignal&) = delete;
};

} // namespace app
