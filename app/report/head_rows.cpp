#include "app/report/head_rows.hpp"

#include "app/report/summary.hpp"
#include "app/report/text_height.hpp"

#include <algorithm>
#include <numeric>

namespace app::xlsx {

namespace {

constexpr double kHeadHeight = 22;

/// Height of a header row: what its own cells need, those over several columns included.
double headHeight(const std::vector<HeaderSpan>& spans, std::size_t row, const std::vector<double>& widths) {
    double height = kHeadHeight;
    for (const HeaderSpan& span : spans) {
        if (span.firstRow == row && span.lastRow == row) {
            height =
                std::max(height, textHeight(span.text, widthOf(widths, span.firstColumn, span.lastColumn)));
        }
    }
    return height;
}

} // namespace

double widthOf(const std::vector<double>& widths, std::size_t first, std::size_t last) {
    return std::accumulate(widths.begin() + static_cast<std::ptrdiff_t>(first),
                           widths.begin() + static_cast<std::ptrdiff_t>(last) + 1, 0.0);
}

std::int64_t writeHeadRows(Sheet& sheet, const std::vector<std::vector<std::string>>& headers,
                           const std::vector<double>& widths, std::int64_t row,
                           const std::function<Style(std::size_t column)>& styleOf) {
    const std::int64_t first = row;
    const std::vector<HeaderSpan> spans = headerSpans(headers);
    for (std::size_t r = 0; r < headers.size(); ++r, ++row) {
        sheet.setHeight(row, headHeight(spans, r, widths));
        for (std::size_t c = 0; c < headers[r].size(); ++c) {
            sheet.write(row, c, headers[r][c], styleOf(c));
        }
        // A merge is noted when its last row is the one being written.
        for (const HeaderSpan& span : spans) {
            if (span.lastRow == r && (span.firstRow != span.lastRow || span.firstColumn != span.lastColumn)) {
                sheet.mergeWritten(first + static_cast<std::int64_t>(span.firstRow), span.firstColumn, row,
                                   span.lastColumn, styleOf(span.firstColumn), span.text);
            }
        }
    }
    return row;
}

} // namespace app::xlsx
