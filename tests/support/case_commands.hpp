#pragma once

#include "tests/support/ledger.hpp"
#include "tests/support/program.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace tests {

/// A project with a batch of twelve listed patches, and the commands on its cases.
class CaseCommandTest : public testing::Test {
  protected:
    /// Runs `case VERB PROJECT ...`.
    [[nodiscard]] Ended runCase(const std::string& verb, const std::vector<std::string>& more) const {
        std::vector<std::string> arguments{"case", verb, ledger.file().string()};
        arguments.insert(arguments.end(), more.begin(), more.end());
        return runProgram(arguments);
    }
    /// The same, and it must be done.
    Ended done(const std::string& verb, const std::vector<std::string>& more) const {
        Ended ended = runCase(verb, more);
        EXPECT_EQ(ended.status, 0) << verb << ": " << ended.err;
        return ended;
    }
    [[nodiscard]] nlohmann::json jsonOf(const std::string& verb, std::vector<std::string> more) const {
        more.insert(more.end(), {"--format", "json"});
        return nlohmann::json::parse(done(verb, more).out);
    }
    [[nodiscard]] std::string statusOf(const std::string& number) const {
        return ledger.readCase(number).status;
    }
    /// What `project check` finds.
    [[nodiscard]] std::string faults() const {
        return runProgram({"project", "check", ledger.file().string(), "--quiet"}).out;
    }

    TemporaryFolder folder;
    Ledger ledger{folder.path() / "甘孜 项目.ecoredline"};
    layers::CaseBatch batch = ledger.addBatch("2026B2", 12);
    std::vector<std::string> numbers = ledger.run(batch, {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11});
};

} // namespace tests
