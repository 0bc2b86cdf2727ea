// Sheets that are drawn again only when what they show has changed, and exports that are stopped.

#include "tests/support/csv_lines.hpp"
#include "tests/support/pdf_text.hpp"
#include "tests/support/project_story.hpp"

#include <csignal>
#include <fstream>
#include <map>
#include <sstream>

namespace {

namespace fs = std::filesystem;
using Json = tests::ProjectStory::Json;

constexpr int kCases = 91;
constexpr const char* kHidden = ".unfinished-sheets";

/// A line of 单张目录.csv.
struct Single {
    std::string file;
    int pages = 0;
    std::string key;
    std::string sha256;
};

std::map<std::string, Single> singlesOf(const fs::path& sheets) {
    std::map<std::string, Single> singles;
    const auto lines = tests::csvLines(sheets / "单张目录.csv");
    for (std::size_t n = 1; n < lines.size(); ++n) {
        const auto& line = lines[n];
        singles[line.at(0)] = {line.at(1), std::stoi(line.at(2)), line.at(4), line.at(5)};
    }
    return singles;
}

std::ptrdiff_t filesIn(const fs::path& folder) {
    std::error_code none;
    return std::distance(fs::directory_iterator(folder, none), fs::directory_iterator());
}

class SheetStore : public testing::Test {
  protected:
    void SetUp() override { story.openBatch1(); }
    [[nodiscard]] static std::vector<std::string> words(const fs::path& folder,
                                                        std::vector<std::string> more = {}) {
        more.insert(more.begin(), {"--batch", "2026B1", "--out", folder.string()});
        return more;
    }
    Json exportTo(const fs::path& folder, const std::vector<std::string>& more = {}) const {
        return story.run({"sheets"}, "export", words(folder, more));
    }
    [[nodiscard]] fs::path at(const std::string& name) const { return story.folder() / name; }
    /// What an export from nothing comes to.
    [[nodiscard]] std::vector<std::pair<std::string, std::string>> fromNothing() const {
        fs::remove_all(at("从头"));
        const Json said = exportTo(at("从头"));
        EXPECT_EQ(said.at("made"), kCases);
        return tests::folderContents(at("从头"));
    }
    static void expectCounts(const Json& said, int made, int reused) {
        EXPECT_EQ(said.at("made"), made);
        EXPECT_EQ(said.at("reused"), reused);
        EXPECT_EQ(said.at("resumed"), 0);
    }
    tests::ProjectStory story;
};

TEST_F(SheetStore, ChangingSixCasesRemakesSix) {
    const fs::path out = at("单");
    expectCounts(exportTo(out), kCases, 0);
    const auto before = singlesOf(out / "任务单");
    ASSERT_EQ(before.size(), static_cast<std::size_t>(kCases));
    expectCounts(exportTo(out, {"--overwrite"}), 0, kCases);
    std::vector<std::string> six;
    for (const auto& [number, single] : before) {
        if (six.size() < 6) {
            six.push_back(number);
        }
    }
    std::vector<std::string> arguments = six;
    arguments.emplace_back("责任单位=某某县人民政府");
    story.run({"set"}, "case", arguments);
    expectCounts(exportTo(out, {"--overwrite", "--threads", "1"}), 6, kCases - 6);
    const auto after = singlesOf(out / "任务单");
    for (const auto& [number, single] : after) {
        const bool isOfSix = std::find(six.begin(), six.end(), number) != six.end();
        EXPECT_EQ(single.key != before.at(number).key, isOfSix) << number;
        EXPECT_EQ(single.sha256 != before.at(number).sha256, isOfSix) << number;
    }
    EXPECT_TRUE(tests::folderContents(out) == fromNothing());
    // What does not stand on the sheet makes none anew.
    story.run({"set"}, "case", {six.front(), "备注=看过"});
    expectCounts(exportTo(out, {"--overwrite"}), 0, kCases);
    SQLite::Database database(story.file().string());
    SQLite::Statement events(database, "SELECT content FROM events WHERE kind = 'sheets_exported'");
    std::vector<int> made;
    while (events.executeStep()) {
        const Json event = Json::parse(events.getColumn(0).getString());
        made.push_back(event.at("made").get<int>());
        EXPECT_EQ(event.at("made").get<int>() + event.at("reused").get<int>(), kCases);
    }
    EXPECT_EQ(made, (std::vector<int>{kCases, 0, 6, kCases, 0}));
    story.expectSound();
}

TEST_F(SheetStore, TheCountsAreToldInWords) {
    tests::Ended ended = tests::runProgram(
        {"export", "sheets", story.file().string(), "--batch", "2026B1", "--out", at("单").string()});
    EXPECT_NE(ended.out.find("新制 91 / 沿用 0"), std::string::npos) << ended.out;
    ended = tests::runProgram({"export", "sheets", story.file().string(), "--batch", "2026B1", "--out",
                               at("单").string(), "--overwrite"});
    EXPECT_NE(ended.out.find("新制 0 / 沿用 91"), std::string::npos) << ended.out;
}

TEST_F(SheetStore, AFileThatIsNoLongerWhatWasWrittenIsDrawnAgain) {
    const fs::path out = at("单");
    exportTo(out);
    const auto whole = tests::folderContents(out);
    const auto singles = singlesOf(out / "任务单");
    const fs::path first = out / "任务单" / singles.begin()->second.file;
    std::fstream(first, std::ios::in | std::ios::out | std::ios::binary).seekp(500).put('\0').put('\1');
    fs::remove(out / "任务单" / std::next(singles.begin())->second.file);
    expectCounts(exportTo(out, {"--overwrite"}), 2, kCases - 2);
    EXPECT_TRUE(whole == tests::folderContents(out));
    // A list that points elsewhere, or that nobody understands.
    const fs::path list = out / "任务单/单张目录.csv";
    std::string text = tests::fileText(list);
    const std::string file = singles.begin()->second.file;
    text.replace(text.find(file), file.size(), "../../" + file);
    std::ofstream(list, std::ios::binary) << text;
    expectCounts(exportTo(out, {"--overwrite"}), 1, kCases - 1);
    std::ofstream(list, std::ios::binary) << "a,b\n\"";
    expectCounts(exportTo(out, {"--overwrite"}), kCases, 0);
    EXPECT_TRUE(whole == tests::folderContents(out));
}

TEST_F(SheetStore, ATemplateThatChangedMakesAllAnew) {
    const fs::path out = at("单");
    exportTo(out);
    std::string text = tests::runProgram({"export", "template"}).out;
    const fs::path file = at("我的.yaml");
    std::ofstream(file) << text << "# 无关紧要\n";
    expectCounts(exportTo(out, {"--overwrite", "--template", file.string()}), kCases, 0);
}

TEST_F(SheetStore, EachSheetIsAFileThatNumbersItsOwnPages) {
    if (!tests::hasPdfTools()) {
        GTEST_SKIP() << "needs poppler-utils";
    }
    const fs::path out = at("单");
    const Json said = exportTo(out);
    for (const auto& [number, single] : singlesOf(out / "任务单")) {
        const fs::path pdf = out / "任务单" / single.file;
        EXPECT_EQ(pdf.filename(), number + ".pdf");
        EXPECT_EQ(tests::pdfPages(pdf), single.pages);
        EXPECT_LT(fs::file_size(pdf), 200'000U) << number;
        const std::string text = tests::pdfText(pdf);
        EXPECT_NE(text.find("任务编号：" + number), std::string::npos) << text;
        EXPECT_NE(text.find("本单第1页共" + std::to_string(single.pages) + "页"), std::string::npos) << text;
        EXPECT_EQ(text.find("单共"), std::string::npos)
            << "its place in the county stands on the county's file";
        EXPECT_EQ(tests::printedBy("pdfinfo " + tests::quoted(pdf)).find("CreationDate"), std::string::npos);
    }
    for (const Json& file : said.at("files")) { // one subset of each font, however many sheets
        std::istringstream fonts(
            tests::printedBy("pdffonts " + tests::quoted(file.at("file").get<std::string>())));
        int lines = 0;
        for (std::string line; std::getline(fonts, line); ++lines) {
        }
        EXPECT_LE(lines - 2, 3);
    }
}

TEST_F(SheetStore, AKilledExportChangesNothingAndTheNextOneGoesOn) {
    const fs::path out = at("单");
    exportTo(out);
    const auto published = tests::folderContents(out);
    std::vector<std::string> all;
    for (const auto& [number, single] : singlesOf(out / "任务单")) {
        all.push_back(number);
    }
    all.emplace_back("责任单位=某某县人民政府");
    story.run({"set"}, "case", all);
    for (const std::ptrdiff_t finished : {5, 30, 60}) {
        tests::RunOptions options;
        options.signal = SIGKILL;
        options.interruptWhen = [&] { return filesIn(out / kHidden) > finished; };
        const tests::Ended killed = story.start("sheets", "export", words(out, {"--overwrite"}), options);
        ASSERT_EQ(killed.status, 128 + SIGKILL) << killed.out;
        for (const auto& [name, bytes] : published) {
            EXPECT_TRUE(tests::fileText(out / name) == bytes) << name;
        }
    }
    ASSERT_TRUE(fs::exists(out / kHidden));
    // What was being written when it was killed is no sheet.
    std::ofstream(out / kHidden / "halb.part") << "%PDF";
    std::ofstream(out / kHidden / (std::string(64, 'a') + "_" + std::string(64, 'b') + ".pdf")) << "%PDF";
    const Json said = exportTo(out, {"--overwrite"});
    EXPECT_GE(said.at("resumed").get<int>(), 60);
    EXPECT_EQ(said.at("reused"), 0);
    EXPECT_EQ(said.at("made").get<int>() + said.at("resumed").get<int>(), kCases);
    EXPECT_FALSE(fs::exists(out / kHidden));
    EXPECT_TRUE(tests::folderContents(out) == fromNothing());
    story.expectSound();
}

TEST_F(SheetStore, ACancelledExportIsGoneOnWithAfterwards) {
    tests::RunOptions options;
    options.interruptWhenStderrHas = "binding"; // all sheets are drawn, none is published
    const tests::Ended ended =
        story.start("sheets", "export", words(at("单"), {"--progress", "jsonl"}), options);
    ASSERT_EQ(ended.status, 130) << ended.err;
    EXPECT_FALSE(fs::exists(at("单/任务单")));
    const Json said = exportTo(at("单"));
    EXPECT_EQ(said.at("resumed"), kCases);
    EXPECT_EQ(said.at("made"), 0);
    EXPECT_TRUE(tests::folderContents(at("单")) == fromNothing());
}

TEST_F(SheetStore, WhatNoRunWroteIsNotReplaced) {
    exportTo(at("单"));
    const fs::path single = at("单/任务单") / singlesOf(at("单/任务单")).begin()->second.file;
    const fs::path photo = single.parent_path() / "照片.jpg";
    std::ofstream(photo) << "x";
    const tests::Ended refused = story.start("sheets", "export", words(at("单"), {"--overwrite"}));
    EXPECT_EQ(refused.status, 1);
    EXPECT_NE(refused.err.find("照片.jpg"), std::string::npos) << refused.err;
    EXPECT_TRUE(fs::exists(photo));
}

} // namespace
