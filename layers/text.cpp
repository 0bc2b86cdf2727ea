#include "layers/text.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <utility>

namespace layers {

namespace {

constexpr std::string_view kIdeographicSpace = "\u3000";
constexpr std::array<std::string_view, 10> kSpaces{
    " ", "\t", "\r", "\n", "\v", "\f", "\u00A0", kIdeographicSpace, "\uFEFF", "\u200B"};

constexpr double kM2PerHa = 10000.0;
constexpr double kM2PerMu = 10000.0 / 15.0; // 1 公顷 = 15 亩
constexpr double kM2PerKm2 = 1000000.0;

/// Unit words, folded, and their square metres.
constexpr std::array<std::pair<std::string_view, double>, 17> kAreaUnits{{
    {"M2", 1.0},
    {"M²", 1.0},
    {"㎡", 1.0},
    {"平方米", 1.0},
    {"平米", 1.0},
    {"HA", kM2PerHa},
    {"HM2", kM2PerHa},
    {"HM²", kM2PerHa},
    {"公顷", kM2PerHa},
    {"MU", kM2PerMu},
    {"亩", kM2PerMu},
    {"KM2", kM2PerKm2},
    {"KM²", kM2PerKm2},
    {"平方公里", kM2PerKm2},
    {"平方千米", kM2PerKm2},
    {"万亩", kM2PerMu * 10000.0},
    {"万公顷", kM2PerHa * 10000.0},
}};

std::optional<double> unitM2(std::string_view word) {
    const auto* const found = std::find_if(kAreaUnits.begin(), kAreaUnits.end(),
                                           [&](const auto& unit) { return unit.first == word; });
    return found == kAreaUnits.end() ? std::nullopt : std::optional<double>(found->second);
}

bool isDigit(char c) {
    return c >= '0' && c <= '9';
}

/// A comma before exactly three digits; any other comma ends the number ("1,5" is not 15).
bool isThousandsComma(const std::string& text, std::size_t at) {
    constexpr std::size_t kGroup = 3;
    if (at == 0 || !isDigit(text[at - 1]) || at + kGroup >= text.size()) {
        return false;
    }
    const auto* const first = text.data() + at + 1;
    return std::all_of(first, first + kGroup, isDigit) &&
           (at + kGroup + 1 == text.size() || !isDigit(text[at + kGroup + 1]));
}

/// The number at the start of half-width text, thousands commas dropped, and what follows it.
std::optional<std::pair<double, std::string>> leadingNumber(const std::string& text) {
    std::string digits;
    std::size_t at = 0;
    for (; at < text.size(); ++at) {
        const char c = text[at];
        if (c == ',' && isThousandsComma(text, at)) {
            continue;
        }
        const bool exponent = (c == 'E' || c == 'e') && at + 1 < text.size() && at > 0 &&
                              std::string_view("+-0123456789").find(text[at + 1]) != std::string_view::npos;
        const bool sign = (c == '+' || c == '-') && (at == 0 || text[at - 1] == 'E' || text[at - 1] == 'e');
        if (!isDigit(c) && c != '.' && !exponent && !sign) {
            break;
        }
        digits += c;
    }
    const char* first = digits.data();
    const char* const last = first + digits.size();
    if (first != last && *first == '+') { // from_chars takes no plus sign
        ++first;
    }
    double value = 0;
    const auto [end, error] = std::from_chars(first, last, value);
    if (error != std::errc() || end != last || !std::isfinite(value)) {
        return std::nullopt;
    }
    return std::pair(value, trimmed(std::string_view(text).substr(at)));
}

} // namespace

std::string trimmed(std::string_view text) {
    constexpr unsigned char kFirstGraphic = 0x21;
    constexpr unsigned char kLastGraphic = 0x7E;
    const auto isGraphic = [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte >= kFirstGraphic && byte <= kLastGraphic;
    };
    if (text.empty() || (isGraphic(text.front()) && isGraphic(text.back()))) {
        return std::string(text); // by far the most common
    }
    for (bool again = true; again;) {
        again = false;
        for (const std::string_view space : kSpaces) {
            if (text.starts_with(space)) {
                text.remove_prefix(space.size());
                again = true;
            }
            if (text.ends_with(space)) {
                text.remove_suffix(space.size());
                again = true;
            }
        }
    }
    return std::string(text);
}

std::string halfWidth(std::string_view text) {
    // U+FF01 … U+FF5E are EF BC 81 … EF BD 9E in UTF-8 and stand in ASCII's order from '!' on.
    constexpr unsigned char kLead = 0xEF;
    constexpr unsigned char kFirstRow = 0xBC;
    constexpr unsigned char kSecondRow = 0xBD;
    constexpr unsigned char kFirstOfRow = 0x80;
    constexpr unsigned char kLastOfSecondRow = 0x9E;
    constexpr int kRow = 0x40;
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size();) {
        const auto byte = [&](std::size_t k) {
            return i + k < text.size() ? static_cast<unsigned char>(text[i + k])
                                       : static_cast<unsigned char>(0);
        };
        const bool first = byte(1) == kFirstRow && byte(2) > kFirstOfRow && byte(2) < kFirstOfRow + kRow;
        const bool second = byte(1) == kSecondRow && byte(2) >= kFirstOfRow && byte(2) <= kLastOfSecondRow;
        if (byte(0) == kLead && (first || second)) {
            out += static_cast<char>(' ' + byte(2) - kFirstOfRow + (second ? kRow : 0));
            i += kIdeographicSpace.size();
        } else if (text.substr(i).starts_with(kIdeographicSpace)) {
            out += ' ';
            i += kIdeographicSpace.size();
        } else {
            out += text[i++];
        }
    }
    return out;
}

std::string lowerAscii(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return text;
}

std::string upperAscii(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(),
                   [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
    return text;
}

std::string folded(std::string_view text) {
    std::string out = trimmed(halfWidth(text));
    for (char& c : out) {
        if (c >= 'a' && c <= 'z') {
            c = static_cast<char>(c - 'a' + 'A');
        }
    }
    return out;
}

std::optional<double> parseNumber(std::string_view text) {
    const auto number = leadingNumber(folded(text));
    return number && number->second.empty() ? std::optional<double>(number->first) : std::nullopt;
}

std::optional<double> parseAreaM2(std::string_view text, std::string_view unit) {
    std::string plain = folded(text);
    for (const std::string_view about :
         {std::string_view("约"), std::string_view("大约"), std::string_view("≈")}) {
        if (plain.starts_with(about)) {
            plain = trimmed(std::string_view(plain).substr(about.size()));
        }
    }
    const auto number = leadingNumber(plain);
    if (!number || number->first < 0) {
        return std::nullopt;
    }
    const auto factor = unitM2(number->second.empty() ? folded(unit) : number->second);
    return factor ? std::optional<double>(number->first * *factor) : std::nullopt;
}

bool isAreaUnit(std::string_view unit) {
    return unitM2(folded(unit)).has_value();
}

} // namespace layers
