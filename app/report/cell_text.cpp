#include "app/report/cell_text.hpp"

#include "app/check/list_words.hpp"
#include "layers/output_folder.hpp"

#include <array>
#include <cstdint>

namespace app {

namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD"; // U+FFFD
constexpr char kCellEnd = '\x1f';

using Byte = unsigned char;

/// Lead bytes of UTF-8 by length: the mask that tells them, their value, the least code point of that length.
struct LeadByte {
    Byte mask;
    Byte value;
    std::size_t length;
    std::uint32_t least;
};
constexpr std::array<LeadByte, 4> kLeadBytes = {
    {{0x80, 0x00, 1, 0x0}, {0xE0, 0xC0, 2, 0x80}, {0xF0, 0xE0, 3, 0x800}, {0xF8, 0xF0, 4, 0x10000}}};
constexpr Byte kTailMask = 0xC0;
constexpr Byte kTailValue = 0x80;
constexpr unsigned kTailBits = 6;

/// Length and code point of the character that starts at `at`; length 0 when the bytes are not UTF-8.
struct Character {
    std::size_t length = 0;
    std::uint32_t code = 0;
};
Character characterAt(std::string_view text, std::size_t at) {
    const auto first = static_cast<Byte>(text[at]);
    for (const LeadByte& lead : kLeadBytes) {
        if ((first & lead.mask) != lead.value) {
            continue;
        }
        std::uint32_t code = first & static_cast<Byte>(~lead.mask);
        for (std::size_t i = 1; i < lead.length; ++i) {
            const Byte tail = at + i < text.size() ? static_cast<Byte>(text[at + i]) : Byte{0};
            if ((tail & kTailMask) != kTailValue) {
                return {};
            }
            code = (code << kTailBits) | (tail & static_cast<Byte>(~kTailMask));
        }
        return code < lead.least ? Character{} : Character{lead.length, code};
    }
    return {};
}

bool isAllowed(std::uint32_t code) {
    constexpr std::uint32_t kFirstPrintable = 0x20;
    constexpr std::uint32_t kDelete = 0x7F;
    constexpr std::uint32_t kFirstAfterControls = 0xA0;
    constexpr std::uint32_t kFirstSurrogate = 0xD800;
    constexpr std::uint32_t kLastSurrogate = 0xDFFF;
    constexpr std::uint32_t kForbiddenA = 0xFFFE;
    constexpr std::uint32_t kForbiddenB = 0xFFFF;
    constexpr std::uint32_t kLastCode = 0x10FFFF;
    if (code < kFirstPrintable) {
        return code == '\t' || code == '\n';
    }
    if (code >= kDelete && code < kFirstAfterControls) {
        return false;
    }
    return code <= kLastCode && (code < kFirstSurrogate || code > kLastSurrogate) && code != kForbiddenA &&
           code != kForbiddenB;
}

} // namespace

std::string cleanText(std::string_view text) {
    std::string clean;
    clean.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        if (text[at] == '\r') {
            clean += '\n';
            at += at + 1 < text.size() && text[at + 1] == '\n' ? 2 : 1;
            continue;
        }
        const Character character = characterAt(text, at);
        if (character.length > 0 && isAllowed(character.code)) {
            clean += text.substr(at, character.length);
        } else {
            clean += kReplacement;
        }
        at += character.length > 0 ? character.length : 1;
    }
    return clean;
}

std::string printedText(const layers::Value& value, const layers::Column& column) {
    if (const auto* text = std::get_if<std::string>(&value)) {
        return cleanText(*text);
    }
    if (const auto* whole = std::get_if<std::int64_t>(&value)) {
        return std::to_string(*whole);
    }
    if (const auto* real = std::get_if<double>(&value)) {
        return fixedText(*real, column.decimals);
    }
    return {};
}

std::string issuedHash(const layers::ListRow& row) {
    const std::vector<layers::Column>& columns = layers::listColumns();
    std::string text;
    constexpr auto kFirst = static_cast<std::size_t>(layers::ListColumn::TaskNumber);
    constexpr auto kEnd = static_cast<std::size_t>(layers::ListColumn::Conclusion);
    for (std::size_t i = kFirst; i < kEnd && i < row.size(); ++i) {
        text += printedText(row[i], columns[i]);
        text += kCellEnd;
    }
    return layers::sha256OfText(text);
}

} // namespace app
