#pragma once

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>

namespace layers {

/// True for a byte of UTF-8 with which a character begins.
[[nodiscard]] constexpr bool beginsCharacter(char byte) {
    return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U;
}

/// A code point and the bytes that it takes in UTF-8.
struct Utf8Character {
    char32_t code = 0;
    std::size_t length = 0; ///< 0: none
};

/// The character at the start of a text. None in an empty text and where the bytes are not well-formed UTF-8
/// (Unicode 15, table 3-7: cut or overlong sequences, surrogates, beyond U+10FFFF).
[[nodiscard]] Utf8Character firstCharacter(std::string_view text);

/// Characters of a text that is UTF-8.
[[nodiscard]] inline std::size_t characterCount(std::string_view text) {
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), beginsCharacter));
}

/// At most `most` bytes of a text, never cut inside a character.
[[nodiscard]] std::string_view firstBytes(std::string_view text, std::size_t most);

/// At most `most` characters of a text.
[[nodiscard]] std::string firstCharacters(std::string_view text, std::size_t most);

} // namespace layers
