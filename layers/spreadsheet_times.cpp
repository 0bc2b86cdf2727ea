#include "layers/spreadsheet_times.hpp"

#include "layers/records.hpp"
#include "layers/xml_tags.hpp"
#include "layers/zip_member.hpp"

#include <cpl_conv.h>
#include <cpl_string.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <map>
#include <memory>
#include <optional>
#include <string_view>
#include <tuple>

#include <fmt/format.h>

namespace layers {

namespace {

using Kind = TimedCell::Kind;
using Kinds = std::vector<std::optional<Kind>>; ///< style by style

constexpr std::int64_t kDaySeconds = 86400;

std::uint32_t numberOf(std::string_view text, std::uint32_t otherwise) {
    std::uint32_t value = otherwise;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

std::string unescaped(std::string_view text) {
    struct Freer {
        void operator()(char* copy) const { CPLFree(copy); }
    };
    const std::unique_ptr<char, Freer> plain(
        CPLUnescapeString(std::string(text).c_str(), nullptr, CPLES_XML));
    return plain.get();
}

bool isTrue(std::string_view value) {
    return value == "1" || value == "true" || value == "on";
}

/// A number format without quoted text, escaped characters and colours; [h] and its like stay, in lower case.
std::string plainFormat(std::string_view code) {
    std::string plain;
    for (std::size_t at = 0; at < code.size(); ++at) {
        const char c = code[at];
        if (c == '"') {
            at = std::min(code.find('"', at + 1), code.size());
        } else if (c == '\\' || c == '_' || c == '*') {
            ++at;
        } else if (c == '[') {
            const std::size_t end = std::min(code.find(']', at), code.size());
            const std::string_view inside = code.substr(at + 1, end - at - 1);
            if (!inside.empty() && inside.find_first_not_of("hHmMsS") == std::string_view::npos) {
                plain += inside;
            }
            at = end;
        } else {
            plain += c;
        }
    }
    std::transform(plain.begin(), plain.end(), plain.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return plain;
}

std::optional<Kind> kindOfCode(const std::string& code) {
    const std::string plain = plainFormat(code);
    if (plain.find("general") != std::string::npos) {
        return std::nullopt;
    }
    const auto has = [&](std::string_view letters) {
        return plain.find_first_of(letters) != std::string::npos;
    };
    if (has("yd") || (has("m") && !has("hs"))) {
        return Kind::Date;
    }
    return has("h") ? std::optional(Kind::Clock) : has("s") ? std::optional(Kind::Minutes) : std::nullopt;
}

/// Formats that every workbook has, the East Asian ones among them (ECMA-376, 18.8.30).
std::optional<Kind> kindOfBuiltIn(std::uint32_t id) {
    const auto isIn = [&](std::uint32_t first, std::uint32_t last) { return id >= first && id <= last; };
    if (isIn(14, 17) || id == 22 || isIn(27, 31) || id == 36 || isIn(50, 54) || isIn(57, 58)) { // NOLINT
        return Kind::Date;
    }
    if (isIn(18, 21) || isIn(32, 35) || id == 46 || isIn(55, 56)) { // NOLINT: numbers of the standard
        return Kind::Clock;
    }
    return id == 45 || id == 47 ? std::optional(Kind::Minutes) : std::nullopt; // NOLINT
}

Kinds kindsOfStyles(const std::string& root) {
    std::map<std::uint32_t, std::optional<Kind>> own;
    Kinds kinds;
    bool areCells = false;
    readXmlMember(root + "/xl/styles.xml", [&](std::string_view tag, std::string_view /*text*/) {
        if (startsElement(tag, "numFmt")) {
            own[numberOf(attributeOf(tag, "numFmtId"), 0)] =
                kindOfCode(unescaped(attributeOf(tag, "formatCode")));
        } else if (startsElement(tag, "cellXfs") || startsElement(tag, "/cellXfs")) {
            areCells = tag.front() != '/';
        } else if (areCells && startsElement(tag, "xf")) {
            const std::uint32_t id = numberOf(attributeOf(tag, "numFmtId"), 0);
            const auto found = own.find(id);
            kinds.push_back(found != own.end() ? found->second : kindOfBuiltIn(id));
        }
    });
    return kinds;
}

/// Where the workbook keeps a sheet, and from when it counts.
std::pair<std::string, bool> memberOfSheet(const std::string& root, const std::string& sheet) {
    std::map<std::string, std::string, std::less<>> targets;
    readXmlMember(root + "/xl/_rels/workbook.xml.rels", [&](std::string_view tag, std::string_view /*text*/) {
        if (startsElement(tag, "Relationship")) {
            targets[std::string(attributeOf(tag, "Id"))] = unescaped(attributeOf(tag, "Target"));
        }
    });
    std::string member;
    bool countFrom1904 = false;
    readXmlMember(root + "/xl/workbook.xml", [&](std::string_view tag, std::string_view /*text*/) {
        if (startsElement(tag, "workbookPr")) {
            countFrom1904 = isTrue(attributeOf(tag, "date1904"));
        } else if (startsElement(tag, "sheet") && unescaped(attributeOf(tag, "name")) == sheet) {
            const auto found = targets.find(attributeOf(tag, "r:id"));
            member = found == targets.end() ? "" : found->second;
        }
    });
    if (member.empty()) {
        return {member, countFrom1904};
    }
    return {root + (member.front() == '/' ? member : "/xl/" + member), countFrom1904};
}

/// The cells of a sheet that count, as its tags come.
class TimedCells {
  public:
    TimedCells(const Kinds& kinds, bool withDates) : m_kinds(kinds), m_withDates(withDates) {}

    void add(std::string_view tag, std::string_view text) {
        if (startsElement(tag, "row")) {
            m_cell.row = numberOf(attributeOf(tag, "r"), m_cell.row + 1);
            m_cell.column = 0;
        } else if (startsElement(tag, "c")) {
            const std::uint32_t column = columnOfReference(attributeOf(tag, "r"));
            m_cell.column = column > 0 ? column : m_cell.column + 1;
            const std::string_view type = attributeOf(tag, "t");
            const std::uint32_t style = numberOf(attributeOf(tag, "s"), 0);
            const auto kind = style < m_kinds.size() ? m_kinds[style] : std::nullopt;
            m_isTimed = kind && (type.empty() || type == "n") && (*kind != Kind::Date || m_withDates);
            m_cell.kind = kind.value_or(Kind::Clock);
        } else if (m_isTimed && tag == "/v") {
            m_isTimed = false;
            const auto end = std::from_chars(text.data(), text.data() + text.size(), m_cell.days);
            if (end.ec == std::errc() && end.ptr == text.data() + text.size()) {
                m_found.push_back(m_cell);
            }
        }
    }

    [[nodiscard]] std::vector<TimedCell> take() {
        std::stable_sort(m_found.begin(), m_found.end(), [](const TimedCell& a, const TimedCell& b) {
            return std::tie(a.row, a.column) < std::tie(b.row, b.column);
        });
        return std::move(m_found);
    }

  private:
    const Kinds& m_kinds;
    bool m_withDates;
    bool m_isTimed = false;
    TimedCell m_cell;
    std::vector<TimedCell> m_found;
};

} // namespace

SpreadsheetTimes spreadsheetTimes(const std::filesystem::path& file, const std::string& sheet) {
    const std::string root = zipRoot(file);
    const auto [member, countFrom1904] = memberOfSheet(root, sheet);
    SpreadsheetTimes times;
    times.countFrom1904 = countFrom1904;
    const Kinds kinds = kindsOfStyles(root);
    TimedCells cells(kinds, countFrom1904);
    if (!member.empty()) {
        readXmlMember(member, [&](std::string_view tag, std::string_view text) { cells.add(tag, text); });
    }
    times.cells = cells.take();
    return times;
}

std::string clockText(double days) {
    constexpr std::int64_t kThousandths = 1000;
    constexpr std::int64_t kMinute = 60;
    constexpr double kMostDays = 1e6;
    if (!(std::abs(days) < kMostDays)) {
        return fmt::format("{}", days);
    }
    const std::int64_t all = std::llround(std::abs(days) * static_cast<double>(kDaySeconds * kThousandths));
    const std::int64_t seconds = all / kThousandths;
    std::string text = fmt::format("{}{}:{:02}:{:02}", days < 0 ? "-" : "", seconds / kMinute / kMinute,
                                   seconds / kMinute % kMinute, seconds % kMinute);
    if (all % kThousandths != 0) {
        text += fmt::format(".{:03}", all % kThousandths);
    }
    return text;
}

std::string dateTextFrom1904(double days) {
    constexpr Day kZero = -24107;         // 1904-01-01 seen from 1970-01-01
    constexpr double kMostDays = 2957003; // 9999-12-31
    if (!(days >= 0 && days < kMostDays)) {
        return {};
    }
    const std::int64_t seconds = std::llround(days * static_cast<double>(kDaySeconds));
    std::string text = isoFromDay(kZero + static_cast<Day>(seconds / kDaySeconds));
    std::replace(text.begin(), text.end(), '-', '/');
    constexpr std::int64_t kHour = 3600;
    constexpr std::int64_t kMinute = 60;
    const std::int64_t rest = seconds % kDaySeconds;
    return rest == 0 ? text
                     : fmt::format("{} {:02}:{:02}:{:02}", text, rest / kHour, rest / kMinute % kMinute,
                                   rest % kMinute);
}

} // namespace layers
