#include "app/cli/text_table.hpp"

#include "layers/utf8.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace app {

namespace {

constexpr std::size_t kRowsBeforePrinting = 500;

struct Character {
    std::string_view bytes;
    std::size_t width = 1;
};

/// Unicode's wide and full-width blocks (UAX 11), as far as our texts go.
std::size_t widthOf(char32_t c) {
    constexpr std::array<std::pair<char32_t, char32_t>, 9> kWide{{{0x1100, 0x115F},
                                                                  {0x2E80, 0x303E},
                                                                  {0x3041, 0xA4CF},
                                                                  {0xAC00, 0xD7A3},
                                                                  {0xF900, 0xFAFF},
                                                                  {0xFE30, 0xFE6F},
                                                                  {0xFF01, 0xFF60},
                                                                  {0xFFE0, 0xFFE6},
                                                                  {0x20000, 0x3FFFD}}};
    const auto isIn = [c](const auto& block) { return block.first <= c && c <= block.second; };
    return std::any_of(kWide.begin(), kWide.end(), isIn) ? 2 : 1;
}

/// The first character of a text that is not empty; a broken byte is one of its own.
Character firstOf(std::string_view text) {
    const layers::Utf8Character first = layers::firstCharacter(text);
    if (first.length == 0) {
        return {text.substr(0, 1), 1};
    }
    return {text.substr(0, first.length), widthOf(first.code)};
}

std::string fitted(std::string_view text, std::size_t most) {
    if (terminalWidth(text) <= most) {
        return std::string(text);
    }
    std::string cut;
    std::size_t width = 1; // of "…"
    while (!text.empty()) {
        const Character next = firstOf(text);
        if (width + next.width > most) {
            break;
        }
        cut += next.bytes;
        width += next.width;
        text.remove_prefix(next.bytes.size());
    }
    return cut + "…";
}

} // namespace

std::size_t terminalWidth(std::string_view text) {
    std::size_t width = 0;
    while (!text.empty()) {
        const Character next = firstOf(text);
        width += next.width;
        text.remove_prefix(next.bytes.size());
    }
    return width;
}

void TextTable::add(std::vector<std::string> cells) {
    for (std::size_t i = 0; i < cells.size(); ++i) {
        std::replace(cells[i].begin(), cells[i].end(), '\n', ' ');
        cells[i] = fitted(cells[i], m_columns[i].most);
    }
    if (!m_widths.empty()) {
        print(cells);
        return;
    }
    m_waiting.push_back(std::move(cells));
    if (m_waiting.size() == kRowsBeforePrinting) {
        settle();
    }
}

void TextTable::finish() {
    if (m_widths.empty() && !m_waiting.empty()) {
        settle();
    }
}

void TextTable::settle() {
    std::vector<std::string> headers;
    for (const Column& column : m_columns) {
        headers.push_back(column.header);
        m_widths.push_back(terminalWidth(column.header));
    }
    for (const std::vector<std::string>& cells : m_waiting) {
        for (std::size_t i = 0; i < cells.size(); ++i) {
            m_widths[i] = std::max(m_widths[i], terminalWidth(cells[i]));
        }
    }
    print(headers);
    for (const std::vector<std::string>& cells : m_waiting) {
        print(cells);
    }
    m_waiting.clear();
}

void TextTable::print(const std::vector<std::string>& cells) const {
    std::string line;
    for (std::size_t i = 0; i < cells.size(); ++i) {
        const std::size_t width = terminalWidth(cells[i]);
        const std::string gap(m_widths[i] - std::min(m_widths[i], width), ' ');
        const bool isRight = m_columns[i].align == Align::Right;
        line += (i == 0 ? "" : "  ") + (isRight ? gap + cells[i] : cells[i] + gap);
    }
    line.erase(line.find_last_not_of(' ') + 1);
    fmt::print("{}\n", line);
}

} // namespace app
