#include "app/report/summary_sheet.hpp"

#include "app/report/text_height.hpp"

#include <algorithm>
#include <numeric>

namespace app::xlsx {

namespace {

constexpr double kTitleHeight = 30;
constexpr double kInfoHeight = 16;
constexpr double kHeadHeight = 22;
constexpr double kRowHeight = 17;
constexpr double kNoteHeight = 15;

Style bodyStyle(int decimals, bool isTotal, std::size_t column) {
    constexpr int kTwoDecimals = 2;
    if (decimals < 0) {
        return isTotal ? Style::TotalLabel : column == 0 ? Style::Centred : Style::Text;
    }
    if (decimals == 0) {
        return isTotal ? Style::TotalWhole : Style::Whole;
    }
    if (decimals == kTwoDecimals) {
        return isTotal ? Style::TotalTwoDecimals : Style::TwoDecimals;
    }
    return isTotal ? Style::TotalHectares : Style::Hectares;
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

std::int64_t writeHeaders(Sheet& sheet, const SummaryTable& table, const SummaryLook& look,
                          std::int64_t row) {
    const std::int64_t firstHead = row;
    const std::vector<HeaderSpan> spans = headerSpans(table.headers);
    for (std::size_t r = 0; r < table.headers.size(); ++r, ++row) {
        sheet.setHeight(row, headHeight(spans, r, look.widths));
        for (std::size_t c = 0; c < table.headers[r].size(); ++c) {
            sheet.write(row, c, table.headers[r][c], look.heads[c]);
        }
        // A merge is noted when its last row is the one being written.
        for (const HeaderSpan& span : spans) {
            if (span.lastRow == r && (span.firstRow != span.lastRow || span.firstColumn != span.lastColumn)) {
                sheet.mergeWritten(firstHead + static_cast<std::int64_t>(span.firstRow), span.firstColumn,
                                   row, span.lastColumn, look.heads[span.firstColumn], span.text);
            }
        }
    }
    return row;
}

} // namespace

double widthOf(const std::vector<double>& widths, std::size_t first, std::size_t last) {
    return std::accumulate(widths.begin() + static_cast<std::ptrdiff_t>(first),
                           widths.begin() + static_cast<std::ptrdiff_t>(last) + 1, 0.0);
}

std::int64_t firstHeaderRow(const SummaryLook& look, std::int64_t row) {
    constexpr std::int64_t kTitleAndInfo = 2;
    return row + kTitleAndInfo + static_cast<std::int64_t>(look.alerts.size());
}

std::int64_t writeSummaryTable(Sheet& sheet, const SummaryTable& table, const SummaryLook& look,
                               std::int64_t row) {
    const std::size_t columns = table.headers.front().size();
    sheet.setHeight(row, kTitleHeight);
    sheet.mergeRow(row++, 0, columns - 1, table.title, Style::Title);
    sheet.setHeight(row, kInfoHeight);
    sheet.mergeRow(row++, 0, columns - 1, look.info, Style::Info);
    for (const Alert& alert : look.alerts) {
        sheet.mergeRow(row++, 0, columns - 1, alert.word + "：" + alert.text, Style::Alert);
    }
    row = writeHeaders(sheet, table, look, row);
    for (std::size_t r = 0; r < table.rows.size(); ++r, ++row) {
        const bool isTotal = r + 1 == table.rows.size();
        double height = kRowHeight;
        for (std::size_t c = 0; c < columns; ++c) {
            if (const auto* text = std::get_if<std::string>(&table.rows[r][c])) {
                height = std::max(height, textHeight(*text, look.widths[c]));
            }
        }
        sheet.setHeight(row, height);
        for (std::size_t c = 0; c < columns; ++c) {
            sheet.write(row, c, table.rows[r][c], bodyStyle(table.decimals[c], isTotal, c));
        }
    }
    for (const std::string& note : table.notes) {
        sheet.setHeight(row, std::max(kNoteHeight, textHeight(note, widthOf(look.widths, 0, columns - 1))));
        sheet.mergeRow(row++, 0, columns - 1, note, Style::Note);
    }
    return row;
}

} // namespace app::xlsx
