#pragma once

#include "app/report/summary.hpp"
#include "layers/table.hpp"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace app {

/// Colour of a header, as in 核查清单: what and where, what it touches, what follows, what people fill in.
enum class HeadColour { Blue, Green, Orange, Yellow };

/// A table of figures on a sheet of its own.
struct BookTable {
    std::string sheet;
    std::string info; ///< the line under the title, after the workbook's own words
    SummaryTable table;
    std::vector<double> widths;      ///< of its columns, in characters
    std::vector<HeadColour> colours; ///< of its columns' headers
};
/// Its columns as a CSV has them, one header each: 状态_待研判.
[[nodiscard]] std::vector<layers::Column> csvColumns(const SummaryTable& table);

/// How the cells of a list's column look; Blank ones are filled in by people.
enum class CellLook { Text, Centred, Whole, Hectares, Blank, BlankDate };
struct BookColumn {
    layers::Column column; ///< header and decimals
    double width = 10;
    HeadColour colour = HeadColour::Blue;
    CellLook look = CellLook::Text;
    bool showsUrgency = false; ///< red in urgent rows
};
/// A list of cases on as many sheets as it needs.
struct BookList {
    std::string sheet;
    std::string title;
    std::string info; ///< the line under the title, after the workbook's own words
    std::vector<BookColumn> columns;
    int frozenColumns = 2;
    /// Printed pages begin with these columns, on A3 with the frozen ones repeated; none: A4, one page wide.
    std::vector<std::size_t> pageBreaks;
    std::int64_t rows = 0;
};
[[nodiscard]] std::vector<layers::Column> csvColumns(const BookList& list);

enum class RowTone { Plain, Urgent };
/// Takes one row; `fill` calls it once for each, in order.
using AddRow = std::function<void(const std::vector<layers::Value>&, RowTone)>;
using FillRows = std::function<void(const AddRow&)>;

/// A word that every sheet must show before any figure (结果无效), and why.
struct BookAlert {
    std::string word;
    std::string text;
};

namespace xlsx {
class Book;
}

/// A workbook of what the ledger holds: tables, lists, notes, in the order in which they are added. Constant
/// memory; the same content and date give the same bytes. No cell is a formula. Throws layers::Error.
class LedgerBook {
  public:
    /// @param date ISO, the workbook's creation date @param infoStart a few words under every title
    LedgerBook(const std::filesystem::path& file, const std::string& date, const std::string& title,
               std::string infoStart, std::vector<BookAlert> alerts = {});
    ~LedgerBook(); ///< what was not closed leaves no file
    LedgerBook(const LedgerBook&) = delete;
    LedgerBook& operator=(const LedgerBook&) = delete;

    void addTable(const BookTable& table);
    /// Throws when `fill` gives more or fewer rows than the list says.
    void addList(const BookList& list, const FillRows& fill);
    /// Label and text by line, and below them a table when there is one (its sheet name is not used).
    void addNotes(const std::string& sheet, const std::string& title,
                  const std::vector<ExplanationLine>& lines, const BookTable* table = nullptr);
    void close();

  private:
    std::string m_infoStart;
    std::vector<BookAlert> m_alerts;
    std::unique_ptr<xlsx::Book> m_book;
};

} // namespace app
