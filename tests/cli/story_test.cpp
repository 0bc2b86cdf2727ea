// The whole story through the command line: two batches, desk and field, a return with conflicts, 销号, a new
// zone version, a site that comes again. Every number asserted, totals closing at each step.

#include "tests/support/returned_layer.hpp"

#include <fstream>
#include <map>
#include <regex>

namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

constexpr const char* kConflict = "LD2026B1-513301-0001";
constexpr const char* kAgain =
    "LD2026B1-513301-0023"; // patch SL2026B10011, seen again and larger as SL2026B20116

class Story : public testing::Test {
  protected:
    using Statuses = std::map<std::string, int>;
    [[nodiscard]] Statuses statuses(const std::string& batch = "2026B1") const {
        Statuses counts;
        const Json list = story.run({"list"}, "case", {"--batch", batch, "--limit", "0"});
        for (const Json& each : list.at("cases")) {
            ++counts[each.at("status").get<std::string>()];
        }
        return counts;
    }
    [[nodiscard]] Json shown(const std::string& number) const {
        return story.run({"show"}, "case", {number});
    }

    void sendOut() const {
        story.addZones();
        const Json batch = story.addBatch1();
        EXPECT_EQ(batch.at("patches"), 150);
        EXPECT_EQ(batch.at("rejects"), 2);
        const Json run = story.newRun("2026B1");
        const Json& counts = run.at("patches");
        EXPECT_EQ(counts.at("listed"), 91);
        EXPECT_EQ(counts.at("listed").get<int>() + counts.at("near").get<int>() +
                      counts.at("clear").get<int>() + counts.at("duplicate").get<int>() +
                      counts.at("rejected").get<int>(),
                  152);
        EXPECT_EQ(statuses(), (Statuses{{"待研判", 91}}));
        story.run({"judge"}, "case", {"--batch", "2026B1", "--verdict", "1"});
        story.run({"judge"}, "case",
                  {"LD2026B1-513327-0007", "LD2026B1-513327-0008", "--verdict", "2", "--reason", "积雪"});
        EXPECT_EQ(statuses(), (Statuses{{"待下发", 89}, {"不下发", 2}}));
        story.run({"step"}, "case", {"--status", "待下发", "--to", "已下发"});
        EXPECT_EQ(statuses(), (Statuses{{"已下发", 89}, {"不下发", 2}}));
        EXPECT_EQ(story.run({"list"}, "export", {"--batch", "2026B1", "--out", out.string()}).at("rows"), 91);
    }

    /// What the field fills in, and what the desk changes meanwhile.
    [[nodiscard]] tests::ReturnedLayer comesBack() const {
        story.run({"set"}, "case", {kConflict, "备注=台账说法"});
        tests::ReturnedLayer back(out / "field", story.folder() / "回传", "513301");
        back.edit("BZ = '现场说法', HCJL = '已恢复', HCR = '核查一组', HCRQ = '2026/12/1' WHERE RWBH = "
                  "'LD2026B1-513301-0001'");
        back.edit("HCJL = '属实-疑似违法违规', HCR = '核查一组', HCRQ = '2026年12月2日' WHERE RWBH = "
                  "'LD2026B1-513301-0023'");
        back.edit("HCJL = '不晓得' WHERE RWBH = 'LD2026B1-513301-0003'");
        back.edit("RWBH = 'LD2026B1-513301-9999', BZ = '编号改坏' WHERE RWBH = 'LD2026B1-513301-0004'");
        return back;
    }

    void takeIn() const {
        const tests::ReturnedLayer back = comesBack();
        const Json before = story.run({"info"}, "project");
        const Json plan = story.run({"add"}, "return", {back.file(), "--decisions", decisions.string()});
        EXPECT_EQ(plan.at("counts"), (Json{{"rows", 29},
                                           {"blank", 0},
                                           {"repeated", 0},
                                           {"unmatched", 1},
                                           {"cases", 28},
                                           {"unchanged", 25},
                                           {"changed", 1},
                                           {"conflicting", 1},
                                           {"refused", 1},
                                           {"doubtful", 0},
                                           {"not_returned", 1}}));
        EXPECT_EQ(plan.at("undecided"), 1);
        EXPECT_EQ(plan.at("not_returned"), Json::array({"LD2026B1-513301-0004"}));
        const tests::Ended undecided = story.start("add", "return", {back.file(), "--apply"});
        EXPECT_EQ(undecided.status, 1);
        EXPECT_NE(undecided.err.find("--decisions"), std::string::npos) << undecided.err;
        EXPECT_EQ(before, story.run({"info"}, "project"));

        // The conflict is decided in the table: the field's word counts.
        std::string table = tests::fileText(decisions);
        table = std::regex_replace(table, std::regex("(现场说法,[^\r\n]*,)\r\n"), "$1回传\r\n");
        std::ofstream(decisions, std::ios::binary) << table;
        const Json taken =
            story.run({"add"}, "return",
                      {back.file(), "--prefer", decisions.string(), "--to", "已初核", "--apply"}, {3});
        EXPECT_EQ(taken.at("fields_taken"), 7);
        EXPECT_EQ(shown(kConflict).at("remarks"), "现场说法");
        EXPECT_EQ(shown(kConflict).at("inspected_on"), "2026-12-01");
        EXPECT_EQ(shown(kAgain).at("inspected_on"), "2026-12-02");
        EXPECT_EQ(shown("LD2026B1-513301-0003").at("conclusion"), "");
        EXPECT_EQ(statuses(), (Statuses{{"已下发", 87}, {"已初核", 2}, {"不下发", 2}}));
        story.expectSound();
    }

    void close() const {
        story.run({"step"}, "case", {"--status", "已初核", "--to", "已复核"});
        story.run({"step"}, "case", {kConflict, "--to", "待销号"});
        story.run({"step"}, "case", {kAgain, "--to", "整改中", "measures=拆除并恢复植被"});
        story.run({"step"}, "case", {kAgain, "--to", "待销号"});
        story.run({"step"}, "case", {"--status", "待销号", "--to", "已销号"});
        EXPECT_EQ(statuses(), (Statuses{{"已下发", 87}, {"已销号", 2}, {"不下发", 2}}));
    }

    tests::ProjectStory story;
    fs::path out = story.folder() / "清单";
    fs::path decisions = story.folder() / "待定.csv";
};

TEST_F(Story, fromTheFirstBatchToTheSiteThatComesAgain) {
    sendOut();
    takeIn();
    close();

    // New red lines hold from their day; the case that they no longer touch stays, and says so.
    story.run({"add"}, "zones",
              {tests::smallerRedLine(story.folder()).string(), "--role", "redline", "--layer", "生态保护红线",
               "--approval", "示例批复〔2026〕9号", "--valid-from", "2026-03-01"});
    const Json second = story.newRun("2026B1");
    EXPECT_EQ(second.at("patches").at("listed"), 90);
    EXPECT_EQ(second.at("new_cases"), 0);
    const Json compared = story.run({"compare"}, "run", {"1", "2"});
    EXPECT_EQ(compared.at("counts").at("gone"), 1);
    EXPECT_TRUE(compared.at("closes").get<bool>());
    EXPECT_EQ(statuses(), (Statuses{{"已下发", 87}, {"已销号", 2}, {"不下发", 2}}));
    EXPECT_EQ(story.run({"list"}, "case", {"--lapsed"}).at("count"), 1);

    story.addBatch2();
    const Json lineage = story.run({"lineage"}, "batch", {"2026B2"}).at("counts");
    EXPECT_EQ(lineage.at("patches"), 159);
    EXPECT_EQ(lineage.at("related"), 13);
    EXPECT_EQ(lineage.at("rebounds"), 1); // only kAgain was closed as real
    const Json third = story.newRun("2026B2");
    const int listed = third.at("patches").at("listed").get<int>();
    EXPECT_EQ(listed, 107);
    EXPECT_EQ(third.at("new_cases"), listed);
    EXPECT_EQ(story.run({"list"}, "case").at("count"), 91 + listed);

    const fs::path again = story.folder() / "第2批";
    const Json exported =
        story.run({"list"}, "export", {"--batch", "2026B2", "--only", "csv", "--out", again.string()});
    EXPECT_EQ(exported.at("rows"), listed);
    const std::string csv = tests::fileText(again / "核查清单.csv");
    const std::size_t row = csv.find("SL2026B20116");
    ASSERT_NE(row, std::string::npos);
    EXPECT_NE(csv.substr(row, csv.find('\n', row) - row).find("疑似反弹"), std::string::npos);
    EXPECT_TRUE(story.run({"verify"}, "run", {"1"}).at("same").get<bool>());
    EXPECT_TRUE(story.run({"verify"}, "run", {"3"}).at("same").get<bool>());
    story.expectSound();
}

} // namespace
