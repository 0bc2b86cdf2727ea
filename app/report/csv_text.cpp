#include "app/report/csv_text.hpp"

#include <algorithm>
#include <array>

namespace app {

namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
constexpr char kGuard = '\'';
/// What a spreadsheet takes for the start of a formula, also in full width, and our guard itself.
constexpr std::string_view kGuardedAscii = "=+-@\t\n'";
constexpr std::array<std::string_view, 4> kGuardedWide = {"＝", "＋", "－", "＠"};

bool needsGuard(std::string_view text) {
    if (text.empty()) {
        return false;
    }
    if (kGuardedAscii.find(text.front()) != std::string_view::npos) {
        return true;
    }
    return std::any_of(kGuardedWide.begin(), kGuardedWide.end(),
                       [text](std::string_view wide) { return text.starts_with(wide); });
}

} // namespace

std::string csvField(std::string_view text) {
    const bool isPlain = text.find_first_of(",\"\n\t") == std::string_view::npos &&
                         (text.empty() || (text.front() != ' ' && text.back() != ' '));
    if (isPlain) {
        return std::string(text);
    }
    std::string quoted = "\"";
    for (const char c : text) {
        quoted += c;
        if (c == '"') {
            quoted += c;
        }
    }
    return quoted + '"';
}

std::string csvGuarded(std::string text) {
    if (needsGuard(text)) {
        text.insert(text.begin(), kGuard);
    }
    return text;
}

std::string csvLine(const std::vector<std::string>& texts, CsvStart start) {
    std::string line(start == CsvStart::File ? kByteOrderMark : "");
    for (std::size_t i = 0; i < texts.size(); ++i) {
        line += i == 0 ? "" : ",";
        line += csvField(csvGuarded(texts[i]));
    }
    line += kCsvLineEnd;
    return line;
}

} // namespace app
