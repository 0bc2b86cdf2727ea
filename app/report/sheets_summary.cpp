#include "app/report/sheets.hpp"

#include "app/report/head_rows.hpp"
#include "app/report/summary.hpp"
#include "app/report/summary_sheet.hpp"
#include "app/report/text_height.hpp"

#include <algorithm>
#include <array>

namespace app::xlsx {

namespace {

constexpr double kTitleHeight = 30;
constexpr double kRowHeight = 17;
/// A3 landscape holds the 27 columns of the first table at this scale.
constexpr int kPrintScale = 70;

/// Widths of the columns, which the three tables share: label, total, then 处 and 公顷 by turns, then counts.
std::vector<double> columnWidths() {
    constexpr double kLabelWidth = 16;
    constexpr double kTotalWidth = 9;
    constexpr double kCountWidth = 5;
    constexpr double kHectaresWidth = 9.5;
    constexpr std::size_t kPairs = 8;
    std::vector<double> widths = {kLabelWidth, kTotalWidth};
    for (std::size_t i = 0; i < kPairs; ++i) {
        widths.insert(widths.end(), {kCountWidth, kHectaresWidth});
    }
    constexpr std::array<double, 9> kCounts = {7,   7,   7, 7, 4.5,
                                               4.5, 4.5, 5, 5}; // verdicts, priorities, near, duplicates
    widths.insert(widths.end(), kCounts.begin(), kCounts.end());
    return widths;
}

Style headStyle(std::size_t column) {
    // The groups of the first two tables, in the colours of the list.
    if (column < kFirstClassColumn) {
        return Style::HeadPlace;
    }
    return column < kFirstVerdictColumn ? Style::HeadZone : Style::HeadVerdict;
}

SummaryLook lookOf(const SheetContext& context) {
    SummaryLook look;
    look.widths = columnWidths();
    for (std::size_t i = 0; i < look.widths.size(); ++i) {
        look.heads.push_back(headStyle(i));
    }
    look.info = context.infoStart + "　单位：处、公顷　疑似问题线索，以实地核查为准";
    return look;
}

} // namespace

void writeSummarySheet(Book& book, const SheetContext& context) {
    Sheet sheet(book, "汇总表");
    const std::vector<SummaryTable> tables = summaryTables(*context.result);
    const SummaryLook look = lookOf(context);
    sheet.setWidths(look.widths);
    PageSetup page;
    page.paper = PageSetup::Paper::A3;
    page.fitWidth = false;
    page.scale = kPrintScale;
    sheet.setUpPage(page);
    std::int64_t row = 0;
    std::vector<std::int64_t> breaks;
    for (const SummaryTable& table : tables) {
        if (row > 0) {
            breaks.push_back(row);
        }
        row = writeSummaryTable(sheet, table, look, row) + 1;
    }
    sheet.breakRowsBefore(breaks);
}

void writeExplanationSheet(Book& book, const SheetContext& context, const std::string& exportId) {
    constexpr double kLabelColumn = 24;
    constexpr double kTextColumn = 120;
    Sheet sheet(book, "核查说明");
    sheet.setWidths({kLabelColumn, kTextColumn});
    sheet.setUpPage({});
    std::int64_t row = 0;
    sheet.setHeight(row, kTitleHeight);
    sheet.mergeRow(row++, 0, 1, "核查说明", Style::Title);
    for (const Alert& alert : context.alerts) {
        sheet.mergeRow(row++, 0, 1, alert.word + "：" + alert.text, Style::Alert);
    }
    std::vector<ExplanationLine> lines = explanation(*context.result);
    lines.push_back({"导出标识", exportId});
    for (const ExplanationLine& line : lines) {
        sheet.setHeight(row, std::max(kRowHeight, textHeight(line.text, kTextColumn)));
        sheet.write(row, 0, line.label, Style::Label);
        sheet.write(row++, 1, line.text, Style::Wrapped);
    }
}

} // namespace app::xlsx
