#pragma once

#include <string>

namespace layers {

/// A number as the shortest text that reads back the same; whole numbers without point or exponent, so that
/// an id kept in a numeric column keeps its digits.
[[nodiscard]] std::string numberText(double value);

} // namespace layers
