#include "app/cartography/contact_sheet.hpp"

#include "app/cartography/task_sheet.hpp"
#include "app/check/list_rows.hpp"
#include "app/report/cell_text.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace app {

namespace {

using layers::ListColumn;

constexpr std::size_t kColumns = 3;
constexpr double kHeadMm = 12;
constexpr double kGapMm = 2.5;
constexpr double kCellWidthMm = (kPrinted.width - (kColumns - 1) * kGapMm) / kColumns;
constexpr std::size_t kRows = kContactCases / kColumns;
constexpr double kCellHeightMm = (kPrinted.height - kHeadMm) / kRows;
constexpr double kPictureMm = 44;
constexpr double kLineMm = 3.5;

/// What is said of a case, line by line.
class CaseTexts {
  public:
    CaseTexts(const CheckResult& result, std::size_t n) : m_row(listRow(result, n)) {}

    [[nodiscard]] std::string of(ListColumn column) const {
        return paperText(printedText(m_row[static_cast<std::size_t>(column)], layers::listColumn(column)));
    }
    /// Characters that no font has, of what is printed.
    [[nodiscard]] std::set<std::string> lost() const {
        std::set<std::string> lost;
        for (const ListColumn column :
             {ListColumn::PatchId, ListColumn::ZoneName, ListColumn::Activity, ListColumn::County}) {
            if (const auto* text = std::get_if<std::string>(&m_row[static_cast<std::size_t>(column)])) {
                lost.merge(lostCharacters(*text));
            }
        }
        return lost;
    }

  private:
    layers::ListRow m_row;
};

/// Writes lines one below the other, each cut to one line of the cell.
class Lines {
  public:
    Lines(Canvas& canvas, const PagePoint& at) : m_canvas(canvas), m_at(at) {}

    void add(const std::string& text, double sizeMm, bool bold = false) {
        TextStyle style;
        style.sizeMm = sizeMm;
        style.bold = bold;
        style.widthMm = kCellWidthMm;
        style.mostLines = 1;
        m_canvas.text(m_at, text, style);
        m_at.y += kLineMm;
    }

  private:
    Canvas& m_canvas;
    PagePoint m_at;
};

void paintCell(Canvas& canvas, const CheckResult& result, std::size_t n, const PagePoint& at, SheetMaps& maps,
               ContactSheet& sheet) {
    constexpr double kSmallMm = 2.4;
    const CaseTexts texts(result, n);
    const PageBox picture{at.x, at.y, kCellWidthMm, kPictureMm};
    const std::string shown = maps.paintSmall(canvas, static_cast<std::size_t>(result.listed[n]), picture);
    Lines lines(canvas, {at.x, picture.bottom() + 0.6});
    lines.add(texts.of(ListColumn::TaskNumber), 2.8, true);
    lines.add(fmt::format("{}　{}", texts.of(ListColumn::PatchId), texts.of(ListColumn::Activity)), kSmallMm);
    const std::string area = texts.of(ListColumn::AreaHa); // lines and points have none
    lines.add(texts.of(ListColumn::Verdict) + (area.empty() ? "" : "　" + area + "公顷"), kSmallMm);
    lines.add(fmt::format("{}　{}", texts.of(ListColumn::County), texts.of(ListColumn::ZoneName)), kSmallMm);
    lines.add(shown, 2.1);
    sheet.lost.merge(texts.lost());
}

void paintHead(Canvas& canvas, const ContactTexts& texts, std::size_t cases) {
    paintTitle(canvas, {kPrinted.x, kPrinted.y}, kPrinted.width, texts.mark, texts.title, {4.6, 0});
    TextStyle style;
    style.sizeMm = 2.6;
    style.align = TextAlign::Right;
    style.widthMm = kPrinted.width;
    style.mostLines = 1;
    canvas.text({kPrinted.x, kPrinted.y + 6},
                fmt::format("{}　共 {} 案　编制日期：{}", paperText(texts.batch), cases, texts.date), style);
}

void paintPageNumber(Canvas& canvas, std::size_t page, std::size_t pages) {
    TextStyle style;
    style.sizeMm = 2.3;
    style.align = TextAlign::Right;
    style.widthMm = kPrinted.width;
    canvas.text({kPrinted.x, kPrinted.bottom() + 3}, fmt::format("第 {} 页 共 {} 页", page, pages), style);
}

} // namespace

ContactSheet writeContactSheet(const std::filesystem::path& file, const ContactTexts& texts,
                               const MapSources& sources, geo::Progress& progress) {
    requireFonts();
    const CheckResult& result = *sources.result;
    ContactSheet sheet;
    sheet.cases = result.listed.size();
    sheet.pages = std::max<std::size_t>(1, (sheet.cases + kContactCases - 1) / kContactCases);
    progress.begin("联系图 contact sheet", static_cast<std::int64_t>(sheet.cases));
    Canvas canvas = Canvas::pdf(file, kPaperWidthMm, kPaperHeightMm,
                                {texts.title + " " + paperText(texts.batch), texts.date});
    SheetMaps maps(sources);
    for (std::size_t page = 0; page < sheet.pages; ++page) {
        paintHead(canvas, texts, sheet.cases);
        const std::size_t end = std::min(sheet.cases, (page + 1) * kContactCases);
        for (std::size_t n = page * kContactCases; n < end; ++n) {
            const std::size_t cell = n % kContactCases;
            const auto column = static_cast<double>(cell % kColumns);
            const std::size_t rowNumber = cell / kColumns;
            const auto row = static_cast<double>(rowNumber);
            paintCell(
                canvas, result, n,
                {kPrinted.x + column * (kCellWidthMm + kGapMm), kPrinted.y + kHeadMm + row * kCellHeightMm},
                maps, sheet);
            progress.step();
        }
        paintPageNumber(canvas, page + 1, sheet.pages);
        canvas.finishPage();
    }
    canvas.close();
    return sheet;
}

} // namespace app
