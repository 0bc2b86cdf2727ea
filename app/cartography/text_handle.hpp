#pragma once

// Pango layouts; included by sources of app/cartography only.

#include "app/cartography/page.hpp"

#include <pango/pangocairo.h>

#include <memory>
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

} // namespace app
