#pragma once

#include <string_view>

namespace app {

/// Height in points of a row that shows a wrapped text of 9 points in a column of this width (characters).
/// Chinese takes two characters' width. Spreadsheets differ in fonts, so this is a little generous; at least
/// one line.
[[nodiscard]] double textHeight(std::string_view text, double columnWidth);

} // namespace app
