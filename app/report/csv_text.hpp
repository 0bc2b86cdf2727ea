#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace app {

/// A field as RFC 4180 wants it: quoted where it holds a comma, a quote, a line end or spaces at its ends.
[[nodiscard]] std::string csvField(std::string_view text);
/// A text that a spreadsheet would run as a formula, guarded by an apostrophe; taking one leading apostrophe
/// away always gives the text back.
[[nodiscard]] std::string csvGuarded(std::string text);

inline constexpr std::string_view kCsvLineEnd = "\r\n";
enum class CsvStart { File, Line }; ///< a file begins with the byte order mark that Excel wants
/// A line of guarded texts with its end.
[[nodiscard]] std::string csvLine(const std::vector<std::string>& texts, CsvStart start);

} // namespace app
