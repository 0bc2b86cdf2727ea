#include "layers/number_text.hpp"

#include <array>
#include <charconv>
#include <cmath>

namespace layers {

std::string numberText(double value) {
    constexpr double kWholeMost = 1e21;
    constexpr std::size_t kRoom = 64;
    std::array<char, kRoom> text{};
    const bool whole = std::isfinite(value) && std::trunc(value) == value && std::abs(value) < kWholeMost;
    const auto end =
        whole ? std::to_chars(text.data(), text.data() + text.size(), value, std::chars_format::fixed)
              : std::to_chars(text.data(), text.data() + text.size(), value);
    return {text.data(), end.ptr};
}

} // namespace layers
