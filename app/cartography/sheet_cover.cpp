#include "app/cartography/sheet_cover.hpp"

#include "app/cartography/cell_row.hpp"
#include "app/check/list_rows.hpp"
#include "app/report/cell_text.hpp"

#include <fmt/format.h>

#include <array>

namespace app {

namespace {

using layers::ListColumn;

constexpr double kRowMm = 5.4;
constexpr double kHeadMm = 20;

CellRow coverRow(const std::vector<std::string>& texts, bool isHead) {
    constexpr std::array kWidths{9.0, 38.0, 30.0, 43.0, 22.0, 17.0, 11.0};
    std::vector<SheetCell> cells;
    for (std::size_t i = 0; i < kWidths.size(); ++i) {
        TextStyle style;
        style.sizeMm = 2.5;
        style.mostLines = 2;
        style.bold = isHead;
        style.align = isHead || i == 0 || i >= 4 ? TextAlign::Centre : TextAlign::Left;
        cells.push_back({texts[i], kWidths[i], style, isHead});
    }
    return {std::move(cells), kRowMm};
}

} // namespace

SheetCover::SheetCover(const SheetTemplate& sheet, const CheckResult& result, std::string title,
                       const std::vector<const SingleSheet*>& sheets)
    : m_sheet(sheet), m_title(std::move(title)) {
    std::size_t page = 1;
    double used = 0;
    for (std::size_t i = 0; i < sheets.size(); ++i) {
        const layers::ListRow list = listRow(result, sheets[i]->n);
        const auto text = [&](ListColumn column) {
            return paperText(printedText(list[static_cast<std::size_t>(column)], layers::listColumn(column)));
        };
        m_texts.push_back({fmt::format("{}", i + 1), text(ListColumn::TaskNumber), text(ListColumn::PatchId),
                           sheets[i]->mainZone, text(ListColumn::Verdict), text(ListColumn::AreaHa), ""});
        m_firstPages.push_back(page);
        page += sheets[i]->pages;
        const double height = coverRow(m_texts.back(), false).height();
        if (m_starts.empty() || used + height > kPrinted.height - kHeadMm - kRowMm) {
            m_starts.push_back(i);
            used = 0;
        }
        used += height;
    }
    m_sheetPages = page - 1;
}

void SheetCover::paint(Canvas& canvas, std::size_t page, const PagePlace& place,
                       const std::string& date) const {
    paintTitle(canvas, {kPrinted.x, kPrinted.y}, kPrinted.width, m_sheet.mark, m_title);
    TextStyle style;
    style.sizeMm = 2.75;
    canvas.text({kPrinted.x, kPrinted.y + 14},
                fmt::format("共 {} 单 {} 页(不含目录 {} 页)　编制日期：{}", m_texts.size(), m_sheetPages,
                            pages(), date),
                style);
    double top = kPrinted.y + kHeadMm;
    const CellRow head =
        coverRow({"单号", "任务编号", "原图斑编号", "管控区", "初步判定", "面积(公顷)", "页码"}, true);
    head.paint(canvas, {kPrinted.x, top});
    top += head.height();
    const std::size_t end = page + 1 < m_starts.size() ? m_starts[page + 1] : m_texts.size();
    for (std::size_t i = m_starts[page]; i < end; ++i) {
        std::vector<std::string> texts = m_texts[i];
        texts.back() = fmt::format("{}", firstPage(i));
        const CellRow line = coverRow(texts, false);
        line.paint(canvas, {kPrinted.x, top});
        top += line.height();
    }
    paintFoot(canvas, m_sheet, 0, 0);
    paintPlace(canvas, place);
}

} // namespace app
