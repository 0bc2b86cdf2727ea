#pragma once

#include "layers/table.hpp"

#include <xlsxwriter.h>

#include <array>
#include <filesystem>
#include <string>
#include <vector>

/// The only place that calls libxlsxwriter. Rows are written in order, top to bottom (constant memory).
namespace app::xlsx {

/// Looks of cells; one table in xlsx_styles.cpp says what each is.
enum class Style {
    Title,
    TitleCentred,
    Info,
    Alert,       ///< 结果无效, 管控区不完整
    HeadPlace,   ///< header of what and where (blue)
    HeadZone,    ///< header of what it touches (green)
    HeadVerdict, ///< header of what follows from it (orange)
    HeadField,   ///< header of what the field fills in (yellow)
    Text,
    Centred,
    Wrapped,
    Whole,
    Hectares,
    OneDecimal,
    TwoDecimals,
    ThreeDecimals,
    FiveDecimals,
    Degrees,
    Urgent, ///< 疑似禁止, priority 1
    Field,
    FieldDate,
    TotalLabel,
    TotalWhole,
    TotalHectares,
    TotalOneDecimal,
    TotalTwoDecimals,
    TotalThreeDecimals,
    TotalFiveDecimals,
    TotalSixDecimals,
    Label,
    Plain,
    Note,
    Count
};

/// A workbook being written; what is not close()d leaves no valid file. Throws layers::Error.
class Book {
  public:
    /// @param date ISO; the workbook's creation date, the only one in it
    Book(std::filesystem::path file, const std::string& date, const std::string& title);
    ~Book();
    Book(const Book&) = delete;
    Book& operator=(const Book&) = delete;

    [[nodiscard]] lxw_worksheet* addSheet(const std::string& name);
    [[nodiscard]] lxw_format* format(Style style) const { return m_formats[static_cast<std::size_t>(style)]; }
    /// Throws unless the library was content.
    void check(lxw_error error) const;
    void close();

  private:
    std::filesystem::path m_file;
    std::string m_folder;
    lxw_workbook* m_book = nullptr;
    std::vector<lxw_worksheet*> m_sheets;
    std::array<lxw_format*, static_cast<std::size_t>(Style::Count)> m_formats{};
};

void makeFormats(lxw_workbook* book,
                 std::array<lxw_format*, static_cast<std::size_t>(Style::Count)>& formats);

/// Paper, margins and what repeats on each printed page.
struct PageSetup {
    enum class Paper { A3, A4 };
    Paper paper = Paper::A4;
    int firstRepeatedRow = -1; ///< header rows to repeat; none when negative
    int lastRepeatedRow = -1;
    int repeatedColumns = 0;
    bool fitWidth = true; ///< one page wide; else `scale` per cent
    int scale = 100;
};

/// A worksheet, filled row by row.
class Sheet {
  public:
    Sheet(Book& book, const std::string& name);

    void setWidths(const std::vector<double>& widths);
    void setUpPage(const PageSetup& setup);
    void freeze(std::int64_t rows, int columns);
    /// Height in points of a row that is not written yet.
    void setHeight(std::int64_t row, double points);
    void write(std::int64_t row, std::size_t column, const layers::Value& value, Style style);
    void blank(std::int64_t row, std::size_t column, Style style);
    /// Merges cells of one row and writes the text into them.
    void mergeRow(std::int64_t row, std::size_t first, std::size_t last, const std::string& text,
                  Style style);
    /// Merges cells that stand already, the last row being the current one.
    void mergeWritten(std::int64_t firstRow, std::size_t firstColumn, std::int64_t lastRow,
                      std::size_t lastColumn, Style style, const std::string& text);
    void autofilter(std::int64_t headerRow, std::int64_t lastRow, std::size_t columns);
    void breakColumnsBefore(const std::vector<std::size_t>& columns);
    void breakRowsBefore(const std::vector<std::int64_t>& rows);
    /// A drop-down for a column; other answers are taken after a question.
    void choices(std::int64_t firstRow, std::int64_t lastRow, std::size_t column,
                 const std::vector<std::string>& values, const std::string& promptTitle,
                 const std::string& prompt);
    void hide();
    /// Ids that look like numbers are meant to be text: no green corners.
    void numbersAreText(std::int64_t lastRow, std::size_t columns);

  private:
    Book* m_book;
    lxw_worksheet* m_sheet;
};

} // namespace app::xlsx
