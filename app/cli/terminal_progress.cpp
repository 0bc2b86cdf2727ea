#include "app/cli/terminal_progress.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <atomic>
#include <csignal>
#include <cstdio>

namespace app {

namespace {

constexpr int kBarWidth = 30;
constexpr int kSecondsPerMinute = 60;
constexpr auto kLeastInterval = std::chrono::milliseconds(100);

std::atomic<geo::Progress*> cancelTarget{nullptr};

extern "C" void cancelOnSignal(int /*signal*/) {
    if (geo::Progress* progress = cancelTarget.load()) {
        progress->cancel();
    }
}

} // namespace

TerminalProgress::~TerminalProgress() {
    if (m_barDrawn) {
        fmt::print(stderr, "\r\033[K");
    }
}

void TerminalProgress::show(const geo::Progress::State& state) {
    if (m_style == ProgressStyle::None) {
        return;
    }
    const auto now = std::chrono::steady_clock::now();
    if (state.stage != m_stage) {
        m_stage = state.stage;
        m_stageStart = now;
        m_lastShown = {};
    }
    if (now - m_lastShown < kLeastInterval && state.done != state.total) {
        return;
    }
    m_lastShown = now;
    const double seconds = std::chrono::duration<double>(now - m_stageStart).count();
    const double rate = seconds > 0 ? static_cast<double>(state.done) / seconds : 0;
    const double left = rate > 0 ? static_cast<double>(state.total - state.done) / rate : 0;
    if (m_style == ProgressStyle::Bar) {
        showBar(state, rate, left);
        return;
    }
    const nlohmann::ordered_json line{
        {"stage", state.stage}, {"done", state.done}, {"total", state.total}, {"rate", rate}, {"eta", left}};
    fmt::print(stderr, "{}\n", line.dump());
}

void TerminalProgress::showBar(const geo::Progress::State& state, double rate, double secondsLeft) {
    const double part =
        state.total > 0 ? static_cast<double>(state.done) / static_cast<double>(state.total) : 0;
    const int filled = static_cast<int>(part * kBarWidth);
    const int left = static_cast<int>(secondsLeft);
    fmt::print(stderr, "\r\033[K[{}{}] {:3.0f}% {} {}/{} {:.0f}/s 剩余 {:02}:{:02}",
               std::string(static_cast<std::size_t>(filled), '#'),
               std::string(static_cast<std::size_t>(kBarWidth - filled), '.'), part * 100.0, state.stage,
               state.done, state.total, rate, left / kSecondsPerMinute, left % kSecondsPerMinute);
    static_cast<void>(std::fflush(stderr));
    m_barDrawn = true;
}

CancelOnSignal::CancelOnSignal(geo::Progress& progress) {
    cancelTarget.store(&progress);
    static_cast<void>(std::signal(SIGINT, cancelOnSignal));
    static_cast<void>(std::signal(SIGTERM, cancelOnSignal));
    static_cast<void>(std::signal(SIGHUP, cancelOnSignal)); // the terminal was closed
}

CancelOnSignal::~CancelOnSignal() {
    static_cast<void>(std::signal(SIGINT, SIG_DFL));
    static_cast<void>(std::signal(SIGTERM, SIG_DFL));
    static_cast<void>(std::signal(SIGHUP, SIG_DFL));
    cancelTarget.store(nullptr);
}

} // namespace app
