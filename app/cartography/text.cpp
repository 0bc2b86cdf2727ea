#include "app/cartography/canvas.hpp"
#include "app/cartography/text_handle.hpp"

#include "app/report/cell_text.hpp"
#include "layers/error.hpp"

#include <array>
#include <cmath>
#include <cstring>

namespace app {

namespace {

constexpr const char* kFamily = "Noto Sans CJK SC";

struct FontDelete {
    void operator()(PangoFontDescription* font) const noexcept { pango_font_description_free(font); }
};
struct OptionsDelete {
    void operator()(cairo_font_options_t* options) const noexcept { cairo_font_options_destroy(options); }
};
struct AttributesUnref {
    void operator()(PangoAttrList* list) const noexcept { pango_attr_list_unref(list); }
};

/// No ligatures: a reader of the PDF gets the letters that stand in the source.
PangoAttrList& plainLetters() {
    thread_local const std::unique_ptr<PangoAttrList, AttributesUnref> list = [] {
        std::unique_ptr<PangoAttrList, AttributesUnref> made(pango_attr_list_new());
        pango_attr_list_insert(made.get(),
                               pango_attr_font_features_new("liga=0, clig=0, dlig=0, calt=0, ccmp=0"));
        return made;
    }();
    return *list;
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

TextSize measureText(std::string_view text, const TextStyle& style) {
    thread_local const ContextHandle context = newTextContext();
    return sizeOf(*layoutOf(*context, text, style));
}

std::string paperText(std::string_view text) {
    // U+200E, U+200F, U+202A … U+202E, U+2066 … U+2069; U+2028 and U+2029 end lines.
    static constexpr std::array<std::string_view, 11> kTurns{"\u200E", "\u200F", "\u202A", "\u202B",
                                                             "\u202C", "\u202D", "\u202E", "\u2066",
                                                             "\u2067", "\u2068", "\u2069"};
    const std::string clean = cleanText(text);
    std::string paper;
    paper.reserve(clean.size());
    for (std::size_t i = 0; i < clean.size();) {
        const std::string_view rest = std::string_view(clean).substr(i);
        if (rest[0] == '\n' || rest[0] == '\t') {
            paper += ' ';
            ++i;
        } else if (rest.starts_with("\u2028") || rest.starts_with("\u2029")) {
            paper += ' ';
            i += 3;
        } else if (rest[0] == '\xE2' && std::find_if(kTurns.begin(), kTurns.end(), [&](std::string_view t) {
                                            return rest.starts_with(t);
                                        }) != kTurns.end()) {
            i += 3;
        } else {
            paper += rest[0];
            ++i;
        }
    }
    return paper;
}

void requireFonts() {
    PangoFontFamily** families = nullptr;
    int count = 0;
    pango_font_map_list_families(pango_cairo_font_map_get_default(), &families, &count);
    bool isThere = false;
    for (int i = 0; i < count; ++i) {
        isThere = isThere || std::strcmp(pango_font_family_get_name(families[i]), kFamily) == 0;
    }
    g_free(static_cast<void*>(families));
    if (!isThere) {
        throw layers::Error(std::string("缺少中文字体 ") + kFamily +
                            "，任务单无法排版；请安装 Debian 软件包 fonts-noto-cjk / the font " + kFamily +
                            " is missing: install the Debian package fonts-noto-cjk");
    }
}

} // namespace app
