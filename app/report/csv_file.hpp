#pragma once

#include "layers/table.hpp"

#include <filesystem>
#include <fstream>
#include <span>
#include <string>
#include <vector>

namespace app {

/// A CSV file as our tables are written: UTF-8 with BOM, CRLF, quoted as RFC 4180. A text that begins with
/// = + - @ (also in full width), a tab, a line feed or an apostrophe gets an apostrophe before it, so that no
/// spreadsheet runs it; a reader takes one leading apostrophe away and has the text back. Throws
/// layers::Error.
class CsvFile {
  public:
    /// Writes the headers. Real numbers get their column's decimals.
    CsvFile(std::filesystem::path file, std::vector<layers::Column> columns);
    /// As many cells as columns; missing ones are empty.
    void add(std::span<const layers::Value> row);
    /// What was not closed may be missing its end.
    void close();

  private:
    std::filesystem::path m_file;
    std::vector<layers::Column> m_columns;
    std::ofstream m_out;
    std::string m_line;
};

} // namespace app
