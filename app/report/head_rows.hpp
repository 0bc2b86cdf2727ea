#pragma once

#include "app/report/xlsx_handle.hpp"

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace app::xlsx {

/// Sum of the widths of columns first … last.
[[nodiscard]] double widthOf(const std::vector<double>& widths, std::size_t first, std::size_t last);

/// Writes header rows from `row` on, grown together as headerSpans() says, each as high as its texts need;
/// returns the row after them.
std::int64_t writeHeadRows(Sheet& sheet, const std::vector<std::vector<std::string>>& headers,
                           const std::vector<double>& widths, std::int64_t row,
                           const std::function<Style(std::size_t column)>& styleOf);

} // namespace app::xlsx
