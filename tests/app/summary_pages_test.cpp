// 汇总表 on paper where it is large, and where it does not close.

#include "app/cartography/summary_charts.hpp"
#include "app/cartography/summary_pages.hpp"
#include "app/cartography/summary_table.hpp"
#include "tests/support/pdf_text.hpp"
#include "tests/support/sample_result.hpp"

#include <gtest/gtest.h>

#include <fmt/format.h>

namespace {

using app::SummarySheet;
using layers::Value;

/// A row of figures of this size behind its label.
std::vector<Value> rowOf(const std::string& label, const std::vector<int>& decimals, double hectares,
                         std::int64_t count) {
    std::vector<Value> row;
    row.emplace_back(label);
    for (std::size_t c = 1; c < decimals.size(); ++c) {
        if (decimals[c] > 0) {
            row.emplace_back(hectares);
        } else {
            row.emplace_back(count);
        }
    }
    return row;
}

/// The first table with so many counties, each with figures of this size, and its 合计.
app::SummaryTable largeTable(std::size_t counties, double hectares, std::int64_t count) {
    app::SummaryTable table = app::summaryTables(tests::sampleResult()).front();
    table.rows.clear();
    for (std::size_t i = 0; i < counties; ++i) {
        table.rows.push_back(rowOf(fmt::format("示例{}县", i + 1), table.decimals, hectares, count));
    }
    table.rows.push_back(rowOf("合计", table.decimals, hectares * static_cast<double>(counties),
                               count * static_cast<std::int64_t>(counties)));
    return table;
}

SummarySheet sheetOf(app::SummaryTable table) {
    SummarySheet sheet = app::summarySheet(tests::sampleResult(), "2026B2");
    sheet.tables.front() = std::move(table);
    sheet.tables[1].rows.back() = sheet.tables.front().rows.back();
    sheet.tables[1].rows.back().resize(sheet.tables[1].decimals.size());
    return sheet;
}

TEST(SummaryPages, figuresThatA4CannotHoldLegiblyGoOnA3) {
    const auto paper = [](double hectares, std::int64_t count) {
        return app::summaryPaper({sheetOf(largeTable(18, hectares, count))});
    };
    EXPECT_FALSE(paper(12.5, 4).isA3());
    EXPECT_GE(paper(12.5, 4).sizeMm, 2.3);
    const app::SummaryPaper large = paper(123456.7891, 4321);
    EXPECT_TRUE(large.isA3());
    EXPECT_GE(large.sizeMm, 2.3);
    EXPECT_TRUE(app::PaperTable(largeTable(18, 9e9, 4'000'000), 385, paper(9e9, 4'000'000).sizeMm).fits());
}

TEST(SummaryPages, manyCountiesGoOnAndEveryFigureIsWhole) {
    if (!tests::hasPdfTools()) {
        GTEST_SKIP() << "needs poppler-utils";
    }
    const tests::TemporaryFolder folder;
    const std::filesystem::path file = folder.path() / "汇总表.pdf";
    const app::SheetTemplate sheet = app::loadSheetTemplate("");
    const app::SummaryFile written =
        app::writeSummaryPages(file, {sheetOf(largeTable(180, 1234.5678, 21))}, sheet, "2026-11-24");
    EXPECT_EQ(tests::pdfPages(file), static_cast<int>(written.pages));
    EXPECT_GE(written.pages, 6U);
    const std::string text = tests::pdfText(file);
    for (int i = 1; i <= 180; ++i) {
        EXPECT_NE(text.find(fmt::format("示例{}县21211234.567821", i)), std::string::npos) << i;
    }
    EXPECT_NE(text.find("合计3780"), std::string::npos);
    EXPECT_EQ(text.find("…"), std::string::npos);
    EXPECT_NE(text.find("其他"), std::string::npos); // bars that have no room
}

TEST(SummaryPages, aSumThatDoesNotCloseIsSaid) {
    if (!tests::hasPdfTools()) {
        GTEST_SKIP() << "needs poppler-utils";
    }
    app::SummaryTable table = largeTable(3, 1.5, 2);
    EXPECT_TRUE(app::columnsThatDoNotClose(table).empty());
    table.rows.front()[3] = 1.5001;
    const std::vector<std::string> open = app::columnsThatDoNotClose(table);
    ASSERT_EQ(open.size(), 1U);
    EXPECT_NE(open.front().find("公顷"), std::string::npos);

    app::CheckResult result = tests::sampleResult();
    EXPECT_TRUE(app::summarySheet(result, "2026B2").alerts.empty());
    result.faults.push_back({"合计", 1, 2});
    const SummarySheet sheet = app::summarySheet(result, "2026B2");
    ASSERT_FALSE(sheet.alerts.empty());
    const tests::TemporaryFolder folder;
    const std::filesystem::path file = folder.path() / "汇总表.pdf";
    const app::SummaryFile written =
        app::writeSummaryPages(file, {sheet}, app::loadSheetTemplate(""), "2026-11-24");
    for (int page = 1; page <= static_cast<int>(written.pages); ++page) {
        EXPECT_NE(tests::pdfText(file, page, page).find("【结果无效"), std::string::npos) << page;
    }
    EXPECT_EQ(tests::pdfText(file).find("核对："), std::string::npos); // nothing is proven
}

TEST(SummaryPages, theChartsSayTheTablesFigures) {
    const app::SummaryTable table = largeTable(18, 2.25, 3);
    const app::BarChart counties = app::countyChart(table);
    ASSERT_EQ(counties.bars.size(), 18U);
    EXPECT_EQ(counties.series.size(), 4U);
    EXPECT_EQ(counties.bars.front().text, "12"); // 3 of each verdict
    const app::BarChart classes = app::classChart(table);
    ASSERT_EQ(classes.bars.size(), 7U);
    for (const app::Bar& bar : classes.bars) {
        EXPECT_EQ(bar.text, "54 处　40.5000 公顷");
    }
    // The header over each figure is the one that its bar names.
    const auto header = [&](std::size_t column) {
        std::string text;
        for (const app::HeaderSpan& span : app::headerSpans(table.headers)) {
            if (span.firstColumn <= column && column <= span.lastColumn) {
                text += span.text;
            }
        }
        return text;
    };
    EXPECT_EQ(header(app::kFirstClassColumn), "生态保护红线处");
    EXPECT_EQ(header(app::kFirstClassColumn + 13), "饮用水水源准保护区公顷");
    EXPECT_EQ(header(app::kFirstVerdictColumn), "初步判定(处)疑似禁止");
    EXPECT_EQ(header(app::kFirstVerdictColumn + 3), "初步判定(处)疑似允许需手续");
}

} // namespace
