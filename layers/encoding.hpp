#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace layers {

/// What a text's encoding was decided to be.
struct EncodingDecision {
    std::string name = "UTF-8"; ///< iconv's name
    std::string reason;         ///< "from .cpg", "language driver 0x4D", "from the bytes", ...
    bool guessed = false;       ///< by statistics
    bool doubtful = false;      ///< by statistics, and they do not settle it
    std::string overruled;      ///< what a label says that the bytes disprove
};

/// Usable name of what a .cpg or a user says ("936", "GBK", "UTF8", "ANSI 1252", ...); empty when unknown or
/// not a byte encoding that a .dbf can have (UTF-16).
[[nodiscard]] std::string encodingFromName(std::string_view text);
/// Encoding of a dBase language driver byte; empty when it says nothing.
[[nodiscard]] std::string encodingFromLanguageDriver(std::uint8_t driver);
/// Statistics over raw bytes: UTF-8 when all of them are (or most, and it gives the better text), else
/// GB18030 or Big5, whichever reads clean and gives everyday characters, with uchardet as a second opinion.
[[nodiscard]] EncodingDecision encodingFromBytes(const std::vector<std::string>& samples);
/// What a label (.cpg, language driver) says, unless the bytes disprove it: they cannot be read with it, or
/// read as everyday Chinese in another encoding only. `reason` names the label.
[[nodiscard]] EncodingDecision encodingFromLabel(const std::string& label, const std::string& reason,
                                                 const std::vector<std::string>& samples);

[[nodiscard]] bool isAscii(std::string_view bytes);
/// Well-formed UTF-8 (no overlong forms, surrogates or cut characters).
[[nodiscard]] bool isUtf8(std::string_view bytes);

/// Text recoded, with what did not fit.
struct Recoded {
    std::string text;       ///< UTF-8; a byte that does not fit became U+FFFD
    std::size_t faulty = 0; ///< bytes that did not fit
    bool cut = false;       ///< the last character was cut off (a full column), and left out
};
[[nodiscard]] Recoded recoded(std::string_view bytes, const std::string& encoding);

} // namespace layers
