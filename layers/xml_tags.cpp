#include "layers/xml_tags.hpp"

namespace layers {

std::string_view attributeOf(std::string_view tag, std::string_view name) {
    constexpr std::string_view kBlank = " \t\r\n";
    for (std::size_t at = tag.find(name); at != std::string_view::npos; at = tag.find(name, at + 1)) {
        const std::size_t quote = at + name.size() + 1;
        const bool isName = at > 0 && kBlank.find(tag[at - 1]) != std::string_view::npos;
        if (!isName || quote >= tag.size() || tag[quote - 1] != '=' ||
            (tag[quote] != '"' && tag[quote] != '\'')) {
            continue;
        }
        const std::size_t end = tag.find(tag[quote], quote + 1);
        return end == std::string_view::npos ? std::string_view() : tag.substr(quote + 1, end - quote - 1);
    }
    return {};
}

std::uint32_t columnOfReference(std::string_view reference) {
    constexpr std::uint32_t kLetters = 26;
    constexpr std::size_t kMostLetters = 3;
    std::uint32_t column = 0;
    for (const char c : reference.substr(0, kMostLetters)) {
        if (c < 'A' || c > 'Z') {
            break;
        }
        column = column * kLetters + static_cast<std::uint32_t>(c - 'A') + 1;
    }
    return column;
}

} // namespace layers
