#pragma once

#include <chrono>
#include <csignal>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace tests {

/// How a run of the program ended.
struct Ended {
    int status = -1; ///< exit status, or 128 + signal
    std::string out;
    std::string err;
    double seconds = 0;
    long peakMib = 0;
};

/// What a run may need beside its arguments.
struct RunOptions {
    std::filesystem::path program = PROGRAM_FILE;
    std::chrono::milliseconds interruptAfter{0}; ///< `signal` after this time; 0: never
    int signal = SIGINT;
    std::string interruptWhenStderrHas;       ///< SIGINT once stderr holds this text (with --progress jsonl)
    std::function<bool()> interruptWhen;      ///< `signal` once this holds
    std::function<void()> insteadOfInterrupt; ///< called once where SIGINT would be sent
    std::chrono::seconds limit{120};          ///< killed after this time
};

/// Runs the built program in a process of its own, as a user would, with SOURCE_DATE_EPOCH at 2026-11-24.
[[nodiscard]] Ended runProgram(const std::vector<std::string>& arguments, const RunOptions& options = {});

/// A fresh folder, removed with everything in it when this goes.
class TemporaryFolder {
  public:
    TemporaryFolder();
    ~TemporaryFolder();
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;
    [[nodiscard]] const std::filesystem::path& path() const { return m_path; }

  private:
    std::filesystem::path m_path;
};

[[nodiscard]] std::string fileText(const std::filesystem::path& file);

/// Every file below a folder with its bytes, as "relative path -> content", to compare folders.
[[nodiscard]] std::vector<std::pair<std::string, std::string>>
folderContents(const std::filesystem::path& folder);

} // namespace tests
