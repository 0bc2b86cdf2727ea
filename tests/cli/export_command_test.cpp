// What goes out of a project: the list with the cases' numbers and what people said.

#include "tests/support/csv_lines.hpp"
#include "tests/support/mounted.hpp"
#include "tests/support/project_story.hpp"

#include <map>
#include <set>
#include <sstream>

namespace {

namespace fs = std::filesystem;
using Json = tests::ProjectStory::Json;

/// Rows of the list's CSV by task number, without the header.
std::map<std::string, std::vector<std::string>> rowsOf(const fs::path& csv) {
    std::map<std::string, std::vector<std::string>> rows;
    std::vector<std::vector<std::string>> lines = tests::csvLines(csv);
    for (std::size_t n = 1; n < lines.size(); ++n) {
        const std::string task = lines[n].at(1);
        rows[task] = std::move(lines[n]);
    }
    return rows;
}

class ExportCommand : public testing::Test {
  protected:
    void SetUp() override { story.openBatch1(); }
    Json exportTo(const fs::path& folder, std::vector<std::string> more = {}, int status = 0) const {
        more.insert(more.begin(), {"--batch", "2026B1", "--out", folder.string()});
        return story.run({"list"}, "export", more, {status});
    }
    tests::ProjectStory story;
};

TEST_F(ExportCommand, theListCarriesTheCasesNumbersAndWhatPeopleSaid) {
    const std::string number = "LD2026B1-513301-0001";
    story.run({"step"}, "case", {number, "--to", "待下发"}, {0, 1});
    story.run({"override"}, "case", {number, "--priority", "3", "--reason", "示例"});
    story.run({"set"}, "case", {number, "备注=已电话告知"});
    const fs::path out = story.folder() / "清单";
    const Json exported = exportTo(out);
    EXPECT_EQ(exported.at("rows"), 91);
    const auto rows = rowsOf(out / "核查清单.csv");
    ASSERT_EQ(rows.size(), 91U);
    std::set<std::string> cases;
    const Json ledger = story.run({"list"}, "case", {"--batch", "2026B1", "--limit", "1000"});
    for (const Json& one : ledger.at("cases")) {
        cases.insert(one.at("number").get<std::string>());
    }
    for (const auto& [task, row] : rows) {
        EXPECT_TRUE(cases.contains(task)) << task;
    }
    constexpr std::size_t kPriority = 25;
    constexpr std::size_t kRemarks = 42;
    EXPECT_EQ(rows.at(number).at(kPriority), "3");
    EXPECT_EQ(rows.at(number).at(kRemarks), "已电话告知");
    EXPECT_TRUE(fs::exists(out / "核查清单.xlsx"));
    EXPECT_TRUE(fs::exists(out / "results.gpkg"));
    EXPECT_TRUE(fs::exists(out / "field/manifest.csv"));
    story.expectSound();
}

TEST_F(ExportCommand, anExportIsRepeatedToTheSameBytesAndReplacesNothingUnasked) {
    const fs::path first = story.folder() / "1";
    exportTo(first);
    exportTo(story.folder() / "2", {"--threads", "1"});
    EXPECT_TRUE(tests::folderContents(first) == tests::folderContents(story.folder() / "2"));
    const auto before = tests::folderContents(first);
    exportTo(first, {}, 1);
    EXPECT_TRUE(before == tests::folderContents(first));
    exportTo(first, {"--overwrite"});
    EXPECT_TRUE(before == tests::folderContents(first));
}

TEST_F(ExportCommand, aBatchThatWasNotCheckedIsRefusedWithWhatToDo) {
    story.addBatch2();
    const tests::Ended refused =
        story.start("list", "export", {"--batch", "2026B2", "--out", (story.folder() / "out").string()});
    EXPECT_EQ(refused.status, 1);
    EXPECT_NE(refused.err.find("run new --batch 2026B2"), std::string::npos) << refused.err;
    EXPECT_FALSE(fs::exists(story.folder() / "out"));
}

TEST_F(ExportCommand, theSecondBatchTellsWhatItIsToTheFirst) {
    story.addBatch2();
    story.newRun("2026B2");
    const fs::path out = story.folder() / "out";
    story.run({"list"}, "export", {"--batch", "2026B2", "--only", "csv", "--out", out.string()});
    constexpr std::size_t kHistory = 28;
    int told = 0;
    for (const auto& [task, row] : rowsOf(out / "核查清单.csv")) {
        told += row.at(kHistory).find("2026B1-") != std::string::npos ? 1 : 0;
    }
    const Json lineage = story.run({"lineage"}, "batch", {"2026B2"});
    EXPECT_GT(lineage.at("counts").at("related").get<int>(), 0);
    EXPECT_GT(told, 0);
}

TEST_F(ExportCommand, whateverGoesOutToAFullDiskSaysSoAndNoEventTellsOfIt) {
    if (const std::string why = tests::whyNoMounts(); !why.empty()) {
        GTEST_SKIP() << why;
    }
    const fs::path small = story.folder() / "小盘";
    fs::create_directories(small);
    const Json before = story.run({"info"}, "project");
    struct Tried {
        std::vector<std::string> what;
        int kib;
    };
    // The larger ones are full when some sheets are finished.
    const std::vector<Tried> exports{{{"list", "--batch", "2026B1"}, 8},
                                     {{"list", "--batch", "2026B1", "--form", "platform"}, 8},
                                     {{"summary", "--batch", "2026B1"}, 8},
                                     {{"contact", "--batch", "2026B1"}, 8},
                                     {{"area", "--case", "LD2026B1-513301-0001"}, 8},
                                     {{"sheets", "--batch", "2026B1"}, 8},
                                     {{"sheets", "--batch", "2026B1"}, 1500},
                                     {{"pack", "--batch", "2026B1", "--all"}, 1500}};
    for (const auto& [what, kib] : exports) {
        SCOPED_TRACE(what.front() + " " + std::to_string(kib) + " KiB");
        std::vector<std::string> arguments{
            "export", what.front(), story.file().string(), "--out", (small / "结果").string(), "--quiet"};
        arguments.insert(arguments.end(), what.begin() + 1, what.end());
        const tests::Ended ended = tests::runMounted(
            "mount -t tmpfs -o size=" + std::to_string(kib) + "k none \"$1\"", small, arguments);
        EXPECT_EQ(ended.status, 1);
        EXPECT_NE(ended.err.find("磁盘已满"), std::string::npos) << ended.err;
        EXPECT_EQ(ended.out, "") << "something was left on the full disk";
    }
    EXPECT_EQ(before, story.run({"info"}, "project"));
    story.expectSound();
}

} // namespace
