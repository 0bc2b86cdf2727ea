#include "app/report/cell_text.hpp"

#include "app/check/list_words.hpp"
#include "layers/sha256.hpp"
#include "layers/utf8.hpp"

#include <array>
#include <cstdint>

namespace app {

namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD"; // U+FFFD
constexpr char kCellEnd = '\x1f';

bool isAllowed(char32_t code) {
    constexpr char32_t kFirstPrintable = 0x20;
    constexpr char32_t kDelete = 0x7F;
    constexpr char32_t kFirstAfterControls = 0xA0;
    constexpr char32_t kForbiddenA = 0xFFFE;
    constexpr char32_t kForbiddenB = 0xFFFF;
    if (code < kFirstPrintable) {
        return code == '\t' || code == '\n';
    }
    if (code >= kDelete && code < kFirstAfterControls) {
        return false;
    }
    return code != kForbiddenA && code != kForbiddenB;
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
        const layers::Utf8Character character = layers::firstCharacter(text.substr(at));
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
