#include "app/report/ledger_book.hpp"

#include "app/report/head_rows.hpp"
#include "app/report/paged_table.hpp"
#include "app/report/summary_sheet.hpp"
#include "app/report/text_height.hpp"

#include <algorithm>

namespace app {

namespace {

using xlsx::Style;

/// A3 landscape holds columns of 180 characters together at this scale.
constexpr int kPrintScale = 74;
constexpr std::int64_t kMaxSheetRows = 1'048'576;

Style headStyle(HeadColour colour) {
    switch (colour) {
    case HeadColour::Green:
        return Style::HeadZone;
    case HeadColour::Orange:
        return Style::HeadVerdict;
    case HeadColour::Yellow:
        return Style::HeadField;
    case HeadColour::Blue:
        break;
    }
    return Style::HeadPlace;
}

Style cellStyle(CellLook look) {
    switch (look) {
    case CellLook::Centred:
        return Style::Centred;
    case CellLook::Whole:
        return Style::Whole;
    case CellLook::Hectares:
        return Style::Hectares;
    case CellLook::Blank:
        return Style::Field;
    case CellLook::BlankDate:
        return Style::FieldDate;
    case CellLook::Text:
        break;
    }
    return Style::Text;
}

std::vector<xlsx::Alert> alertsOf(const std::vector<BookAlert>& alerts) {
    std::vector<xlsx::Alert> shown;
    shown.reserve(alerts.size());
    for (const BookAlert& alert : alerts) {
        shown.push_back({alert.word, alert.text});
    }
    return shown;
}

xlsx::SummaryLook lookOf(const BookTable& table, const std::string& info,
                         const std::vector<BookAlert>& alerts) {
    xlsx::SummaryLook look;
    look.widths = table.widths;
    for (const HeadColour colour : table.colours) {
        look.heads.push_back(headStyle(colour));
    }
    look.info = info;
    look.alerts = alertsOf(alerts);
    return look;
}

} // namespace

std::vector<layers::Column> csvColumns(const SummaryTable& table) {
    std::vector<layers::Column> columns(table.headers.front().size());
    for (const HeaderSpan& span : headerSpans(table.headers)) {
        for (std::size_t c = span.firstColumn; c <= span.lastColumn; ++c) {
            std::string& header = columns[c].header;
            header += (header.empty() || span.text.empty() ? "" : "_") + span.text;
        }
    }
    for (std::size_t c = 0; c < columns.size(); ++c) {
        columns[c].decimals = std::max(0, table.decimals[c]);
    }
    return columns;
}

std::vector<layers::Column> csvColumns(const BookList& list) {
    std::vector<layers::Column> columns;
    columns.reserve(list.columns.size());
    for (const BookColumn& column : list.columns) {
        columns.push_back(column.column);
    }
    return columns;
}

LedgerBook::LedgerBook(const std::filesystem::path& file, const std::string& date, const std::string& title,
                       std::string infoStart, std::vector<BookAlert> alerts)
    : m_infoStart(std::move(infoStart)), m_alerts(std::move(alerts)),
      m_book(std::make_unique<xlsx::Book>(file, date, title)) {}

LedgerBook::~LedgerBook() = default;

void LedgerBook::addTable(const BookTable& table) {
    xlsx::Sheet sheet(*m_book, table.sheet);
    const xlsx::SummaryLook look = lookOf(table, m_infoStart + "　" + table.info, m_alerts);
    sheet.setWidths(look.widths);
    const std::int64_t head = firstHeaderRow(look, 0);
    const auto heads = static_cast<std::int64_t>(table.table.headers.size());
    sheet.freeze(head + heads, 1);
    xlsx::PageSetup page;
    page.firstRepeatedRow = static_cast<int>(head);
    page.lastRepeatedRow = static_cast<int>(head + heads - 1);
    sheet.setUpPage(page);
    const std::int64_t end = writeSummaryTable(sheet, table.table, look, 0);
    sheet.numbersAreText(end, look.widths.size());
}

void LedgerBook::addList(const BookList& list, const FillRows& fill) {
    xlsx::TableLayout layout;
    layout.sheetName = list.sheet;
    layout.title = list.title;
    layout.infoStart = m_infoStart;
    layout.info = list.info;
    layout.alerts = alertsOf(m_alerts);
    std::vector<Style> plain;
    std::vector<Style> urgent;
    for (const BookColumn& column : list.columns) {
        plain.push_back(cellStyle(column.look));
        urgent.push_back(column.showsUrgency ? Style::Urgent : plain.back());
        layout.columns.push_back(
            {column.column.header, column.width, plain.back(), headStyle(column.colour)});
    }
    layout.frozenColumns = list.frozenColumns;
    if (!list.pageBreaks.empty()) {
        layout.page.paper = xlsx::PageSetup::Paper::A3;
        layout.page.repeatedColumns = list.frozenColumns;
        layout.page.fitWidth = false;
        layout.page.scale = kPrintScale;
        layout.columnBreaks = list.pageBreaks;
    }
    layout.maxSheetRows = kMaxSheetRows;
    xlsx::PagedTable table(*m_book, std::move(layout), list.rows);
    fill([&](const std::vector<layers::Value>& row, RowTone tone) {
        table.addRow(row, tone == RowTone::Urgent ? urgent : plain);
    });
    table.close();
}

void LedgerBook::addNotes(const std::string& sheetName, const std::string& title,
                          const std::vector<ExplanationLine>& lines, const BookTable* table) {
    constexpr double kLabelColumn = 18;
    constexpr double kTextColumn = 120;
    constexpr double kTitleHeight = 30;
    constexpr double kRowHeight = 17;
    xlsx::Sheet sheet(*m_book, sheetName);
    const std::vector<double> widths =
        table == nullptr ? std::vector{kLabelColumn, kTextColumn} : table->widths;
    sheet.setWidths(widths);
    sheet.setUpPage({});
    const std::size_t last = widths.size() - 1;
    std::int64_t row = 0;
    sheet.setHeight(row, kTitleHeight);
    sheet.mergeRow(row++, 0, last, title, Style::Title);
    for (const BookAlert& alert : m_alerts) {
        sheet.mergeRow(row++, 0, last, alert.word + "：" + alert.text, Style::Alert);
    }
    const double textWidth = xlsx::widthOf(widths, 1, last);
    for (const ExplanationLine& line : lines) {
        sheet.setHeight(row, std::max(kRowHeight, textHeight(line.text, textWidth)));
        sheet.write(row, 0, line.label, Style::Label);
        sheet.mergeRow(row++, 1, last, line.text, Style::Wrapped);
    }
    if (table != nullptr) {
        row = writeSummaryTable(sheet, table->table, lookOf(*table, m_infoStart + "　" + table->info, {}),
                                row + 1);
    }
    sheet.numbersAreText(row, widths.size());
}

void LedgerBook::close() {
    m_book->close();
}

} // namespace app
