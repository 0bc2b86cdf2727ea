#include "layers/xml_text.hpp"

#include <fmt/format.h>

#include <cstdint>

namespace layers {

namespace {

struct Decoded {
    std::uint32_t code = 0;
    std::size_t length = 0; ///< 0: no UTF-8
};

Decoded decode(std::string_view text) {
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
    constexpr unsigned int kLeadBits = 7;
    constexpr unsigned int kTrailBits = 6;
    std::uint32_t code = lead & ((1U << (kLeadBits - length)) - 1U);
    for (std::size_t i = 1; i < length; ++i) {
        if ((byte(i) & 0xC0U) != 0x80U) {
            return {};
        }
        code = (code << kTrailBits) | (byte(i) & 0x3FU);
    }
    const bool isOverlong = (length == 3 && code < 0x800U) || (length == 4 && code < 0x10000U);
    const bool isNone = isOverlong || code > 0x10FFFFU || (code >= 0xD800U && code < 0xE000U);
    return isNone ? Decoded{} : Decoded{code, length};
}

bool isForbidden(std::uint32_t code) {
    return (code < 0x20U && code != '\t' && code != '\n' && code != '\r') || code == 0xFFFEU ||
           code == 0xFFFFU;
}

} // namespace

std::string xmlEscaped(std::string_view text) {
    std::string out;
    while (!text.empty()) {
        const Decoded next = decode(text);
        if (next.length == 0) {
            out += "\xEF\xBF\xBD";
            text.remove_prefix(1);
            continue;
        }
        if (next.code == '&') {
            out += "&amp;";
        } else if (next.code == '<') {
            out += "&lt;";
        } else if (next.code == '>') {
            out += "&gt;";
        } else if (next.code == '"') {
            out += "&quot;";
        } else if (!isForbidden(next.code)) {
            out += text.substr(0, next.length);
        }
        text.remove_prefix(next.length);
    }
    return out;
}

std::string degreesText(double degrees) {
    constexpr int kDecimals = 9;
    std::string text = fmt::format("{:.{}f}", degrees, kDecimals);
    text.erase(text.find_last_not_of('0') + 1);
    if (text.back() == '.') {
        text.pop_back();
    }
    return text == "-0" ? "0" : text;
}

std::string firstCharacters(std::string_view text, std::size_t most) {
    std::size_t at = 0;
    for (std::size_t count = 0; at < text.size() && count < most; ++count) {
        const std::size_t length = decode(text.substr(at)).length;
        at += length == 0 ? 1 : length;
    }
    return std::string(text.substr(0, at));
}

} // namespace layers
