#include "app/report/paged_table.hpp"

#include "app/report/text_height.hpp"
#include "layers/error.hpp"

#include <algorithm>

namespace app::xlsx {

namespace {

constexpr double kTitleHeight = 28;
constexpr double kLineHeight = 16;
constexpr double kRowHeight = 18;
constexpr double kHeadHeight = 32;
/// Titles and lines run over as many columns as are sure to be on the first printed page.
constexpr std::size_t kTitleColumns = 20;

} // namespace

PagedTable::PagedTable(Book& book, TableLayout layout, std::int64_t rowCount, Finish finish)
    : m_book(&book), m_layout(std::move(layout)), m_rowCount(rowCount), m_finish(std::move(finish)) {
    constexpr std::int64_t kTitleInfoHeader = 3;
    m_headRows =
        kTitleInfoHeader + static_cast<std::int64_t>(m_layout.alerts.size()) + (m_layout.totals ? 1 : 0);
    if (m_layout.maxSheetRows <= m_headRows) {
        throw layers::Error("工作表行数上限过小 / a sheet must hold more rows than its headers");
    }
    beginSheet();
}

void PagedTable::beginSheet() {
    const auto number = m_sheets.size() + 1;
    SheetRange range;
    range.name = number == 1 ? m_layout.sheetName : m_layout.sheetName + "(" + std::to_string(number) + ")";
    range.rows = std::min(m_rowCount - m_done, m_layout.maxSheetRows - m_headRows);
    range.firstRow = m_headRows;
    range.headerRow = m_headRows - 1;
    m_sheet = std::make_unique<Sheet>(*m_book, range.name);
    std::vector<double> widths;
    for (const TableColumn& column : m_layout.columns) {
        widths.push_back(column.width);
    }
    m_sheet->setWidths(widths);
    m_sheet->freeze(m_headRows, m_layout.frozenColumns);
    PageSetup page = m_layout.page;
    page.firstRepeatedRow = static_cast<int>(range.headerRow);
    page.lastRepeatedRow = static_cast<int>(range.headerRow);
    m_sheet->setUpPage(page);
    if (!m_layout.columnBreaks.empty()) {
        m_sheet->breakColumnsBefore(m_layout.columnBreaks);
    }
    std::int64_t row = 0;
    const std::size_t last = std::min(kTitleColumns, m_layout.columns.size()) - 1;
    m_sheet->setHeight(row, kTitleHeight);
    m_sheet->mergeRow(row++, 0, last, m_layout.title, Style::Title);
    m_sheet->setHeight(row, kLineHeight);
    const auto frozen = static_cast<std::size_t>(m_layout.frozenColumns);
    m_sheet->mergeRow(row, 0, frozen - 1, m_layout.infoStart, Style::Info);
    m_sheet->mergeRow(row++, frozen, last, m_layout.info, Style::Info);
    for (const Alert& alert : m_layout.alerts) {
        m_sheet->setHeight(row, kLineHeight);
        m_sheet->mergeRow(row, 0, frozen - 1, alert.word, Style::Alert);
        m_sheet->mergeRow(row++, frozen, last, alert.text, Style::Alert);
    }
    if (m_layout.totals) {
        m_sheet->setHeight(row, kLineHeight);
        const std::vector<layers::Value> totals = m_layout.totals(m_done, range.rows);
        for (std::size_t i = 0; i < totals.size(); ++i) {
            m_sheet->write(row, i, totals[i], m_layout.totalStyles[i]);
        }
        ++row;
    }
    m_sheet->setHeight(row, kHeadHeight);
    for (std::size_t i = 0; i < m_layout.columns.size(); ++i) {
        m_sheet->write(row, i, m_layout.columns[i].header, m_layout.columns[i].headStyle);
    }
    m_sheets.push_back(std::move(range));
}

void PagedTable::endSheet() {
    const SheetRange& range = m_sheets.back();
    const std::int64_t lastRow = range.headerRow + range.rows;
    m_sheet->autofilter(range.headerRow, lastRow, m_layout.columns.size());
    m_sheet->numbersAreText(lastRow, m_layout.columns.size());
    if (m_finish && range.rows > 0) {
        m_finish(*m_sheet, range);
    }
}

void PagedTable::addRow(const std::vector<layers::Value>& values, const std::vector<Style>& styles) {
    std::int64_t before = 0;
    for (std::size_t i = 0; i + 1 < m_sheets.size(); ++i) {
        before += m_sheets[i].rows;
    }
    if (m_done - before == m_sheets.back().rows) {
        endSheet();
        beginSheet();
        before = m_done;
    }
    const std::int64_t row = m_sheets.back().firstRow + m_done - before;
    // Heights are written, for not every program fits rows to wrapped texts by itself.
    double height = kRowHeight;
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (const auto* text = std::get_if<std::string>(&values[i])) {
            height = std::max(height, textHeight(*text, m_layout.columns[i].width));
        }
    }
    m_sheet->setHeight(row, height);
    for (std::size_t i = 0; i < m_layout.columns.size(); ++i) {
        const Style style = styles.empty() ? m_layout.columns[i].style : styles[i];
        m_sheet->write(row, i, i < values.size() ? values[i] : layers::Value{}, style);
    }
    ++m_done;
}

void PagedTable::close() {
    if (m_done != m_rowCount) {
        throw layers::Error("工作表 " + m_layout.sheetName +
                            " 的行数与预计不符 / rows of sheet differ from the count: " +
                            std::to_string(m_done) + " / " + std::to_string(m_rowCount));
    }
    endSheet();
    m_sheet.reset();
}

} // namespace app::xlsx
