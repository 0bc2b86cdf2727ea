#pragma once

#include <string>
#include <string_view>

namespace layers {

/// Text as XML element content or attribute value: markup escaped, characters that XML 1.0 forbids (control
/// characters, U+FFFE, U+FFFF) left out, bytes that are no UTF-8 replaced by U+FFFD.
[[nodiscard]] std::string xmlEscaped(std::string_view text);

/// A coordinate in degrees with 9 decimals (0.1 mm), without trailing zeros.
[[nodiscard]] std::string degreesText(double degrees);

} // namespace layers
