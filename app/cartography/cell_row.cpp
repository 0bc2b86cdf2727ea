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

CellRow titleRow(const std::string& text, double widthMm) {
    TextStyle style;
    style.sizeMm = kTitleSizeMm;
    style.bold = true;
    style.mostLines = 1;
    return {{{text, widthMm, style, true}}, kTitleHeightMm};
}

} // namespace app
