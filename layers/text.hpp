#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace layers {

/// UTF-8 text without the spaces of ASCII, no-break, ideographic and zero-width kinds at both ends.
[[nodiscard]] std::string trimmed(std::string_view text);

/// Full-width letters, digits and signs (U+FF01 … U+FF5E) and the ideographic space as their ASCII brothers.
[[nodiscard]] std::string halfWidth(std::string_view text);

/// ASCII letters as small or capital ones; other bytes stay.
[[nodiscard]] std::string lowerAscii(std::string text);
[[nodiscard]] std::string upperAscii(std::string text);

/// How words and field names are compared: trimmed, half width, ASCII letters as capitals.
[[nodiscard]] std::string folded(std::string_view text);

/// A number as offices write it: spaces around, full-width digits, thousands commas. Nothing when anything is
/// left over or the number is not finite.
[[nodiscard]] std::optional<double> parseNumber(std::string_view text);

/// Square metres of a stated area: "1.2345", "约1.2公顷", "3,000 m²", "18.5亩". A unit in the text wins over
/// `unit`
/// ("m2", "ha", "mu", "km2"). Nothing when it cannot be read or is negative.
[[nodiscard]] std::optional<double> parseAreaM2(std::string_view text, std::string_view unit);

/// True for the units that parseAreaM2 knows by name.
[[nodiscard]] bool isAreaUnit(std::string_view unit);

} // namespace layers
