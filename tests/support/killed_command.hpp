#pragma once

#include "tests/support/program.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <functional>
#include <iostream>
#include <random>
#include <string>
#include <vector>

namespace tests {

/// How often each command is killed; ECOREDLINE_KILLS for more.
inline int kills() {
    const char* asked = std::getenv("ECOREDLINE_KILLS");
    return asked == nullptr ? 12 : std::max(1, std::atoi(asked));
}

/// What a project says of itself, without what a name or a journal changes.
inline nlohmann::json infoOf(const std::filesystem::path& project) {
    const Ended info = runProgram({"project", "info", project.string(), "--format", "json"});
    EXPECT_EQ(info.status, 0) << info.err;
    nlohmann::json json = nlohmann::json::parse(info.out, nullptr, false);
    json.erase("project");
    json.erase("journal");
    return json;
}

inline void expectSound(const std::filesystem::path& project) {
    const Ended check = runProgram({"project", "check", project.string(), "--format", "json"});
    EXPECT_EQ(check.status, 0) << check.out << check.err;
}

/// A command on a project, killed again and again, each time on a fresh copy and at another moment.
class KilledCommand {
  public:
    using State = std::function<nlohmann::json(const std::filesystem::path&)>;
    using Look = std::function<void(const std::filesystem::path&)>;

    /// @param command noun, verb and what follows the project's file
    /// @param state what tells "before" from "after"
    /// @param look what must hold of whatever a kill leaves
    KilledCommand(std::filesystem::path original, std::vector<std::string> command, State state = infoOf,
                  Look look = expectSound)
        : m_original(std::move(original)), m_command(std::move(command)), m_state(std::move(state)),
          m_look(std::move(look)) {}

    void killOften() {
        const std::filesystem::path done = copyTo("done.ecoredline");
        const nlohmann::json before = m_state(done);
        const Ended whole = runProgram(wordsFor(done));
        ASSERT_TRUE(whole.status == 0 || whole.status == 3) << whole.err;
        const nlohmann::json after = m_state(done);
        ASSERT_NE(before, after);
        std::mt19937 random(20261124); // the same moments in every run of the test
        std::uniform_real_distribution<double> share(0.0, 1.1);
        int tooLate = 0;
        int changed = 0;
        for (int n = 0; n < kills(); ++n) {
            const std::filesystem::path file = copyTo("killed.ecoredline");
            RunOptions options;
            options.signal = SIGKILL;
            options.interruptAfter = std::chrono::milliseconds(
                std::max<long>(1, static_cast<long>(share(random) * 1000.0 * whole.seconds)));
            tooLate += runProgram(wordsFor(file), options).status != 128 + SIGKILL ? 1 : 0;
            const nlohmann::json left = m_state(file);
            changed += left == after ? 1 : 0;
            EXPECT_TRUE(left == before || left == after)
                << "killed after " << options.interruptAfter.count() << " ms: " << left.dump();
            m_look(file);
        }
        std::cout << m_command[0] << " " << m_command[1] << ": " << kills() << " kills within "
                  << whole.seconds << " s, " << changed << " left it done, " << tooLate << " came too late\n";
    }

  private:
    [[nodiscard]] std::filesystem::path copyTo(const std::string& name) const {
        std::filesystem::path file = m_folder.path() / name;
        for (const char* suffix : {"", "-wal", "-shm", "-journal"}) {
            std::filesystem::remove(file.string() + suffix);
        }
        std::filesystem::copy_file(m_original, file);
        return file;
    }
    [[nodiscard]] std::vector<std::string> wordsFor(const std::filesystem::path& file) const {
        std::vector<std::string> words = m_command;
        words.insert(words.begin() + 2, file.string());
        return words;
    }

    TemporaryFolder m_folder;
    std::filesystem::path m_original;
    std::vector<std::string> m_command;
    State m_state;
    Look m_look;
};

} // namespace tests
