#include "app/report/csv_file.hpp"

#include "app/report/cell_text.hpp"
#include "layers/error.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace app {

namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
constexpr std::string_view kLineEnd = "\r\n";
constexpr char kGuard = '\'';
/// What a spreadsheet takes for the start of a formula, also in full width, and our guard itself, so that
/// taking one leading apostrophe away always gives the text back.
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

/// A field as RFC 4180 wants it: quoted where it holds a comma, a quote, a line end or spaces at its ends.
std::string field(std::string_view text) {
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

std::string cell(const layers::Value& value, const layers::Column& column) {
    std::string text = printedText(value, column);
    if (std::holds_alternative<std::string>(value) && needsGuard(text)) {
        text.insert(text.begin(), kGuard);
    }
    return field(text);
}

} // namespace

CsvFile::CsvFile(std::filesystem::path file, std::vector<layers::Column> columns)
    : m_file(std::move(file)), m_columns(std::move(columns)),
      m_out(m_file, std::ios::binary | std::ios::trunc), m_line(kByteOrderMark) {
    for (std::size_t i = 0; i < m_columns.size(); ++i) {
        m_line += i == 0 ? "" : ",";
        m_line += field(m_columns[i].header);
    }
    m_line += kLineEnd;
    m_out << m_line;
}

void CsvFile::add(std::span<const layers::Value> row) {
    m_line.clear();
    for (std::size_t i = 0; i < m_columns.size(); ++i) {
        m_line += i == 0 ? "" : ",";
        m_line += i < row.size() ? cell(row[i], m_columns[i]) : std::string();
    }
    m_line += kLineEnd;
    m_out << m_line;
}

void CsvFile::close() {
    m_out.close();
    if (!m_out) {
        throw layers::Error("无法写入 " + m_file.string() +
                            "(磁盘已满或无权限)，请检查后重试。\ncannot write " + m_file.string() +
                            " (disk full, or no permission); make room or choose another folder.");
    }
}

} // namespace app
