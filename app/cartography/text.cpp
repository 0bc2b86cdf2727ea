#include "app/cartography/canvas.hpp"
#include "app/cartography/paper_font_handle.hpp"
#include "app/cartography/pdf_fonts.hpp"
#include "app/cartography/text_handle.hpp"

#include "app/report/cell_text.hpp"
#include "layers/error.hpp"
#include "layers/utf8.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>

namespace app {

namespace {

constexpr const char* kFamily = "Noto Sans CJK SC";
constexpr std::string_view kLost = "〓";

struct FontDelete {
    void operator()(PangoFontDescription* font) const noexcept { pango_font_description_free(font); }
};
struct OptionsDelete {
    void operator()(cairo_font_options_t* options) const noexcept { cairo_font_options_destroy(options); }
};
struct AttributesUnref {
    void operator()(PangoAttrList* list) const noexcept { pango_attr_list_unref(list); }
};

/// No ligatures and no variants of a glyph: a reader of the PDF gets the letters that stand in the source,
/// and a character has one glyph wherever it stands (numberGlyphs).
PangoAttrList& plainLetters() {
    thread_local const std::unique_ptr<PangoAttrList, AttributesUnref> list = [] {
        std::unique_ptr<PangoAttrList, AttributesUnref> made(pango_attr_list_new());
        pango_attr_list_insert(
            made.get(), pango_attr_font_features_new("liga=0, clig=0, dlig=0, calt=0, ccmp=0, locl=0"));
        return made;
    }();
    return *list;
}

/// Keeps together what stands between ideographic spaces.
void keepWords(PangoLayout* layout, std::string_view text) {
    constexpr std::string_view kSpace = "\u3000";
    constexpr std::size_t kMostBytes = 60;
    const std::unique_ptr<PangoAttrList, AttributesUnref> list(pango_attr_list_copy(&plainLetters()));
    for (std::size_t begin = 0; begin < text.size();) {
        const std::size_t end = std::min(text.find(kSpace, begin), text.size());
        if (end - begin <= kMostBytes) {
            PangoAttribute* attribute = pango_attr_allow_breaks_new(FALSE);
            attribute->start_index = static_cast<guint>(begin);
            attribute->end_index = static_cast<guint>(end);
            pango_attr_list_insert(list.get(), attribute);
        }
        begin = end + kSpace.size();
    }
    pango_layout_set_attributes(layout, list.get());
}

PangoAlignment alignmentOf(TextAlign align) {
    switch (align) {
    case TextAlign::Centre:
        return PANGO_ALIGN_CENTER;
    case TextAlign::Right:
        return PANGO_ALIGN_RIGHT;
    case TextAlign::Left:
        break;
    }
    return PANGO_ALIGN_LEFT;
}

} // namespace

ContextHandle newTextContext() {
    PangoFontMap* map = pango_cairo_font_map_get_default(); // one a thread
    ContextHandle context(pango_font_map_create_context(map));
    pango_context_set_language(context.get(), pango_language_from_string("zh-cn"));
    pango_context_set_base_dir(context.get(), PANGO_DIRECTION_LTR);
    pango_context_set_round_glyph_positions(context.get(), FALSE);
    const std::unique_ptr<cairo_font_options_t, OptionsDelete> options(cairo_font_options_create());
    cairo_font_options_set_hint_style(options.get(), CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options.get(), CAIRO_HINT_METRICS_OFF);
    cairo_font_options_set_antialias(options.get(), CAIRO_ANTIALIAS_GRAY);
    pango_cairo_context_set_font_options(context.get(), options.get());
    return context;
}

LayoutHandle layoutOf(PangoContext& context, std::string_view text, const TextStyle& style) {
    LayoutHandle layout(pango_layout_new(&context));
    const std::unique_ptr<PangoFontDescription, FontDelete> font(pango_font_description_new());
    pango_font_description_set_family_static(font.get(), kFamily);
    pango_font_description_set_weight(font.get(), style.bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
    pango_font_description_set_absolute_size(font.get(), style.sizeMm * PANGO_SCALE);
    pango_layout_set_font_description(layout.get(), font.get());
    pango_layout_set_attributes(layout.get(), &plainLetters());
    pango_layout_set_auto_dir(layout.get(), FALSE);
    pango_layout_set_single_paragraph_mode(layout.get(), TRUE);
    // The font's own line height has room for accents that Chinese does not need.
    constexpr float kLineHeight = 0.85F;
    pango_layout_set_line_spacing(layout.get(), kLineHeight);
    pango_layout_set_text(layout.get(), text.data(), static_cast<int>(text.size()));
    if (style.breaksAtSpaces) {
        keepWords(layout.get(), text);
    }
    if (style.widthMm > 0) {
        pango_layout_set_width(layout.get(), static_cast<int>(std::floor(style.widthMm * PANGO_SCALE)));
        pango_layout_set_wrap(layout.get(), PANGO_WRAP_WORD_CHAR);
        pango_layout_set_alignment(layout.get(), alignmentOf(style.align));
        if (style.mostLines > 0) {
            pango_layout_set_height(layout.get(), -style.mostLines);
            pango_layout_set_ellipsize(layout.get(), PANGO_ELLIPSIZE_END);
        }
    }
    return layout;
}

TextSize sizeOf(PangoLayout& layout) {
    PangoRectangle logical;
    pango_layout_get_extents(&layout, nullptr, &logical);
    return {static_cast<double>(logical.width) / PANGO_SCALE,
            static_cast<double>(logical.height) / PANGO_SCALE, pango_layout_get_line_count(&layout),
            pango_layout_is_ellipsized(&layout) != 0};
}

namespace {

PangoContext& measuringContext() {
    thread_local const ContextHandle context = newTextContext();
    return *context;
}

} // namespace

TextSize measureText(std::string_view text, const TextStyle& style) {
    return sizeOf(*layoutOf(measuringContext(), text, style));
}

namespace {

bool hasGlyph(std::string_view character) {
    if (character.size() == 1) {
        return true; // ASCII
    }
    thread_local std::map<std::string, bool, std::less<>> known;
    const auto found = known.find(character);
    if (found != known.end()) {
        return found->second;
    }
    const LayoutHandle layout = layoutOf(measuringContext(), character, {});
    const bool has = pango_layout_get_unknown_glyphs_count(layout.get()) == 0;
    known.emplace(character, has);
    return has;
}

/// U+200E, U+200F, U+202A … U+202E, U+2066 … U+2069: by their bytes, for they turn a source text, too.
bool turnsDirection(std::string_view character) {
    constexpr std::size_t kBytes = 3;
    if (character.size() != kBytes || character[0] != '\xE2') {
        return false;
    }
    const auto last = static_cast<unsigned char>(character[2]);
    if (character[1] == '\x80') {
        return last == 0x8E || last == 0x8F || (last >= 0xAA && last <= 0xAE);
    }
    return character[1] == '\x81' && last >= 0xA6 && last <= 0xA9;
}

/// What stands on paper for a character.
std::string_view onPaper(std::string_view character) {
    if (character == "\n" || character == "\t" || character == "\u2028" || character == "\u2029") {
        return " ";
    }
    if (turnsDirection(character)) {
        return "";
    }
    return hasGlyph(character) ? character : kLost;
}

} // namespace

std::string paperText(std::string_view text) {
    const std::string clean = cleanText(text);
    std::string paper;
    paper.reserve(clean.size());
    for (std::string_view rest = clean; !rest.empty();) {
        const std::string_view character = rest.substr(0, layers::firstCharacter(rest).length);
        paper += onPaper(character);
        rest.remove_prefix(character.size());
    }
    return paper;
}

std::set<std::string> lostCharacters(std::string_view text) {
    const std::string clean = cleanText(text);
    std::set<std::string> lost;
    for (std::string_view rest = clean; !rest.empty();) {
        const std::string_view character = rest.substr(0, layers::firstCharacter(rest).length);
        if (character != kLost && onPaper(character) == kLost) {
            lost.emplace(character);
        }
        rest.remove_prefix(character.size());
    }
    return lost;
}

namespace {

/// Names of the families of this machine, in order.
std::set<std::string> familyNames() {
    PangoFontFamily** families = nullptr;
    int count = 0;
    pango_font_map_list_families(pango_cairo_font_map_get_default(), &families, &count);
    std::set<std::string> names;
    for (int i = 0; i < count; ++i) {
        names.emplace(pango_font_family_get_name(families[i]));
    }
    g_free(static_cast<void*>(families));
    return names;
}

} // namespace

std::string machineFonts() {
    std::string text;
    for (const std::string& name : familyNames()) {
        text += name + "\n";
    }
    for (const PaperFont& font : PaperFont::all()) {
        text += font.name() + " " + font.identity() + "\n";
    }
    return text;
}

std::string drawingLibraries() {
    return std::string("cairo ") + cairo_version_string() + ", pango " + pango_version_string() +
           ", harfbuzz " + hb_version_string() + ", " + pdfLibrary();
}

void requireFonts() {
    if (!familyNames().contains(kFamily)) {
        throw layers::Error(std::string("缺少中文字体 ") + kFamily +
                            "，任务单无法排版；请安装 Debian 软件包 fonts-noto-cjk / the font " + kFamily +
                            " is missing: install the Debian package fonts-noto-cjk");
    }
}

} // namespace app
