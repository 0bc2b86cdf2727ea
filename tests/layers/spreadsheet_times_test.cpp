// Dates and times of workbooks: the 1904 date system, and degrees typed as 30:15:20, which become times.

#include "layers/spreadsheet_times.hpp"
#include "tests/support/reading.hpp"
#include "tests/support/sample_files.hpp"
#include "tests/support/temporary_folder.hpp"

#include <string>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace {

namespace fs = std::filesystem;
using layers::ProblemKind;

// Styles of the workbooks below.
constexpr int kGeneral = 0;
constexpr int kDate = 1;      // yyyy"年"m"月"d"日"
constexpr int kElapsed = 2;   // [h]:mm:ss
constexpr int kTimeOfDay = 3; // h:mm:ss
constexpr int kMinutes = 4;   // mm:ss

/// A number in a style, or a text.
struct Cell {
    double number = 0;
    int style = kGeneral;
    std::string text;
};

Cell text(const std::string& value) {
    return {0, kGeneral, value};
}

std::string cellXml(const Cell& cell, std::size_t row, std::size_t column) {
    const std::string reference = fmt::format("{}{}", static_cast<char>('A' + column), row);
    return cell.text.empty()
               ? fmt::format(R"(<c r="{}" s="{}"><v>{}</v></c>)", reference, cell.style, cell.number)
               : fmt::format(R"(<c r="{}" t="inlineStr"><is><t>{}</t></is></c>)", reference, cell.text);
}

/// An .xlsx of one sheet "点&amp;位", its first row in the sheet's row 3.
void writeWorkbook(const fs::path& file, const std::vector<std::vector<Cell>>& rows,
                   const std::string& workbookPr) {
    constexpr std::size_t kFirstRow = 3;
    constexpr const char* kMain = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    constexpr const char* kOffice = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    constexpr const char* kPackage = "http://schemas.openxmlformats.org/package/2006";
    constexpr const char* kType = "application/vnd.openxmlformats-officedocument.spreadsheetml";
    std::string data;
    for (std::size_t n = 0; n < rows.size(); ++n) {
        data += fmt::format(R"(<row r="{}">)", n + kFirstRow);
        for (std::size_t column = 0; column < rows[n].size(); ++column) {
            data += cellXml(rows[n][column], n + kFirstRow, column);
        }
        data += "</row>";
    }
    const std::string types = fmt::format(
        R"(<Types xmlns="{0}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="{1}.sheet.main+xml"/><Override PartName="/xl/worksheets/a.xml" ContentType="{1}.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="{1}.styles+xml"/></Types>)",
        kPackage, kType);
    const auto related = [&](const std::string& inside) {
        return fmt::format(R"(<Relationships xmlns="{}/relationships">{}</Relationships>)", kPackage, inside);
    };
    const auto relation = [&](const char* id, const char* type, const char* target) {
        return fmt::format(R"(<Relationship Id="{}" Type="{}/{}" Target="{}"/>)", id, kOffice, type, target);
    };
    const std::string styles = fmt::format(
        R"(<styleSheet xmlns="{}"><numFmts count="2"><numFmt numFmtId="170" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;"/><numFmt numFmtId="171" formatCode="[Red][h]:mm:ss"/></numFmts><fonts count="1"><font/></fonts><fills count="1"><fill/></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf numFmtId="14"/></cellStyleXfs><cellXfs count="5"><xf numFmtId="0"/><xf numFmtId="170"/><xf numFmtId="171"/><xf numFmtId="21"/><xf numFmtId="45"/></cellXfs></styleSheet>)",
        kMain);
    tests::writeZip(
        file,
        {{"[Content_Types].xml", types, {}},
         {"_rels/.rels", related(relation("rId1", "officeDocument", "xl/workbook.xml")), {}},
         {"xl/workbook.xml",
          fmt::format(
              R"(<workbook xmlns="{}" xmlns:r="{}"><workbookPr {}/><sheets><sheet name="点&amp;位" sheetId="1" r:id="rId1"/></sheets></workbook>)",
              kMain, kOffice, workbookPr),
          {}},
         {"xl/_rels/workbook.xml.rels",
          related(relation("rId1", "worksheet", "worksheets/a.xml") +
                  relation("rId2", "styles", "styles.xml")),
          {}},
         {"xl/styles.xml", styles, {}},
         {"xl/worksheets/a.xml",
          fmt::format(R"(<worksheet xmlns="{}"><sheetData>{}</sheetData></worksheet>)", kMain, data),
          {}}});
}

class WorkbookTimes : public testing::Test {
  protected:
    static std::vector<Cell> heading() {
        return {text("图斑编号"), text("活动类型"), text("经度"),
                text("纬度"),     text("前时相"),   text("后时相")};
    }
    static layers::ReadOptions options() {
        layers::ReadOptions options;
        options.role = layers::Role::Changes;
        options.crs = "EPSG:4490";
        return options;
    }
    layers::ReadResult<layers::Patch> read(const std::vector<std::vector<Cell>>& rows,
                                           const std::string& workbookPr = {}) {
        const fs::path file = m_folder.path() / "清单.xlsx";
        writeWorkbook(file, rows, workbookPr);
        return tests::patchesOf(file, options());
    }

    tests::TemporaryFolder m_folder;
};

TEST_F(WorkbookTimes, DatesThatCountFrom1904AreCountedSo) {
    // 43904 from 1904-01-01 is 2024-03-15; from 1899-12-30 it would be 2020-03-14.
    const std::vector<std::vector<Cell>> rows{
        heading(),
        {text("1"), text("道路"), {101.96, 0, {}}, {30.05, 0, {}}, text("2020/03/14"), {43904.5, kDate, {}}}};
    for (const std::string flag : {"date1904=\"1\"", "date1904='true'"}) {
        const auto result = read(rows, flag);
        ASSERT_EQ(result.records.size(), 1U);
        const layers::Patch& patch = result.records[0];
        EXPECT_EQ(patch.feature, 4);
        EXPECT_EQ(patch.later.first, layers::dayFromIso("2024-03-15")) << patch.later.raw;
        EXPECT_EQ(patch.earlier.first, layers::dayFromIso("2020-03-14")) << "a text is no count of days";
        const layers::Problem* told = tests::problemOf(result.problems, ProblemKind::DateSuspicious);
        ASSERT_NE(told, nullptr);
        EXPECT_NE(told->textZh.find("1904"), std::string::npos);
        EXPECT_EQ(told->count, 1);
    }
    const auto usual = read(rows, "date1904=\"0\"");
    EXPECT_EQ(usual.records.at(0).later.first, layers::dayFromIso("2020-03-14"));
    EXPECT_EQ(tests::problemOf(usual.problems, ProblemKind::DateSuspicious), nullptr);
}

TEST_F(WorkbookTimes, DegreesTypedAsHoursAreDegreesAndTold) {
    const auto result = read({heading(),
                              {text("1"),
                               text("道路"),
                               {(101 + 57 / 60.0 + 36 / 3600.0) / 24, kElapsed, {}},
                               {(30 + 15 / 60.0 + 20 / 3600.0) / 24, kElapsed, {}}},
                              {text("2"), text("道路"), {101.5, kGeneral, {}}, {22.5 / 24, kTimeOfDay, {}}},
                              {text("3"), text("道路"), {101.5, kGeneral, {}}, {30.5 / 24, kTimeOfDay, {}}},
                              {text("4"), text("道路"), {101.5, kGeneral, {}}, {0.5 / 24, kMinutes, {}}}});
    ASSERT_EQ(result.records.size(), 3U);
    EXPECT_NEAR(result.records[0].shape.points.front().x, 101.96, 1e-9);
    EXPECT_NEAR(result.records[0].shape.points.front().y, 30 + 15 / 60.0 + 20 / 3600.0, 1e-9);
    EXPECT_EQ(result.records[0].raw[3], "30:15:20");
    EXPECT_NEAR(result.records[1].shape.points.front().y, 22.5, 1e-9);
    EXPECT_NEAR(result.records[2].shape.points.front().y, 30.5, 1e-9) << "a day that h:mm:ss does not show";
    const layers::Problem* told = tests::problemOf(result.problems, ProblemKind::CrsSuspicious);
    ASSERT_NE(told, nullptr);
    EXPECT_NE(told->textZh.find("时间格式"), std::string::npos);
    EXPECT_EQ(told->feature, 4);
    ASSERT_EQ(result.rejects.size(), 1U) << "mm:ss has no hours: which part are the degrees?";
    EXPECT_NE(result.rejects[0].reasonZh.find("时间格式"), std::string::npos);
}

TEST(WorkbookTime, Texts) {
    EXPECT_EQ(layers::clockText(1.2606481481481482), "30:15:20");
    EXPECT_EQ(layers::clockText((101 + 57 / 60.0 + 36.25 / 3600.0) / 24), "101:57:36.250");
    EXPECT_EQ(layers::clockText(0), "0:00:00");
    EXPECT_EQ(layers::dateTextFrom1904(0), "1904/01/01");
    EXPECT_EQ(layers::dateTextFrom1904(43904.5), "2024/03/15 12:00:00");
    EXPECT_EQ(layers::dateTextFrom1904(-1), "");
}

/// Written by LibreOffice from a workbook that counts from 1904: FreeXL sees to the dates, but drops the days
/// of times beyond 24 hours.
TEST_F(WorkbookTimes, OldWorkbooks) {
    const fs::path file = fs::path(SOURCE_ROOT) / "tests/cases/times_1904.xls";
    const auto result = tests::patchesOf(file, options());
    ASSERT_EQ(result.records.size(), 1U);
    EXPECT_EQ(result.records[0].later.first, layers::dayFromIso("2024-03-15")) << result.records[0].later.raw;
    ASSERT_EQ(result.rejects.size(), 1U) << "30:15:20 comes as 06:15:20";
    EXPECT_NE(result.rejects[0].reasonZh.find("时间格式"), std::string::npos) << result.rejects[0].reasonZh;
}

} // namespace
