#include "layers/project/batch_store.hpp"

#include <array>
#include <regex>
#include <string_view>

namespace layers {

namespace {

/// 二 -> 2, 十二 -> 12, 二十 -> 20; 0 when it is none of 一 … 九十九.
int chineseNumber(const std::string& text) {
    constexpr std::array<std::string_view, 10> kDigits{"",   "一", "二", "三", "四",
                                                       "五", "六", "七", "八", "九"};
    constexpr std::string_view kTen = "十";
    constexpr int kBase = 10;
    constexpr std::size_t kBytes = 3;
    int tens = 0;
    int number = 0;
    for (std::size_t at = 0; at + kBytes <= text.size(); at += kBytes) {
        const std::string_view character = std::string_view(text).substr(at, kBytes);
        if (character == kTen) {
            tens = number == 0 ? 1 : number;
            number = 0;
            continue;
        }
        for (std::size_t digit = 1; digit < kDigits.size(); ++digit) {
            if (character == kDigits.at(digit)) {
                number = static_cast<int>(digit);
            }
        }
    }
    return kBase * tens + number;
}

} // namespace

std::string batchCodeFrom(const std::string& name) {
    // std::regex counts bytes: what is optional stands in a group of its own.
    static const std::regex kArabic(
        R"(^\D*(\d{4})\s*(?:年度|年|[-_./ ])\s*(?:第)?\s*0*(\d{1,4})\s*(?:批次|批|期)?$)");
    static const std::regex kChinese(
        "^\\D*(\\d{4})\\s*(?:年度|年)\\s*第\\s*((?:一|二|三|四|五|六|七|八|九|十)+)\\s*(?:批次|批|期)$");
    std::smatch match;
    if (isBatchCode(name)) {
        return name;
    }
    if (std::regex_match(name, match, kArabic)) {
        return match[1].str() + "B" + match[2].str();
    }
    if (std::regex_match(name, match, kChinese)) {
        return match[1].str() + "B" + std::to_string(chineseNumber(match[2].str()));
    }
    return {};
}

bool isBatchCode(const std::string& code) {
    static const std::regex kCode(R"(^\d{4}B[1-9]\d{0,3}$)");
    return std::regex_match(code, kCode);
}

} // namespace layers
