// export list --form, export form and rules test through the program.

#include "tests/support/csv_lines.hpp"
#include "tests/support/project_story.hpp"

#include <SQLiteCpp/SQLiteCpp.h>

#include <fstream>
#include <map>
#include <set>
#include <sstream>

namespace {

namespace fs = std::filesystem;
using Json = tests::ProjectStory::Json;

class FormCommand : public testing::Test {
  protected:
    void SetUp() override { story.openBatch1(); }
    [[nodiscard]] tests::Ended exportForm(const std::string& form, const fs::path& folder,
                                          std::vector<std::string> more = {}) const {
        more.insert(more.begin(), {"--batch", "2026B1", "--form", form, "--out", folder.string()});
        return story.start("list", "export", more);
    }
    [[nodiscard]] std::string formFile(const std::string& name, const std::string& rest) const {
        const fs::path file = story.folder() / name;
        std::ofstream(file) << "format: 1\nname: 上报表\nversion: \"1\"\ntitle: 上报表\n" << rest;
        return file.string();
    }
    tests::ProjectStory story;
};

TEST_F(FormCommand, AFormHasTheListsRowsAndSums) {
    const fs::path out = story.folder() / "表";
    const std::string form = formFile(
        "表 式.yaml", "columns:\n"
                      "  - {header: 编号, list: task_number}\n"
                      "  - {header: [面积, 亩], list: 图斑面积(公顷), unit: 亩, decimals: 2, sum: true}\n"
                      "  - {header: [面积, 公顷], list: MJ, sum: true}\n"
                      "  - {header: 状态, case: 状态}\n"
                      "  - {header: 原编号, received: TBBH}\n"
                      "total: 合计\n");
    const tests::Ended done = exportForm(form, out);
    ASSERT_EQ(done.status, 0) << done.err;
    const Json said = Json::parse(done.out);
    EXPECT_EQ(said.at("rows"), 91);
    EXPECT_EQ(said.at("form"), "上报表");
    story.run({"list"}, "export",
              {"--batch", "2026B1", "--only", "csv", "--out", (story.folder() / "清单").string()});
    const auto list = tests::csvLines(story.folder() / "清单/核查清单.csv");
    const auto rows = tests::csvLines(out / "上报表.csv");
    ASSERT_EQ(rows.size(), list.size());
    EXPECT_EQ(rows[0][1], "面积-亩");
    constexpr std::size_t kTask = 1;
    constexpr std::size_t kPatch = 2;
    constexpr std::size_t kArea = 20;
    double mu = 0;
    double hectares = 0;
    for (std::size_t n = 1; n < rows.size(); ++n) {
        EXPECT_EQ(rows[n][0], list[n][kTask]);
        EXPECT_EQ(rows[n][2], list[n][kArea]);
        EXPECT_EQ(rows[n][3], "待研判");
        EXPECT_EQ(rows[n][4], list[n][kPatch]);
        mu += rows[n][1].empty() ? 0 : std::stod(rows[n][1]);
        hectares += rows[n][2].empty() ? 0 : std::stod(rows[n][2]);
    }
    EXPECT_NEAR(mu, hectares * 15, 0.005); // one rounding, that of the total
    EXPECT_TRUE(fs::exists(out / "上报表.xlsx"));
    EXPECT_FALSE(fs::exists(out / "run.json"));
    story.expectSound();
}

TEST_F(FormCommand, TheLedgerNotesTheExport) {
    ASSERT_EQ(exportForm("overview", story.folder() / "out", {"--who", "张三"}).status, 0);
    SQLite::Database database(story.file().string());
    SQLite::Statement events(database, "SELECT who, content FROM events WHERE kind = 'form_exported'");
    ASSERT_TRUE(events.executeStep());
    EXPECT_EQ(events.getColumn(0).getString(), "张三");
    const Json content = Json::parse(events.getColumn(1).getString());
    EXPECT_EQ(content.at("rows"), 91);
    EXPECT_EQ(content.at("form"), "实地核查处理情况一览表(列未经核实)");
    EXPECT_EQ(content.at("form_sha256").get<std::string>().size(), 64U);
    EXPECT_FALSE(events.executeStep());
}

TEST_F(FormCommand, TheShippedFormsAreRepeatedToTheSameBytesAndReplaceNothingUnasked) {
    for (const std::string form : {"platform", "overview"}) {
        const fs::path first = story.folder() / (form + "1");
        const fs::path second = story.folder() / (form + "2");
        ASSERT_EQ(exportForm(form, first).status, 0);
        ASSERT_EQ(exportForm(form, second, {"--threads", "1"}).status, 0);
        const auto before = tests::folderContents(first);
        EXPECT_EQ(before.size(), 2U);
        EXPECT_TRUE(before == tests::folderContents(second)) << form;
        EXPECT_EQ(exportForm(form, first).status, 1);
        EXPECT_TRUE(before == tests::folderContents(first));
        EXPECT_EQ(exportForm(form, first, {"--overwrite"}).status, 0);
        EXPECT_TRUE(before == tests::folderContents(first));
    }
}

TEST_F(FormCommand, WhatIsNotVerifiedIsSaid) {
    const tests::Ended done =
        tests::runProgram({"export", "list", story.file().string(), "--batch", "2026B1", "--form", "overview",
                           "--out", (story.folder() / "out").string()});
    EXPECT_EQ(done.status, 0);
    EXPECT_NE(done.err.find("列未经核实"), std::string::npos) << done.err;
    EXPECT_NE(done.err.find("依据待核"), std::string::npos) << done.err;
}

TEST_F(FormCommand, AWordThatHasNoCodeIsListedAndNothingIsWritten) {
    const std::string form = formFile("codes.yaml", "codes: {K: {words: {新增: \"1\"}}}\n"
                                                    "columns: [{header: 变化, list: change, code: K}]\n");
    const tests::Ended refused = exportForm(form, story.folder() / "out");
    EXPECT_EQ(refused.status, 1);
    EXPECT_NE(refused.err.find("“规模扩大”"), std::string::npos) << refused.err;
    EXPECT_NE(refused.err.find("LD2026B1-"), std::string::npos) << refused.err;
    EXPECT_FALSE(fs::exists(story.folder() / "out"));
    const std::string keeping = formFile("keep.yaml", "codes: {K: {words: {新增: \"1\"}, unknown: keep}}\n"
                                                      "columns: [{header: 变化, list: change, code: K}]\n");
    const tests::Ended kept = exportForm(keeping, story.folder() / "out");
    ASSERT_EQ(kept.status, 0) << kept.err;
    EXPECT_FALSE(Json::parse(kept.out).at("words_without_code").empty());
}

TEST_F(FormCommand, FaultsOfAFormAreToldWithLineAndColumn) {
    const std::string form = formFile("坏.yaml", "columns:\n"
                                                 "  - {header: 面积, list: area_hectares}\n"
                                                 "  - {header: 单位, color: red}\n");
    const tests::Ended refused = exportForm(form, story.folder() / "out");
    EXPECT_EQ(refused.status, 1);
    EXPECT_NE(refused.err.find("坏.yaml:6:24: "), std::string::npos) << refused.err;
    EXPECT_NE(refused.err.find("坏.yaml:7:18: "), std::string::npos) << refused.err;
    EXPECT_FALSE(fs::exists(story.folder() / "out"));
    const tests::Ended checked = tests::runProgram({"export", "form", form});
    EXPECT_EQ(checked.status, 1);
    EXPECT_NE(checked.err.find("坏.yaml:6:24: "), std::string::npos) << checked.err;
}

TEST_F(FormCommand, AFormHasNoGeoPackage) {
    EXPECT_EQ(exportForm("platform", story.folder() / "out", {"--only", "gpkg"}).status, 2);
    ASSERT_EQ(exportForm("platform", story.folder() / "out", {"--only", "csv"}).status, 0);
    EXPECT_TRUE(fs::exists(story.folder() / "out/平台表.csv"));
    EXPECT_FALSE(fs::exists(story.folder() / "out/平台表.xlsx"));
}

TEST(FormVerb, TheShippedFormsCanBeReadAndChanged) {
    const tests::Ended names = tests::runProgram({"export", "form"});
    EXPECT_EQ(names.status, 0);
    EXPECT_EQ(names.out.substr(0, 9), "platform\t");
    EXPECT_NE(names.out.find("overview\t"), std::string::npos);
    const tests::Ended text = tests::runProgram({"export", "form", "platform"});
    EXPECT_EQ(text.out, tests::fileText(fs::path(SOURCE_ROOT) / "app/report/forms/platform.yaml"));
}

/// Patches by what changes on them.
std::map<std::string, std::set<std::string>> patchesBy(const Json& trial) {
    std::map<std::string, std::set<std::string>> patches;
    for (const Json& one : trial.at("changes")) {
        for (const Json& change : one.at("changes")) {
            patches[change.get<std::string>()].insert(one.at("patch").get<std::string>());
        }
    }
    return patches;
}

class RuleTrialCommand : public FormCommand {
  protected:
    /// The project's bytes before and after must be the same.
    Json tried(std::vector<std::string> more, int status = 0) const {
        const auto before = tests::folderContents(story.file().parent_path());
        more.insert(more.begin(), {"--batch", "2026B1"});
        Json trial = story.run({"test"}, "rules", more, {status});
        EXPECT_TRUE(before == tests::folderContents(story.file().parent_path()));
        return trial;
    }
    /// The shipped rules with a part of their text changed everywhere.
    [[nodiscard]] std::string changedRules(const std::string& from, const std::string& to) const {
        std::string text = tests::fileText(fs::path(SOURCE_ROOT) / "app/check/rules_default.yaml");
        int changes = 0;
        for (std::size_t at = text.find(from); at != std::string::npos;
             at = text.find(from, at + to.size())) {
            text.replace(at, from.size(), to);
            ++changes;
        }
        EXPECT_GT(changes, 0) << from;
        const fs::path file = story.folder() / "rules.yaml";
        std::ofstream(file) << text;
        return file.string();
    }
    [[nodiscard]] std::string settings(const std::string& text) const {
        const fs::path file = story.folder() / "settings.yaml";
        std::ofstream(file) << text;
        return file.string();
    }
};

TEST_F(RuleTrialCommand, TheSameRulesChangeNothing) {
    const Json trial = tried({"--rules", "default"});
    EXPECT_EQ(trial.at("changes").size(), 0U);
    EXPECT_EQ(trial.at("unchanged"), 150);
    EXPECT_EQ(trial.at("listed_after"), 91);
    EXPECT_TRUE(trial.at("settings").empty());
}

TEST_F(RuleTrialCommand, AChangedVerdictIsShownForThePatchesItAnswers) {
    const Json trial = tried({"--rules", changedRules("verdict: 禁止", "verdict: 限制")});
    const auto patches = patchesBy(trial);
    // What the run stored says which patches these are.
    const Json list = story.run({"list"}, "case", {"--batch", "2026B1", "--limit", "1000"});
    std::set<std::string> prohibited;
    for (const Json& one : list.at("cases")) {
        if (one.at("verdict") == "疑似禁止") {
            prohibited.insert(one.at("patch_id").get<std::string>());
        }
    }
    ASSERT_FALSE(prohibited.empty());
    EXPECT_EQ(patches.at("verdict"), prohibited);
    EXPECT_EQ(trial.at("counts").at("verdict"), prohibited.size());
    EXPECT_EQ(trial.at("counts").at("appeared"), 0);
    EXPECT_EQ(trial.at("counts").at("gone"), 0);
    EXPECT_TRUE(trial.at("closes").get<bool>());
    for (const Json& one : trial.at("changes")) {
        EXPECT_EQ(one.at("case").get<std::string>().substr(0, 9), "LD2026B1-");
        EXPECT_EQ(one.at("status"), "待研判");
    }
}

TEST_F(RuleTrialCommand, TheTrialSaysWhatARunWithTheseSettingsFinds) {
    const std::string file = settings("hit_area_m2: 5000\nhit_share: 0.9\nhit_width_m: 500\n");
    const Json trial = tried({"--settings", file});
    EXPECT_EQ(trial.at("settings").at("hit_area_m2").at("before"), 100);
    EXPECT_EQ(trial.at("settings").at("hit_area_m2").at("after"), 5000);
    const int gone = trial.at("counts").at("gone").get<int>();
    EXPECT_GT(gone, 0);
    EXPECT_EQ(trial.at("listed_after"), 91 - gone);
    const Json run = story.newRun("2026B1", {"--settings", file});
    EXPECT_EQ(run.at("patches").at("listed"), trial.at("listed_after"));
    const Json comparison = story.run({"compare"}, "run", {"1", "2"});
    std::set<std::string> compared;
    for (const Json& change : comparison.at("changes")) {
        if (change.at("changes") == Json{"gone"}) {
            compared.insert(change.at("patch").get<std::string>());
        }
    }
    EXPECT_EQ(patchesBy(trial).at("gone"), compared);
    // Against the new current run the old thresholds bring them back, each with its case.
    const Json back = tried({"--settings", settings("hit_area_m2: 100\n")});
    EXPECT_EQ(back.at("counts").at("appeared"), gone);
    for (const Json& one : back.at("changes")) {
        if (one.at("changes") == Json{"appeared"}) {
            EXPECT_TRUE(one.at("case").is_string());
            EXPECT_EQ(one.at("status"), "撤销");
        }
    }
}

TEST_F(RuleTrialCommand, PatchesOnNoListMayMoveToo) {
    const Json trial = tried({"--settings", settings("near_m: 0.001\nnear_water_first_m: 0.001\n")});
    EXPECT_GT(trial.at("counts").at("bucket").get<int>(), 0);
    EXPECT_EQ(trial.at("counts").at("gone"), 0);
    EXPECT_EQ(trial.at("listed_after"), 91);
}

TEST_F(RuleTrialCommand, TextNamesCasesAndClosesTheList) {
    const std::string file = changedRules("verdict: 禁止", "verdict: 限制");
    const tests::Ended done = tests::runProgram(
        {"rules", "test", story.file().string(), "--batch", "2026年第1批", "--rules", file});
    EXPECT_EQ(done.status, 0);
    EXPECT_NE(done.out.find("清单 91 + 新增 0 - 消失 0 = 91；判定变化 "), std::string::npos) << done.out;
    EXPECT_NE(done.out.find("LD2026B1-513301-0005"), std::string::npos);
    EXPECT_NE(done.out.find("未写入项目"), std::string::npos);
}

TEST_F(RuleTrialCommand, WhatCannotBeTriedIsSaid) {
    EXPECT_EQ(story.start("test", "rules", {"--batch", "2026B1"}).status, 2);
    const tests::Ended faults = story.start(
        "test", "rules", {"--batch", "2026B1", "--rules", changedRules("verdict: 禁止", "verdict: 不许")});
    EXPECT_EQ(faults.status, 1);
    EXPECT_NE(faults.err.find("rules.yaml:"), std::string::npos) << faults.err;
    story.addBatch2();
    const tests::Ended notChecked = story.start("test", "rules", {"--batch", "2026B2", "--rules", "default"});
    EXPECT_EQ(notChecked.status, 1);
    EXPECT_NE(notChecked.err.find("run new --batch 2026B2"), std::string::npos) << notChecked.err;
}

} // namespace
