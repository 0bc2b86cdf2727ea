// rules check and rules show as whole commands: statuses, what stands on stdout, JSON.

#include "tests/support/program.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <fstream>

namespace {

using Json = nlohmann::json;

const std::filesystem::path kShipped = std::filesystem::path(SOURCE_ROOT) / "app/check/rules_default.yaml";

/// The shipped file with one part replaced, in a folder of its own.
class ChangedRules {
  public:
    ChangedRules(const std::string& part, const std::string& by) : m_file(m_folder.path() / "规则.yaml") {
        std::string text = tests::fileText(kShipped);
        const std::size_t at = text.find(part);
        EXPECT_NE(at, std::string::npos) << part;
        std::ofstream(m_file, std::ios::binary) << text.replace(at, part.size(), by);
    }
    [[nodiscard]] std::string file() const { return m_file.string(); }

  private:
    tests::TemporaryFolder m_folder;
    std::filesystem::path m_file;
};

TEST(RulesCommand, CheckOfTheShippedFilePasses) {
    for (const std::vector<std::string>& arguments :
         {std::vector<std::string>{"rules", "check"}, {"rules", "check", kShipped.string()}}) {
        const tests::Ended ended = tests::runProgram(arguments);
        EXPECT_EQ(ended.status, 0) << ended.err;
        EXPECT_EQ(ended.out, "");
        EXPECT_NE(ended.err.find("70 rules, 0 errors, 0 warnings"), std::string::npos) << ended.err;
    }
}

TEST(RulesCommand, CheckNamesFileLineAndColumnOfEveryFault) {
    const ChangedRules rules("verdict: 禁止, priority: 1", "verdict: 不许, priority: 7");
    const tests::Ended ended = tests::runProgram({"rules", "check", rules.file(), "--quiet"});
    EXPECT_EQ(ended.status, 1);
    EXPECT_EQ(ended.err, "");
    // NR-01 is the first row with this verdict; both faults lie in its second line.
    const std::string text = tests::fileText(rules.file());
    const auto line =
        1 + std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(text.find("不许")), '\n');
    const std::string place = rules.file() + ":" + std::to_string(line);
    EXPECT_TRUE(ended.out.starts_with(place + ":15: 错误 error: NR-01：未知的判定“不许”")) << ended.out;
    EXPECT_NE(ended.out.find("\n" + place + ":29: 错误 error: NR-01：优先级“7”无效"), std::string::npos)
        << ended.out;
    EXPECT_EQ(std::count(ended.out.begin(), ended.out.end(), '\n'), 2);

    const Json json =
        Json::parse(tests::runProgram({"rules", "check", rules.file(), "--format", "json"}).out);
    EXPECT_FALSE(json.at("usable").get<bool>());
    EXPECT_EQ(json.at("errors"), 2);
    EXPECT_EQ(json.at("faults").at(0).at("line"), line);
    EXPECT_EQ(json.at("faults").at(0).at("column"), 15);
    EXPECT_EQ(json.at("faults").at(0).at("severity"), "error");
}

TEST(RulesCommand, WarningsDoNotFail) {
    const ChangedRules rules("valid_from: 2026-03-15,\n     basis: \"TL2026 第二十六条(不在",
                             "valid_from: 2026-03-14,\n     basis: \"TL2026 第二十六条(不在");
    const tests::Ended ended = tests::runProgram({"rules", "check", rules.file()});
    EXPECT_EQ(ended.status, 0);
    EXPECT_NE(ended.out.find("警告 warning: NR-01"), std::string::npos) << ended.out;
}

TEST(RulesCommand, CoverageIsTheListOfTheDocumentation) {
    const tests::Ended ended = tests::runProgram({"rules", "check", "--coverage", "--quiet"});
    EXPECT_EQ(ended.status, 0);
    const std::string docs = tests::fileText(std::filesystem::path(SOURCE_ROOT) / "docs/rules.md");
    EXPECT_NE(docs.find("```coverage\n" + ended.out + "```"), std::string::npos);

    const Json json =
        Json::parse(tests::runProgram({"rules", "check", "--coverage", "--format", "json"}).out);
    const Json& coverage = json.at("coverage");
    EXPECT_EQ(coverage.at("fallback").size(), coverage.at("fallback_cells").get<std::size_t>());
    EXPECT_NE(ended.out.find("\n" + std::to_string(coverage.at("cells").get<int>()) + " 个单元中 " +
                             std::to_string(coverage.at("fallback_cells").get<int>()) + " 个"),
              std::string::npos);
}

TEST(RulesCommand, ShowListsTheRowsInForce) {
    const auto ids = [](const std::vector<std::string>& filters) {
        std::vector<std::string> arguments{"rules", "show", "--format", "json"};
        arguments.insert(arguments.end(), filters.begin(), filters.end());
        std::vector<std::string> found;
        const Json shown = Json::parse(tests::runProgram(arguments).out);
        for (const Json& rule : shown.at("rules")) {
            found.push_back(rule.at("id"));
        }
        return found;
    };
    using Ids = std::vector<std::string>;
    EXPECT_EQ(ids({}).size(), 70U);
    EXPECT_EQ(ids({"--kind", "DWS", "--activity", "A11", "--date", "2026-08-14"}),
              (Ids{"DW-09", "DW-11", "XX-98"}));
    EXPECT_EQ(ids({"--kind", "DWS", "--activity", "A11", "--date", "2026-08-15"}),
              (Ids{"DW-59", "DW-61", "XX-98"}));
    EXPECT_EQ(ids({"--kind", "NP", "--activity", "A14", "--date", "2025-12-31"}), (Ids{"XX-97", "XX-98"}));
    EXPECT_EQ(
        ids({"--rules", kShipped.string(), "--kind", "NP", "--activity", "A14", "--date", "2026-01-01"}),
        (Ids{"NP-01", "NP-05", "NP-03", "XX-97", "XX-98"}));

    const tests::Ended text = tests::runProgram({"rules", "show", "--kind", "NP", "--date", "2026-01-01"});
    EXPECT_EQ(text.status, 0);
    EXPECT_NE(text.out.find("NP-01\tNP\t核心保护区\t*\t禁止\t1\tC\t2026-01-"
                            "01\t\t《国家公园法》核心保护区条款(条号待填)(依据待核)\n"),
              std::string::npos)
        << text.out;
}

TEST(RulesCommand, WrongUseAndUnusableFiles) {
    const ChangedRules faulty("verdict: 禁止", "verdict: 不许");
    EXPECT_EQ(tests::runProgram({"rules"}).status, 2);
    EXPECT_EQ(tests::runProgram({"rules", "show", "--kind", "XX"}).status, 2);
    EXPECT_EQ(tests::runProgram({"rules", "show", "--date", "2026-02-30"}).status, 2);
    EXPECT_EQ(tests::runProgram({"rules", "show", "--activity", "A44"}).status, 2);
    EXPECT_EQ(tests::runProgram({"rules", "show", "--rules", faulty.file()}).status, 1);
    const tests::Ended absent = tests::runProgram({"rules", "check", "no-such-file.yaml"});
    EXPECT_EQ(absent.status, 1);
    EXPECT_EQ(absent.out, "");
    EXPECT_NE(absent.err.find("no-such-file.yaml"), std::string::npos);
}

} // namespace
