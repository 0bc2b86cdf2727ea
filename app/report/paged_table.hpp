#pragma once

#include "app/report/xlsx_handle.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace app::xlsx {

/// A column of a sheet: header, width in characters, looks of header and cells.
struct TableColumn {
    std::string header;
    double width = 10;
    Style style = Style::Text;
    Style headStyle = Style::HeadPlace;
};

/// What a reader must know first: the word stands over the frozen columns, and so on every printed page.
struct Alert {
    std::string word;
    std::string text;
};

/// A table on a sheet: title, a line of information, alerts, a total line where there is one, header, rows.
/// The total stands above the header, so that neither sorting nor filtering nor a return sweeps it up.
struct TableLayout {
    std::string sheetName; ///< further sheets are called NAME(2), NAME(3) …
    std::string title;
    std::string infoStart; ///< batch and date, over the frozen columns
    std::string info;      ///< the rest of that line, beside them
    std::vector<Alert> alerts;
    std::vector<TableColumn> columns;
    int frozenColumns = 0;
    PageSetup page;
    std::vector<std::size_t> columnBreaks; ///< printed pages begin with these columns
    std::int64_t maxSheetRows = 0;         ///< rows of a sheet, headers included
    /// The total line of a sheet whose rows are [first, first + count) of the table; empty: none.
    std::function<std::vector<layers::Value>(std::int64_t first, std::int64_t count)> totals;
    std::vector<Style> totalStyles;
};

/// Where the rows of one sheet stand.
struct SheetRange {
    std::string name;
    std::int64_t headerRow = 0;
    std::int64_t firstRow = 0;
    std::int64_t rows = 0;
};

/// Writes a table of a known number of rows over as many sheets as it needs.
class PagedTable {
  public:
    /// Called once a sheet has all its rows: drop-downs and the like.
    using Finish = std::function<void(Sheet& sheet, const SheetRange& range)>;

    PagedTable(Book& book, TableLayout layout, std::int64_t rowCount, Finish finish = {});
    /// @param styles for this row; empty: the columns' own
    void addRow(const std::vector<layers::Value>& values, const std::vector<Style>& styles = {});
    /// Ends the table; every row must have been added.
    void close();
    [[nodiscard]] const std::vector<SheetRange>& sheets() const { return m_sheets; }

  private:
    void beginSheet();
    void endSheet();

    Book* m_book;
    TableLayout m_layout;
    std::int64_t m_rowCount;
    Finish m_finish;
    std::int64_t m_headRows = 0; ///< rows above the first row of data
    std::int64_t m_done = 0;
    std::unique_ptr<Sheet> m_sheet;
    std::vector<SheetRange> m_sheets;
};

} // namespace app::xlsx
