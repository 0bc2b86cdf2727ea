// Second-level sampling through the command line: what is drawn, what is kept, what is refused.

#include "tests/support/case_commands.hpp"
#include "tests/support/project_story.hpp"

#include <fstream>
#include <map>
#include <set>
#include <sstream>

namespace {

namespace fs = std::filesystem;
using nlohmann::json;

class SampleCommand : public tests::CaseCommandTest {
  protected:
    [[nodiscard]] tests::Ended sample(const std::vector<std::string>& more, const char* to = "抽检") const {
        std::vector<std::string> arguments{"--out", (folder.path() / to).string()};
        arguments.insert(arguments.end(), more.begin(), more.end());
        return runCase("sample", arguments);
    }
    [[nodiscard]] json sampleJson(std::vector<std::string> more, const char* to = "抽检") const {
        more.insert(more.end(), {"--format", "json"});
        const tests::Ended ended = sample(more, to);
        EXPECT_EQ(ended.status, 0) << ended.err;
        return json::parse(ended.out, nullptr, false);
    }
    [[nodiscard]] std::size_t samples() const { return jsonOf("sample", {"--list"}).size(); }
};

// Computed with Python's hashlib from the four numbers of each county.
const std::vector<std::string> kSeven{"LD2026B2-513301-0003", "LD2026B2-513301-0004", "LD2026B2-513322-0001",
                                      "LD2026B2-513322-0004", "LD2026B2-513338-0001", "LD2026B2-513338-0002"};
const std::vector<std::string> kEight{"LD2026B2-513301-0001", "LD2026B2-513301-0002", "LD2026B2-513322-0002",
                                      "LD2026B2-513322-0004", "LD2026B2-513338-0002", "LD2026B2-513338-0004"};

TEST_F(SampleCommand, drawsTheSameCasesForTheSameSeed) {
    const json seven = sampleJson({"--count", "6", "--seed", "7", "--by", "county", "--who", "李四"});
    EXPECT_EQ(seven.at("cases").get<std::vector<std::string>>(), kSeven);
    EXPECT_EQ(seven.at("population"), 12);
    EXPECT_EQ(seven.at("drawn"), 6);
    EXPECT_EQ(seven.at("who"), "李四");
    ASSERT_EQ(seven.at("strata").size(), 3U);
    EXPECT_EQ(seven.at("strata")[1], (json{{"county", "513322 泸定县"}, {"population", 4}, {"drawn", 2}}));
    EXPECT_EQ(sampleJson({"--count", "6", "--seed", "7", "--by", "county"}, "2").at("cases"),
              seven.at("cases"));
    EXPECT_EQ(sampleJson({"--count", "6", "--seed", "8", "--by", "county"}, "3")
                  .at("cases")
                  .get<std::vector<std::string>>(),
              kEight);
    EXPECT_EQ(
        sampleJson({"--count", "3", "--seed", "7", "--by", "none"}, "4")
            .at("cases")
            .get<std::vector<std::string>>(),
        (std::vector<std::string>{"LD2026B2-513301-0004", "LD2026B2-513322-0004", "LD2026B2-513338-0001"}));
    EXPECT_EQ(samples(), 4U);
    EXPECT_EQ(faults(), "");
}

TEST_F(SampleCommand, aShareIsRoundedUpAndRaisedToTheStrata) {
    const json tenth = sampleJson({"--share", "0.1", "--seed", "1"});
    EXPECT_EQ(tenth.at("by"), (json{"county", "zone_kind"}));
    EXPECT_EQ(tenth.at("asked"), 2);
    EXPECT_EQ(tenth.at("strata").size(), 6U); // three counties of two kinds each
    EXPECT_EQ(tenth.at("drawn"), 6);
    const json plain = sampleJson({"--share", "0.1", "--seed", "1", "--per-stratum-min", "0"}, "2");
    EXPECT_EQ(plain.at("drawn"), 2);
    int population = 0;
    int drawn = 0;
    for (const json& stratum : plain.at("strata")) {
        population += stratum.at("population").get<int>();
        drawn += stratum.at("drawn").get<int>();
    }
    EXPECT_EQ(population, 12);
    EXPECT_EQ(drawn, 2);
}

TEST_F(SampleCommand, theFilterIsThePopulation) {
    const json some = sampleJson({"--count", "2", "--seed", "5", "--county", "康定市", "--verdict",
                                  "疑似禁止", "--by", "priority,verdict"});
    EXPECT_EQ(some.at("population"), 2);
    EXPECT_EQ(some.at("filter"), (json{{"county", "康定市"}, {"verdict", "疑似禁止"}}));
    EXPECT_EQ(some.at("strata")[0].at("verdict"), "疑似禁止");
}

TEST_F(SampleCommand, theCasesKeepTheirRevisionAndTellOfIt) {
    const std::string& number = kSeven.front();
    const int before = jsonOf("show", {number}).at("revision");
    const json drawn = sampleJson({"--count", "6", "--seed", "7", "--by", "county", "--who", "李四"});
    const json shown = jsonOf("show", {number});
    EXPECT_EQ(shown.at("revision"), before);
    const json last = shown.at("history").back();
    EXPECT_EQ(last.at("event"), drawn.at("event"));
    EXPECT_EQ(last.at("kind"), "sample_drawn");
    EXPECT_EQ(last.at("name_zh"), "抽检抽中");
    EXPECT_EQ(last.at("who"), "李四");
    EXPECT_EQ(jsonOf("show", {kEight.front()}).at("history").back().at("kind"), "cases_issued");
    done("set", {number, "备注=抽检", "--revision", std::to_string(before)});
    EXPECT_EQ(runCase("undo", {number, "--event", std::to_string(drawn.at("event").get<int>())}).status, 1);
    done("undo", {number});
    EXPECT_EQ(jsonOf("show", {number}).at("remarks"), "");
    EXPECT_EQ(faults(), "");
}

TEST_F(SampleCommand, aSampleCanBeShownAgain) {
    const json drawn = sampleJson({"--count", "6", "--seed", "7", "--by", "county"}, "1");
    const std::string event = std::to_string(drawn.at("event").get<int>());
    json again = sampleJson({"--again", event}, "2");
    EXPECT_TRUE(tests::folderContents(folder.path() / "1") == tests::folderContents(folder.path() / "2"));
    EXPECT_EQ(tests::folderContents(folder.path() / "1").size(), 2U);
    again["files"] = drawn.at("files");
    EXPECT_EQ(again, drawn);
    EXPECT_EQ(jsonOf("sample", {"--list"})[0].at("seed"), 7);
    EXPECT_EQ(sample({"--again", "1"}, "3").status, 1);
    EXPECT_EQ(sample({"--again", "9999"}, "3").status, 1);
    EXPECT_FALSE(fs::exists(folder.path() / "3"));
}

TEST_F(SampleCommand, theListHasTheFactsAndBlankColumns) {
    static_cast<void>(sampleJson({"--count", "6", "--seed", "7", "--by", "county"}));
    std::istringstream lines(tests::fileText(folder.path() / "抽检" / "抽检清单.csv"));
    std::string line;
    std::getline(lines, line);
    EXPECT_EQ(
        line,
        "\xEF\xBB\xBF序号,案件编号,原图斑编号,监测批次,县(市),管控区类型,管控区名称,分区/等级,人类活动类型,"
        "图斑面积(公顷),涉及面积(公顷),初步判定,优先级,状态,核查结论,现状描述,是否违法违规,"
        "拟整改措施及时限,核查人,核查日期,抽检结论,抽检人,抽检日期,备注\r");
    std::getline(lines, line);
    EXPECT_EQ(line, "1,LD2026B2-513301-0003,2026B2-P00006,2026B2,康定市,自然保护区,贡嘎山国家级自然保护区,"
                    "核心保护区,采石场,"
                    "0.1006,0.0506,疑似禁止,1,待研判,,,,,,,,,,\r");
}

TEST_F(SampleCommand, whatCannotBeDrawnIsRefusedAndNothingIsKept) {
    EXPECT_EQ(sample({"--count", "6"}).status, 2);
    EXPECT_EQ(sample({"--seed", "1"}).status, 2);
    EXPECT_EQ(sample({"--count", "6", "--share", "0.5", "--seed", "1"}).status, 2);
    EXPECT_EQ(sample({"--share", "1.5", "--seed", "1"}).status, 2);
    EXPECT_EQ(sample({"--share", "0.5", "--seed", "-1"}).status, 2);
    EXPECT_EQ(sample({"--share", "0.5", "--seed", "9007199254740992"}).status, 2);
    EXPECT_EQ(sample({"--share", "0.5", "--seed", "1", "--by", "county,county"}).status, 2);
    EXPECT_EQ(sample({"--share", "0.5", "--seed", "1", "--by", "team"}).status, 2);
    EXPECT_EQ(sample({"--share", "0.5", "--seed", "1", "--status", "已关闭"}).status, 2);
    EXPECT_EQ(runCase("sample", {"--share", "0.5", "--seed", "1"}).status, 2);
    EXPECT_EQ(sample({"--count", "13", "--seed", "1"}).status, 1);
    EXPECT_EQ(sample({"--count", "1", "--seed", "1", "--status", "已销号"}).status, 1);
    const tests::Ended few = sample({"--count", "5", "--seed", "1"});
    EXPECT_EQ(few.status, 1);
    EXPECT_NE(few.err.find("--per-stratum-min 0"), std::string::npos) << few.err;
    EXPECT_FALSE(fs::exists(folder.path() / "抽检"));
    fs::create_directory(folder.path() / "抽检");
    std::ofstream(folder.path() / "抽检" / "抽检清单.csv") << "mine";
    EXPECT_EQ(sample({"--count", "6", "--seed", "1"}).status, 1);
    EXPECT_EQ(tests::fileText(folder.path() / "抽检" / "抽检清单.csv"), "mine");
    EXPECT_EQ(samples(), 0U);
    EXPECT_EQ(faults(), "");
}

TEST_F(SampleCommand, anEventThatNamesOtherCasesIsFound) {
    static_cast<void>(sampleJson({"--count", "6", "--seed", "7", "--by", "county"}));
    ledger.edit(
        "DELETE FROM case_events WHERE event = (SELECT max(number) FROM events) AND case_id = (SELECT id "
        "FROM cases WHERE number = '" +
        kSeven.front() + "')");
    EXPECT_NE(faults(), "");
}

TEST(SampleStory, theStrataOfSampleDataAddUp) {
    const tests::ProjectStory story;
    story.openBatch1();
    const json said = story.run({"sample"}, "case",
                                {"--share", "0.2", "--seed", "20261124", "--per-stratum-min", "0", "--out",
                                 (story.folder() / "抽检").string()});
    const json cases = story.run({"list"}, "case", {"--limit", "0"});
    // Kinds as a set: cases name the main finding's kind first, strata go by the rules' order.
    using Stratum = std::pair<std::string, std::set<std::string>>;
    const auto kindsOf = [](const json& text) {
        std::set<std::string> kinds;
        std::istringstream parts(text.get<std::string>());
        for (std::string part; std::getline(parts, part, ';');) {
            kinds.insert(part);
        }
        return kinds;
    };
    std::map<Stratum, int> population;
    std::map<Stratum, int> drawn;
    const std::vector<std::string> chosen = said.at("cases");
    for (const json& one : cases.at("cases")) {
        const Stratum key{one.at("county_code").get<std::string>() + " " +
                              one.at("county").get<std::string>(),
                          kindsOf(one.at("zone_kind"))};
        ++population[key];
        drawn[key] +=
            std::count(chosen.begin(), chosen.end(), one.at("number").get<std::string>()) > 0 ? 1 : 0;
    }
    EXPECT_EQ(said.at("population"), 91);
    EXPECT_EQ(said.at("drawn"), 19); // 18.2 rounded up
    EXPECT_EQ(chosen.size(), 19U);
    ASSERT_EQ(said.at("strata").size(), population.size());
    for (const json& stratum : said.at("strata")) {
        const Stratum key{stratum.at("county"), kindsOf(stratum.at("zone_kind"))};
        EXPECT_EQ(stratum.at("population"), population[key]) << stratum;
        EXPECT_EQ(stratum.at("drawn"), drawn[key]) << stratum;
        // Within one of the proportional part.
        EXPECT_LT(std::abs(drawn[key] * 91 - population[key] * 19), 91) << stratum;
    }
    story.expectSound();
}

} // namespace
