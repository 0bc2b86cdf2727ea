#include "app/cases/returned_text.hpp"

#include "layers/utf8.hpp"

#include <algorithm>

namespace app {

namespace {

/// The character that begins there, or a byte that begins none.
std::string_view characterAt(std::string_view text, std::size_t at) {
    text.remove_prefix(at);
    return text.substr(0, std::max<std::size_t>(layers::firstCharacter(text).length, 1));
}

bool isBlank(std::string_view character) {
    return character == " " || character == "\n" || character == "\r" || character == "\t";
}

std::size_t skipBlanks(std::string_view text, std::size_t at) {
    while (at < text.size() && isBlank(text.substr(at, 1))) {
        ++at;
    }
    return at;
}

} // namespace

bool isSameText(std::string_view returned, std::string_view issued) {
    constexpr std::string_view kReplaced = "〓";
    std::size_t a = skipBlanks(returned, 0);
    std::size_t b = skipBlanks(issued, 0);
    while (a < returned.size() && b < issued.size()) {
        const std::string_view theirs = characterAt(returned, a);
        const std::string_view ours = characterAt(issued, b);
        if (isBlank(theirs) != isBlank(ours)) {
            break;
        }
        if (isBlank(theirs)) {
            a = skipBlanks(returned, a);
            b = skipBlanks(issued, b);
            continue;
        }
        if (theirs != ours && theirs != kReplaced) {
            return false;
        }
        a += theirs.size();
        b += ours.size();
    }
    return skipBlanks(returned, a) == returned.size() && skipBlanks(issued, b) == issued.size();
}

} // namespace app
