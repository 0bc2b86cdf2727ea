#include "app/report/sheets.hpp"

#include "app/report/summary.hpp"
#include "app/report/xlsx_handle.hpp"

#include <algorithm>

namespace app::xlsx {

namespace {

using layers::Value;

constexpr double kTitleHeight = 30;
constexpr double kInfoHeight = 16;
constexpr double kHeadHeight = 22;
constexpr double kRowHeight = 17;
constexpr double kNoteHeight = 15;
constexpr double kLabelWidth = 20;
constexpr double kNumberWidth = 9;
/// A4 landscape holds the 27 columns of the first table at this scale.
constexpr int kPrintScale = 58;

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

/// Writes a table from `row` on and returns the row after its notes.
std::int64_t writeTable(Sheet& sheet, const SummaryTable& table, const SheetContext& context,
                        std::int64_t row) {
    const std::size_t columns = table.headers.front().size();
    sheet.setHeight(row, kTitleHeight);
    sheet.mergeRow(row++, 0, columns - 1, table.title, Style::Title);
    sheet.setHeight(row, kInfoHeight);
    sheet.mergeRow(row++, 0, columns - 1,
                   context.infoStart + "　单位：处、公顷　疑似问题线索，以实地核查为准", Style::Info);
    const std::int64_t firstHead = row;
    const std::vector<HeaderSpan> spans = headerSpans(table.headers);
    for (std::size_t r = 0; r < table.headers.size(); ++r, ++row) {
        sheet.setHeight(row, kHeadHeight);
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
        sheet.setHeight(row, kRowHeight);
        for (std::size_t c = 0; c < columns; ++c) {
            sheet.write(row, c, table.rows[r][c], bodyStyle(table.decimals[c], isTotal, c));
        }
    }
    for (const std::string& note : table.notes) {
        sheet.setHeight(row, kNoteHeight);
        sheet.mergeRow(row++, 0, columns - 1, note, Style::Note);
    }
    return row;
}

} // namespace

void writeSummarySheet(Book& book, const SheetContext& context) {
    Sheet sheet(book, "汇总表");
    const std::vector<SummaryTable> tables = summaryTables(*context.result);
    std::size_t columns = 0;
    for (const SummaryTable& table : tables) {
        columns = std::max(columns, table.headers.front().size());
    }
    std::vector<double> widths(columns, kNumberWidth);
    widths.front() = kLabelWidth;
    sheet.setWidths(widths);
    PageSetup page;
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
    for (const std::string& alert : context.alerts) {
        sheet.mergeRow(row++, 0, 1, alert, Style::Alert);
    }
    std::vector<ExplanationLine> lines = explanation(*context.result);
    lines.push_back({"导出标识", exportId});
    for (const ExplanationLine& line : lines) {
        sheet.write(row, 0, line.label, Style::Label);
        sheet.write(row++, 1, line.text, Style::Wrapped);
    }
}

} // namespace app::xlsx
