#include "app/cartography/cell_row.hpp"

#include <algorithm>

namespace app {

namespace {

constexpr double kPaddingMm = 0.9;
constexpr double kAboveBelowMm = 0.5;
constexpr double kTitleHeightMm = 4.6;
constexpr double kTitleSizeMm = 2.9;

} // namespace

CellRow::CellRow(std::vector<SheetCell> cells, double leastMm)
    : m_cells(std::move(cells)), m_height(leastMm) {
    for (SheetCell& cell : m_cells) {
        cell.style.widthMm = cell.widthMm - 2 * kPaddingMm;
        const TextSize size = measureText(cell.text, cell.style);
        m_textHeights.push_back(size.height);
        m_height = std::max(m_height, size.height + 2 * kAboveBelowMm);
        m_isCut = m_isCut || size.isCut;
    }
}

void CellRow::paint(Canvas& canvas, const PagePoint& at) const {
    double x = at.x;
    for (std::size_t i = 0; i < m_cells.size(); ++i) {
        const SheetCell& cell = m_cells[i];
        canvas.rectangle({x, at.y, cell.widthMm, m_height});
        if (cell.isLabel) {
            canvas.fill({kPaleGrey}, Canvas::After::Keep);
        }
        canvas.stroke({kBlack, 0.12});
        canvas.text({x + kPaddingMm, at.y + (m_height - m_textHeights[i]) / 2}, cell.text, cell.style);
        x += cell.widthMm;
    }
}

void RowFlow::add(const std::string& label, const TextStyle& labelStyle, const std::string& text,
                  const TextStyle& textStyle, int span, double leastMm) {
    if (m_used + span > m_cellsARow) {
        flush();
    }
    m_cells.push_back({label, m_label, labelStyle, true});
    m_cells.push_back({text, m_width / m_cellsARow * span - m_label, textStyle, false});
    m_used += span;
    m_least = std::max(m_least, leastMm);
    if (m_used == m_cellsARow) {
        flush();
    }
}

void RowFlow::flush() {
    if (!m_cells.empty()) {
        m_cells.back().widthMm += m_width / m_cellsARow * (m_cellsARow - m_used); // a row without holes
        m_rows.emplace_back(std::move(m_cells), m_least);
    }
    m_cells.clear();
    m_used = 0;
    m_least = 0;
}

CellRow titleRow(const std::string& text, double widthMm) {
    TextStyle style;
    style.sizeMm = kTitleSizeMm;
    style.bold = true;
    style.mostLines = 1;
    return {{{text, widthMm, style, true}}, kTitleHeightMm};
}

} // namespace app
