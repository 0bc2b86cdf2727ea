#include "app/cartography/task_sheet.hpp"

#include "app/cartography/qr_code.hpp"
#include "layers/utf8.hpp"

#include <algorithm>
#include <array>
#include <numeric>

#include <fmt/format.h>

namespace app {

namespace {

constexpr double kHeadMm = 22;
constexpr double kQrMm = 23;
constexpr double kGapMm = 1.6;
constexpr double kLabelMm = 21;
constexpr double kFactMm = 4.7;
constexpr double kTextSizeMm = 2.75;
constexpr double kSmallSizeMm = 2.5;
constexpr double kLeastMapMm = 56;
constexpr double kContinuedMm = 9;
/// Two square images side by side, and what is said of them below.
constexpr double kChipsMm = 94;
constexpr int kFactsARow = 3;
constexpr int kPointsARow = 4;

TextStyle textStyle(int mostLines = 0) {
    TextStyle style;
    style.sizeMm = kTextSizeMm;
    style.mostLines = mostLines;
    return style;
}

TextStyle labelStyle() {
    TextStyle style;
    style.sizeMm = kSmallSizeMm;
    style.mostLines = 2;
    return style;
}

double heightOf(const std::vector<CellRow>& rows) {
    return std::accumulate(rows.begin(), rows.end(), 0.0,
                           [](double sum, const CellRow& row) { return sum + row.height(); });
}

double paintRows(Canvas& canvas, const std::vector<CellRow>& rows, double top) {
    for (const CellRow& row : rows) {
        row.paint(canvas, {kPrinted.x, top});
        top += row.height();
    }
    return top;
}

/// A text in pieces that a page can hold, never inside a character.
std::vector<std::string> piecesOf(const std::string& text) {
    constexpr std::size_t kMostBytes = 3000;
    std::vector<std::string> pieces;
    for (std::string_view rest = text; !rest.empty(); rest.remove_prefix(pieces.back().size())) {
        pieces.emplace_back(layers::firstBytes(rest, kMostBytes));
    }
    return pieces;
}

} // namespace

namespace {

constexpr double kFootMm = 284;
constexpr double kNoticeMm = 120;

TextStyle footStyle() {
    TextStyle style;
    style.sizeMm = 2.3;
    style.mostLines = 1;
    return style;
}

} // namespace

void paintTitle(Canvas& canvas, const PagePoint& at, double widthMm, const std::string& mark,
                const std::string& title, const TitleLook& look) {
    TextStyle style;
    style.sizeMm = 2.8;
    style.bold = true;
    canvas.text(at, mark, style);
    style.sizeMm = look.sizeMm;
    style.align = TextAlign::Centre;
    style.widthMm = widthMm;
    style.mostLines = 1;
    canvas.text({at.x, at.y + look.dropMm}, title, style);
}

void paintFoot(Canvas& canvas, const SheetTemplate& sheet, std::size_t page, std::size_t pages) {
    canvas.moveTo({kPrinted.x, kFootMm - 0.8});
    canvas.lineTo({kPrinted.right(), kFootMm - 0.8});
    canvas.stroke({kBlack, 0.12});
    TextStyle style = footStyle();
    style.widthMm = kNoticeMm;
    canvas.text({kPrinted.x, kFootMm}, sheet.notice, style);
    if (pages > 0) {
        style.widthMm = kPrinted.width - kNoticeMm;
        style.align = TextAlign::Right;
        canvas.text({kPrinted.x + kNoticeMm, kFootMm}, fmt::format("本单第 {} 页 共 {} 页", page, pages),
                    style);
    }
}

void paintPlace(Canvas& canvas, const PagePlace& place) {
    constexpr double kLineMm = 3.6;
    TextStyle style = footStyle();
    style.widthMm = kPrinted.width;
    style.align = TextAlign::Right;
    std::string text = place.county;
    if (place.sheet > 0) {
        text += fmt::format("　第 {} 单 共 {} 单", place.sheet, place.sheets);
    }
    text += fmt::format("　第 {} 页 共 {} 页", place.page, place.pages);
    canvas.text({kPrinted.x, kFootMm + kLineMm}, text, style);
}

TaskSheet::TaskSheet(const SheetTemplate& sheet, SheetContent content, std::size_t patch)
    : m_sheet(sheet), m_content(std::move(content)), m_patch(patch) {
    layRecord();
    layFirstPage();
    layMore();
}

std::vector<CellRow> TaskSheet::factRows(int mostLines) const {
    std::vector<CellRow> rows;
    RowFlow flow(rows, kPrinted.width, kFactsARow, kLabelMm);
    for (const SheetText& fact : m_content.facts) {
        if (fact.span == kFactsARow && fact.text.empty()) {
            continue; // nothing to say: no line of its own
        }
        flow.add(fact.label, labelStyle(), fact.text, textStyle(mostLines), fact.span, kFactMm);
    }
    flow.flush();
    return rows;
}

CellRow TaskSheet::overlapRow(const std::vector<std::string>& texts, int mostLines) const {
    const double sum = std::accumulate(m_sheet.overlaps.begin(), m_sheet.overlaps.end(), 0.0,
                                       [](double s, const SheetColumn& c) { return s + c.widthMm; });
    std::vector<SheetCell> cells;
    for (std::size_t i = 0; i < m_sheet.overlaps.size(); ++i) {
        const SheetColumn& column = m_sheet.overlaps[i];
        TextStyle style = textStyle(mostLines);
        style.sizeMm = kSmallSizeMm;
        style.align = column.align;
        cells.push_back({texts[i], column.widthMm * kPrinted.width / sum, style, false});
    }
    return {std::move(cells), kFactMm};
}

CellRow TaskSheet::overlapHead() const {
    std::vector<std::string> headers;
    for (const SheetColumn& column : m_sheet.overlaps) {
        headers.push_back(column.header);
    }
    CellRow plain = overlapRow(headers, 2);
    std::vector<SheetCell> cells = plain.cells();
    for (SheetCell& cell : cells) {
        cell.isLabel = true;
        cell.style.align = TextAlign::Centre;
    }
    return {std::move(cells), kFactMm};
}

std::vector<CellRow> TaskSheet::pointRows() const {
    constexpr double kNumberMm = 8;
    std::vector<CellRow> rows{titleRow(m_sheet.pointsTitle, kPrinted.width)};
    std::vector<SheetCell> cells;
    const double cell = kPrinted.width / kPointsARow;
    for (const SheetText& point : m_content.points) {
        TextStyle style = labelStyle();
        style.align = TextAlign::Centre;
        style.mostLines = 1;
        cells.push_back({point.label, kNumberMm, style, true});
        cells.push_back({point.text, cell - kNumberMm, style, false});
        if (cells.size() == std::size_t{2} * kPointsARow) {
            rows.emplace_back(std::move(cells), 4);
            cells.clear();
        }
    }
    if (!cells.empty()) {
        rows.emplace_back(std::move(cells), 4);
    }
    return rows;
}

TaskSheet::FirstPage TaskSheet::firstPage(int mostLines, std::size_t overlaps, bool hasRecord) const {
    FirstPage page;
    page.facts = factRows(mostLines);
    const std::string more = overlaps < m_content.overlaps.size()
                                 ? fmt::format("　共 {} 行，其余 {} 行见续页", m_content.overlaps.size(),
                                               m_content.overlaps.size() - overlaps)
                                 : "";
    page.overlaps = {titleRow(m_sheet.overlapsTitle + more, kPrinted.width), overlapHead()};
    for (std::size_t i = 0; i < overlaps; ++i) {
        page.overlaps.push_back(overlapRow(m_content.overlaps[i], mostLines));
    }
    page.points = pointRows();
    page.overlapsShown = overlaps;
    page.hasRecord = hasRecord;
    const double alerts = m_content.alerts.empty() ? 0 : kFactMm;
    const double map = titleRow(m_sheet.mapTitle, kPrinted.width).height();
    page.mapHeight = kPrinted.height - kHeadMm - alerts - heightOf(page.facts) - heightOf(page.overlaps) -
                     heightOf(page.points) - map - 4 * kGapMm - (hasRecord ? m_recordHeight : 0);
    return page;
}

void TaskSheet::layFirstPage() {
    // Ever less of what can stand on the next page, until the map has room.
    struct Try {
        int mostLines;
        std::size_t overlaps;
        bool hasRecord;
    };
    constexpr std::size_t kAll = 1000;
    constexpr std::array kTries{Try{4, kAll, true}, Try{3, kAll, true}, Try{2, kAll, true}, Try{2, 5, true},
                                Try{2, 4, true},    Try{2, 3, true},    Try{2, 2, true},    Try{1, 2, true},
                                Try{4, 8, false},   Try{2, 5, false},   Try{1, 1, false}};
    for (const Try& one : kTries) {
        m_first = firstPage(one.mostLines, std::min(one.overlaps, m_content.overlaps.size()), one.hasRecord);
        if (m_first.mapHeight >= kLeastMapMm) {
            return;
        }
    }
}

void TaskSheet::layMore() {
    if (m_sheet.showsImagery) { // first on the back of the sheet
        m_more.emplace_back();
        m_moreHeight = titleRow(m_sheet.imageryTitle, kPrinted.width).height() + kChipsMm + kGapMm;
    }
    // What page 1 cut.
    std::vector<CellRow> cut;
    for (const CellRow& row : m_first.facts) {
        for (std::size_t i = 1; row.isCut() && i < row.cells().size(); i += 2) {
            const SheetCell& cell = row.cells()[i];
            if (!measureText(cell.text, cell.style).isCut) {
                continue;
            }
            bool isFirst = true;
            for (std::string& piece : piecesOf(cell.text)) {
                std::string label = row.cells()[i - 1].text + (isFirst ? "" : "(续)");
                cut.emplace_back(
                    std::vector<SheetCell>{{std::move(label), kLabelMm, labelStyle(), true},
                                           {std::move(piece), kPrinted.width - kLabelMm, textStyle(), false}},
                    kFactMm);
                isFirst = false;
            }
        }
    }
    if (!cut.empty()) {
        addMore(titleRow("第 1 页未印全的文字", kPrinted.width));
        for (CellRow& row : cut) {
            addMore(std::move(row));
        }
    }
    std::vector<CellRow> overlaps;
    for (std::size_t i = 0; i < m_content.overlaps.size(); ++i) {
        constexpr std::size_t kHeadRows = 2;
        if (i >= m_first.overlapsShown || m_first.overlaps[i + kHeadRows].isCut()) {
            overlaps.push_back(overlapRow(m_content.overlaps[i], 0));
        }
    }
    if (!overlaps.empty()) {
        addMore(titleRow(m_sheet.overlapsTitle + "(续)", kPrinted.width));
        addMore(overlapHead());
        for (CellRow& row : overlaps) {
            addMore(std::move(row));
        }
    }
    if (!m_first.hasRecord) {
        const double room = kPrinted.height - kContinuedMm - m_recordHeight - kGapMm;
        if (m_more.empty() || m_moreHeight > room) {
            m_more.emplace_back();
            m_moreHeight = 0;
        }
    }
}

void TaskSheet::addMore(CellRow row) {
    if (m_more.empty() || m_moreHeight + row.height() > kPrinted.height - kContinuedMm) {
        m_more.emplace_back();
        m_moreHeight = 0;
    }
    m_moreHeight += row.height();
    m_more.back().push_back(std::move(row));
}

void TaskSheet::paintHead(Canvas& canvas) const {
    paintTitle(canvas, {kPrinted.x, kPrinted.y}, kPrinted.width - kQrMm, m_sheet.mark, m_sheet.title);
    TextStyle style;
    style.bold = true;
    style.mostLines = 1;
    style.widthMm = kPrinted.width - kQrMm;
    style.sizeMm = 3.4;
    canvas.text({kPrinted.x, kPrinted.y + 12.2}, "任务编号：" + m_content.number, style);
    style.bold = false;
    style.sizeMm = kTextSizeMm;
    canvas.text({kPrinted.x, kPrinted.y + 17.4},
                "下发日期：　　　　年　　月　　日　　完成时限：" +
                    (m_content.deadline.empty() ? "　　　　年　　月　　日" : m_content.deadline),
                style);
    paintQrCode(canvas, m_content.link, {kPrinted.right() - kQrMm + 1.5, kPrinted.y - 1.5, kQrMm, kQrMm});
}

PageBox TaskSheet::chipsBox(double top) {
    return {kPrinted.x, top, kPrinted.width, kChipsMm - kGapMm / 2};
}

PageBox TaskSheet::mapBox() const {
    const double alerts = m_content.alerts.empty() ? 0 : kFactMm;
    const double top = kPrinted.y + kHeadMm + alerts + heightOf(m_first.facts) + kGapMm +
                       heightOf(m_first.overlaps) + kGapMm +
                       titleRow(m_sheet.mapTitle, kPrinted.width).height();
    return {kPrinted.x, top + kGapMm / 2, kPrinted.width, m_first.mapHeight};
}

void TaskSheet::paint(Canvas& canvas, std::size_t page, SheetMaps& maps) const {
    double top = kPrinted.y;
    paintFoot(canvas, m_sheet, page + 1, pageCount());
    if (page > 0) {
        TextStyle style;
        style.sizeMm = 3.2;
        style.bold = true;
        canvas.text({kPrinted.x, top}, m_sheet.title + "(续页)　任务编号：" + m_content.number, style);
        top += kContinuedMm;
        if (page == 1 && m_sheet.showsImagery) {
            top = paintRows(canvas, {titleRow(m_sheet.imageryTitle, kPrinted.width)}, top);
            maps.paintChips(canvas, m_patch, chipsBox(top + kGapMm / 2));
            top += kChipsMm + kGapMm;
        }
        top = paintRows(canvas, m_more[page - 1], top);
        if (page == m_more.size() && !m_first.hasRecord) {
            paintRecord(canvas, top + kGapMm);
        }
        return;
    }
    paintHead(canvas);
    top += kHeadMm;
    if (!m_content.alerts.empty()) {
        TextStyle style;
        style.sizeMm = kTextSizeMm;
        style.bold = true;
        style.widthMm = kPrinted.width;
        style.mostLines = 1;
        canvas.text({kPrinted.x, top}, fmt::format("【{}】", fmt::join(m_content.alerts, "；")), style);
        top += kFactMm;
    }
    top = paintRows(canvas, m_first.facts, top) + kGapMm;
    top = paintRows(canvas, m_first.overlaps, top) + kGapMm;
    paintRows(canvas, {titleRow(m_sheet.mapTitle, kPrinted.width)}, top);
    const PageBox map = mapBox();
    maps.paint(canvas, m_patch, map);
    top = paintRows(canvas, m_first.points, map.bottom() + kGapMm / 2);
    if (m_first.hasRecord) {
        paintRecord(canvas, top + kGapMm);
    }
}

} // namespace app
