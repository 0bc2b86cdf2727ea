#pragma once

#include "app/cartography/sheet_singles.hpp"

#include <string>
#include <vector>

namespace app {

/// The list before the sheets of a file: number, patch, zone, verdict, area and page of each.
class SheetCover {
  public:
    /// Lays the rows out. The template and the result outlive this.
    SheetCover(const SheetTemplate& sheet, const CheckResult& result, std::string title,
               const std::vector<const SingleSheet*>& sheets);

    [[nodiscard]] std::size_t pages() const { return m_starts.size(); }
    [[nodiscard]] std::size_t sheetPages() const { return m_sheetPages; }
    /// In the file, from 1.
    [[nodiscard]] std::size_t firstPage(std::size_t sheet) const { return pages() + m_firstPages[sheet]; }

    /// @param date ISO
    void paint(Canvas& canvas, std::size_t page, const PagePlace& place, const std::string& date) const;

  private:
    const SheetTemplate& m_sheet;
    std::string m_title;
    std::vector<std::vector<std::string>> m_texts;
    std::vector<std::size_t> m_firstPages; ///< counted from the first page after the cover
    std::vector<std::size_t> m_starts;     ///< the first row of each page of the cover
    std::size_t m_sheetPages = 0;
};

} // namespace app
