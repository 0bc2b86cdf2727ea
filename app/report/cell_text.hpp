#pragma once

#include "layers/list_columns.hpp"
#include "layers/table.hpp"

#include <string>
#include <string_view>

namespace app {

/// Text that any reader of our files gives back as it is: invalid UTF-8, control characters but tab and line
/// feed, and the two code points that XML forbids become U+FFFD, a carriage return becomes a line feed.
[[nodiscard]] std::string cleanText(std::string_view text);

/// A value as it is printed: real numbers with the column's decimals, never "-0.00".
[[nodiscard]] std::string printedText(const layers::Value& value, const layers::Column& column);

/// sha256 over the issued cells of a row (columns 任务编号 … 完成时限, as printed, each followed by U+001F):
/// what the field returns is compared with it, so that a changed cell is seen. 序号 is left out, for lists
/// are sorted anew.
[[nodiscard]] std::string issuedHash(const layers::ListRow& row);

} // namespace app
