#include "app/cartography/summary_table.hpp"

#include "app/report/cell_text.hpp"

#include <algorithm>
#include <numeric>

namespace app {

namespace {

constexpr double kPaddingMm = 0.8;
constexpr double kAboveBelowMm = 0.55;
/// Lines of a text column's cell: names of a thousand characters stand whole, and no row is higher than a
/// page.
constexpr int kMostLines = 30;
/// A text column takes at most so much of the room.
constexpr double kMostTextShare = 0.3;

bool isZeroFigure(const layers::Value& value) {
    const auto* whole = std::get_if<std::int64_t>(&value);
    const auto* real = std::get_if<double>(&value);
    return (whole != nullptr && *whole == 0) || (real != nullptr && *real == 0);
}

} // namespace

PaperTable::PaperTable(const SummaryTable& table, double roomMm, double sizeMm)
    : m_heads(headerSpans(table.headers)), m_decimals(table.decimals), m_size(sizeMm),
      m_headHeights(table.headers.size()) {
    for (const std::vector<layers::Value>& row : table.rows) {
        std::vector<std::string> texts;
        std::vector<bool> zeros;
        for (std::size_t c = 0; c < row.size(); ++c) {
            layers::Column column;
            column.decimals = std::max(0, m_decimals[c]);
            texts.push_back(paperText(printedText(row[c], column)));
            zeros.push_back(isZeroFigure(row[c]));
        }
        m_texts.push_back(std::move(texts));
        m_isZero.push_back(std::move(zeros));
    }
    measureColumns(roomMm);
    measureHeads();
    for (std::size_t r = 0; r < m_texts.size(); ++r) {
        double height = 0;
        for (std::size_t c = 0; c < m_widths.size(); ++c) {
            height = std::max(height, measureText(m_texts[r][c], cellStyle(r, c)).height);
        }
        m_rowHeights.push_back(height + 2 * kAboveBelowMm);
    }
}

TextStyle PaperTable::cellStyle(std::size_t row, std::size_t column) const {
    TextStyle style;
    style.sizeMm = m_size;
    style.bold = row + 1 == m_texts.size();
    style.mostLines = m_decimals[column] < 0 ? kMostLines : 1;
    style.align = m_decimals[column] < 0 ? TextAlign::Left : TextAlign::Right;
    style.widthMm = m_widths.empty() ? 0 : m_widths[column] - 2 * kPaddingMm;
    if (!style.bold && m_isZero[row][column]) {
        style.colour = {0.6, 0.6, 0.6}; // what is there stands out
    }
    return style;
}

void PaperTable::measureColumns(double roomMm) {
    std::vector<double> widths(m_decimals.size());
    for (std::size_t c = 0; c < widths.size(); ++c) {
        for (std::size_t r = 0; r < m_texts.size(); ++r) {
            TextStyle style = cellStyle(r, c);
            style.mostLines = 0;
            widths[c] = std::max(widths[c], measureText(m_texts[r][c], style).width);
        }
        // A header breaks after two characters at the earliest.
        widths[c] = std::max(widths[c], 2.1 * m_size) + 2 * kPaddingMm + 0.1;
        if (m_decimals[c] < 0) {
            widths[c] = std::min(widths[c], roomMm * kMostTextShare);
        }
    }
    const double sum = std::accumulate(widths.begin(), widths.end(), 0.0);
    m_fits = sum <= roomMm;
    // What is left widens all alike, up to a half.
    constexpr double kMostStretch = 1.5;
    const double stretch = std::min(kMostStretch, roomMm / sum);
    for (double& width : widths) {
        width *= stretch;
    }
    m_widths = std::move(widths);
}

namespace {

TextStyle headStyle(double sizeMm, double widthMm) {
    TextStyle style;
    style.sizeMm = sizeMm;
    style.align = TextAlign::Centre;
    style.widthMm = widthMm - 2 * kPaddingMm;
    return style;
}

double sumOf(const std::vector<double>& sizes, std::size_t first, std::size_t last) {
    return std::accumulate(sizes.begin() + static_cast<std::ptrdiff_t>(first),
                           sizes.begin() + static_cast<std::ptrdiff_t>(last) + 1, 0.0);
}

} // namespace

void PaperTable::measureHeads() {
    for (double& height : m_headHeights) {
        height = m_size + 2 * kAboveBelowMm + 1;
    }
    const auto stretch = [this](bool isSingleRow) {
        for (const HeaderSpan& span : m_heads) {
            if ((span.firstRow == span.lastRow) != isSingleRow) {
                continue;
            }
            const double needed =
                measureText(span.text, headStyle(m_size, sumOf(m_widths, span.firstColumn, span.lastColumn)))
                    .height +
                2 * kAboveBelowMm;
            const double missing = needed - sumOf(m_headHeights, span.firstRow, span.lastRow);
            m_headHeights[span.lastRow] += std::max(0.0, missing);
        }
    };
    stretch(true);
    stretch(false);
}

double PaperTable::headHeight() const {
    return std::accumulate(m_headHeights.begin(), m_headHeights.end(), 0.0);
}

double PaperTable::width() const {
    return std::accumulate(m_widths.begin(), m_widths.end(), 0.0);
}

double PaperTable::paintHead(Canvas& canvas, const PagePoint& at) const {
    const auto before = [](const std::vector<double>& sizes, std::size_t end) {
        return std::accumulate(sizes.begin(), sizes.begin() + static_cast<std::ptrdiff_t>(end), 0.0);
    };
    for (const HeaderSpan& span : m_heads) {
        const PageBox box{at.x + before(m_widths, span.firstColumn),
                          at.y + before(m_headHeights, span.firstRow),
                          sumOf(m_widths, span.firstColumn, span.lastColumn),
                          sumOf(m_headHeights, span.firstRow, span.lastRow)};
        canvas.rectangle(box);
        canvas.fill({kPaleGrey}, Canvas::After::Keep);
        canvas.stroke({kBlack, 0.12});
        const TextStyle style = headStyle(m_size, box.width);
        const double height = measureText(span.text, style).height;
        canvas.text({box.x + kPaddingMm, box.y + (box.height - height) / 2}, span.text, style);
    }
    return at.y + headHeight();
}

double PaperTable::paintRow(Canvas& canvas, std::size_t row, const PagePoint& at) const {
    double x = at.x;
    for (std::size_t c = 0; c < m_widths.size(); ++c) {
        canvas.rectangle({x, at.y, m_widths[c], m_rowHeights[row]});
        if (row + 1 == m_texts.size()) {
            canvas.fill({kPaleGrey}, Canvas::After::Keep);
        }
        canvas.stroke({kBlack, 0.12});
        const TextStyle style = cellStyle(row, c);
        const double height = measureText(m_texts[row][c], style).height;
        canvas.text({x + kPaddingMm, at.y + (m_rowHeights[row] - height) / 2}, m_texts[row][c], style);
        x += m_widths[c];
    }
    return at.y + m_rowHeights[row];
}

} // namespace app
