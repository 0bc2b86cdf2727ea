#pragma once

#include "app/cartography/canvas.hpp"

#include <string>
#include <vector>

namespace app {

/// A cell of a table on paper.
struct SheetCell {
    std::string text;
    double widthMm = 0;
    TextStyle style;
    bool isLabel = false; ///< on grey
};

/// A row of bordered cells, as high as its highest text.
class CellRow {
  public:
    /// @param leastMm the height without texts
    CellRow(std::vector<SheetCell> cells, double leastMm);

    [[nodiscard]] double height() const { return m_height; }
    void setHeight(double height) { m_height = height; }
    /// A text has more lines than its style allows.
    [[nodiscard]] bool isCut() const { return m_isCut; }
    [[nodiscard]] const std::vector<SheetCell>& cells() const { return m_cells; }
    void paint(Canvas& canvas, const PagePoint& at) const;

  private:
    std::vector<SheetCell> m_cells;
    std::vector<double> m_textHeights;
    double m_height = 0;
    bool m_isCut = false;
};

/// Labelled cells side by side, row after row; what a row has no cell for goes to its last text.
class RowFlow {
  public:
    /// @param rows takes the rows @param cellsARow spans that fill one
    RowFlow(std::vector<CellRow>& rows, double widthMm, int cellsARow, double labelMm)
        : m_rows(rows), m_width(widthMm), m_cellsARow(cellsARow), m_label(labelMm) {}

    void add(const std::string& label, const TextStyle& labelStyle, const std::string& text,
             const TextStyle& textStyle, int span, double leastMm);
    /// Ends the row that is begun.
    void flush();

  private:
    std::vector<CellRow>& m_rows;
    double m_width;
    int m_cellsARow;
    double m_label;
    std::vector<SheetCell> m_cells;
    int m_used = 0;
    double m_least = 0;
};

/// A row with one bold text on grey over the whole width.
[[nodiscard]] CellRow titleRow(const std::string& text, double widthMm);

} // namespace app
