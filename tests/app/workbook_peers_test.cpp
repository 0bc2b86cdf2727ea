// The workbook as others read it: openpyxl cell by cell, LibreOffice as CSV and as printed pages.

#include "app/check/list_rows.hpp"
#include "app/report/cell_text.hpp"
#include "app/report/summary.hpp"
#include "app/report/workbook.hpp"
#include "geo/progress.hpp"
#include "tests/support/sample_result.hpp"
#include "tests/support/temporary_folder.hpp"

#include <nlohmann/json.hpp>

#include <cmath>
#include <cstdio>

#include <gtest/gtest.h>

namespace {

using Json = nlohmann::json;
using layers::ListColumn;

constexpr std::size_t at(ListColumn column) {
    return static_cast<std::size_t>(column);
}

/// What a command prints, and its status.
struct Said {
    int status = -1;
    std::string text;
};
Said run(const std::string& command) {
    Said said;
    FILE* pipe = popen(command.c_str(), "r");
    char buffer[4096];
    while (pipe != nullptr && std::fgets(buffer, sizeof buffer, pipe) != nullptr) {
        said.text += buffer;
    }
    said.status = pipe == nullptr ? -1 : pclose(pipe);
    return said;
}

app::CheckResult sample() {
    app::CheckResult result = tests::sampleResult();
    result.rules.activities = {{"A01", "采石采矿"}};
    // What a spreadsheet reads as an escape, and ids that look like numbers.
    result.patches[6].id = "_x0041_B";
    result.patches[8].id = "1234567890123456789012345";
    app::orderAndNumber(result);
    return result;
}

/// A workbook in a folder of its own.
class Written {
  public:
    explicit Written(const app::CheckResult& result, const app::WorkbookOptions& options = {}) {
        geo::Progress progress;
        app::writeWorkbook(file(), result, "2026-11-24", progress, options);
    }
    [[nodiscard]] std::filesystem::path file() const { return m_folder.path() / "核查清单.xlsx"; }
    [[nodiscard]] const std::filesystem::path& folder() const { return m_folder.path(); }

    [[nodiscard]] Json read() const {
        const Said said =
            run("/usr/bin/python3 '" SOURCE_ROOT "/tests/app/read_workbook.py' '" + file().string() + "'");
        EXPECT_EQ(said.status, 0);
        return Json::parse(said.text);
    }
    /// Converts with LibreOffice, with settings of its own.
    [[nodiscard]] Said convert(const std::string& to) const {
        return run("soffice -env:UserInstallation=file://" + (m_folder.path() / "profile").string() +
                   " --headless --convert-to '" + to + "' --outdir '" + m_folder.path().string() + "' '" +
                   file().string() + "' 2>&1");
    }

  private:
    tests::TemporaryFolder m_folder;
};

bool hasOpenpyxl() {
    return run("/usr/bin/python3 -c 'import openpyxl' 2>&1").status == 0;
}
bool hasLibreOffice() {
    return run("command -v soffice && command -v pdftotext").status == 0;
}

void expectCell(const Json& cell, const layers::Value& value, const std::string& where) {
    if (const auto* text = std::get_if<std::string>(&value)) {
        ASSERT_TRUE(cell.is_string()) << where << ": " << cell;
        // openpyxl leaves the escape of an underscore as the file has it.
        std::string plain = cell;
        if (const std::size_t escape = plain.find("_x005F_"); escape != std::string::npos) {
            plain.replace(escape, std::string_view("_x005F_").size(), "_");
        }
        EXPECT_EQ(plain, app::cleanText(*text)) << where;
    } else if (const auto* whole = std::get_if<std::int64_t>(&value)) {
        ASSERT_TRUE(cell.is_number()) << where;
        EXPECT_EQ(cell.get<double>(), static_cast<double>(*whole)) << where;
    } else if (const auto* real = std::get_if<double>(&value)) {
        ASSERT_TRUE(cell.is_number()) << where;
        EXPECT_EQ(cell.get<double>(), *real) << where; // the very double
    } else {
        EXPECT_TRUE(cell.is_null()) << where;
    }
}

double sumOf(const Json& rows, std::size_t first, std::size_t column) {
    std::int64_t units = 0;
    for (std::size_t r = first; r < rows.size(); ++r) {
        if (rows[r][column].is_number()) {
            units += std::llround(rows[r][column].get<double>() * 1e4);
        }
    }
    return static_cast<double>(units) / 1e4;
}

/// Rows above the data of 核查清单: title, information, total, header.
constexpr std::size_t kListHead = 4;
constexpr std::size_t kOtherHead = 3;

class WorkbookPeers : public testing::Test {
  protected:
    void SetUp() override {
        if (!hasOpenpyxl()) {
            GTEST_SKIP() << "python3-openpyxl is not installed";
        }
    }
};

TEST_F(WorkbookPeers, EveryCellOfTheListIsThere) {
    const app::CheckResult result = sample();
    const Json book = Written(result).read();
    EXPECT_EQ(book["created"], "2026-11-24T00:00:00");
    const Json& rows = book["sheets"]["核查清单"]["rows"];
    ASSERT_EQ(rows.size(), kListHead + result.listed.size());
    for (std::size_t i = 0; i < at(ListColumn::Count); ++i) {
        EXPECT_EQ(rows[kListHead - 1][i], layers::listColumns()[i].header);
        for (std::size_t n = 0; n < result.listed.size(); ++n) {
            expectCell(rows[kListHead + n][i], app::listRow(result, n)[i],
                       "row " + std::to_string(n) + " " + layers::listColumns()[i].header);
        }
    }
    EXPECT_EQ(rows[kListHead + 2][at(ListColumn::PatchId)], "=SUM(A1:A9)");
    EXPECT_EQ(rows[kListHead + 4][at(ListColumn::PatchId)], "00000000000000000006");
}

TEST_F(WorkbookPeers, ColumnsAddUpToTheirTotals) {
    const app::CheckResult result = sample();
    const Json book = Written(result).read();
    const Json& rows = book["sheets"]["核查清单"]["rows"];
    const app::PrintedTotals totals = app::printedTotals(result);
    for (const auto& [column, total] :
         {std::pair{ListColumn::AreaHa, totals.areaHa}, std::pair{ListColumn::CoveredHa, totals.coveredHa}}) {
        EXPECT_DOUBLE_EQ(rows[kListHead - 2][at(column)].get<double>(), total);
        EXPECT_DOUBLE_EQ(sumOf(rows, kListHead, at(column)), total);
    }
}

TEST_F(WorkbookPeers, NoCellIsAFormula) {
    const Json book = Written(sample()).read();
    for (const auto& [name, sheet] : book["sheets"].items()) {
        EXPECT_TRUE(sheet["formulas"].empty()) << name << ": " << sheet["formulas"];
    }
}

TEST_F(WorkbookPeers, HasTheSheetsOfTheDesignInOrder) {
    const app::CheckResult result = sample();
    const Json book = Written(result).read();
    const Json& sheets = book["sheets"];
    for (const char* name : {"核查清单", "涉及管控区明细", "临界清单", "不涉及清单", "重复清单",
                             "数据问题清单", "汇总表", "核查说明", "_meta"}) {
        ASSERT_TRUE(sheets.contains(name)) << name;
    }
    EXPECT_EQ(sheets.size(), 9U);
    EXPECT_EQ(sheets["_meta"]["state"], "hidden");
    EXPECT_EQ(sheets["涉及管控区明细"]["rows"].size(), kOtherHead + 6);
    EXPECT_EQ(sheets["临界清单"]["rows"].size(), kOtherHead + 2);
    EXPECT_EQ(sheets["不涉及清单"]["rows"].size(), kOtherHead + 1);
    EXPECT_EQ(sheets["重复清单"]["rows"].size(), kOtherHead + 1);
    EXPECT_EQ(sheets["数据问题清单"]["rows"].size(), kOtherHead + 4);
}

TEST_F(WorkbookPeers, TheListCanBeWorkedInAndPrinted) {
    const Json book = Written(sample()).read();
    const Json& list = book["sheets"]["核查清单"];
    EXPECT_EQ(list["freeze"], "D5");
    EXPECT_EQ(list["filter"], "A4:AQ9"); // header and rows, not the total
    EXPECT_EQ(list["repeat"], "$4:$4");
    EXPECT_EQ(list["landscape"], "landscape");
    EXPECT_EQ(list["paper"], 8); // A3
    EXPECT_EQ(list["footer"], "第 &P 页 共 &N 页");
    ASSERT_EQ(list["drop_downs"].size(), 3U);
    EXPECT_EQ(list["drop_downs"][0].get<std::string>().find("AH5:AH9 \"属实-疑似违法违规,"), 0U);
    EXPECT_EQ(list["formats"]["U"], "0.0000");
    EXPECT_EQ(list["formats"]["R"], "0.000000");
    EXPECT_EQ(list["formats"]["C"], "@"); // ids are text, also when somebody edits them
}

TEST_F(WorkbookPeers, RowsThatDoNotFitGoOnFurtherSheets) {
    const app::CheckResult result = sample();
    app::WorkbookOptions options;
    options.maxSheetRows = 6; // two rows of the list beside its four header rows, three of the others
    const Json book = Written(result, options).read();
    const Json& sheets = book["sheets"];
    ASSERT_TRUE(sheets.contains("核查清单(3)"));
    EXPECT_FALSE(sheets.contains("核查清单(4)"));
    EXPECT_TRUE(sheets.contains("涉及管控区明细(2)"));
    std::vector<std::string> numbers;
    double total = 0;
    for (const char* name : {"核查清单", "核查清单(2)", "核查清单(3)"}) {
        const Json& rows = sheets[name]["rows"];
        EXPECT_EQ(rows[kListHead - 1][1], "任务编号") << name;
        for (std::size_t r = kListHead; r < rows.size(); ++r) {
            numbers.push_back(rows[r][1]);
        }
        EXPECT_DOUBLE_EQ(rows[kListHead - 2][at(ListColumn::AreaHa)].get<double>(),
                         sumOf(rows, kListHead, at(ListColumn::AreaHa)));
        total += rows[kListHead - 2][at(ListColumn::AreaHa)].get<double>();
    }
    EXPECT_EQ(numbers, result.taskNumbers);
    EXPECT_NEAR(total, app::printedTotals(result).areaHa, 1e-9);
    EXPECT_EQ(sheets["_meta"]["rows"].back()[0], "核查清单(3)");
}

TEST_F(WorkbookPeers, TheHiddenSheetKnowsEveryRow) {
    const app::CheckResult result = sample();
    const Json book = Written(result).read();
    const Json& rows = book["sheets"]["_meta"]["rows"];
    EXPECT_EQ(rows[0][0], "schema_version");
    EXPECT_EQ(rows[0][1], 1);
    EXPECT_EQ(rows[2][0], "export_id");
    const std::string exportId = rows[2][1];
    EXPECT_EQ(exportId.size(), 64U);
    EXPECT_EQ(book["sheets"]["核查说明"]["rows"].back()[1], exportId);
    const std::size_t first = rows.size() - result.listed.size();
    EXPECT_EQ(rows[first - 1], Json::array({"sheet", "task_number", "finding_key", "issued_sha256"}));
    for (std::size_t n = 0; n < result.listed.size(); ++n) {
        const auto patch = static_cast<std::size_t>(result.listed[n]);
        EXPECT_EQ(rows[first + n],
                  Json::array({"核查清单", result.taskNumbers[n],
                               app::findingKey(result, patch, result.results[patch].findings.front()),
                               app::issuedHash(app::listRow(result, n))}));
    }
    app::CheckResult other = sample();
    other.judgements[0].basis += "。";
    EXPECT_NE(Written(other).read()["sheets"]["_meta"]["rows"][2][1], exportId);
}

TEST_F(WorkbookPeers, TheSummarysFiguresAndMergedHeaders) {
    const app::CheckResult result = sample();
    const Json book = Written(result).read();
    const Json& sheet = book["sheets"]["汇总表"];
    const app::SummaryTable table = app::summaryTables(result)[0];
    constexpr std::size_t kFirstHead = 2;
    const std::size_t firstRow = kFirstHead + table.headers.size();
    for (std::size_t r = 0; r < table.rows.size(); ++r) {
        for (std::size_t c = 0; c < table.decimals.size(); ++c) {
            expectCell(sheet["rows"][firstRow + r][c], table.rows[r][c],
                       std::to_string(r) + "/" + std::to_string(c));
        }
    }
    const auto isMerged = [&](const char* range) {
        return std::find(sheet["merged"].begin(), sheet["merged"].end(), range) != sheet["merged"].end();
    };
    EXPECT_TRUE(isMerged("A3:A5")); // 县(市)
    EXPECT_TRUE(isMerged("C3:D4")); // 涉及管控区图斑
    EXPECT_TRUE(isMerged("G3:J3")); // 自然保护区
    EXPECT_TRUE(isMerged("G4:H4")); // 核心保护区
    EXPECT_TRUE(isMerged("S4:S5")); // 疑似禁止
}

TEST_F(WorkbookPeers, EverySheetSaysWhenTheResultIsNotToBeTrusted) {
    app::CheckResult result = sample();
    result.zonesIncomplete = true;
    result.faults.push_back({"某合计", 1, 2});
    const Json book = Written(result).read();
    for (const auto& [name, sheet] : book["sheets"].items()) {
        const std::string text = sheet["rows"].dump();
        const bool isMeta = name == "_meta";
        EXPECT_EQ(text.find("管控区不完整") == std::string::npos, isMeta) << name;
        EXPECT_EQ(text.find("结果无效") == std::string::npos, isMeta) << name;
    }
}

TEST_F(WorkbookPeers, AnEmptyResultOpens) {
    const Json book = Written(app::CheckResult{}).read();
    EXPECT_EQ(book["sheets"]["核查清单"]["rows"].size(), kListHead);
}

class LibreOffice : public testing::Test {
  protected:
    void SetUp() override {
        if (!hasLibreOffice()) {
            GTEST_SKIP() << "LibreOffice calc or pdftotext is not installed";
        }
    }
};

TEST_F(LibreOffice, ReadsTheListAndRunsNothing) {
    const app::CheckResult result = sample();
    const Written written(result);
    // Token 9 of the filter asks for cell contents as shown, token 4 for UTF-8.
    const Said said = written.convert("csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false");
    ASSERT_EQ(said.status, 0) << said.text;
    const std::string csv = tests::textOf(written.folder() / "核查清单.csv");
    for (const char* text : {"=SUM(A1:A9)", "00000000000000000006", "1234567890123456789012345", "_x0041_B",
                             "䶮𠮷", "疑似禁止", "101°57′41.4″E, 30°03′03.6″N", "6.4142", "66.67"}) {
        EXPECT_NE(csv.find(text), std::string::npos) << text << " in\n" << csv;
    }
}

TEST_F(LibreOffice, PrintsPagesWithNumbers) {
    const Written written(sample());
    const Said said = written.convert("pdf");
    ASSERT_EQ(said.status, 0) << said.text;
    const std::string pages =
        run("pdftotext -layout '" + (written.folder() / "核查清单.pdf").string() + "' -").text;
    EXPECT_NE(pages.find("第 1 页 共 14 页"), std::string::npos) << pages.substr(0, 4000);
    EXPECT_NE(pages.find("内部资料 注意保存"), std::string::npos);
    EXPECT_EQ(pages.find("###"), std::string::npos) << "a column is too narrow for its figures";
}

} // namespace
