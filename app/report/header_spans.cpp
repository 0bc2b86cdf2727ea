#include "app/report/summary.hpp"

#include <algorithm>

namespace app {

std::vector<HeaderSpan> headerSpans(const std::vector<std::vector<std::string>>& headers) {
    std::vector<HeaderSpan> spans;
    std::vector<std::vector<std::size_t>> owner; // the span that each cell belongs to
    for (std::size_t r = 0; r < headers.size(); ++r) {
        owner.emplace_back(headers[r].size());
        for (std::size_t c = 0; c < headers[r].size(); ++c) {
            const bool hasLeft = c > 0 && spans[owner[r][c - 1]].firstRow == r;
            const bool isUnderOne = r == 0 || (c > 0 && owner[r - 1][c] == owner[r - 1][c - 1]);
            if (!headers[r][c].empty() || (r == 0 && c == 0)) {
                owner[r][c] = spans.size();
                spans.push_back({r, c, r, c, headers[r][c]});
            } else {
                owner[r][c] = hasLeft && isUnderOne ? owner[r][c - 1] : owner[r - 1][c];
            }
            HeaderSpan& span = spans[owner[r][c]];
            span.lastRow = std::max(span.lastRow, r);
            span.lastColumn = std::max(span.lastColumn, c);
        }
    }
    return spans;
}

} // namespace app
