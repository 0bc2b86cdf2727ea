#include "app/cartography/paper_font_handle.hpp"

#include "app/cartography/text_handle.hpp"
#include "layers/sha256.hpp"

#include <ft2build.h>
#include <hb-ot.h>
#include <hb-subset.h>

#include FT_FREETYPE_H
#include FT_CID_H

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

namespace app {

namespace {

struct BlobDestroy {
    void operator()(hb_blob_t* blob) const noexcept { hb_blob_destroy(blob); }
};
struct InputDestroy {
    void operator()(hb_subset_input_t* input) const noexcept { hb_subset_input_destroy(input); }
};
struct LibraryDone {
    void operator()(FT_Library library) const noexcept { FT_Done_FreeType(library); }
};
struct FaceDone {
    void operator()(FT_Face face) const noexcept { FT_Done_Face(face); }
};

constexpr hb_tag_t kCff = HB_TAG('C', 'F', 'F', ' ');
constexpr hb_tag_t kHead = HB_TAG('h', 'e', 'a', 'd');
constexpr hb_tag_t kName = HB_TAG('n', 'a', 'm', 'e');

std::string bytesOf(hb_face_t& face, hb_tag_t tag) {
    const std::unique_ptr<hb_blob_t, BlobDestroy> blob(hb_face_reference_table(&face, tag));
    unsigned int length = 0;
    const char* data = hb_blob_get_data(blob.get(), &length);
    return data == nullptr ? std::string() : std::string(data, length);
}

/// Whether a font program of `count` glyphs has these ones under the numbers that they have in the whole
/// font; read by another library than wrote it. HarfBuzz may add glyphs that variation selectors ask for.
bool keepsNumbers(const std::string& program, unsigned int count, const std::set<std::uint16_t>& glyphs) {
    FT_Library library = nullptr;
    if (FT_Init_FreeType(&library) != 0) {
        return false;
    }
    const std::unique_ptr<FT_LibraryRec_, LibraryDone> closes(library);
    FT_Face face = nullptr;
    const std::vector<FT_Byte> bytes(program.begin(), program.end());
    if (FT_New_Memory_Face(library, bytes.data(), static_cast<FT_Long>(bytes.size()), 0, &face) != 0) {
        return false;
    }
    const std::unique_ptr<FT_FaceRec_, FaceDone> closesFace(face);
    std::set<FT_UInt> numbers;
    for (FT_UInt slot = 0; slot < count; ++slot) {
        FT_UInt number = 0;
        if (FT_Get_CID_From_Glyph_Index(face, slot, &number) != 0) {
            return false;
        }
        numbers.insert(number);
    }
    return std::includes(numbers.begin(), numbers.end(), glyphs.begin(), glyphs.end());
}

} // namespace

std::string postScriptName(hb_face_t& face) {
    constexpr std::size_t kRoom = 128;
    std::array<char, kRoom> text{};
    unsigned int room = kRoom;
    const unsigned int length =
        hb_ot_name_get_utf8(&face, HB_OT_NAME_ID_POSTSCRIPT_NAME, HB_LANGUAGE_INVALID, &room, text.data());
    return {text.data(), std::min<std::size_t>(length, room)};
}

PaperFont::PaperFont(hb_face_t* face)
    : m_face(hb_face_reference(face)), m_font(hb_font_create(face)), m_name(postScriptName(*face)) {}

const std::vector<PaperFont>& PaperFont::all() {
    thread_local const std::vector<PaperFont> fonts = [] {
        std::vector<PaperFont> found;
        const ContextHandle context = newTextContext();
        for (const bool bold : {false, true}) {
            TextStyle style;
            style.bold = bold;
            const LayoutHandle layout = layoutOf(*context, "文", style);
            const PangoLayoutLine* line = pango_layout_get_line_readonly(layout.get(), 0);
            if (line == nullptr || line->runs == nullptr) {
                continue;
            }
            const auto* run = static_cast<const PangoGlyphItem*>(line->runs->data);
            if (run->item->analysis.font == nullptr) {
                continue;
            }
            found.emplace_back(hb_font_get_face(pango_font_get_hb_font(run->item->analysis.font)));
        }
        return found;
    }();
    return fonts;
}

const PaperFont* PaperFont::named(const std::string& postScriptName) {
    const std::vector<PaperFont>& fonts = all();
    const auto found = std::find_if(fonts.begin(), fonts.end(),
                                    [&](const PaperFont& font) { return font.name() == postScriptName; });
    return found == fonts.end() ? nullptr : &*found;
}

std::uint16_t PaperFont::glyphOf(char32_t character) const {
    hb_codepoint_t glyph = 0;
    return hb_font_get_nominal_glyph(m_font.get(), character, &glyph) != 0 && glyph <= UINT16_MAX
               ? static_cast<std::uint16_t>(glyph)
               : std::uint16_t{0};
}

int PaperFont::perThousand(int units) const {
    constexpr double kThousand = 1000;
    return static_cast<int>(std::lround(units * kThousand / hb_face_get_upem(m_face.get())));
}

int PaperFont::widthOf(std::uint16_t glyph) const {
    return perThousand(hb_font_get_glyph_h_advance(m_font.get(), glyph));
}

std::string PaperFont::table(hb_tag_t tag) const {
    return bytesOf(*m_face, tag);
}

PaperFont::Metrics PaperFont::metrics() const {
    constexpr std::size_t kBoxAt = 36; // xMin, yMin, xMax, yMax of the table head
    constexpr unsigned int kByte = 8;
    const std::string head = table(kHead);
    std::array<int, 4> box{};
    for (std::size_t i = 0; i < box.size() && head.size() >= kBoxAt + 2 * box.size(); ++i) {
        const auto high = static_cast<unsigned char>(head[kBoxAt + 2 * i]);
        const auto low = static_cast<unsigned char>(head[kBoxAt + 2 * i + 1]);
        box[i] = static_cast<std::int16_t>(static_cast<std::uint16_t>(high << kByte | low));
    }
    hb_font_extents_t extents{};
    hb_font_get_h_extents(m_font.get(), &extents);
    return {perThousand(box[0]), perThousand(box[1]),           perThousand(box[2]),
            perThousand(box[3]), perThousand(extents.ascender), perThousand(extents.descender)};
}

std::string PaperFont::program(const std::set<std::uint16_t>& glyphs) const {
    const std::unique_ptr<hb_subset_input_t, InputDestroy> input(hb_subset_input_create_or_fail());
    if (!input) {
        return {};
    }
    std::set<std::uint16_t> all = glyphs;
    all.insert(0); // .notdef
    for (const std::uint16_t glyph : all) {
        hb_set_add(hb_subset_input_glyph_set(input.get()), glyph);
    }
    // A PDF needs the outlines only; a font program without subroutines is quicker made and no larger.
    for (const char* tag : {"GSUB", "GPOS", "GDEF", "BASE", "VORG", "vhea", "vmtx", "name", "OS/2", "post",
                            "cmap", "DSIG", "STAT"}) {
        hb_set_add(hb_subset_input_set(input.get(), HB_SUBSET_SETS_DROP_TABLE_TAG),
                   HB_TAG(tag[0], tag[1], tag[2], tag[3]));
    }
    hb_subset_input_set_flags(input.get(), HB_SUBSET_FLAGS_NO_HINTING | HB_SUBSET_FLAGS_DESUBROUTINIZE);
    const std::unique_ptr<hb_face_t, FaceDestroy> subset(hb_subset_or_fail(m_face.get(), input.get()));
    if (!subset) {
        return {};
    }
    std::string program = bytesOf(*subset, kCff);
    return keepsNumbers(program, hb_face_get_glyph_count(subset.get()), all) ? program : std::string();
}

std::string PaperFont::identity() const {
    return layers::sha256OfText(m_name + table(kHead) + table(kName) +
                                std::to_string(hb_face_get_glyph_count(m_face.get())));
}

} // namespace app
