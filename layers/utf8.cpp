#include "layers/utf8.hpp"

namespace layers {

Utf8Character firstCharacter(std::string_view text) {
    if (text.empty()) {
        return {};
    }
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned char lead = byte(0);
    if (lead < 0x80U) {
        return {lead, 1};
    }
    const std::size_t length = lead >= 0xF0U && lead < 0xF5U   ? 4
                               : lead >= 0xE0U && lead < 0xF0U ? 3
                               : lead >= 0xC2U && lead < 0xE0U ? 2
                                                               : 0;
    if (length == 0 || length > text.size()) {
        return {};
    }
    constexpr unsigned kLeadBits = 7;
    constexpr unsigned kTailBits = 6;
    char32_t code = lead & ((1U << (kLeadBits - length)) - 1U);
    for (std::size_t i = 1; i < length; ++i) {
        if (beginsCharacter(text[i])) {
            return {};
        }
        code = (code << kTailBits) | (byte(i) & 0x3FU);
    }
    const bool isOverlong = (length == 3 && code < 0x800U) || (length == 4 && code < 0x10000U);
    const bool isNone = isOverlong || code > 0x10FFFFU || (code >= 0xD800U && code < 0xE000U);
    return isNone ? Utf8Character{} : Utf8Character{code, length};
}

std::string_view firstBytes(std::string_view text, std::size_t most) {
    std::size_t end = std::min(most, text.size());
    while (end > 0 && end < text.size() && !beginsCharacter(text[end])) {
        --end;
    }
    return text.substr(0, end);
}

std::string firstCharacters(std::string_view text, std::size_t most) {
    std::size_t at = 0;
    for (std::size_t count = 0; at < text.size() && count < most; ++count) {
        at += std::max<std::size_t>(firstCharacter(text.substr(at)).length, 1);
    }
    return std::string(text.substr(0, at));
}

} // namespace layers
