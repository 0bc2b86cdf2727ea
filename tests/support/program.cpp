#include "tests/support/program.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <stdexcept>

namespace tests {

namespace {

using Clock = std::chrono::steady_clock;

struct Pipe {
    int read = -1;
    int write = -1;
    Pipe() {
        int ends[2];
        if (pipe(ends) != 0) {
            throw std::runtime_error("pipe failed");
        }
        read = ends[0];
        write = ends[1];
    }
};

[[noreturn]] void becomeProgram(const std::vector<std::string>& arguments, const RunOptions& options,
                                const Pipe& out, const Pipe& err) {
    dup2(out.write, STDOUT_FILENO);
    dup2(err.write, STDERR_FILENO);
    for (const int end : {out.read, out.write, err.read, err.write}) {
        close(end);
    }
    setenv("SOURCE_DATE_EPOCH", "1795478400", 1); // 2026-11-24
    std::vector<std::string> words{options.program.string()};
    words.insert(words.end(), arguments.begin(), arguments.end());
    std::vector<char*> argv;
    argv.reserve(words.size() + 1);
    for (std::string& word : words) {
        argv.push_back(word.data());
    }
    argv.push_back(nullptr);
    execv(argv[0], argv.data());
    _exit(127);
}

/// Reads what is there; false at the end.
bool drain(int end, std::string& text) {
    char buffer[65536];
    const ssize_t count = read(end, buffer, sizeof buffer);
    if (count > 0) {
        text.append(buffer, static_cast<std::size_t>(count));
    }
    return count > 0;
}

} // namespace

Ended runProgram(const std::vector<std::string>& arguments, const RunOptions& options) {
    const Pipe out;
    const Pipe err;
    const auto begin = Clock::now();
    const pid_t child = fork();
    if (child == 0) {
        becomeProgram(arguments, options, out, err);
    }
    close(out.write);
    close(err.write);
    Ended ended;
    bool interrupted = false;
    bool outOpen = true;
    bool errOpen = true;
    while (outOpen || errOpen) {
        pollfd ends[2] = {{outOpen ? out.read : -1, POLLIN, 0}, {errOpen ? err.read : -1, POLLIN, 0}};
        constexpr int kPollMs = 20;
        poll(ends, 2, options.interruptAfter.count() > 0 ? 1 : kPollMs);
        if (ends[0].revents != 0) {
            outOpen = drain(out.read, ended.out);
        }
        if (ends[1].revents != 0) {
            errOpen = drain(err.read, ended.err);
        }
        const auto passed = Clock::now() - begin;
        const bool due = options.interruptAfter.count() > 0 && passed >= options.interruptAfter;
        const bool seen = !options.interruptWhenStderrHas.empty() &&
                          ended.err.find(options.interruptWhenStderrHas) != std::string::npos;
        const bool holds = !interrupted && options.interruptWhen && options.interruptWhen();
        if (!interrupted && (due || seen || holds)) {
            if (options.insteadOfInterrupt) {
                options.insteadOfInterrupt();
            } else {
                kill(child, options.signal);
            }
            interrupted = true;
        }
        if (passed > options.limit) {
            kill(child, SIGKILL);
        }
    }
    close(out.read);
    close(err.read);
    int status = 0;
    rusage usage{};
    wait4(child, &status, 0, &usage);
    ended.seconds = std::chrono::duration<double>(Clock::now() - begin).count();
    ended.status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    ended.peakMib = usage.ru_maxrss / 1024;
    return ended;
}

TemporaryFolder::TemporaryFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "ecoredline-test-XXXXXX").string();
    if (mkdtemp(name.data()) == nullptr) {
        throw std::runtime_error("no temporary folder");
    }
    m_path = name;
}

TemporaryFolder::~TemporaryFolder() {
    std::error_code ignored; // a folder that cannot be removed must not hide the test's own outcome
    std::filesystem::remove_all(m_path, ignored);
}

std::string fileText(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    return text.str();
}

std::vector<std::pair<std::string, std::string>> folderContents(const std::filesystem::path& folder) {
    std::vector<std::pair<std::string, std::string>> contents;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
        if (entry.is_regular_file()) {
            contents.emplace_back(std::filesystem::relative(entry.path(), folder).string(),
                                  fileText(entry.path()));
        }
    }
    std::sort(contents.begin(), contents.end());
    return contents;
}

} // namespace tests
