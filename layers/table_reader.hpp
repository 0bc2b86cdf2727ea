#pragma once

#include "layers/problem_log.hpp"
#include "layers/reader.hpp"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace layers {

/// A cell that its format makes a time of day, as 30:15:20 typed into a spreadsheet becomes one.
struct ClockCell {
    int column = 0;      ///< from 0
    bool isWhole = true; ///< false: days are lost, or which part is hours is not known
};

/// A row of a table without geometry, as text.
struct TableRow {
    std::int64_t number = 0;        ///< as a spreadsheet counts it, from 1, headings included
    std::vector<std::string> cells; ///< UTF-8, trimmed
    std::vector<ClockCell> clocks;
};

/// What is known of a table before its rows are read.
struct TableInfo {
    std::string sheet; ///< or the file's name without extension
    std::string encoding;
    std::string encodingReason;
    std::vector<std::string> encodingSamples; ///< up to five texts that are not ASCII, as they came out
    std::int64_t rows = 0;                    ///< as counted or promised
    std::vector<std::filesystem::path> members;
    bool isDelimited = false; ///< a text, whose rows may have more or fewer cells than its heading
};

/// Rows of a CSV or text file, a sheet or a .dbf, one by one. Problems go to the log given to openTable.
class TableReader {
  public:
    TableReader() = default;
    virtual ~TableReader() = default;
    TableReader(const TableReader&) = delete;
    TableReader& operator=(const TableReader&) = delete;

    [[nodiscard]] virtual const TableInfo& info() const = 0;
    /// The next row; false at the end. Throws layers::Error where the rest cannot be read.
    [[nodiscard]] virtual bool next(TableRow& row) = 0;
};

/// True for the extensions that openTable knows beside .dbf: .csv .txt .tsv .xlsx .xlsm .xls
[[nodiscard]] bool isTableFile(const std::filesystem::path& file);

/// Opens "FILE" or "FILE:SHEET" read-only. `encoding` is --encoding's, or empty. A .dbf gives its column
/// names as the first row. The log must outlive the reader. Throws layers::Error.
[[nodiscard]] std::unique_ptr<TableReader> openTable(const LayerRef& ref, const std::string& encoding,
                                                     ProblemLog& log);
/// Names of a workbook's sheets that hold anything, hidden ones too. Throws layers::Error.
[[nodiscard]] std::vector<std::string> spreadsheetSheets(const std::filesystem::path& file);
[[nodiscard]] std::unique_ptr<TableReader> openSpreadsheet(const LayerRef& ref, ProblemLog& log);

} // namespace layers
