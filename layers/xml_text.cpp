#include "layers/xml_text.hpp"

#include "layers/utf8.hpp"

#include <fmt/format.h>

namespace layers {

namespace {

bool isForbidden(char32_t code) {
    return (code < 0x20U && code != '\t' && code != '\n' && code != '\r') || code == 0xFFFEU ||
           code == 0xFFFFU;
}

} // namespace

std::string xmlEscaped(std::string_view text) {
    std::string out;
    while (!text.empty()) {
        const Utf8Character next = firstCharacter(text);
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

} // namespace layers
