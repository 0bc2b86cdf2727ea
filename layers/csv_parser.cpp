#include "layers/csv_parser.hpp"

#include "layers/error.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include <fmt/format.h>

namespace layers {

namespace {

constexpr std::size_t kCellMost = std::size_t{4} << 20U;

} // namespace

bool CsvParser::fill() {
    while (m_at >= m_text.size()) {
        m_at = 0;
        m_text.clear();
        if (!m_more(m_text)) {
            return false;
        }
    }
    return true;
}

/// Steps over a line end, of which CR LF is one; pieces end behind whole lines, but may part CR from LF.
void CsvParser::endLine() {
    const bool isReturn = m_text[m_at++] == '\r';
    if (isReturn && fill() && m_text[m_at] == '\n') {
        ++m_at;
    }
    ++m_line;
}

/// A cell without quotes; true when another one follows on the line.
bool CsvParser::takePlain(std::string& cell) {
    const auto isEnd = [this](char c) { return c == m_delimiter || c == '\n' || c == '\r'; };
    while (fill()) {
        const auto from = m_text.begin() + static_cast<std::ptrdiff_t>(m_at);
        const auto to = std::find_if(from, m_text.end(), isEnd);
        cell.append(from, to);
        m_at = static_cast<std::size_t>(to - m_text.begin());
        if (to == m_text.end()) {
            continue;
        }
        if (*to == m_delimiter) {
            ++m_at;
            return true;
        }
        endLine();
        return false;
    }
    return false;
}

/// A cell in quotes, from behind the first one; what follows the last one is appended as it stands.
bool CsvParser::takeQuoted(std::string& cell) {
    const std::int64_t opened = m_line;
    while (fill()) {
        const std::size_t quote = m_text.find('"', m_at);
        const std::size_t end = std::min(quote, m_text.size());
        m_line += std::count(m_text.begin() + static_cast<std::ptrdiff_t>(m_at),
                             m_text.begin() + static_cast<std::ptrdiff_t>(end), '\n');
        cell.append(m_text, m_at, end - m_at);
        m_at = end;
        if (cell.size() > kCellMost) {
            break;
        }
        if (quote == std::string::npos) {
            continue;
        }
        ++m_at;
        if (!fill() || m_text[m_at] != '"') {
            return takePlain(cell);
        }
        cell += '"';
        ++m_at;
    }
    throw Error(
        fmt::format("第 {0} 行的引号没有结束，其后的行无法读取；请补上引号或把数据另存为 CSV / the quote "
                    "opened on line {0} is not closed, so that the rows after it cannot be read: close "
                    "it, or save the table as CSV again",
                    opened));
}

bool CsvParser::next(std::vector<std::string>& cells) {
    cells.clear();
    if (!fill()) {
        return false;
    }
    m_recordLine = m_line;
    for (bool again = true; again;) {
        std::string& cell = cells.emplace_back();
        if (fill() && m_text[m_at] == '"') {
            ++m_at;
            again = takeQuoted(cell);
        } else {
            again = takePlain(cell);
        }
    }
    return true;
}

char delimiterOf(std::string_view start) {
    constexpr std::size_t kRecords = 50;
    char best = ',';
    double bestScore = 1;
    for (const char candidate : {',', '\t', ';', '|'}) {
        bool given = false;
        CsvParser parser(candidate, [&](std::string& text) {
            text = given ? std::string() : std::string(start);
            return !std::exchange(given, true) && !start.empty();
        });
        std::map<std::size_t, std::size_t> records; // cells -> records
        std::size_t all = 0;
        std::vector<std::string> cells;
        try {
            while (all < kRecords && parser.next(cells)) {
                const bool isBlank = std::all_of(cells.begin(), cells.end(),
                                                 [](const std::string& cell) { return cell.empty(); });
                records[cells.size()] += isBlank ? 0U : 1U;
                all += isBlank ? 0U : 1U;
            }
        } catch (const Error&) {
            // The text's beginning ends within quotes: what was cut so far counts.
            static_cast<void>(all);
        }
        const auto usual = std::max_element(records.begin(), records.end(),
                                            [](const auto& a, const auto& b) { return a.second < b.second; });
        if (usual == records.end() || all == 0) {
            continue;
        }
        const double score =
            static_cast<double>(usual->second) / static_cast<double>(all) * static_cast<double>(usual->first);
        if (score > bestScore) {
            best = candidate;
            bestScore = score;
        }
    }
    return best;
}

} // namespace layers
