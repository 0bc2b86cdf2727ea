#pragma once

#include <filesystem>
#include <set>
#include <string>

namespace app {

enum class PdfDate { Keep, Drop };

/// Rewrites a PDF that Cairo made: texts of our fonts (PaperFont) are coded by the glyphs' numbers in the
/// whole font, whatever else the file holds. So pages of several files can share one font program (PdfBook),
/// and the subset is half as large as Cairo's. Fonts that cannot be coded so stay as Cairo made them.
/// @param shaped PostScript names of fonts of which glyphs were drawn that are not just their characters'
/// @param date whether the file says when it was made. The same file gives the same bytes. Throws
/// layers::Error.
void numberGlyphs(const std::filesystem::path& file, const std::set<std::string>& shaped, PdfDate date);

/// Name and version of what writes our PDFs.
[[nodiscard]] std::string pdfLibrary();

} // namespace app
