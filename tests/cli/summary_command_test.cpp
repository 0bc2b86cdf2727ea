// How far the cases have come, in figures: every one of them, from a ledger of twelve cases and from
// sample_data.

#include "tests/support/case_commands.hpp"
#include "tests/support/project_story.hpp"

#include <fstream>
#include <map>
#include <set>
#include <sstream>

namespace {

namespace fs = std::filesystem;
using nlohmann::json;

/// Lines of a CSV without quotes, without the byte order mark.
std::vector<std::string> linesOf(const fs::path& csv) {
    const std::string text = tests::fileText(csv);
    EXPECT_TRUE(text.starts_with("\xEF\xBB\xBF")) << csv;
    std::istringstream stream(text.substr(3));
    std::vector<std::string> lines;
    for (std::string line; std::getline(stream, line);) {
        EXPECT_TRUE(line.ends_with('\r'));
        line.pop_back();
        lines.push_back(line);
    }
    return lines;
}

/// Twelve cases: 1 and 2 not sent out, 5 closed, 7 verified, the others sent out; 0 is overdue, 3 and 4 are
/// nearly.
class SummaryCommand : public tests::CaseCommandTest {
  protected:
    void SetUp() override {
        done("judge", {"--batch", "2026B2", "--verdict", "1"});
        done("judge", {numbers[1], numbers[2], "--verdict", "2", "--reason", "季节性积雪"});
        done("step", {"--status", "待下发", "--to", "已下发"});
        done("set", {numbers[0], "完成时限=2026-11-20"});
        done("set", {numbers[3], "完成时限=2026-11-24"});
        done("set", {numbers[4], "完成时限=2026-11-30"});
        done("set", {numbers[6], "完成时限=2026-12-01"});
        verify(numbers[5], "属实-手续齐全");
        done("step", {numbers[5], "--to", "已复核"});
        done("step", {numbers[5], "--to", "待销号"});
        done("step", {numbers[5], "--to", "已销号"});
        verify(numbers[7], "属实-历史遗留");
        ledger.edit("UPDATE cases SET zone_kind = '自然保护区;生态保护红线' WHERE number = '" + numbers[0] +
                    "'");
    }
    void verify(const std::string& number, const std::string& conclusion) const {
        done("step",
             {number, "--to", "已初核", "核查结论=" + conclusion, "核查人=核查一组", "核查日期=2026-11-23"});
    }
    [[nodiscard]] tests::Ended summary(std::vector<std::string> more) const {
        more.insert(more.begin(), {"export", "summary", ledger.file().string()});
        return tests::runProgram(more);
    }
    [[nodiscard]] json summaryJson(std::vector<std::string> more, int status = 0) const {
        more.insert(more.end(), {"--format", "json"});
        const tests::Ended ended = summary(more);
        EXPECT_EQ(ended.status, status) << ended.err;
        return json::parse(ended.out, nullptr, false);
    }
    [[nodiscard]] fs::path out(const char* name = "进度") const { return folder.path() / name; }
};

/// cases, issued, verified, closed, red, amber
std::vector<int> figures(const json& row) {
    std::vector<int> all;
    for (const char* key : {"cases", "issued", "verified", "closed", "red", "amber"}) {
        all.push_back(row.at(key).get<int>());
    }
    return all;
}

TEST_F(SummaryCommand, everyFigureIsRight) {
    const json said = summaryJson({"--out", out().string()});
    EXPECT_TRUE(said.at("valid").get<bool>());
    EXPECT_EQ(said.at("today"), "2026-11-24");
    EXPECT_EQ(figures(said.at("total")), (std::vector{12, 10, 2, 1, 1, 2}));
    EXPECT_EQ(said.at("total").at("verified_rate"), 20.0);
    EXPECT_EQ(said.at("total").at("closed_rate"), 10.0);
    EXPECT_EQ(said.at("total").at("statuses").at("不下发"), 2);
    EXPECT_EQ(said.at("total").at("statuses").at("已下发"), 8);
    EXPECT_EQ(said.at("total").at("statuses").at("已初核"), 1);
    EXPECT_EQ(said.at("total").at("statuses").at("已销号"), 1);
    const json& counties = said.at("by_county");
    ASSERT_EQ(counties.size(), 3U);
    EXPECT_EQ(counties[0].at("county"), "康定市");
    EXPECT_EQ(figures(counties[0]), (std::vector{4, 4, 0, 0, 1, 1}));
    EXPECT_EQ(counties[1].at("county_code"), "513322");
    EXPECT_EQ(figures(counties[1]), (std::vector{4, 3, 1, 0, 0, 1}));
    EXPECT_EQ(figures(counties[2]), (std::vector{4, 3, 1, 1, 0, 0}));
    EXPECT_EQ(counties[2].at("closed_rate"), 33.33);
    const json& kinds = said.at("by_zone_kind");
    ASSERT_EQ(kinds.size(), 2U);
    EXPECT_EQ(kinds[0].at("zone_kind"), "自然保护区");
    EXPECT_EQ(figures(kinds[0]), (std::vector{6, 5, 0, 0, 1, 1}));
    EXPECT_EQ(kinds[1].at("zone_kind"), "生态保护红线");
    EXPECT_EQ(figures(kinds[1]), (std::vector{7, 6, 2, 1, 1, 1}));
    EXPECT_EQ(said.at("zone_kind_mentions"), 13);
    EXPECT_EQ(said.at("cases_of_several_kinds"), 1);
    std::map<std::string, std::vector<int>> priorities;
    for (const json& row : said.at("by_status_priority")) {
        priorities[row.at("status")] = {row.at("1"), row.at("2"), row.at("3"), row.at("other"),
                                        row.at("cases")};
    }
    EXPECT_EQ(priorities.size(), 13U);
    EXPECT_EQ(priorities["不下发"], (std::vector{0, 1, 1, 0, 2}));
    EXPECT_EQ(priorities["已下发"], (std::vector{4, 2, 2, 0, 8}));
    EXPECT_EQ(priorities["已初核"], (std::vector{0, 1, 0, 0, 1}));
    EXPECT_EQ(priorities["已销号"], (std::vector{0, 0, 1, 0, 1}));
    EXPECT_EQ(priorities["撤销"], (std::vector{0, 0, 0, 0, 0}));
    std::map<std::string, std::vector<int>> conclusions;
    for (const json& row : said.at("by_conclusion")) {
        conclusions[row.at("conclusion")] = {row.at("cases"), row.at("issued"), row.at("closed")};
    }
    EXPECT_EQ(conclusions.size(), 10U); // nine words and none
    EXPECT_EQ(conclusions["属实-手续齐全"], (std::vector{1, 1, 1}));
    EXPECT_EQ(conclusions["属实-历史遗留"], (std::vector{1, 1, 0}));
    EXPECT_EQ(conclusions[""], (std::vector{10, 8, 0}));
    EXPECT_EQ(said.at("overdue_list"), 3);
    EXPECT_EQ(faults(), "");
}

TEST_F(SummaryCommand, theCsvFilesHoldTheSameFigures) {
    ASSERT_EQ(summary({"--out", out().string(), "--quiet"}).status, 0);
    const std::vector<std::string> counties = linesOf(out() / "台账进度_按县(市).csv");
    EXPECT_EQ(counties, (std::vector<std::string>{
                            "县(市),县代码,案件数,状态_待研判,状态_不下发,状态_待下发,状态_已下发,状态_"
                            "核查中,状态_退回,状态_已初核,"
                            "状态_已复核,状态_整改中,状态_待销号,状态_已销号,状态_回头看,状态_撤销,进度_"
                            "已下发数,进度_已核查数,"
                            "进度_已销号数,进度_核查率(%),进度_销号率(%),时限_逾期(红),时限_临期(黄)",
                            "康定市,513301,4,0,0,0,4,0,0,0,0,0,0,0,0,0,4,0,0,0.00,0.00,1,1",
                            "泸定县,513322,4,0,1,0,2,0,0,1,0,0,0,0,0,0,3,1,0,33.33,0.00,0,1",
                            "得荣县,513338,4,0,1,0,2,0,0,0,0,0,0,1,0,0,3,1,1,33.33,33.33,0,0",
                            "合计,,12,0,2,0,8,0,0,1,0,0,0,1,0,0,10,2,1,20.00,10.00,1,2"}));
    const std::vector<std::string> kinds = linesOf(out() / "台账进度_按管控区类型.csv");
    ASSERT_EQ(kinds.size(), 4U);
    EXPECT_EQ(kinds[2], "生态保护红线,7,0,1,0,4,0,0,1,0,0,0,1,0,0,6,2,1,33.33,16.67,1,1");
    EXPECT_EQ(kinds[3], "合计,12,0,2,0,8,0,0,1,0,0,0,1,0,0,10,2,1,20.00,10.00,1,2");
    const std::vector<std::string> statuses = linesOf(out() / "台账进度_按状态和优先级.csv");
    ASSERT_EQ(statuses.size(), 15U);
    EXPECT_EQ(statuses[0], "状态,阶段,优先级1(高),优先级2(中),优先级3(低),合计");
    EXPECT_EQ(statuses[4], "已下发,外业,4,2,2,8");
    EXPECT_EQ(statuses[14], "合计,,4,4,4,12");
    const std::vector<std::string> conclusions = linesOf(out() / "台账进度_按核查结论.csv");
    ASSERT_EQ(conclusions.size(), 12U);
    EXPECT_EQ(conclusions[2], "属实-手续齐全,1,0,1,1");
    EXPECT_EQ(conclusions[10], "（未填写）,10,2,8,0");
    EXPECT_EQ(conclusions[11], "合计,12,2,10,1");
    const std::vector<std::string> due = linesOf(out() / "逾期清单.csv");
    ASSERT_EQ(due.size(), 4U);
    EXPECT_EQ(due[1], "1," + numbers[0] +
                          ",康定市,自然保护区;生态保护红线,贡嘎山国家级自然保护区,1,已下发,2026-11-20,红,4,,"
                          "康定市人民政府,");
    EXPECT_EQ(due[2], "2," + numbers[3] +
                          ",康定市,生态保护红线,川西生态保护红线,1,已下发,2026-11-24,黄,,0,康定市人民政府,");
    EXPECT_EQ(due[3],
              "3," + numbers[4] +
                  ",泸定县,自然保护区,贡嘎山国家级自然保护区,2,已下发,2026-11-30,黄,,6,泸定县人民政府,");
}

TEST_F(SummaryCommand, theDayDecidesWhatIsOverdue) {
    const json said = summaryJson({"--out", out().string(), "--today", "2026-12-10"});
    EXPECT_EQ(figures(said.at("total")), (std::vector{12, 10, 2, 1, 5, 0}));
    const std::vector<std::string> due = linesOf(out() / "逾期清单.csv");
    ASSERT_EQ(due.size(), 6U);
    EXPECT_NE(due[1].find(numbers[0] + ",康定市"), std::string::npos);
    EXPECT_NE(due[1].find(",2026-11-20,红,20,"), std::string::npos);
    EXPECT_NE(due[5].find(numbers[9]), std::string::npos);
    EXPECT_NE(due[5].find(",2026-12-09,红,1,"), std::string::npos);
    EXPECT_EQ(summary({"--out", out("2").string(), "--today", "2026-02-30"}).status, 2);
}

TEST_F(SummaryCommand, batchesAreChosenByCodeOrName) {
    const layers::CaseBatch other = ledger.addBatch("2026B3", 2);
    static_cast<void>(ledger.run(other, {0, 1}));
    EXPECT_EQ(summaryJson({"--out", out("1").string()}).at("total").at("cases"), 14);
    EXPECT_EQ(summaryJson({"--out", out("2").string(), "--batch", "2026B3", "--only", "xlsx,csv"})
                  .at("total")
                  .at("cases"),
              2);
    const json both = summaryJson(
        {"--out", out("3").string(), "--batch", "2026B3", "--batch", "2026B2", "--only", "xlsx,csv"});
    EXPECT_EQ(both.at("total").at("cases"), 14);
    EXPECT_EQ(both.at("batches"), (json{"2026B3", "2026B2"}));
    EXPECT_EQ(summary({"--out", out("4").string(), "--batch", "2025B1"}).status, 1);
    EXPECT_FALSE(fs::exists(out("4")));
}

TEST_F(SummaryCommand, repeatsToTheSameBytesAndIsKeptInTheLedger) {
    ASSERT_EQ(summary({"--out", out("1").string(), "--who", "张三"}).status, 0);
    ASSERT_EQ(summary({"--out", out("2").string(), "--who", "张三"}).status, 0);
    EXPECT_TRUE(tests::folderContents(out("1")) == tests::folderContents(out("2")));
    EXPECT_EQ(tests::folderContents(out("1")).size(), 6U);
    const tests::Ended refused = summary({"--out", out("1").string()});
    EXPECT_EQ(refused.status, 1);
    EXPECT_EQ(summary({"--out", out("1").string(), "--overwrite", "--who", "张三"}).status, 0);
    EXPECT_TRUE(tests::folderContents(out("1")) == tests::folderContents(out("2")));
    EXPECT_EQ(faults(), "");
}

TEST_F(SummaryCommand, sumsThatDoNotCloseEndWithFourAndNoFigureUnmarked) {
    ASSERT_EQ(summary({"--out", out().string()}).status, 0);
    ledger.edit("UPDATE cases SET status = '丢失' WHERE number = '" + numbers[8] + "'");
    const json said = summaryJson({"--out", out().string(), "--overwrite"}, 4);
    EXPECT_FALSE(said.at("valid").get<bool>());
    EXPECT_FALSE(said.at("faults").empty());
    EXPECT_EQ(said.at("total").at("cases"), 12);
    const auto left = tests::folderContents(out()); // no CSV, for it could not say so
    ASSERT_EQ(left.size(), 1U);
    EXPECT_EQ(left[0].first, "台账进度.xlsx");
    const tests::Ended told = summary({"--out", out("2").string()});
    EXPECT_EQ(told.status, 4);
    EXPECT_NE(told.err.find("结果无效"), std::string::npos) << told.err;
    EXPECT_NE(told.err.find("得荣县"), std::string::npos) << told.err;
    EXPECT_NE(faults(), ""); // `project check` names the case
}

TEST_F(SummaryCommand, anotherLifeBringsItsOwnWords) {
    const fs::path life = folder.path() / "life.yaml";
    std::string text = tests::runProgram({"project", "info", ledger.file().string(), "--life"}).out;
    std::size_t at = 0;
    while ((at = text.find("回头看", at)) != std::string::npos) {
        text.replace(at, std::string("回头看").size(), "复查中");
        at += std::string("复查中").size();
    }
    std::ofstream(life) << text;
    ASSERT_EQ(tests::runProgram({"project", "set", ledger.file().string(), "--life", life.string()}).status,
              0);
    const json said = summaryJson({"--out", out().string()});
    EXPECT_TRUE(said.at("total").at("statuses").contains("复查中"));
    EXPECT_FALSE(said.at("total").at("statuses").contains("回头看"));
    EXPECT_TRUE(said.at("valid").get<bool>());
}

TEST_F(SummaryCommand, anEmptyProjectHasAllZeros) {
    const fs::path empty = folder.path() / "空.ecoredline";
    ASSERT_EQ(tests::runProgram({"project", "new", empty.string()}).status, 0);
    const tests::Ended ended =
        tests::runProgram({"export", "summary", empty.string(), "--out", out().string(), "--format", "json"});
    ASSERT_EQ(ended.status, 0) << ended.err;
    EXPECT_EQ(json::parse(ended.out).at("total").at("cases"), 0);
    EXPECT_EQ(linesOf(out() / "逾期清单.csv").size(), 1U);
}

/// What the ledger's own list says, counted by the test.
struct Tally {
    int cases = 0;
    int issued = 0;
    int verified = 0;
    int closed = 0;
    int red = 0;
    int amber = 0;
    std::map<std::string, int> statuses;
    void add(const json& one) {
        static const std::set<std::string> kDesk{"待研判", "不下发", "待下发", "撤销"};
        const std::string status = one.at("status");
        const bool isIssued = !kDesk.contains(status);
        ++cases;
        ++statuses[status];
        issued += isIssued ? 1 : 0;
        verified += isIssued && !one.at("conclusion").get<std::string>().empty() ? 1 : 0;
        closed += status == "已销号" ? 1 : 0;
        red += one.at("light") == "red" ? 1 : 0;
        amber += one.at("light") == "amber" ? 1 : 0;
    }
    void expectIs(const json& row, const std::string& what) const {
        EXPECT_EQ(figures(row), (std::vector{cases, issued, verified, closed, red, amber})) << what;
        for (const auto& [status, count] : row.at("statuses").items()) {
            const auto mine = statuses.find(status);
            EXPECT_EQ(count.get<int>(), mine == statuses.end() ? 0 : mine->second) << what << " " << status;
        }
    }
};

std::set<std::string> kindsOf(const std::string& text) {
    std::set<std::string> kinds;
    std::istringstream parts(text);
    for (std::string part; std::getline(parts, part, ';');) {
        kinds.insert(part);
    }
    return kinds;
}

TEST(SummaryStory, agreesWithTheListOfCasesOfSampleData) {
    const tests::ProjectStory story;
    story.addZones();
    story.addBatch1();
    story.addBatch2();
    story.newRun("2026B1");
    story.newRun("2026B2");
    story.run({"judge"}, "case", {"--batch", "2026B1", "--verdict", "1"});
    story.run({"judge"}, "case",
              {"--batch", "2026B1", "--priority", "3", "--verdict", "3", "--reason", "云影"}, {0, 2});
    story.run({"step"}, "case",
              {"--batch", "2026B1", "--status", "待下发", "--to", "已下发", "完成时限=2026-11-28"});
    story.run({"step"}, "case",
              {"--batch", "2026B1", "--county", "康定市", "--status", "已下发", "--to", "已初核",
               "核查结论=属实-历史遗留", "核查人=核查一组", "核查日期=2026-11-20"});
    const json said = story.run({"summary"}, "export", {"--out", (story.folder() / "进度").string()});
    const json cases = story.run({"list"}, "case", {"--limit", "0"});
    Tally total;
    std::map<std::string, Tally> counties;
    std::map<std::string, Tally> kinds;
    int mentions = 0;
    for (const json& one : cases.at("cases")) {
        total.add(one);
        counties[one.at("county_code")].add(one);
        for (const std::string& kind : kindsOf(one.at("zone_kind"))) {
            kinds[kind].add(one);
            ++mentions;
        }
    }
    total.expectIs(said.at("total"), "total");
    EXPECT_EQ(said.at("by_county").size(), 18U); // all counties of the outlines, also those without a case
    int inCounties = 0;
    for (const json& row : said.at("by_county")) {
        counties[row.at("county_code")].expectIs(row, row.at("county"));
        inCounties += row.at("cases").get<int>();
    }
    EXPECT_EQ(inCounties, total.cases);
    ASSERT_EQ(said.at("by_zone_kind").size(), kinds.size());
    for (const json& row : said.at("by_zone_kind")) {
        kinds[row.at("zone_kind")].expectIs(row, row.at("zone_kind"));
    }
    EXPECT_EQ(said.at("zone_kind_mentions"), mentions);
    EXPECT_GT(mentions, total.cases);
    EXPECT_GT(total.verified, 0);
    EXPECT_GT(total.amber, 0);
    story.expectSound();
}

} // namespace
