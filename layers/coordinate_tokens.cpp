#include "layers/coordinate_tokens.hpp"

#include "layers/text.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <utility>

#include <fmt/format.h>

namespace layers {

namespace {

using Token = CoordinateToken;
using Type = CoordinateToken::Type;
using Mark = CoordinateToken::Mark;

struct Word {
    std::string_view text;
    Type type;
    Mark mark = Mark::None;
};

/// In half-width capitals; a longer word stands before the shorter one that begins it.
constexpr std::array kWords{
    Word{"东经", Type::Mark, Mark::East},
    Word{"西经", Type::Mark, Mark::West},
    Word{"北纬", Type::Mark, Mark::North},
    Word{"南纬", Type::Mark, Mark::South},
    Word{"经度", Type::Mark, Mark::East},
    Word{"纬度", Type::Mark, Mark::North},
    Word{"东", Type::Mark, Mark::East},
    Word{"西", Type::Mark, Mark::West},
    Word{"北", Type::Mark, Mark::North},
    Word{"南", Type::Mark, Mark::South},
    Word{"LONGITUDE", Type::Mark, Mark::East},
    Word{"LATITUDE", Type::Mark, Mark::North},
    Word{"LNG", Type::Mark, Mark::East},
    Word{"LON", Type::Mark, Mark::East},
    Word{"LAT", Type::Mark, Mark::North},
    Word{"E", Type::Mark, Mark::East},
    Word{"W", Type::Mark, Mark::West},
    Word{"N", Type::Mark, Mark::North},
    Word{"S", Type::Mark, Mark::South},
    Word{"X", Type::Mark, Mark::X},
    Word{"Y", Type::Mark, Mark::Y},
    Word{"度", Type::Degree},
    Word{"°", Type::Degree},
    Word{"º", Type::Degree},
    Word{"˚", Type::Degree},
    Word{"分", Type::Minute},
    Word{"秒", Type::Second},
    Word{"''", Type::Second},
    Word{"′′", Type::Second},
    Word{"’’", Type::Second},
    Word{"'", Type::Minute},
    Word{"′", Type::Minute},
    Word{"‵", Type::Minute},
    Word{"’", Type::Minute},
    Word{"‘", Type::Minute},
    Word{"´", Type::Minute},
    Word{"ʹ", Type::Minute},
    Word{"`", Type::Minute},
    Word{"\"", Type::Second},
    Word{"″", Type::Second},
    Word{"”", Type::Second},
    Word{"“", Type::Second},
    Word{"ʺ", Type::Second},
    Word{"˝", Type::Second},
    Word{"〞", Type::Second},
    Word{"米", Type::Metre},
    Word{"M", Type::Metre},
    Word{"-", Type::Dash},
    Word{"−", Type::Dash},
    Word{"–", Type::Dash},
    Word{"—", Type::Dash},
    Word{"+", Type::Plus},
    Word{":", Type::Colon},
    Word{",", Type::Separator},
    Word{";", Type::Separator},
    Word{"/", Type::Separator},
    Word{"|", Type::Separator},
    Word{"、", Type::Separator},
    Word{" ", Type::Space},
    Word{"\t", Type::Space},
    Word{"\n", Type::Space},
    Word{"\r", Type::Space},
    Word{"\u00A0", Type::Space},
    Word{"\u2003", Type::Space},
    Word{"\u200B", Type::Space},
    Word{"\uFEFF", Type::Space},
    Word{"(", Type::Space},
    Word{")", Type::Space},
    Word{"[", Type::Space},
    Word{"]", Type::Space},
};

constexpr std::size_t kLongestNumber = 40;
constexpr std::size_t kGroup = 3; ///< digits between thousands commas

bool isDigit(char c) {
    return c >= '0' && c <= '9';
}

bool areDigits(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), isDigit);
}

std::vector<std::string_view> split(std::string_view text, char at) {
    std::vector<std::string_view> parts;
    while (true) {
        const std::size_t found = text.find(at);
        parts.push_back(text.substr(0, found));
        if (found == std::string_view::npos) {
            return parts;
        }
        text.remove_prefix(found + 1);
    }
}

/// 3,320,113 or 101,960.5: commas before each three digits.
bool isGrouped(std::string_view run) {
    const std::vector<std::string_view> halves = split(run, '.');
    const std::vector<std::string_view> groups = split(halves.front(), ',');
    return halves.size() <= 2 && (halves.size() == 1 || areDigits(halves.back())) && groups.size() > 1 &&
           areDigits(groups.front()) && groups.front().size() <= kGroup &&
           std::all_of(groups.begin() + 1, groups.end(),
                       [](std::string_view group) { return group.size() == kGroup && areDigits(group); });
}

/// "101,96" as two whole degrees: could it be a pair?
bool couldBePair(std::string_view first, std::string_view second) {
    constexpr int kLatitudeMost = 90;
    constexpr int kLongitudeMost = 180;
    if (first.size() > kGroup || second.size() > kGroup) {
        return false;
    }
    const auto number = [](std::string_view text) {
        int value = 0;
        std::from_chars(text.data(), text.data() + text.size(), value);
        return value;
    };
    const int a = number(first);
    const int b = number(second);
    return std::min(a, b) <= kLatitudeMost && std::max(a, b) <= kLongitudeMost;
}

class Scanner {
  public:
    Scanner(std::string_view text, CommaRule rule)
        : m_text(folded(text)), m_rule(rule), m_semicolon(m_text.find(';') != std::string::npos) {}

    CoordinateTokens run() {
        while (m_at < m_text.size() && m_result.reasonEn.empty()) {
            const char c = m_text[m_at];
            if (isDigit(c) || (c == '.' && m_at + 1 < m_text.size() && isDigit(m_text[m_at + 1]))) {
                number();
            } else if (c == '=') {
                afterMark();
            } else {
                word();
            }
        }
        return std::move(m_result);
    }

  private:
    void fail(std::string zh, std::string en) {
        m_result.reasonZh = std::move(zh);
        m_result.reasonEn = std::move(en);
    }

    /// "X=", "东经：": the sign between a mark and its number.
    void afterMark() {
        const auto& tokens = m_result.tokens;
        if (tokens.empty() || tokens.back().type != Type::Mark) {
            fail("不是坐标", "not a coordinate");
            return;
        }
        ++m_at;
    }

    void word() {
        const std::string_view rest = std::string_view(m_text).substr(m_at);
        const auto* const found = std::find_if(kWords.begin(), kWords.end(),
                                               [&](const Word& w) { return rest.starts_with(w.text); });
        if (found == kWords.end()) {
            fail("不是坐标", "not a coordinate");
            return;
        }
        if (found->type == Type::Colon && !m_result.tokens.empty() &&
            m_result.tokens.back().type == Type::Mark) {
            ++m_at;
            return;
        }
        m_at += found->text.size();
        Token token;
        token.type = found->type;
        token.mark = found->mark;
        m_result.tokens.push_back(token);
    }

    /// The digits from here on, with points and those commas that belong to the number.
    void number() {
        std::size_t end = m_at;
        while (end < m_text.size() && (isDigit(m_text[end]) || m_text[end] == '.' || m_text[end] == ',')) {
            ++end;
        }
        std::string_view run = std::string_view(m_text).substr(m_at, end - m_at);
        while (run.ends_with(',')) { // a comma before a space is a separator
            run.remove_suffix(1);
        }
        std::string digits;
        if (run.find(',') == std::string_view::npos) {
            digits = run;
        } else if (!withCommas(run, digits)) {
            return;
        }
        m_at += run.size();
        std::string exponent;
        const std::string_view rest = std::string_view(m_text).substr(m_at);
        if (rest.size() > 2 && rest[0] == 'E' && (rest[1] == '+' || rest[1] == '-') && isDigit(rest[2])) {
            std::size_t last = 2;
            while (last < rest.size() && isDigit(rest[last])) {
                ++last;
            }
            exponent = rest.substr(0, last);
            m_at += last;
        }
        addNumber(digits, exponent);
    }

    /// Sets `digits` to the number without its commas; shortens `run` to what belongs to it. False: not a
    /// number.
    bool withCommas(std::string_view& run, std::string& digits) {
        const std::size_t commas = static_cast<std::size_t>(std::count(run.begin(), run.end(), ','));
        const bool hasPoint = run.find('.') != std::string_view::npos;
        const bool isPair = m_rule == CommaRule::Pair;
        if (isGrouped(run) && (commas > 1 || (hasPoint && !isPair))) {
            std::copy_if(run.begin(), run.end(), std::back_inserter(digits), [](char c) { return c != ','; });
            return true;
        }
        const std::size_t comma = run.find(',');
        const std::string_view first = run.substr(0, comma);
        const std::string_view second = run.substr(comma + 1);
        const bool oneComma = commas == 1 && !hasPoint;
        if (isPair && !(m_semicolon && oneComma)) {
            run = first; // the comma parts the two
            digits = first;
            return true;
        }
        if (!oneComma) {
            fail("一格中有不止一个坐标", "more than one coordinate in the cell");
            return false;
        }
        if (!isPair && (couldBePair(first, second) || second.size() == kGroup)) {
            fail("逗号的含义不明（小数点、千分位或一对坐标）",
                 "the comma may be a decimal point, part thousands or part two coordinates");
            return false;
        }
        digits = run;
        digits[comma] = '.';
        return true;
    }

    void addNumber(const std::string& digits, const std::string& exponent) {
        constexpr double kTen = 10;
        const std::size_t point = digits.find('.');
        Token token;
        token.type = Type::Number;
        token.whole = point == std::string::npos;
        token.startsWithPoint = point == 0;
        token.exponent = !exponent.empty();
        const std::string whole = digits + exponent;
        const auto end = std::from_chars(whole.data(), whole.data() + whole.size(), token.value);
        if (whole.size() > kLongestNumber || end.ec != std::errc() ||
            end.ptr != whole.data() + whole.size() || !std::isfinite(token.value)) {
            fail("数字无法读取", "the number cannot be read");
            return;
        }
        int power = 0;
        if (token.exponent) {
            const char* const first = exponent.data() + (exponent[1] == '+' ? 2 : 1);
            std::from_chars(first, exponent.data() + exponent.size(), power);
        }
        const auto decimals = token.whole ? 0 : static_cast<int>(digits.size() - point - 1);
        token.precision = std::pow(kTen, power - decimals);
        m_result.tokens.push_back(token);
    }

    std::string m_text;
    CommaRule m_rule;
    bool m_semicolon = false;
    std::size_t m_at = 0;
    CoordinateTokens m_result;
};

} // namespace

CoordinateTokens coordinateTokens(std::string_view text, CommaRule rule) {
    constexpr std::size_t kLongest = 200;
    if (text.size() > kLongest) {
        CoordinateTokens tooLong;
        tooLong.reasonZh = "文字太长，不是坐标";
        tooLong.reasonEn = "too long for a coordinate";
        return tooLong;
    }
    return Scanner(text, rule).run();
}

} // namespace layers
