// The workbook as bytes: the same ones each time, no more memory for more rows, errors said.

#include "app/check/list_rows.hpp"
#include "app/report/workbook.hpp"
#include "geo/progress.hpp"
#include "layers/error.hpp"
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

TEST(Workbook, AnEmptyResultIsAWorkbookToo) {
    EXPECT_EQ(workbookBytes(app::CheckResult{}).substr(0, 2), "PK");
}

} // namespace
