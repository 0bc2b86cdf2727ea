#pragma once

#include "app/cartography/cell_row.hpp"
#include "app/cartography/sheet_content.hpp"
#include "app/cartography/sheet_map.hpp"

#include <string>
#include <vector>

namespace app {

/// A4 upright, with a margin to bind at the left (domain.md 3.5).
inline constexpr double kPaperWidthMm = 210;
inline constexpr double kPaperHeightMm = 297;
inline constexpr PageBox kPrinted{25, 10, 170, 272};

/// Where a page stands in its file.
struct PagePlace {
    std::string county;
    std::size_t sheet = 0; ///< from 1; 0: the cover
    std::size_t sheets = 0;
    std::size_t page = 0; ///< from 1
    std::size_t pages = 0;
};
/// How the title of a paper stands below its mark.
struct TitleLook {
    double sizeMm = 5.4;
    double dropMm = 4; ///< below the top of the mark
};
/// The mark (内部资料) at the left, the title in the middle of a width.
void paintTitle(Canvas& canvas, const PagePoint& at, double widthMm, const std::string& mark,
                const std::string& title, const TitleLook& look = {});
/// The last line of a page: the notice and, of a sheet, its own pages.
/// @param page from 1 @param pages of the sheet; 0: none is told
void paintFoot(Canvas& canvas, const SheetTemplate& sheet, std::size_t page, std::size_t pages);
/// The line below it, where the page stands in its file; laid over a sheet that was drawn before.
void paintPlace(Canvas& canvas, const PagePlace& place);

/// The task sheet of one case, laid out: one page, and more where texts and tables need them. What page 1 has
/// to cut ends in … there and stands whole on page 2. Texts are measured when it is made; painting changes
/// nothing.
class TaskSheet {
  public:
    /// @param sheet outlives this
    /// @param patch slot in the result
    TaskSheet(const SheetTemplate& sheet, SheetContent content, std::size_t patch);

    [[nodiscard]] std::size_t pageCount() const { return 1 + m_more.size(); }
    [[nodiscard]] const SheetContent& content() const { return m_content; }
    [[nodiscard]] std::size_t patch() const { return m_patch; }
    /// Where the map with its legend stands on page 1.
    [[nodiscard]] PageBox mapBox() const;
    /// Where the images stand on a page, from `top` on.
    [[nodiscard]] static PageBox chipsBox(double top);
    /// @param page from 0, of this sheet
    void paint(Canvas& canvas, std::size_t page, SheetMaps& maps) const;

  private:
    struct FirstPage {
        std::vector<CellRow> facts;
        std::vector<CellRow> overlaps; ///< with title and header
        std::vector<CellRow> points;
        std::size_t overlapsShown = 0;
        double mapHeight = 0;
        bool hasRecord = true;
    };
    [[nodiscard]] std::vector<CellRow> factRows(int mostLines) const;
    [[nodiscard]] CellRow overlapRow(const std::vector<std::string>& texts, int mostLines) const;
    [[nodiscard]] CellRow overlapHead() const;
    [[nodiscard]] std::vector<CellRow> pointRows() const;
    [[nodiscard]] FirstPage firstPage(int mostLines, std::size_t overlaps, bool hasRecord) const;
    void layFirstPage();
    void layRecord();
    void layMore();
    void addMore(CellRow row);
    void paintHead(Canvas& canvas) const;
    void paintRecord(Canvas& canvas, double top) const;

    const SheetTemplate& m_sheet;
    SheetContent m_content;
    std::size_t m_patch;
    FirstPage m_first;
    std::vector<CellRow> m_record; ///< left: checklist, record, signatures
    double m_recordHeight = 0;
    std::vector<std::vector<CellRow>> m_more; ///< rows of the pages after the first
    double m_moreHeight = 0;                  ///< of the last of them
};

} // namespace app
