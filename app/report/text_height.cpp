#include "app/report/text_height.hpp"

#include "layers/utf8.hpp"

#include <algorithm>
#include <cmath>

namespace app {

namespace {

constexpr double kLinePoints = 12;
constexpr double kPaddingPoints = 6;
constexpr double kMostPoints = 409; // what a spreadsheet allows
/// Characters of 9 points that one character of column width (11 points) holds, less the cell's padding.
constexpr double kCharactersPerWidth = 1.12;

} // namespace

double textHeight(std::string_view text, double columnWidth) {
    constexpr unsigned char kFirstWide = 0xE0; // lead byte of the three-byte characters, Chinese among them
    const double room = std::max(2.0, std::floor(columnWidth * kCharactersPerWidth));
    double lines = 1;
    double used = 0;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '\n') {
            ++lines;
            used = 0;
        } else if (layers::beginsCharacter(c)) {
            const double width = byte >= kFirstWide ? 2 : 1;
            if (used + width > room) {
                ++lines;
                used = 0;
            }
            used += width;
        }
    }
    return std::min(kMostPoints, lines * kLinePoints + kPaddingPoints);
}

} // namespace app
