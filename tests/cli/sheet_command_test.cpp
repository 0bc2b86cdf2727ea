// Task sheets through the program, read back with poppler's tools.

#include "tests/support/csv_lines.hpp"
#include "tests/support/geojson_file.hpp"
#include "tests/support/pdf_text.hpp"
#include "tests/support/project_story.hpp"

#include <SQLiteCpp/SQLiteCpp.h>

#include <fstream>
#include <map>
#include <set>
#include <sstream>

namespace {

namespace fs = std::filesystem;
using Json = tests::ProjectStory::Json;

/// A line of 任务单目录.csv.
struct Place {
    std::string file;
    int sheet = 0;
    int page = 0;
    int pages = 0;
};

std::map<std::string, Place> placesOf(const fs::path& index) {
    std::map<std::string, Place> places;
    const auto lines = tests::csvLines(index);
    for (std::size_t n = 1; n < lines.size(); ++n) {
        const auto& line = lines[n];
        places[line.at(0)] = {line.at(3), std::stoi(line.at(4)), std::stoi(line.at(5)),
                              std::stoi(line.at(6))};
    }
    return places;
}

/// "{file: {page: text}}" of a folder's PDFs, read once.
class PdfTexts {
  public:
    explicit PdfTexts(fs::path folder) : m_folder(std::move(folder)) {}
    std::string of(const Place& place) {
        std::string text;
        for (int page = place.page; page < place.page + place.pages; ++page) {
            text += pagesOf(place.file).at(static_cast<std::size_t>(page - 1));
        }
        return text;
    }
    const std::vector<std::string>& pagesOf(const std::string& file) {
        std::vector<std::string>& pages = m_pages[file];
        if (pages.empty()) {
            const std::string text =
                tests::printedBy("pdftotext -raw -enc UTF-8 " + tests::quoted(m_folder / file) + " - 2>&1");
            std::istringstream parts(text);
            for (std::string page; std::getline(parts, page, '\f');) {
                pages.push_back(tests::unbroken(page));
            }
        }
        return pages;
    }

  private:
    fs::path m_folder;
    std::map<std::string, std::vector<std::string>> m_pages;
};

class SheetCommand : public testing::Test {
  protected:
    void SetUp() override {
        if (!tests::hasPdfTools()) {
            GTEST_SKIP() << "needs poppler-utils";
        }
    }
    Json exportTo(const fs::path& folder, const std::string& batch, std::vector<std::string> more = {},
                  int status = 0) const {
        more.insert(more.begin(), {"--batch", batch, "--out", folder.string()});
        return story.run({"sheets"}, "export", more, {status});
    }
    std::vector<std::vector<std::string>> listOf(const std::string& batch) const {
        const fs::path out = story.folder() / "清单";
        story.run({"list"}, "export", {"--batch", batch, "--only", "csv,xlsx", "--out", out.string()});
        return tests::csvLines(out / "核查清单.csv");
    }
    tests::ProjectStory story;
};

TEST_F(SheetCommand, EveryCaseHasItsSheetAndEveryTextOfTheListStandsOnIt) {
    story.openBatch1();
    const fs::path out = story.folder() / "单";
    const Json said = exportTo(out, "2026B1");
    EXPECT_EQ(said.at("cases"), 91);
    const auto list = listOf("2026B1");
    const auto places = placesOf(out / "任务单/任务单目录.csv");
    ASSERT_EQ(places.size(), 91U);
    PdfTexts texts(out / "任务单");
    // 任务编号, 原图斑编号, 批次, 市, 县, 县代码; 活动 … 时相, 经纬度, 面积, 判定, 优先级, 依据, 提示, 单位
    const std::vector<std::size_t> printed{1,  2,  3,  4,  5,  6,  8,  9,  13, 14, 15, 16, 17,
                                           18, 19, 20, 21, 22, 23, 24, 26, 28, 29, 30, 31};
    for (std::size_t n = 1; n < list.size(); ++n) {
        const std::string& number = list[n][1];
        ASSERT_TRUE(places.contains(number)) << number;
        const std::string text = texts.of(places.at(number));
        for (const std::size_t column : printed) {
            EXPECT_NE(text.find(tests::unbroken(list[n][column])), std::string::npos)
                << number << " " << list[0][column] << ": " << list[n][column] << "\n"
                << text;
        }
        // The cover names the sheet and its page.
        const std::string& cover = texts.pagesOf(places.at(number).file).front();
        EXPECT_NE(cover.find(number), std::string::npos) << number;
    }
}

TEST_F(SheetCommand, PagesAreCountedAndTheirFontsEmbeddedAsSubsets) {
    story.openBatch1();
    const fs::path out = story.folder() / "单";
    const Json said = exportTo(out, "2026B1");
    int pages = 0;
    std::size_t sheets = 0;
    for (const Json& file : said.at("files")) {
        const fs::path pdf = file.at("file").get<std::string>();
        EXPECT_EQ(tests::pdfPages(pdf), file.at("pages").get<int>());
        pages += file.at("pages").get<int>();
        sheets += file.at("sheets").get<std::size_t>();
        EXPECT_LT(fs::file_size(pdf), 200'000 * file.at("sheets").get<std::size_t>()) << pdf;
        std::istringstream fonts(tests::printedBy("pdffonts " + tests::quoted(pdf)));
        std::string line;
        int count = 0;
        for (int n = 0; std::getline(fonts, line); ++n) {
            if (n >= 2) { // embedded, a subset, with a table of its characters
                EXPECT_NE(line.find("yes yes yes"), std::string::npos) << line;
                ++count;
            }
        }
        EXPECT_GE(count, 1);
        std::string last;
        PdfTexts texts(pdf.parent_path());
        const auto& all = texts.pagesOf(pdf.filename().string());
        for (std::size_t page = 0; page < all.size(); ++page) {
            const std::string foot =
                "第" + std::to_string(page + 1) + "页共" + std::to_string(all.size()) + "页";
            EXPECT_NE(all[page].find(foot), std::string::npos) << foot;
        }
    }
    EXPECT_EQ(sheets, 91U);
    EXPECT_EQ(pages, said.at("pages").get<int>());
}

/// The workbook's sheet 涉及管控区明细, row by row, as a spreadsheet shows it.
std::vector<std::vector<std::string>> detailOf(const fs::path& workbook, const fs::path& folder) {
    const fs::path csv = folder / "detail.csv";
    tests::printedBy("ogr2ogr -f CSV " + tests::quoted(csv) + " " + tests::quoted(workbook) +
                     " 涉及管控区明细 2>&1");
    return tests::csvLines(csv);
}

TEST_F(SheetCommand, TheOverlapsAreTheWorkbooks) {
    if (tests::printedBy("command -v ogr2ogr").empty()) {
        GTEST_SKIP() << "needs gdal-bin";
    }
    story.openBatch1();
    const fs::path out = story.folder() / "单";
    exportTo(out, "2026B1");
    static_cast<void>(listOf("2026B1"));
    const auto places = placesOf(out / "任务单/任务单目录.csv");
    PdfTexts texts(out / "任务单");
    std::size_t rows = 0;
    constexpr std::size_t kTask = 1;
    for (const auto& line : detailOf(story.folder() / "清单/核查清单.xlsx", story.folder())) {
        if (line.size() < 20 || !places.contains(line[kTask])) {
            continue;
        }
        ++rows;
        const std::string text = texts.of(places.at(line[kTask]));
        const auto number = [](const std::string& cell, int decimals) {
            std::ostringstream fixed;
            fixed.setf(std::ios::fixed);
            fixed.precision(decimals);
            fixed << std::stod(cell);
            return fixed.str();
        };
        // kind, name, class, area, share in the order of the sheet's columns
        const std::string expected = line[4] + line[5] + line[7] +
                                     (line[12].empty() ? "" : number(line[12], 4)) +
                                     (line[14].empty() ? "" : number(line[14], 2)) + line[18];
        EXPECT_NE(text.find(tests::unbroken(expected)), std::string::npos) << expected << "\n" << text;
    }
    EXPECT_GE(rows, 91U);
}

TEST_F(SheetCommand, LinesAndPointsHaveSheets) {
    story.addZones();
    story.addBatch2();
    story.newRun("2026B2");
    const fs::path out = story.folder() / "单";
    const Json said = exportTo(out, "2026B2");
    const auto list = listOf("2026B2");
    EXPECT_EQ(said.at("cases"), list.size() - 1);
    const auto places = placesOf(out / "任务单/任务单目录.csv");
    PdfTexts texts(out / "任务单");
    for (std::size_t n = 1; n < list.size(); ++n) {
        const std::string text = texts.of(places.at(list[n][1]));
        EXPECT_NE(text.find(tests::unbroken(list[n][19])), std::string::npos) << list[n][1];
        EXPECT_NE(text.find(tests::unbroken(list[n][29])), std::string::npos) << list[n][1]; // 提示: lengths
    }
}

TEST_F(SheetCommand, AnExportIsRepeatedToTheSameBytesNotedAndReplacesNothingUnasked) {
    story.openBatch1();
    const fs::path first = story.folder() / "1";
    exportTo(first, "2026B1");
    exportTo(story.folder() / "2", "2026B1", {"--threads", "1"});
    const auto before = tests::folderContents(first);
    EXPECT_GT(before.size(), 3U);
    EXPECT_TRUE(before == tests::folderContents(story.folder() / "2"));
    exportTo(first, "2026B1", {}, 1);
    EXPECT_TRUE(before == tests::folderContents(first));
    exportTo(first, "2026B1", {"--overwrite", "--who", "张三"});
    EXPECT_TRUE(before == tests::folderContents(first));
    SQLite::Database database(story.file().string());
    SQLite::Statement events(database, "SELECT who, content FROM events WHERE kind = 'sheets_exported'");
    int count = 0;
    std::string who;
    while (events.executeStep()) {
        ++count;
        who = events.getColumn(0).getString();
        EXPECT_EQ(Json::parse(events.getColumn(1).getString()).at("cases"), 91);
    }
    EXPECT_EQ(count, 3);
    EXPECT_EQ(who, "张三");
    story.expectSound();
}

TEST_F(SheetCommand, ACancelledExportLeavesNothing) {
    story.openBatch1();
    tests::RunOptions options;
    options.interruptWhenStderrHas = "task sheets";
    const tests::Ended ended = story.start(
        "sheets", "export",
        {"--batch", "2026B1", "--out", (story.folder() / "单").string(), "--progress", "jsonl"}, options);
    EXPECT_EQ(ended.status, 130) << ended.err;
    EXPECT_FALSE(fs::exists(story.folder() / "单/任务单"));
}

TEST_F(SheetCommand, TheBureausOwnTemplateIsPrintedAndItsFaultsTold) {
    story.openBatch1();
    std::string text = tests::runProgram({"export", "template"}).out;
    ASSERT_NE(text.find("title: 生态环境疑似问题点位实地核查任务单"), std::string::npos);
    const fs::path file = story.folder() / "我的.yaml";
    text.replace(text.find("title: 生态环境疑似"), std::string("title: 生态环境疑似").size(),
                 "title: 示例局疑似");
    std::ofstream(file) << text;
    EXPECT_EQ(tests::runProgram({"export", "template", file.string()}).status, 0);
    const fs::path out = story.folder() / "单";
    exportTo(out, "2026B1", {"--template", file.string()});
    const auto places = placesOf(out / "任务单/任务单目录.csv");
    PdfTexts texts(out / "任务单");
    EXPECT_NE(texts.of(places.begin()->second).find("示例局疑似问题点位实地核查任务单"), std::string::npos);

    std::ofstream(file) << text << "colour: red\n";
    const tests::Ended refused = story.start(
        "sheets", "export",
        {"--batch", "2026B1", "--out", (story.folder() / "x").string(), "--template", file.string()});
    EXPECT_EQ(refused.status, 1);
    EXPECT_NE(refused.err.find("我的.yaml:"), std::string::npos) << refused.err;
    EXPECT_NE(refused.err.find("colour"), std::string::npos) << refused.err;
    EXPECT_FALSE(fs::exists(story.folder() / "x"));
}

/// Names that run, turn, break out or have no end, as people type them or send them.
class HostileSheets : public SheetCommand {
  protected:
    static std::string square(double x, double y, double size, const std::string& properties) {
        std::ostringstream text;
        text.precision(12);
        text << R"({"type":"Feature","properties":)" << properties
             << R"(,"geometry":{"type":"Polygon","coordinates":[[)"
             << "[" << x << "," << y << "],[" << x + size << "," << y << "],[" << x + size << "," << y + size
             << "],[" << x << "," << y + size << "],[" << x << "," << y << "]]]}}";
        return text.str();
    }
    fs::path write(const std::string& name, const std::vector<std::string>& features) const {
        return tests::writeFeatures(story.folder() / name, features);
    }
};

TEST_F(HostileSheets, NamesAreTextWhateverTheyHold) {
    const std::vector<std::string> names{"䶮河𠮷祥保护区",
                                         "=cmd|' /C calc'!A0",
                                         "<script>alert(1)</script>&amp;",
                                         "../../etc/passwd",
                                         "مرحبا שלום 中文",
                                         "%s%n{}{0}$HOME`id`",
                                         "ﬁne ﬂuid ﬀ ①㈱Ⅳ",
                                         "康㐀龘靐"};
    std::string longName;
    for (int i = 0; i < 60; ++i) {
        longName += "很长的名称";
    }
    std::vector<std::string> zones;
    std::vector<std::string> patches;
    std::vector<std::string> all = names;
    all.push_back(longName);
    all.emplace_back("缺\U000F0001字"); // a code point that no font has
    for (std::size_t i = 0; i < all.size(); ++i) {
        const double x = 101.0 + 0.05 * static_cast<double>(i);
        zones.push_back(square(x, 30, 0.02, Json{{"name", all[i]}}.dump()));
        patches.push_back(square(x + 0.001, 30.001, 0.001, Json{{"id", "T-" + all[i]}}.dump()));
    }
    const fs::path county =
        write("county.geojson", {square(100, 29, 3, R"({"code":"513301","name":"..\/康*定, 市"})")});
    story.run({"add"}, "zones",
              {county.string(), "--role", "admin", "--layer", "县", "--map", "admin.code=code", "--map",
               "admin.name=name"});
    story.run({"add"}, "zones",
              {write("zones.geojson", zones).string(), "--role", "reserve", "--layer", "保护地", "--profile",
               "generic", "--map", "reserve.name=name"});
    story.run({"add"}, "batch",
              {write("patches.geojson", patches).string(), "--name", "2026年第1批", "--profile", "generic",
               "--map", "changes.id=id"});
    story.newRun("2026B1");
    const fs::path out = story.folder() / "单";
    const Json said = exportTo(out, "2026B1");
    ASSERT_EQ(said.at("cases"), all.size()) << said.dump();
    ASSERT_EQ(said.at("files").size(), 1U);
    const fs::path pdf = said.at("files")[0].at("file").get<std::string>();
    EXPECT_EQ(pdf.parent_path(), out / "任务单");
    EXPECT_TRUE(fs::exists(pdf));
    const std::string text = tests::pdfText(pdf);
    for (const std::string& name : names) {
        if (name.find("שלום") == std::string::npos) { // poppler orders these letters anew
            EXPECT_NE(text.find(tests::unbroken(name)), std::string::npos) << name;
            EXPECT_NE(text.find(tests::unbroken("T-" + name)), std::string::npos) << name;
        }
    }
    EXPECT_NE(text.find(longName), std::string::npos); // cut on page 1, whole on page 2
    EXPECT_NE(text.find("缺〓字"), std::string::npos);
    EXPECT_EQ(said.at("lost_characters"), Json::array({"\U000F0001"}));
    EXPECT_NE(text.find("第1页未印全的文字"), std::string::npos);
    story.expectSound();
}

} // namespace
