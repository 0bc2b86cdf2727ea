#include "app/cartography/text_handle.hpp"

#include "app/cartography/paper_font_handle.hpp"

namespace app {

namespace {

constexpr const char* kEllipsis = "…";
constexpr int kEllipsisBytes = 3;

struct IterDelete {
    void operator()(PangoLayoutIter* iter) const noexcept { pango_layout_iter_free(iter); }
};
struct ItemDelete {
    void operator()(PangoItem* item) const noexcept { pango_item_free(item); }
};

bool isEllipsis(const PangoGlyphItem& run) {
    constexpr unsigned char kFlag = 1U << 1U; // PANGO_ANALYSIS_FLAG_IS_ELLIPSIS
    return (run.item->analysis.flags & kFlag) != 0 && run.glyphs->num_glyphs == 1;
}

/// Whether each glyph is the one that the font's table has for its character, one by one.
bool isPlain(hb_font_t* font, PangoGlyphItem& run, const char* text) {
    PangoGlyphItemIter cluster;
    for (gboolean more = pango_glyph_item_iter_init_start(&cluster, &run, text); more != 0;
         more = pango_glyph_item_iter_next_cluster(&cluster)) {
        const PangoGlyph glyph = run.glyphs->glyphs[cluster.start_glyph].glyph;
        const bool isOne = cluster.end_glyph - cluster.start_glyph == 1 &&
                           g_utf8_next_char(text + cluster.start_index) == text + cluster.end_index;
        hb_codepoint_t nominal = 0;
        if (isOne && glyph == PANGO_GLYPH_EMPTY) {
            continue;
        }
        if (!isOne ||
            hb_font_get_nominal_glyph(font, g_utf8_get_char(text + cluster.start_index), &nominal) == 0 ||
            nominal != glyph) {
            return false;
        }
    }
    return true;
}

void show(cairo_t& cairo, PangoGlyphItem& run, const char* text, std::set<std::string>* shaped) {
    if (shaped != nullptr && run.item->analysis.font != nullptr) {
        hb_font_t* font = pango_font_get_hb_font(run.item->analysis.font);
        if (!isPlain(font, run, text)) {
            shaped->insert(postScriptName(*hb_font_get_face(font)));
        }
    }
    pango_cairo_show_glyph_item(&cairo, text, &run);
}

} // namespace

void showLayout(cairo_t& cairo, PangoLayout& layout, std::set<std::string>* shaped) {
    double left = 0;
    double top = 0;
    cairo_get_current_point(&cairo, &left, &top);
    const char* text = pango_layout_get_text(&layout);
    const std::unique_ptr<PangoLayoutIter, IterDelete> iter(pango_layout_get_iter(&layout));
    do {
        PangoGlyphItem* run = pango_layout_iter_get_run_readonly(iter.get());
        if (run == nullptr) {
            continue; // the end of a line
        }
        PangoRectangle logical;
        pango_layout_iter_get_run_extents(iter.get(), nullptr, &logical);
        cairo_move_to(&cairo, left + static_cast<double>(logical.x) / PANGO_SCALE,
                      top + static_cast<double>(pango_layout_iter_get_baseline(iter.get())) / PANGO_SCALE);
        if (isEllipsis(*run)) {
            // Pango lets … stand for all that was left out; the next page says that in full.
            const std::unique_ptr<PangoItem, ItemDelete> item(pango_item_copy(run->item));
            item->offset = 0;
            item->length = kEllipsisBytes;
            item->num_chars = 1;
            PangoGlyphItem ellipsis = *run;
            ellipsis.item = item.get();
            show(cairo, ellipsis, kEllipsis, shaped);
        } else {
            show(cairo, *run, text, shaped);
        }
    } while (pango_layout_iter_next_run(iter.get()) != 0);
}

} // namespace app
