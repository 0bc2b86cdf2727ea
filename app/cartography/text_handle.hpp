#pragma once

// Pango layouts; included by sources of app/cartography only.

#include "app/cartography/page.hpp"

#include <pango/pangocairo.h>

#include <memory>
#include <set>
#include <string>
#include <string_view>

namespace app {

struct ObjectUnref {
    void operator()(void* object) const noexcept { g_object_unref(object); }
};
using ContextHandle = std::unique_ptr<PangoContext, ObjectUnref>;
using LayoutHandle = std::unique_ptr<PangoLayout, ObjectUnref>;

/// One user unit is a millimetre. No hinting: the same breaks on every surface.
[[nodiscard]] ContextHandle newTextContext();
[[nodiscard]] LayoutHandle layoutOf(PangoContext& context, std::string_view text, const TextStyle& style);
[[nodiscard]] TextSize sizeOf(PangoLayout& layout);
/// Draws a layout at the current point. What was cut reads … also for a program.
/// @param shaped takes the PostScript names of fonts of which a glyph was drawn that is not the one that its
/// character has by the font's own table; nullptr: nobody asks
void showLayout(cairo_t& cairo, PangoLayout& layout, std::set<std::string>* shaped);

} // namespace app
