#pragma once

#include "layers/table.hpp"

#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace app {

/// The cells of a row, filled from left to right and used again for the next row (texts keep their memory).
class RowCells {
  public:
    explicit RowCells(std::size_t width) : m_cells(width) {}

    RowCells& begin() {
        m_next = 0;
        return *this;
    }
    /// An empty text becomes an empty cell.
    RowCells& text(std::string_view value) {
        layers::Value& cell = m_cells[m_next++];
        if (value.empty()) {
            cell = std::monostate();
        } else if (auto* kept = std::get_if<std::string>(&cell)) {
            kept->assign(value);
        } else {
            cell.emplace<std::string>(value);
        }
        return *this;
    }
    RowCells& integer(std::int64_t value) {
        m_cells[m_next++] = value;
        return *this;
    }
    RowCells& real(double value) {
        m_cells[m_next++] = value;
        return *this;
    }
    RowCells& real(const std::optional<double>& value) { return value ? real(*value) : empty(); }
    RowCells& empty(std::size_t count = 1) {
        for (std::size_t i = 0; i < count; ++i) {
            m_cells[m_next++] = std::monostate();
        }
        return *this;
    }
    /// All cells; the writer refuses a row of another width than its table's.
    [[nodiscard]] std::span<const layers::Value> cells() const { return {m_cells.data(), m_next}; }

  private:
    std::vector<layers::Value> m_cells;
    std::size_t m_next = 0;
};

} // namespace app
