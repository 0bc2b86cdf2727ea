#include "app/cli/long_work.hpp"

#include <CLI/CLI.hpp>

#include <unistd.h>

namespace app {

namespace {

ProgressStyle styleOf(const ProgressOptions& options, bool quiet) {
    if (options.style == "jsonl") {
        return ProgressStyle::JsonLines;
    }
    const bool onTerminal = isatty(STDERR_FILENO) == 1;
    return options.style == "bar" && onTerminal && !quiet ? ProgressStyle::Bar : ProgressStyle::None;
}

} // namespace

void addProgress(CLI::App& command, ProgressOptions& options) {
    command.add_option("--progress", options.style, "bar, jsonl or none, on stderr")
        ->check(CLI::IsMember({"bar", "jsonl", "none"}));
}

LongWork::LongWork(const ProgressOptions& options, bool quiet)
    : m_terminal(styleOf(options, quiet)),
      m_progress([this](const geo::Progress::State& state) { m_terminal.show(state); }),
      m_cancel(m_progress) {}

} // namespace app
