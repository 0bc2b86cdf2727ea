#pragma once

#include "app/cartography/area_figures.hpp"
#include "app/cartography/cell_row.hpp"
#include "app/cartography/sheet_template.hpp"

#include <set>
#include <string>
#include <vector>

namespace app {

/// The area statement 面积计算书 of one case, laid out: A4 upright, one page, and more where the table of
/// vertices goes on. 椭球面积 by the formula of 国土调查办发〔2008〕32号 with its constants and what every
/// edge adds, the geodesic and the Gauss-Krüger area beside it, why they differ, how the list's area is
/// rounded.
class AreaStatement {
  public:
    /// @param sheet for its marks and notice; outlives this @param n the n-th listed patch, an area
    /// @param date ISO
    AreaStatement(const SheetTemplate& sheet, const CheckResult& result, std::size_t n, std::string date);

    [[nodiscard]] const std::string& number() const { return m_number; }
    [[nodiscard]] const AreaFigures& figures() const { return m_figures; }
    /// Characters that no font has, printed as 〓.
    [[nodiscard]] const std::set<std::string>& lost() const { return m_lost; }
    [[nodiscard]] std::size_t pageCount() const { return m_pages.size(); }
    /// @param page from 0
    void paint(Canvas& canvas, std::size_t page) const;

  private:
    void layFacts(const CheckResult& result, std::size_t n);
    void layResults();
    void layDifferences();
    void layRounding();
    void layFormula();
    void layVertices();
    void addRow(CellRow row, std::size_t keptWith = 0);
    void addText(const std::string& text);
    void paintHead(Canvas& canvas) const;
    static void paintSignatures(Canvas& canvas);
    [[nodiscard]] double roomOf(std::size_t page) const;

    const SheetTemplate& m_sheet;
    std::string m_date;
    std::string m_number;
    std::string m_county;
    AreaFigures m_figures;
    std::vector<std::string> m_alerts;
    std::set<std::string> m_lost;
    std::vector<std::vector<CellRow>> m_pages;
    double m_used = 0; ///< of the last page
};

/// What the area statement says of why the areas differ, each a sentence with its numbers: slanted edges,
/// geodesics, the projection.
[[nodiscard]] std::vector<std::string> differenceTexts(const AreaFigures& figures);

} // namespace app
