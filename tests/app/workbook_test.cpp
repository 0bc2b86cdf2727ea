// The workbook as bytes: the same ones each time, no more memory for more rows, errors said.

#include "app/check/list_rows.hpp"
#include "app/report/workbook.hpp"
#include "app/report/xlsx_handle.hpp"
#include "geo/progress.hpp"
#include "layers/error.hpp"
#include "layers/table_reader.hpp"
#include "tests/support/sample_result.hpp"
#include "tests/support/temporary_folder.hpp"

#include <chrono>
#include <thread>

#include <gtest/gtest.h>

namespace {

std::string workbookBytes(const app::CheckResult& result, const app::WorkbookOptions& options = {}) {
    const tests::TemporaryFolder folder;
    geo::Progress progress;
    const auto file = folder.path() / "核查清单.xlsx";
    app::writeWorkbook(file, result, "2026-11-24", progress, options);
    EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder.path()), {}), 1)
        << "temporary files are left";
    return tests::textOf(file);
}

TEST(Workbook, IsTheSameToTheByteLater) {
    app::CheckResult result = tests::sampleResult();
    app::orderAndNumber(result);
    const std::string first = workbookBytes(result);
    EXPECT_EQ(first.substr(0, 2), "PK");
    std::this_thread::sleep_for(std::chrono::milliseconds(2100)); // the clock of a zip counts in two seconds
    EXPECT_EQ(first, workbookBytes(result));
    result.patches[0].id += "x";
    EXPECT_NE(first, workbookBytes(result));
}

TEST(Workbook, CanBeCancelledAndLeavesNoBook) {
    app::CheckResult result = tests::sampleResult();
    app::orderAndNumber(result);
    const tests::TemporaryFolder folder;
    geo::Progress progress;
    progress.cancel();
    EXPECT_THROW(app::writeWorkbook(folder.path() / "a.xlsx", result, "2026-11-24", progress),
                 geo::Cancelled);
    EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
}

TEST(Workbook, SaysWhereItCannotWrite) {
    app::CheckResult result = tests::sampleResult();
    app::orderAndNumber(result);
    geo::Progress progress;
    try {
        app::writeWorkbook("/nowhere/at/all/核查清单.xlsx", result, "2026-11-24", progress);
        FAIL();
    } catch (const layers::Error& error) {
        EXPECT_NE(std::string(error.what()).find("核查清单.xlsx"), std::string::npos) << error.what();
    }
}

std::string repeated(const std::string& text, int times) {
    std::string all;
    for (int n = 0; n < times; ++n) {
        all += text;
    }
    return all;
}

TEST(Workbook, ATextLongerThanACellSaysSo) {
    const tests::TemporaryFolder folder;
    const std::filesystem::path file = folder.path() / "a.xlsx";
    const std::string fits = repeated("字", 32767);  // characters count, not bytes
    const std::string pairs = repeated("𠀀", 16384); // two units of UTF-16 each, one more than fit
    app::xlsx::Book book(file, "2026-11-24", "t");
    app::xlsx::Sheet sheet(book, "s");
    sheet.write(0, 0, fits, {});
    sheet.write(1, 0, fits + "尾", {});
    sheet.write(2, 0, pairs, {});
    book.close();
    layers::ProblemLog log("", "");
    const auto table = layers::openTable({file, {}}, {}, log);
    layers::TableRow row;
    ASSERT_TRUE(table->next(row));
    EXPECT_EQ(row.cells[0], fits);
    ASSERT_TRUE(table->next(row));
    EXPECT_NE(row.cells[0].find("原文 32768 字"), std::string::npos)
        << row.cells[0].substr(row.cells[0].size() - 200);
    EXPECT_EQ(row.cells[0].substr(0, 30000), fits.substr(0, 30000));
    ASSERT_TRUE(table->next(row));
    EXPECT_NE(row.cells[0].find("原文 32768 字"), std::string::npos);
}

TEST(Workbook, AnEmptyResultIsAWorkbookToo) {
    EXPECT_EQ(workbookBytes(app::CheckResult{}).substr(0, 2), "PK");
}

} // namespace
