#include "app/report/sheets.hpp"

#include "app/report/summary.hpp"
#include "app/report/text_height.hpp"
#include "app/report/xlsx_handle.hpp"

#include <algorithm>
#include <array>
#include <numeric>

namespace app::xlsx {

namespace {

using layers::Value;

constexpr double kTitleHeight = 30;
constexpr double kInfoHeight = 16;
constexpr double kHeadHeight = 22;
constexpr double kRowHeight = 17;
constexpr double kNoteHeight = 15;
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
    constexpr std::size_t kFirstZoneColumn = 4;
    constexpr std::size_t kFirstVerdictColumn = 18;
    if (column < kFirstZoneColumn) {
        return Style::HeadPlace;
    }
    return column < kFirstVerdictColumn ? Style::HeadZone : Style::HeadVerdict;
}

Style bodyStyle(int decimals, bool isTotal, std::size_t column) {
    if (decimals < 0) {
        return isTotal ? Style::TotalLabel : column == 0 ? Style::Centred : Style::Text;
    }
    if (decimals == 0) {
        return isTotal ? Style::TotalWhole : Style::Whole;
    }
    return isTotal ? Style::TotalHectares : Style::Hectares;
}

double widthOf(const std::vector<double>& widths, std::size_t first, std::size_t last) {
    return std::accumulate(widths.begin() + static_cast<std::ptrdiff_t>(first),
                           widths.begin() + static_cast<std::ptrdiff_t>(last) + 1, 0.0);
}

/// Height of a header row: what its own cells need, those over several columns included.
double headHeight(const std::vector<HeaderSpan>& spans, std::size_t row, const std::vector<double>& widths) {
    double height = kHeadHeight;
    for (const HeaderSpan& span : spans) {
        if (span.firstRow == row && span.lastRow == row) {
            height =
                std::max(height, textHeight(span.text, widthOf(widths, span.firstColumn, span.lastColumn)));
        }
    }
    return height;
}

/// Writes a table from `row` on and returns the row after its notes.
std::int64_t writeTable(Sheet& sheet, const SummaryTable& table, const SheetContext& context,
                        std::int64_t row) {
    const std::size_t columns = table.headers.front().size();
    const std::vector<double> widths = columnWidths();
    sheet.setHeight(row, kTitleHeight);
    sheet.mergeRow(row++, 0, columns - 1, table.title, Style::Title);
    sheet.setHeight(row, kInfoHeight);
    sheet.mergeRow(row++, 0, columns - 1,
                   context.infoStart + "　单位：处、公顷　疑似问题线索，以实地核查为准", Style::Info);
    const std::int64_t firstHead = row;
    const std::vector<HeaderSpan> spans = headerSpans(table.headers);
    for (std::size_t r = 0; r < table.headers.size(); ++r, ++row) {
        sheet.setHeight(row, headHeight(spans, r, widths));
        for (std::size_t c = 0; c < columns; ++c) {
            sheet.write(row, c, table.headers[r][c], headStyle(c));
        }
        // A merge is noted when its last row is the one being written.
        for (const HeaderSpan& span : spans) {
            if (span.lastRow == r && (span.firstRow != span.lastRow || span.firstColumn != span.lastColumn)) {
                sheet.mergeWritten(firstHead + static_cast<std::int64_t>(span.firstRow), span.firstColumn,
                                   row, span.lastColumn, headStyle(span.firstColumn), span.text);
            }
        }
    }
    for (std::size_t r = 0; r < table.rows.size(); ++r, ++row) {
        const bool isTotal = r + 1 == table.rows.size();
        double height = kRowHeight;
        for (std::size_t c = 0; c < columns; ++c) {
            if (const auto* text = std::get_if<std::string>(&table.rows[r][c])) {
                height = std::max(height, textHeight(*text, widths[c]));
            }
        }
        sheet.setHeight(row, height);
        for (std::size_t c = 0; c < columns; ++c) {
            sheet.write(row, c, table.rows[r][c], bodyStyle(table.decimals[c], isTotal, c));
        }
    }
    for (const std::string& note : table.notes) {
        sheet.setHeight(row, std::max(kNoteHeight, textHeight(note, widthOf(widths, 0, columns - 1))));
        sheet.mergeRow(row++, 0, columns - 1, note, Style::Note);
    }
    return row;
}

} // namespace

void writeSummarySheet(Book& book, const SheetContext& context) {
    Sheet sheet(book, "汇总表");
    const std::vector<SummaryTable> tables = summaryTables(*context.result);
    sheet.setWidths(columnWidths());
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
        row = writeTable(sheet, table, context, row) + 1;
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
