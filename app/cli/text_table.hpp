#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace app {

/// Columns that a text takes in a terminal: two for a Chinese or other wide character.
[[nodiscard]] std::size_t terminalWidth(std::string_view text);

/// A table for the terminal, whose columns stand below each other also with Chinese in them. Widths are those
/// of the first rows; later rows are printed as they come, so that memory stays bounded.
class TextTable {
  public:
    enum class Align { Left, Right };
    struct Column {
        std::string header;
        Align align = Align::Left;
        std::size_t most = 40; ///< terminal columns; longer texts end with "…"
    };
    explicit TextTable(std::vector<Column> columns) : m_columns(std::move(columns)) {}

    /// As many cells as columns.
    void add(std::vector<std::string> cells);
    /// Prints what is left; a table without rows prints nothing.
    void finish();

  private:
    void settle();
    void print(const std::vector<std::string>& cells) const;

    std::vector<Column> m_columns;
    std::vector<std::size_t> m_widths; ///< once they are settled
    std::vector<std::vector<std::string>> m_waiting;
};

} // namespace app
