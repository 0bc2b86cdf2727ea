// Workbooks as offices keep them: titles, dates, codes, several sheets.

#include "tests/support/reading.hpp"
#include "tests/support/temporary_folder.hpp"

#include <fstream>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <xlsxwriter.h>

namespace {

namespace fs = std::filesystem;
using layers::ProblemKind;
using layers::Role;

/// Writes one sheet; texts, numbers and formats where they are asked for.
struct Sheet {
    lxw_workbook* book;
    lxw_worksheet* sheet;

    void text(lxw_row_t row, lxw_col_t column, const std::string& value) const {
        worksheet_write_string(sheet, row, column, value.c_str(), nullptr);
    }
    void texts(lxw_row_t row, const std::vector<std::string>& values) const {
        for (std::size_t n = 0; n < values.size(); ++n) {
            text(row, static_cast<lxw_col_t>(n), values[n]);
        }
    }
    void number(lxw_row_t row, lxw_col_t column, double value, const char* format = nullptr) const {
        lxw_format* style = nullptr;
        if (format != nullptr) {
            style = workbook_add_format(book);
            format_set_num_format(style, format);
        }
        worksheet_write_number(sheet, row, column, value, style);
    }
};

class Workbooks : public testing::Test {
  protected:
    fs::path write(const std::vector<std::pair<std::string, std::function<void(const Sheet&)>>>& sheets,
                   const std::string& name = "清单（1）.xlsx") {
        fs::path file = m_folder.path() / name;
        lxw_workbook* book = workbook_new(file.c_str());
        for (const auto& [title, fill] : sheets) {
            fill({book, workbook_add_worksheet(book, title.c_str())});
        }
        EXPECT_EQ(workbook_close(book), LXW_NO_ERROR);
        return file;
    }

    static layers::ReadOptions options() {
        layers::ReadOptions options;
        options.role = Role::Changes;
        options.crs = "EPSG:4490";
        return options;
    }

    tests::TemporaryFolder m_folder;
};

void fillList(const Sheet& sheet) {
    sheet.text(0, 0, "甘孜州疑似问题清单");
    sheet.texts(1, {"图斑编号", "活动类型", "经度", "纬度", "前时相", "后时相", "面积(公顷)", "码"});
    sheet.texts(2, {"00123", "采石采矿"});
    sheet.number(2, 2, 101.96123);
    sheet.number(2, 3, 30.050000000000001);
    sheet.number(2, 4, 45000, "yyyy-mm-dd");
    sheet.number(2, 5, 45366);
    sheet.number(2, 6, 1.5, "0.00");
    sheet.text(2, 7, "12345678901234567890");
    sheet.texts(4, {"00124", "道路", "101°57′36″", "北纬30°3′", "2023年5月", "2024年3月15日", "约1.2公顷"});
    sheet.number(4, 7, 12345678901234567890.0);
    sheet.texts(5, {"00125", "道路", "101°75′", "30.1"});
}

TEST_F(Workbooks, ValuesAsTheyAreShown) {
    const fs::path file = write({{"清单", fillList}, {"Sheet2", [](const Sheet&) {}}});
    const auto result = tests::patchesOf(file, options());
    ASSERT_EQ(result.records.size(), 2U);
    EXPECT_EQ(result.report.layer, "清单");
    const layers::Patch& first = result.records[0];
    EXPECT_EQ(first.feature, 3);
    EXPECT_EQ(first.id, "00123");
    EXPECT_EQ(first.shape.points.front(), (geo::Coordinate{101.96123, 30.05}));
    EXPECT_EQ(first.earlier.first, layers::dayFromIso("2023-03-15"));
    EXPECT_EQ(first.later.first, layers::dayFromIso("2024-03-15")); // a serial number
    EXPECT_EQ(first.later.raw, "45366");
    EXPECT_EQ(first.raw[3], "30.05");
    EXPECT_EQ(first.raw[6], "1.5");
    EXPECT_EQ(first.raw[7], "12345678901234567890");
    const layers::Patch& second = result.records[1];
    EXPECT_EQ(second.feature, 5);
    EXPECT_NEAR(second.shape.points.front().x, 101.96, 1e-9);
    EXPECT_NEAR(second.shape.points.front().y, 30.05, 1e-9);
    EXPECT_EQ(second.later.first, layers::dayFromIso("2024-03-15"));
    ASSERT_EQ(result.rejects.size(), 1U);
    EXPECT_EQ(result.rejects[0].reasonZh, "第 6 行，列“经度”，值“101°75′”：分不小于 60");
    const layers::Problem* lost = tests::problemOf(result.problems, ProblemKind::ValueUnreadable);
    ASSERT_NE(lost, nullptr) << "a code of 20 digits kept as a number has lost some";
    EXPECT_NE(lost->textZh.find("16 位以上"), std::string::npos);
}

TEST_F(Workbooks, ASheetIsNamedWhereThereAreSeveral) {
    const fs::path file = write({{"第一批", fillList}, {"第二批", fillList}});
    const std::string text = tests::errorOf([&] { static_cast<void>(tests::patchesOf(file, options())); });
    EXPECT_NE(text.find("第一批, 第二批"), std::string::npos) << text;
    EXPECT_EQ(tests::patchesOf(file, options(), "第二批").records.size(), 2U);
    const std::string none =
        tests::errorOf([&] { static_cast<void>(tests::patchesOf(file, options(), "第三批")); });
    EXPECT_NE(none.find("第三批"), std::string::npos) << none;
}

TEST_F(Workbooks, WhatCannotBeReadIsSaid) {
    const fs::path empty = write({{"Sheet1", [](const Sheet&) {}}}, "空.xlsx");
    EXPECT_NE(tests::errorOf([&] { static_cast<void>(tests::patchesOf(empty, options())); }).find("no rows"),
              std::string::npos);
    const fs::path damaged = m_folder.path() / "坏.xlsx";
    const std::string bytes = tests::textOf(write({{"清单", fillList}}));
    std::ofstream(damaged, std::ios::binary) << bytes.substr(0, bytes.size() / 2);
    EXPECT_NE(tests::errorOf([&] {
                  static_cast<void>(tests::patchesOf(damaged, options()));
              }).find("cannot be read"),
              std::string::npos);
}

TEST_F(Workbooks, WhatWouldNotFitIntoMemoryIsRefused) {
    // One cell far to the right makes every row as wide.
    const fs::path wide = write({{"清单",
                                  [](const Sheet& sheet) {
                                      sheet.text(0, 1999, "远");
                                      for (lxw_row_t row = 1; row < 40000; ++row) {
                                          sheet.number(row, 0, row);
                                      }
                                  }}},
                                "宽.xlsx");
    EXPECT_NE(tests::errorOf([&] { static_cast<void>(tests::patchesOf(wide, options())); }).find("too large"),
              std::string::npos);
    // Rows behind a large gap would vanish.
    const fs::path gap = write({{"清单",
                                 [](const Sheet& sheet) {
                                     fillList(sheet);
                                     sheet.text(1000000, 0, "00200");
                                 }}},
                               "缺.xlsx");
    const std::string text = tests::errorOf([&] { static_cast<void>(tests::patchesOf(gap, options())); });
    EXPECT_NE(text.find("cannot be read whole"), std::string::npos) << text;
}

TEST_F(Workbooks, TheFileIsNotChanged) {
    const fs::path file = write({{"清单", fillList}});
    const std::string before = tests::textOf(file);
    static_cast<void>(tests::patchesOf(file, options()));
    EXPECT_EQ(tests::textOf(file), before);
}

} // namespace
