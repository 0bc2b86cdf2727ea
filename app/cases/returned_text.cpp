#include "app/cases/returned_text.hpp"

namespace app {

namespace {

/// Length of the UTF-8 character that begins there; 1 for a byte that begins none.
std::size_t lengthAt(std::string_view text, std::size_t at) {
    constexpr unsigned char kTwo = 0xC0;
    constexpr unsigned char kThree = 0xE0;
    constexpr unsigned char kFour = 0xF0;
    const auto first = static_cast<unsigned char>(text[at]);
    const std::size_t length = first >= kFour ? 4 : first >= kThree ? 3 : first >= kTwo ? 2 : 1;
    return at + length <= text.size() ? length : 1;
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
        const std::string_view theirs = returned.substr(a, lengthAt(returned, a));
        const std::string_view ours = issued.substr(b, lengthAt(issued, b));
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
