#pragma once

// PDF objects through qpdf; included by sources of app/cartography only.

#ifndef POINTERHOLDER_TRANSITION
#define POINTERHOLDER_TRANSITION 4 // qpdf: std::shared_ptr only
#endif
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFObjectHandle.hh>
#include <qpdf/QPDFSystemError.hh>

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace app {

/// Reads a PDF that this program wrote into memory: qpdf goes to and fro in it thousands of times.
[[nodiscard]] std::shared_ptr<QPDF> openPdf(const std::filesystem::path& file);
/// Writes to a temporary name and renames; the same objects give the same bytes.
void writePdf(QPDF& pdf, const std::filesystem::path& file);
[[nodiscard]] QPDFObjectHandle newStream(QPDF& pdf, const std::string& data);
[[nodiscard]] std::string dataOf(QPDFObjectHandle stream);

[[noreturn]] void throwPdfError(const std::filesystem::path& file, const char* why);
/// What qpdf throws as layers::Error that names the file.
template <typename Work>
auto withPdf(const std::filesystem::path& file, Work&& work) {
    try {
        return work();
    } catch (const QPDFExc& error) {
        throwPdfError(file, error.what());
    } catch (const QPDFSystemError& error) {
        throwPdfError(file, error.what());
    } catch (const std::filesystem::filesystem_error& error) {
        throwPdfError(file, error.what());
    } catch (const std::logic_error& error) { // of qpdf: a file that is none of ours
        throwPdfError(file, error.what());
    }
}

/// Glyphs of a font by their numbers, each with the character that a reader gets.
using UsedGlyphs = std::map<std::uint16_t, char32_t>;

/// A font of a page that is coded by the glyphs' numbers in the whole font.
struct NumberedFont {
    std::string name; ///< PostScript name of the whole font
    UsedGlyphs glyphs;
};
/// Nothing for other fonts.
[[nodiscard]] std::optional<NumberedFont> numberedFont(QPDFObjectHandle font);
/// Fills the object `font` (indirect, of `pdf`); false where the font program cannot be had.
[[nodiscard]] bool makeNumberedFont(QPDF& pdf, QPDFObjectHandle font, const NumberedFont& made);

/// The codes of a font and their characters, of its ToUnicode.
[[nodiscard]] std::map<std::uint16_t, std::u32string> charactersOf(QPDFObjectHandle font);

/// Codes to be written in the place of others, by the font's name in the page's resources.
using Recoding = std::map<std::string, std::map<std::uint16_t, std::uint16_t>>;
/// A content stream of Cairo's with other codes in its texts.
[[nodiscard]] std::string recoded(std::string_view content, const Recoding& recoding);

} // namespace app
