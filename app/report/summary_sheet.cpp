#include "app/report/summary_sheet.hpp"

#include "app/report/head_rows.hpp"
#include "app/report/text_height.hpp"

#include <algorithm>

namespace app::xlsx {

namespace {

constexpr double kTitleHeight = 30;
constexpr double kInfoHeight = 16;
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

} // namespace

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
    row = writeHeadRows(sheet, table.headers, look.widths, row,
                        [&look](std::size_t column) { return look.heads[column]; });
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
