#pragma once

#include "app/cartography/canvas.hpp"
#include "app/report/summary.hpp"

#include <string>
#include <vector>

namespace app {

/// A SummaryTable on paper: columns as wide as their figures, merged headers, body, 合计. Texts are measured
/// when it is made.
class PaperTable {
  public:
    /// @param roomMm for all columns @param sizeMm of the letters
    PaperTable(const SummaryTable& table, double roomMm, double sizeMm);

    /// The columns' figures have room in one line each.
    [[nodiscard]] bool fits() const { return m_fits; }
    [[nodiscard]] double headHeight() const;
    [[nodiscard]] std::size_t rowCount() const { return m_texts.size(); }
    [[nodiscard]] double rowHeight(std::size_t row) const { return m_rowHeights[row]; }
    /// Paints header rows. @return where they end
    double paintHead(Canvas& canvas, const PagePoint& at) const;
    double paintRow(Canvas& canvas, std::size_t row, const PagePoint& at) const;
    [[nodiscard]] double width() const;

  private:
    void measureColumns(double roomMm);
    void measureHeads();
    [[nodiscard]] TextStyle cellStyle(std::size_t row, std::size_t column) const;

    std::vector<std::vector<std::string>> m_texts;
    std::vector<std::vector<bool>> m_isZero;
    std::vector<HeaderSpan> m_heads;
    std::vector<int> m_decimals;
    double m_size;
    bool m_fits = true;
    std::vector<double> m_widths;
    std::vector<double> m_headHeights; ///< by header row
    std::vector<double> m_rowHeights;
};

} // namespace app
