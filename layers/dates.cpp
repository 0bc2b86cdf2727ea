#include "layers/records.hpp"
#include "layers/text.hpp"
#include "layers/utf8.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <span>
#include <utility>
#include <vector>

#include <fmt/format.h>

namespace layers {

namespace {

namespace chrono = std::chrono;

/// First and last day of what a text means.
struct Span {
    Day first = 0;
    Day last = 0;
};

constexpr int kMonthsInYear = 12;
constexpr int kMonthsInHalf = 6;
constexpr int kMonthsInQuarter = 3;
constexpr int kFirstYear = 1900; // years that image dates, approvals and build dates can have
constexpr int kLastYear = 2199;
constexpr int kTenDays = 10;

/// Excel counts days from 1899-12-30; a bare number is taken as such a count only from 1980 to 2100, so that
/// sheet numbers and codes do not become dates.
constexpr Day kExcelDayZero = -25569;
constexpr int kFirstExcelSerial = 29221; // 1980-01-01
constexpr int kLastExcelSerial = 73415;  // 2100-12-31

bool plausible(int year) {
    return year >= kFirstYear && year <= kLastYear;
}

Day dayOf(chrono::sys_days day) {
    return static_cast<Day>(day.time_since_epoch().count());
}

std::optional<Day> dayOf(int year, int month, int day) {
    const chrono::year_month_day date{chrono::year(year), chrono::month(static_cast<unsigned>(month)),
                                      chrono::day(static_cast<unsigned>(day))};
    if (!plausible(year) || month < 1 || day < 1 || !date.ok()) {
        return std::nullopt;
    }
    return dayOf(chrono::sys_days(date));
}

/// Whole months, from `first` to `last`, of a year.
std::optional<Span> months(int year, int first, int last) {
    if (!plausible(year) || first < 1 || last > kMonthsInYear || first > last) {
        return std::nullopt;
    }
    const chrono::year_month_day_last end{chrono::year(year),
                                          chrono::month_day_last(chrono::month(static_cast<unsigned>(last)))};
    return Span{*dayOf(year, first, 1), dayOf(chrono::sys_days(end))};
}

std::optional<Span> single(std::optional<Day> day) {
    return day ? std::optional<Span>(Span{*day, *day}) : std::nullopt;
}

/// A run of digits, or one other character (a whole UTF-8 one).
struct Token {
    std::string_view text;
    bool digits = false;
    int value = 0;
};

bool isDigit(char c) {
    return c >= '0' && c <= '9';
}

std::vector<Token> tokensOf(std::string_view text) {
    std::vector<Token> tokens;
    for (std::size_t at = 0; at < text.size();) {
        std::size_t end = at + 1;
        const bool digits = isDigit(text[at]);
        while (end < text.size() && (digits ? isDigit(text[end]) : !beginsCharacter(text[end]))) {
            ++end;
        }
        Token token{text.substr(at, end - at), digits, -1};
        if (digits) { // a run too long for an int stays -1 and fits nothing
            std::from_chars(text.data() + at, text.data() + end, token.value);
        }
        if (token.text != " ") {
            tokens.push_back(token);
        }
        at = end;
    }
    return tokens;
}

/// Reads tokens from left to right; what is read is gone.
class Reader {
  public:
    explicit Reader(std::span<const Token> tokens) : m_tokens(tokens) {}
    [[nodiscard]] bool atEnd() const { return m_at == m_tokens.size(); }
    [[nodiscard]] const Token* peek(std::size_t ahead = 0) const {
        return m_at + ahead < m_tokens.size() ? &m_tokens[m_at + ahead] : nullptr;
    }
    /// The number there, when its digits number at least `least` and at most `most`.
    std::optional<int> number(std::size_t least, std::size_t most) {
        const Token* token = peek();
        if (token == nullptr || !token->digits || token->text.size() < least || token->text.size() > most) {
            return std::nullopt;
        }
        ++m_at;
        return token->value;
    }
    /// True, and read, when the characters of `word` come next.
    bool word(std::string_view word) {
        std::size_t ahead = 0;
        while (!word.empty()) {
            const Token* token = peek(ahead);
            if (token == nullptr || !word.starts_with(token->text)) {
                return false;
            }
            word.remove_prefix(token->text.size());
            ++ahead;
        }
        m_at += ahead;
        return true;
    }

  private:
    std::span<const Token> m_tokens;
    std::size_t m_at = 0;
};

/// 1, 一, …: the number of a quarter or half year.
std::optional<int> ordinal(Reader& reader) {
    constexpr std::array<std::string_view, 4> kHanzi{"一", "二", "三", "四"};
    for (std::size_t i = 0; i < kHanzi.size(); ++i) {
        if (reader.word(kHanzi[i])) {
            return static_cast<int>(i) + 1;
        }
    }
    return reader.number(1, 1);
}

std::optional<Span> quarter(int year, int number) {
    const int last = number * kMonthsInQuarter;
    return months(year, last - kMonthsInQuarter + 1, last);
}

/// What follows a year: 上半年, 第二季度, Q2, H1.
std::optional<Span> partOfYear(int year, Reader& reader) {
    for (const auto& [word, first] : {std::pair("上半年", 1), std::pair("下半年", kMonthsInHalf + 1),
                                      std::pair("H1", 1), std::pair("H2", kMonthsInHalf + 1)}) {
        if (reader.word(word)) {
            return months(year, first, first + kMonthsInHalf - 1);
        }
    }
    if (reader.word("Q")) {
        const auto number = reader.number(1, 1);
        return number ? quarter(year, *number) : std::nullopt;
    }
    reader.word("第");
    const auto number = ordinal(reader);
    return number && (reader.word("季度") || reader.word("季")) ? quarter(year, *number) : std::nullopt;
}

/// 上旬, 中旬, 下旬 of a month, else the month.
std::optional<Span> partOfMonth(int year, int month, Reader& reader) {
    const auto whole = months(year, month, month);
    if (!whole) {
        return std::nullopt;
    }
    if (reader.word("上旬")) {
        return Span{whole->first, whole->first + kTenDays - 1};
    }
    if (reader.word("中旬")) {
        return Span{whole->first + kTenDays, whole->first + 2 * kTenDays - 1};
    }
    if (reader.word("下旬")) {
        return Span{whole->first + 2 * kTenDays, whole->last};
    }
    return whole;
}

bool isClock(const Token* token) {
    return token != nullptr &&
           (token->digits || token->text == ":" || token->text == "." || token->text == "T" ||
            token->text == "Z" || token->text == "+" || token->text == "-");
}

/// A time of day after a date (as OGR and ISO write it) is read over: images are dated by the day.
void skipClock(Reader& reader, bool separated) {
    if (reader.atEnd() || (!separated && !reader.word("T"))) {
        return;
    }
    const Token* hour = reader.peek();
    const Token* colon = reader.peek(1);
    if (hour == nullptr || !hour->digits || colon == nullptr || colon->text != ":") {
        return;
    }
    while (isClock(reader.peek())) {
        const Token* token = reader.peek();
        token->digits ? static_cast<void>(reader.number(1, token->text.size()))
                      : static_cast<void>(reader.word(token->text));
    }
}

std::optional<Span> afterYear(int year, Reader& reader, bool spaced);

/// A date in parts: year first, then month and day with -, /, . or 年月日 between.
std::optional<Span> partsFrom(Reader& reader, bool spaced) {
    constexpr std::size_t kYearDigits = 4;
    const auto year = reader.number(kYearDigits, kYearDigits);
    return year ? afterYear(*year, reader, spaced) : std::nullopt;
}

std::optional<Span> afterYear(int year, Reader& reader, bool spaced) {
    if (reader.atEnd()) {
        return months(year, 1, kMonthsInYear);
    }
    std::string_view mark;
    for (const std::string_view candidate : {"-", "/", ".", "年"}) {
        if (reader.word(candidate)) {
            mark = candidate;
            break;
        }
    }
    if (mark.empty() || mark == "年" || mark == "-") {
        if (!mark.empty() && reader.atEnd()) {
            return mark == "年" ? months(year, 1, kMonthsInYear) : std::nullopt;
        }
        Reader ahead = reader;
        if (const auto part = partOfYear(year, ahead)) {
            reader = ahead;
            return part;
        }
    }
    const auto month = mark.empty() ? std::nullopt : reader.number(1, 2);
    if (!month) {
        return std::nullopt;
    }
    const bool hanzi = mark == "年";
    if (hanzi ? !reader.word("月") : (reader.atEnd() || !reader.word(mark))) {
        return hanzi || !reader.atEnd() ? std::nullopt : months(year, *month, *month);
    }
    const auto day = reader.number(1, 2);
    if (!day) {
        return hanzi ? partOfMonth(year, *month, reader) : std::nullopt;
    }
    if (hanzi && !reader.atEnd() && !reader.word("日") && !reader.word("号")) {
        return std::nullopt;
    }
    skipClock(reader, spaced);
    return single(dayOf(year, *month, *day));
}

/// Digits alone: 20240315, 202403, 2024 or an Excel serial.
std::optional<Span> fromDigits(std::string_view digits) {
    constexpr std::size_t kDayDigits = 8;
    constexpr std::size_t kMonthDigits = 6;
    constexpr std::size_t kYearDigits = 4;
    constexpr std::size_t kSerialDigits = 5;
    constexpr int kHundred = 100;
    int value = 0;
    if (std::from_chars(digits.data(), digits.data() + digits.size(), value).ec != std::errc()) {
        return std::nullopt;
    }
    if (digits.size() == kDayDigits) {
        return single(dayOf(value / (kHundred * kHundred), value / kHundred % kHundred, value % kHundred));
    }
    if (digits.size() == kMonthDigits) {
        return months(value / kHundred, value % kHundred, value % kHundred);
    }
    if (digits.size() == kYearDigits) {
        return months(value, 1, kMonthsInYear); // NOLINT(readability-suspicious-call-argument): year, months
    }
    if (digits.size() == kSerialDigits && value >= kFirstExcelSerial && value <= kLastExcelSerial) {
        return single(kExcelDayZero + value);
    }
    return std::nullopt;
}

/// The digits before the point of a number column: "20240315.000", "45366.5" (a serial with a time of day).
std::optional<std::string_view> wholeNumber(std::string_view text) {
    constexpr std::size_t kSerialDigits = 5;
    const std::size_t point = text.find_first_not_of("0123456789");
    if (point == std::string_view::npos) {
        return text;
    }
    const std::string_view rest = text.substr(point + 1);
    if (text[point] != '.' || point == 0 || rest.find_first_not_of("0123456789") != std::string_view::npos) {
        return std::nullopt;
    }
    const bool zeros = rest.find_first_not_of('0') == std::string_view::npos;
    return zeros || point == kSerialDigits ? std::optional(text.substr(0, point)) : std::nullopt;
}

std::optional<Span> oneDate(std::string_view text) {
    if (const auto digits = wholeNumber(text)) {
        return fromDigits(*digits);
    }
    constexpr std::size_t kDayDigits = 8;
    const std::vector<Token> tokens = tokensOf(text);
    Reader reader(tokens);
    std::optional<Span> span;
    const bool spaced = text.find(' ') != std::string_view::npos;
    if (const Token* first = reader.peek();
        first != nullptr && first->digits && first->text.size() == kDayDigits) {
        span = fromDigits(first->text);
        static_cast<void>(reader.number(kDayDigits, kDayDigits));
        skipClock(reader, spaced);
    } else {
        span = partsFrom(reader, spaced);
    }
    return reader.atEnd() ? span : std::nullopt;
}

/// "2024-03-12至2024-03-20": from the first day of the one to the last of the other.
std::optional<Span> fromTo(std::string_view text) {
    for (const std::string_view mark : {"至", "到", "~", "——", "—", "–", "-"}) {
        const std::size_t at = text.find(mark);
        if (at == std::string_view::npos || text.rfind(mark) != at) {
            continue; // two of a mark: which one parts the dates is not certain
        }
        const auto from = oneDate(trimmed(text.substr(0, at)));
        const auto to = oneDate(trimmed(text.substr(at + mark.size())));
        if (from && to && from->first <= to->last) {
            return Span{from->first, to->last};
        }
    }
    return std::nullopt;
}

} // namespace

std::optional<Day> dayFromIso(std::string_view iso) {
    constexpr std::size_t kLength = 10;
    constexpr std::size_t kMonthAt = 5;
    constexpr std::size_t kDayAt = 8;
    if (iso.size() != kLength || iso[kMonthAt - 1] != '-' || iso[kDayAt - 1] != '-') {
        return std::nullopt;
    }
    const auto part = [&](std::size_t at, std::size_t length) -> std::optional<int> {
        int value = 0;
        const char* const end = iso.data() + at + length;
        const auto result = std::from_chars(iso.data() + at, end, value);
        const bool whole = result.ec == std::errc() && result.ptr == end && isDigit(iso[at]);
        return whole ? std::optional(value) : std::nullopt;
    };
    const auto year = part(0, kMonthAt - 1);
    const auto month = part(kMonthAt, 2);
    const auto day = part(kDayAt, 2);
    return year && month && day ? dayOf(*year, *month, *day) : std::nullopt;
}

std::string isoFromDay(Day day) {
    const chrono::year_month_day date{chrono::sys_days(chrono::days(day))};
    return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()),
                       static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
}

bool isMonthInDoubt(std::string_view text) {
    constexpr std::string_view kForm = "2024.1";
    return text.size() == kForm.size() && text.ends_with(".1") &&
           std::all_of(text.begin(), text.begin() + kForm.find('.'), isDigit);
}

DateText parseDate(std::string_view text) {
    DateText date;
    date.raw = std::string(text);
    const std::string plain = folded(text);
    if (isMonthInDoubt(plain)) {
        return date;
    }
    auto span = oneDate(plain);
    if (!span) {
        span = fromTo(plain);
    }
    if (span) {
        date.first = span->first;
        date.last = span->last;
    }
    return date;
}

} // namespace layers
