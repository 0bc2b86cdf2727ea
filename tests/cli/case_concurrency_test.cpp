// Two programs at one case: nothing is lost, nobody hangs.

#include "tests/support/case_commands.hpp"

#include <SQLiteCpp/SQLiteCpp.h>

#include <thread>

namespace {

using CaseConcurrency = tests::CaseCommandTest;

TEST_F(CaseConcurrency, changesOfTwoProgramsAreBothThere) {
    constexpr int kEach = 8;
    std::vector<std::thread> programs;
    for (const char* field : {"备注", "核查组"}) {
        programs.emplace_back([this, field] {
            for (int i = 0; i < kEach; ++i) {
                done("set", {numbers[0], std::string(field) + "=" + std::to_string(i)});
            }
        });
    }
    for (std::thread& program : programs) {
        program.join();
    }
    const nlohmann::json shown = jsonOf("show", {numbers[0]});
    EXPECT_EQ(shown["remarks"], "7");
    EXPECT_EQ(shown["team"], "7");
    EXPECT_EQ(shown["history"].size(), 1U + 2 * kEach);
    EXPECT_EQ(faults(), "");
}

TEST_F(CaseConcurrency, whoSawAnOlderStateDoesNotOverwrite) {
    const std::int64_t seen = jsonOf("show", {numbers[0]})["revision"];
    done("set", {numbers[0], "备注=甲", "--revision", std::to_string(seen)});
    const tests::Ended late = runCase("set", {numbers[0], "备注=乙", "--revision", std::to_string(seen)});
    EXPECT_EQ(late.status, 1);
    EXPECT_NE(late.err.find("已被他人更改"), std::string::npos) << late.err;
    EXPECT_EQ(ledger.readCase(numbers[0]).remarks, "甲");
}

TEST_F(CaseConcurrency, aLockedProjectEndsWithAMessageAndReadingGoesOn) {
    SQLite::Database other(ledger.file().string(), SQLite::OPEN_READWRITE);
    other.exec("PRAGMA journal_mode = WAL");
    SQLite::Transaction held(other, SQLite::TransactionBehavior::IMMEDIATE);
    EXPECT_EQ(jsonOf("list", {})["count"], 12);
    const tests::Ended waited = runCase("set", {numbers[0], "备注=x"});
    EXPECT_EQ(waited.status, 1);
    EXPECT_NE(waited.err.find("正被另一程序写入"), std::string::npos) << waited.err;
    EXPECT_LT(waited.seconds, 60);
}

} // namespace
