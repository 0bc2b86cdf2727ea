#include "app/cases/field_values.hpp"

#include "app/check/list_words.hpp"
#include "layers/encoding.hpp"
#include "layers/text.hpp"
#include "layers/utf8.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace app {

namespace {

/// A cell of a workbook takes 32,767 characters.
constexpr std::size_t kMostCharacters = 30'000;

/// Windows' line ends as "\n", tabs as blanks.
std::string plainBreaks(std::string_view text) {
    std::string plain;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\r') {
            plain += '\n';
            i += i + 1 < text.size() && text[i + 1] == '\n' ? 1 : 0;
        } else {
            plain += text[i] == '\t' ? ' ' : text[i];
        }
    }
    return plain;
}

bool hasControls(std::string_view text) {
    constexpr unsigned char kFirstPrintable = 0x20;
    constexpr unsigned char kDelete = 0x7F;
    return std::any_of(text.begin(), text.end(), [](char byte) {
        const auto c = static_cast<unsigned char>(byte);
        return (c < kFirstPrintable && c != '\n') || c == kDelete;
    });
}

CaseFault fault(const layers::CaseField& field, const std::string& zh, const std::string& en) {
    return {fmt::format("{}：{}", field.nameZh, zh), fmt::format("{}: {}", field.key, en)};
}

bool isDay(const layers::CaseField& field) {
    static const std::set<std::string> kDays{"deadline", "inspected_on"};
    return kDays.contains(field.key);
}

} // namespace

std::variant<std::string, CaseFault> fieldValue(const CaseLife& life, const layers::CaseField& field,
                                                const std::string& text) {
    if (!layers::isUtf8(text)) {
        return fault(field, "文字不是 UTF-8 编码", "the text is no UTF-8");
    }
    std::string value = layers::trimmed(plainBreaks(text));
    while (!value.empty() && value.back() == '\n') {
        value.pop_back();
    }
    if (hasControls(value)) {
        return fault(field, "含有控制字符", "it holds control characters");
    }
    if (const std::size_t count = layers::characterCount(value); count > kMostCharacters) {
        return fault(field, fmt::format("{} 个字，最多 {} 个", count, kMostCharacters),
                     fmt::format("{} characters, at most {}", count, kMostCharacters));
    }
    if (value.empty()) {
        return value;
    }
    if (isDay(field)) {
        const layers::DateText date = layers::parseDate(value);
        if (!date.first || date.first != date.last) {
            return fault(field, fmt::format("“{}”不是一个日期，应写作 2026-12-31", value),
                         fmt::format("'{}' is no day, write 2026-12-31", value));
        }
        return layers::isoFromDay(*date.first);
    }
    const auto words = life.vocabularies.find(field.key);
    if (words == life.vocabularies.end()) {
        return value;
    }
    const auto isSame = [wanted = layers::folded(value)](const std::string& word) {
        return layers::folded(word) == wanted;
    };
    const auto word = std::find_if(words->second.begin(), words->second.end(), isSame);
    if (word == words->second.end()) {
        const std::string known = fmt::format("{}", fmt::join(words->second, "、"));
        return fault(field, fmt::format("“{}”不在用语中，可用：{}", value, known),
                     fmt::format("'{}' is no word of it, known: {}", value, known));
    }
    return *word;
}

} // namespace app
