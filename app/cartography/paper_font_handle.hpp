#pragma once

// The faces of our texts beyond what Pango and Cairo tell of them; included by sources of app/cartography
// only.

#include <hb.h>

#include <cstdint>
#include <memory>
#include <set>
#include <string>
#include <vector>

namespace app {

struct FaceDestroy {
    void operator()(hb_face_t* face) const noexcept { hb_face_destroy(face); }
};
struct FontDestroy {
    void operator()(hb_font_t* font) const noexcept { hb_font_destroy(font); }
};

[[nodiscard]] std::string postScriptName(hb_face_t& face);

/// Noto Sans CJK SC, regular or bold: a font of some 65,000 glyphs (CFF) that every PDF of ours takes a few
/// hundred of. Not thread-safe: one a thread.
class PaperFont {
  public:
    explicit PaperFont(hb_face_t* face);

    /// The faces of this thread. Throws nothing: what cannot be had is not in the list.
    [[nodiscard]] static const std::vector<PaperFont>& all();
    /// nullptr: no face of ours has the name
    [[nodiscard]] static const PaperFont* named(const std::string& postScriptName);

    [[nodiscard]] const std::string& name() const { return m_name; }
    /// Glyph of a character by the font's own table; 0: none
    [[nodiscard]] std::uint16_t glyphOf(char32_t character) const;
    /// How far a glyph goes on, in thousandths of the font's size.
    [[nodiscard]] int widthOf(std::uint16_t glyph) const;

    /// In thousandths of the font's size, as a PDF's FontDescriptor wants them.
    struct Metrics {
        int left = 0;
        int bottom = 0;
        int right = 0;
        int top = 0;
        int ascent = 0;
        int descent = 0;
    };
    [[nodiscard]] Metrics metrics() const;

    /// A font program (bare CFF) of these glyphs, each under its own number in the whole font. Empty where
    /// that cannot be had.
    [[nodiscard]] std::string program(const std::set<std::uint16_t>& glyphs) const;

    /// Changes with every version of the font.
    [[nodiscard]] std::string identity() const;

  private:
    [[nodiscard]] std::string table(hb_tag_t tag) const;
    [[nodiscard]] int perThousand(int units) const;

    std::unique_ptr<hb_face_t, FaceDestroy> m_face;
    std::unique_ptr<hb_font_t, FontDestroy> m_font;
    std::string m_name;
};

} // namespace app
