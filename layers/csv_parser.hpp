#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace layers {

/// Cuts delimited text (RFC 4180, with what offices do to it) into records, in one pass. Quotes may hold
/// delimiters, line ends and doubled quotes; a quote inside an unquoted cell is a character (101°57'36");
/// line ends are LF, CRLF or CR.
class CsvParser {
  public:
    /// `more` replaces its argument by the next piece of UTF-8 text; false at the end.
    CsvParser(char delimiter, std::function<bool(std::string&)> more)
        : m_more(std::move(more)), m_delimiter(delimiter) {}

    /// The next record, cells as they stand; false at the end. Throws layers::Error naming the line where a
    /// quote is opened and not closed within 4 MiB.
    [[nodiscard]] bool next(std::vector<std::string>& cells);
    /// Line on which the last record began, from 1.
    [[nodiscard]] std::int64_t line() const { return m_recordLine; }

  private:
    [[nodiscard]] bool fill();
    [[nodiscard]] bool takePlain(std::string& cell);
    [[nodiscard]] bool takeQuoted(std::string& cell);
    void endLine();

    std::function<bool(std::string&)> m_more;
    char m_delimiter;
    std::string m_text;
    std::size_t m_at = 0;
    std::int64_t m_line = 1;
    std::int64_t m_recordLine = 1;
};

/// The delimiter among , ; tab and | that cuts the records of a text's beginning most evenly into most cells;
/// a comma where none does.
[[nodiscard]] char delimiterOf(std::string_view start);

} // namespace layers
