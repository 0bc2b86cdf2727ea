#pragma once

#include <string_view>

namespace app {

/// Whether a text that came back is the one that was issued: line ends may have become blanks, and characters
/// that GBK lacks 〓, as a Shapefile has them.
[[nodiscard]] bool isSameText(std::string_view returned, std::string_view issued);

} // namespace app
