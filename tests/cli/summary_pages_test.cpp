// 汇总表.pdf through the program: its figures are the workbook's, and they add up.

#include "tests/support/csv_lines.hpp"
#include "tests/support/pdf_text.hpp"
#include "tests/support/project_story.hpp"

#include <cmath>
#include <map>
#include <sstream>

namespace {

namespace fs = std::filesystem;
using Json = tests::ProjectStory::Json;

/// The rows of the workbook's sheet 汇总表, without blank cells at the end.
std::vector<std::vector<std::string>> sheetOf(const fs::path& workbook, const fs::path& folder) {
    const fs::path csv = folder / "summary.csv";
    fs::remove(csv);
    tests::printedBy("ogr2ogr -f CSV " + tests::quoted(csv) + " " + tests::quoted(workbook) +
                     " 汇总表 -oo HEADERS=DISABLE 2>&1");
    std::vector<std::vector<std::string>> rows = tests::csvLines(csv);
    for (auto& row : rows) {
        while (!row.empty() && row.back().empty()) {
            row.pop_back();
        }
    }
    return rows;
}

/// Columns that hold 公顷, by the number of columns of the three tables.
bool isHectares(std::size_t columns, std::size_t column) {
    constexpr std::size_t kPlaces = 12;
    if (columns == kPlaces) {
        return column >= 3 && column <= 9 && column % 2 == 1;
    }
    return column >= 3 && column <= 17 && column % 2 == 1;
}

std::string fixed(const std::string& cell, int decimals) {
    std::ostringstream text;
    text.setf(std::ios::fixed);
    text.precision(decimals);
    text << std::stod(cell);
    return text.str();
}

bool isFigure(const std::string& cell) {
    return !cell.empty() && cell.find_first_not_of("0123456789.") == std::string::npos;
}

class SummaryPages : public testing::Test {
  protected:
    void SetUp() override {
        if (!tests::hasPdfTools() || tests::printedBy("command -v ogr2ogr").empty()) {
            GTEST_SKIP() << "needs poppler-utils and gdal-bin";
        }
    }
    /// Every body row of the workbook's tables stands on the PDF, and each 合计 is the sum of its rows.
    void expectListsFigures(const fs::path& pdf, const std::string& batch) const {
        const fs::path out = story.folder() / ("清单" + batch);
        story.run({"list"}, "export",
                  {"--batch", batch, "--only", "xlsx", "--out", out.string(), "--overwrite"});
        expectWorkbooksFigures(pdf, out / "核查清单.xlsx");
    }
    void expectWorkbooksFigures(const fs::path& pdf, const fs::path& workbook) const {
        const std::string text = tests::pdfText(pdf);
        std::size_t totals = 0;
        std::vector<long long> sums;
        for (const auto& row : sheetOf(workbook, story.folder())) {
            constexpr std::size_t kLeast = 10;
            if (row.size() < kLeast || !isFigure(row[2]) || !isFigure(row[3])) {
                sums.clear();
                continue; // titles, headers and notes
            }
            std::string expected;
            for (std::size_t c = 0; c < row.size(); ++c) {
                expected += isFigure(row[c]) ? fixed(row[c], isHectares(row.size(), c) ? 4 : 0) : row[c];
            }
            EXPECT_NE(text.find(tests::unbroken(expected)), std::string::npos) << expected << "\n" << text;
            sums.resize(row.size());
            for (std::size_t c = 0; c < row.size(); ++c) {
                const long long units = isFigure(row[c]) ? std::llround(std::stod(row[c]) * 1e4) : 0;
                if (row[0] == "合计") {
                    EXPECT_EQ(units, sums[c]) << c;
                } else {
                    sums[c] += units;
                }
            }
            totals += row[0] == "合计" ? 1 : 0;
        }
        EXPECT_EQ(totals, 3U);
    }
    tests::ProjectStory story;
};

TEST_F(SummaryPages, TheFiguresAreTheWorkbooksAndAddUp) {
    story.openBatch1();
    story.addBatch2();
    const fs::path out = story.folder() / "汇总";
    const Json one = story.run({"summary"}, "export",
                               {"--out", out.string(), "--today", "2026-11-24", "--only", "xlsx,csv,pdf"});
    EXPECT_EQ(one.at("batches_without_run"), Json::array({"2026B2"}));
    const fs::path pdf = out / "汇总表.pdf";
    ASSERT_TRUE(fs::exists(pdf));
    EXPECT_EQ(one.at("pdf_pages"), tests::pdfPages(pdf));
    EXPECT_EQ(one.at("pdf_pages"), 3);
    EXPECT_EQ(one.at("pdf_faults"), Json::array());
    expectListsFigures(pdf, "2026B1");
    const std::string first = tests::pdfText(pdf, 1, 1);
    EXPECT_NE(first.find("同一图斑涉及多类管控区的分别计入各类，分类之和不等于合计；合计已去重。"),
              std::string::npos);
    EXPECT_NE(first.find("各县(市)涉及管控区图斑，按初步判定(处)"), std::string::npos);
    EXPECT_NE(first.find("第1页共3页"), std::string::npos);
    EXPECT_NE(first.find("批次：2026年第1批(2026B1)"), std::string::npos) << first;
    EXPECT_NE(first.find("核对：三表各列的合计均等于各行之和"), std::string::npos);
    EXPECT_NE(tests::pdfText(pdf, 2, 2).find("按人类活动类型"), std::string::npos);
    EXPECT_NE(tests::pdfText(pdf, 3, 3).find("按保护地和水源地"), std::string::npos);
    EXPECT_NE(tests::printedBy("pdfinfo " + tests::quoted(pdf)).find("841.89 x 595.276 pts (A4)"),
              std::string::npos)
        << tests::printedBy("pdfinfo " + tests::quoted(pdf));
    std::istringstream fonts(tests::printedBy("pdffonts " + tests::quoted(pdf)));
    std::string line;
    for (int n = 0; std::getline(fonts, line); ++n) {
        EXPECT_TRUE(n < 2 || line.find("yes yes yes") != std::string::npos) << line;
    }

    story.newRun("2026B2");
    const Json both =
        story.run({"summary"}, "export", {"--out", out.string(), "--overwrite", "--only", "pdf"});
    EXPECT_EQ(both.at("files").size(), 1U);
    EXPECT_EQ(tests::folderContents(out).size(), 1U); // what was there before is gone: another summary's
    EXPECT_EQ(both.at("pdf_pages"), 6);
    expectListsFigures(pdf, "2026B1");
    expectListsFigures(pdf, "2026B2");
    story.expectSound();
}

TEST_F(SummaryPages, APersonsVerdictCountsAndRepeatingGivesTheSameBytes) {
    story.openBatch1();
    const fs::path first = story.folder() / "1";
    const Json cases = story.run({"list"}, "case", {"--limit", "3"});
    story.run({"override"}, "case",
              {cases.at("cases")[0].at("number"), "--verdict", "疑似限制", "--priority", "3", "--reason",
               "现场资料"});
    story.run({"summary"}, "export",
              {"--batch", "2026B1", "--out", first.string(), "--today", "2026-11-24", "--who", "张三"});
    story.run({"summary"}, "export",
              {"--batch", "2026B1", "--out", (story.folder() / "2").string(), "--today", "2026-11-24",
               "--who", "张三", "--threads", "1"});
    EXPECT_TRUE(tests::folderContents(first) == tests::folderContents(story.folder() / "2"));
    story.run({"summary"}, "export", {"--out", (story.folder() / "3").string()});
    EXPECT_FALSE(fs::exists(story.folder() / "3/汇总表.pdf")) << "of all batches only when it is asked for";
    expectListsFigures(first / "汇总表.pdf", "2026B1");
}

/// A check without a project: its papers out of results.gpkg.
class ResultsPapers : public SummaryPages {
  protected:
    static std::string sample(const char* name) { return tests::ProjectStory::sample(name).string(); }
    fs::path check(const std::string& name, std::vector<std::string> changes) const {
        fs::path out = story.folder() / name;
        changes.insert(changes.begin(), "check");
        changes.insert(changes.end(), {"--redline", sample("zones/redline.gpkg"), "--reserve",
                                       sample("zones/reserve.gpkg"), "--water", sample("zones/water.gpkg"),
                                       "--admin", sample("admin/ganzi_counties.geojson"), "--date",
                                       "2026-09-30", "--out", out.string()});
        const tests::Ended ended = tests::runProgram(changes);
        EXPECT_TRUE(ended.status == 0 || ended.status == 3) << ended.err;
        return out;
    }
    fs::path checkBatch1() const {
        return check("核查1",
                     {sample("batch1/patches.shp"), "--crs", "changes=EPSG:4522", "--batch", "2026年第1批"});
    }
    static std::string bytesOf(const fs::path& folder) { return tests::fileText(folder / "results.gpkg"); }
    static Json paper(const std::string& verb, const fs::path& results, std::vector<std::string> more,
                      int status = 0) {
        more.insert(more.begin(), {"export", verb, results.string()});
        more.insert(more.end(), {"--format", "json"});
        const tests::Ended ended = tests::runProgram(more);
        EXPECT_EQ(ended.status, status) << ended.err;
        return ended.out.empty() ? Json(ended.err) : Json::parse(ended.out, nullptr, false);
    }
    /// That every text of the check's list stands on the sheet of its row.
    static void expectListOnSheets(const fs::path& checked, const fs::path& out) {
        const auto list = tests::csvLines(checked / "核查清单.csv");
        const auto index = tests::csvLines(out / "任务单/任务单目录.csv");
        ASSERT_EQ(list.size(), index.size());
        std::map<std::string, std::vector<std::string>> places;
        for (const auto& line : index) {
            places[line.at(0)] = line;
        }
        // 任务编号 … 县代码; 活动 … 时相, 经纬度, 面积, 判定, 优先级, 依据, 提示, 单位
        const std::vector<std::size_t> printed{1,  2,  3,  4,  5,  6,  8,  9,  13, 14, 15, 16, 17,
                                               18, 19, 20, 21, 22, 23, 24, 26, 28, 29, 30, 31};
        for (std::size_t n = 1; n < list.size(); ++n) {
            ASSERT_TRUE(places.contains(list[n][1])) << list[n][1];
            const auto& place = places.at(list[n][1]);
            const int first = std::stoi(place.at(5));
            const std::string text =
                tests::pdfText(out / "任务单" / place.at(3), first, first + std::stoi(place.at(6)) - 1);
            EXPECT_NE(text.find("【未立案"), std::string::npos);
            for (const std::size_t column : printed) {
                EXPECT_NE(text.find(tests::unbroken(list[n][column])), std::string::npos)
                    << list[n][1] << " " << list[0][column] << ": " << list[n][column] << "\n"
                    << text;
            }
        }
    }
};

TEST_F(ResultsPapers, TheSummaryIsTheChecksWorkbook) {
    const fs::path checked = checkBatch1();
    const fs::path out = story.folder() / "汇总";
    const Json said = paper("summary", checked / "results.gpkg", {"--out", out.string()});
    EXPECT_EQ(said.at("pdf_pages"), 3);
    expectWorkbooksFigures(out / "汇总表.pdf", checked / "核查清单.xlsx");
    const std::string before = bytesOf(checked);
    paper("summary", checked / "results.gpkg", {"--out", out.string()}, 1); // refuses what is there
    paper("summary", checked / "results.gpkg", {"--out", out.string(), "--batch", "2026B1"}, 2);
    EXPECT_EQ(before, bytesOf(checked));

    const fs::path second =
        check("核查2", {sample("batch2/patches.gpkg") + ":patches", sample("batch2/patches.gpkg") + ":roads",
                        sample("batch2/patches.gpkg") + ":points"});
    paper("summary", second / "results.gpkg", {"--out", (story.folder() / "汇总2").string()});
    expectWorkbooksFigures(story.folder() / "汇总2/汇总表.pdf", second / "核查清单.xlsx");
}

TEST_F(ResultsPapers, TheSheetsSayWhatTheListSays) {
    const fs::path checked = checkBatch1();
    const fs::path out = story.folder() / "单";
    const Json said = paper("sheets", checked / "results.gpkg", {"--out", out.string()});
    EXPECT_EQ(said.at("cases"), 91);
    EXPECT_GT(said.at("zones_without_outline").get<int>(), 0);
    expectListOnSheets(checked, out);
    const fs::path pdf = said.at("files")[0].at("file").get<std::string>();
    EXPECT_NE(tests::pdfText(pdf).find("管控区仅示图斑内部分"), std::string::npos);

    // With the files of the check the maps have their outlines; another file is told.
    const std::vector<std::string> outlines{
        "--redline", sample("zones/redline.gpkg"), "--reserve", sample("zones/reserve.gpkg"),
        "--water",   sample("zones/water.gpkg"),   "--admin",   sample("admin/ganzi_counties.geojson")};
    std::vector<std::string> more = outlines;
    more.insert(more.end(), {"--out", (story.folder() / "全").string()});
    const Json whole = paper("sheets", checked / "results.gpkg", more);
    EXPECT_EQ(whole.at("zones_without_outline"), 0);
    EXPECT_EQ(whole.at("changed_outlines"), Json::array());
    expectListOnSheets(checked, story.folder() / "全");
    const fs::path drawn = whole.at("files")[0].at("file").get<std::string>();
    EXPECT_EQ(tests::pdfText(drawn).find("仅示图斑内部分"), std::string::npos);
    more = outlines;
    more[1] = tests::smallerRedLine(story.folder()).string();
    more.insert(more.end(), {"--out", (story.folder() / "改").string()});
    const Json changed = paper("sheets", checked / "results.gpkg", more);
    EXPECT_EQ(changed.at("changed_outlines"), Json::array({"redline_2026.gpkg"}));
    EXPECT_EQ(changed.at("zones_without_outline"), 1); // the zone that is no longer there

    // The same bytes again, for any number of threads.
    paper("sheets", checked / "results.gpkg", {"--out", (story.folder() / "又").string(), "--threads", "1"});
    EXPECT_TRUE(tests::folderContents(out / "任务单") == tests::folderContents(story.folder() / "又/任务单"));
}

TEST_F(ResultsPapers, LinesAndPointsToo) {
    const fs::path checked =
        check("核查2", {sample("batch2/patches.gpkg") + ":patches", sample("batch2/patches.gpkg") + ":roads",
                        sample("batch2/patches.gpkg") + ":points"});
    const fs::path out = story.folder() / "单";
    paper("sheets", checked / "results.gpkg", {"--out", out.string()});
    expectListOnSheets(checked, out);
}

TEST_F(ResultsPapers, AreaStatementsByNumberOrPatch) {
    const fs::path checked = checkBatch1();
    const auto list = tests::csvLines(checked / "核查清单.csv");
    const fs::path out = story.folder() / "书";
    const Json said =
        paper("area", checked / "results.gpkg", {"--out", out.string(), "--case", list[1][1], list[2][2]});
    ASSERT_EQ(said.at("files").size(), 2U);
    for (std::size_t n = 0; n < 2; ++n) {
        const std::string text = tests::pdfText(said.at("files")[n].at("file").get<std::string>());
        EXPECT_NE(text.find("清单" + list[n + 1][20] + "公顷"), std::string::npos) << text;
        EXPECT_NE(text.find(tests::unbroken(list[n + 1][2])), std::string::npos);
        EXPECT_NE(text.find("【未立案"), std::string::npos);
    }
    const Json refused = paper("area", checked / "results.gpkg",
                               {"--out", (story.folder() / "x").string(), "--case", "没有"}, 1);
    EXPECT_NE(refused.dump().find("没有"), std::string::npos);
    EXPECT_FALSE(fs::exists(story.folder() / "x"));
}

TEST_F(ResultsPapers, WhatIsNoResultIsRefused) {
    const fs::path out = story.folder() / "x";
    for (const char* verb : {"summary", "sheets"}) {
        std::vector<std::string> more{"--out", out.string()};
        if (std::string(verb) == "sheets") {
            more.insert(more.end(), {"--batch", "2026B1"});
        }
        paper(verb, sample("zones/water.gpkg"), more, 1);
        EXPECT_FALSE(fs::exists(out));
    }
    // An older file that does not keep enough says so.
    const fs::path checked = checkBatch1();
    {
        SQLite::Database database((checked / "results.gpkg").string(), SQLite::OPEN_READWRITE);
        database.exec("DELETE FROM run_info WHERE key = 'restore'");
    }
    const Json old = paper("summary", checked / "results.gpkg", {"--out", out.string()}, 1);
    EXPECT_NE(old.dump().find("check"), std::string::npos) << old;
    EXPECT_FALSE(fs::exists(out));
}

} // namespace
