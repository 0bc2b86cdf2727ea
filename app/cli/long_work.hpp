#pragma once

#include "app/cli/terminal_progress.hpp"
#include "geo/progress.hpp"

#include <memory>
#include <string>

namespace CLI {
class App;
}

namespace app {

struct ProgressOptions {
    std::string style = "bar";
};
/// --progress bar, jsonl or none.
void addProgress(CLI::App& command, ProgressOptions& options);

/// Progress on stderr and Ctrl-C for as long as it lives.
class LongWork {
  public:
    LongWork(const ProgressOptions& options, bool quiet);
    [[nodiscard]] geo::Progress& progress() { return m_progress; }

  private:
    TerminalProgress m_terminal;
    geo::Progress m_progress;
    CancelOnSignal m_cancel;
};

} // namespace app
