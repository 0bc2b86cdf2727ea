#include "layers/raster_label.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <set>

#include <fmt/format.h>

namespace layers {

namespace {

/// Codes that deliveries of imagery begin with.
constexpr std::array<std::string_view, 38> kSatellites{
    "GF1",  "GF1B",  "GF1C",  "GF1D",  "GF2",   "GF3",   "GF4",  "GF5",  "GF5B", "GF6",
    "GF7",  "ZY3",   "ZY301", "ZY302", "ZY303", "ZY02C", "ZY1E", "ZY1F", "HJ2A", "HJ2B",
    "CB04", "CB04A", "BJ2",   "BJ3",   "BJ3A",  "SV1",   "SV2",  "JL1",  "TH01", "TH02",
    "LC08", "LC09",  "LE07",  "LT05",  "S2A",   "S2B",   "WV02", "WV03"};
constexpr int kFirstYear = 1972; // of imaging from orbit
constexpr int kLastYear = 2099;

bool isDigit(char c) {
    return std::isdigit(static_cast<unsigned char>(c)) != 0;
}

std::optional<Day> dayOf(std::string_view year, std::string_view month, std::string_view day) {
    const int number = std::stoi(std::string(year));
    if (number < kFirstYear || number > kLastYear) {
        return std::nullopt;
    }
    return dayFromIso(fmt::format("{}-{}-{}", year, month, day));
}

/// The digits that begin at a place.
std::string_view digitsAt(std::string_view text, std::size_t at) {
    std::size_t end = at;
    while (end < text.size() && isDigit(text[end])) {
        ++end;
    }
    return text.substr(at, end - at);
}

/// 20250211, or 2025-02-11 with one kind of mark.
std::optional<Day> dayAt(std::string_view text, std::size_t at) {
    constexpr std::size_t kCompact = 8;
    const std::string_view digits = digitsAt(text, at);
    if (digits.size() == kCompact) {
        return dayOf(digits.substr(0, 4), digits.substr(4, 2), digits.substr(6, 2));
    }
    if (digits.size() != 4 || at + 4 >= text.size() ||
        std::string_view("-_.").find(text[at + 4]) == std::string_view::npos) {
        return std::nullopt;
    }
    const std::string_view month = digitsAt(text, at + 5);
    const std::size_t mark = at + 5 + month.size();
    if (month.size() != 2 || mark >= text.size() || text[mark] != text[at + 4]) {
        return std::nullopt;
    }
    const std::string_view day = digitsAt(text, mark + 1);
    return day.size() == 2 ? dayOf(digits, month, day) : std::nullopt;
}

std::set<Day> daysIn(std::string_view text) {
    std::set<Day> days;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (isDigit(text[i]) && (i == 0 || !isDigit(text[i - 1]))) {
            if (const std::optional<Day> day = dayAt(text, i)) {
                days.insert(*day);
            }
        }
    }
    return days;
}

/// "2025-02-11T03:55:00Z" and "2025:02:11 11:55:00"
std::optional<Day> dayOfMoment(std::string text) {
    constexpr std::size_t kDate = 10;
    if (text.size() < kDate) {
        return std::nullopt;
    }
    std::replace(text.begin(), text.begin() + kDate, ':', '-');
    return dayFromIso(text.substr(0, kDate));
}

std::string satelliteOf(std::string_view stem) {
    std::string word(stem.substr(0, stem.find_first_of("_-. ")));
    std::transform(word.begin(), word.end(), word.begin(),
                   [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
    return std::find(kSatellites.begin(), kSatellites.end(), word) == kSatellites.end() ? std::string()
                                                                                        : word;
}

} // namespace

RasterLabel rasterLabel(std::string_view stem, const RasterMetadata& metadata) {
    RasterLabel label;
    label.sensor = metadata("IMAGERY", "SATELLITEID");
    if (label.sensor.empty()) {
        label.sensor = satelliteOf(stem);
    }
    const std::set<Day> named = daysIn(stem);
    const std::optional<Day> stamped = dayOfMoment(metadata("", "TIFFTAG_DATETIME"));
    label.date = dayOfMoment(metadata("IMAGERY", "ACQUISITIONDATETIME"));
    if (label.date) {
        label.dateFrom = "元数据";
    } else if (named.size() == 1 && (!stamped || *stamped >= *named.begin())) {
        label.date = *named.begin();
        label.dateFrom = "文件名";
    } else if (named.empty() && stamped) {
        label.date = stamped;
        label.dateFrom = "TIFF日期";
    }
    return label;
}

} // namespace layers
