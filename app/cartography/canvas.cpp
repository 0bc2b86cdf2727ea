#include "app/cartography/canvas.hpp"

#include "app/cartography/pdf_fonts.hpp"
#include "app/cartography/text_handle.hpp"
#include "layers/error.hpp"

#include <cairo-pdf.h>
#include <cairo-svg.h>
#include <cairo.h>

#include <cmath>
#include <cstdint>
#include <cstring>
#include <numbers>
#include <utility>
#include <vector>

namespace app {

namespace {

constexpr double kPointsPerMm = 72 / 25.4;
constexpr double kMmPerInch = 25.4;

struct SurfaceDestroy {
    void operator()(cairo_surface_t* surface) const noexcept { cairo_surface_destroy(surface); }
};
struct CairoDestroy {
    void operator()(cairo_t* cairo) const noexcept { cairo_destroy(cairo); }
};
using SurfaceHandle = std::unique_ptr<cairo_surface_t, SurfaceDestroy>;
using CairoHandle = std::unique_ptr<cairo_t, CairoDestroy>;

void setSource(cairo_t* cairo, const Colour& colour, double opacity) {
    if (opacity < 1) {
        cairo_set_source_rgba(cairo, colour.red, colour.green, colour.blue, opacity);
    } else {
        cairo_set_source_rgb(cairo, colour.red, colour.green, colour.blue);
    }
}

} // namespace

struct Canvas::Impl {
    std::filesystem::path file;
    SurfaceHandle surface;
    CairoHandle cairo;
    ContextHandle text;
    bool isPng = false;
    bool isPdf = false;
    bool isDated = false;
    mutable std::set<std::string> shaped; ///< fonts with glyphs that are not just their characters'

    Impl(std::filesystem::path path, cairo_surface_t* made, double unitsPerMm)
        : file(std::move(path)), surface(made), cairo(cairo_create(made)), text(newTextContext()) {
        cairo_scale(cairo.get(), unitsPerMm, unitsPerMm);
        cairo_set_fill_rule(cairo.get(), CAIRO_FILL_RULE_EVEN_ODD);
        cairo_set_line_join(cairo.get(), CAIRO_LINE_JOIN_ROUND);
        pango_cairo_update_context(cairo.get(), text.get());
    }

    TextSize draw(const PagePoint& place, double angle, std::string_view words,
                  const TextStyle& style) const {
        const LayoutHandle layout = layoutOf(*text, words, style);
        const TextSize size = sizeOf(*layout);
        double shift = 0;
        if (style.widthMm <= 0 && style.align != TextAlign::Left) {
            shift = style.align == TextAlign::Centre ? -size.width / 2 : -size.width;
        }
        cairo_save(cairo.get());
        cairo_translate(cairo.get(), place.x, place.y);
        cairo_rotate(cairo.get(), angle);
        cairo_move_to(cairo.get(), shift, 0);
        if (style.haloMm > 0) {
            pango_cairo_layout_path(cairo.get(), layout.get());
            setSource(cairo.get(), kWhite, 1);
            cairo_set_line_width(cairo.get(), 2 * style.haloMm);
            cairo_stroke(cairo.get());
            cairo_move_to(cairo.get(), shift, 0);
        }
        setSource(cairo.get(), style.colour, 1);
        showLayout(*cairo, *layout, isPdf ? &shaped : nullptr);
        cairo_restore(cairo.get());
        cairo_new_path(cairo.get());
        return size;
    }
};

Canvas::Canvas(std::unique_ptr<Impl> impl) : m_impl(std::move(impl)) {
    check();
}
Canvas::~Canvas() = default;
Canvas::Canvas(Canvas&&) noexcept = default;
Canvas& Canvas::operator=(Canvas&&) noexcept = default;

Canvas Canvas::pdf(const std::filesystem::path& file, double widthMm, double heightMm,
                   const DocumentInfo& info) {
    cairo_surface_t* surface =
        cairo_pdf_surface_create(file.c_str(), widthMm * kPointsPerMm, heightMm * kPointsPerMm);
    // What a thread of today says of the clock has no place in the file.
    const std::string date = (info.date.empty() ? "2000-01-01" : info.date) + "T00:00:00+08:00";
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, info.title.c_str());
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATOR, "EcoRedline");
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, date.c_str());
    auto impl = std::make_unique<Impl>(file, surface, kPointsPerMm);
    impl->isPdf = true;
    impl->isDated = !info.date.empty();
    return Canvas(std::move(impl));
}

Canvas Canvas::png(const std::filesystem::path& file, double widthMm, double heightMm, double dotsPerInch) {
    const double dotsPerMm = dotsPerInch / kMmPerInch;
    cairo_surface_t* surface =
        cairo_image_surface_create(CAIRO_FORMAT_RGB24, static_cast<int>(std::lround(widthMm * dotsPerMm)),
                                   static_cast<int>(std::lround(heightMm * dotsPerMm)));
    auto impl = std::make_unique<Impl>(file, surface, dotsPerMm);
    impl->isPng = true;
    setSource(impl->cairo.get(), kWhite, 1);
    cairo_paint(impl->cairo.get());
    return Canvas(std::move(impl));
}

Canvas Canvas::svg(const std::filesystem::path& file, double widthMm, double heightMm) {
    cairo_surface_t* surface =
        cairo_svg_surface_create(file.c_str(), widthMm * kPointsPerMm, heightMm * kPointsPerMm);
    return Canvas(std::make_unique<Impl>(file, surface, kPointsPerMm));
}

namespace {

/// Opaque pixels as Cairo keeps them.
SurfaceHandle surfaceOf(const layers::RasterImage& image) {
    constexpr std::uint32_t kWhitePixel = 0xFFFFFFFF;
    SurfaceHandle surface(cairo_image_surface_create(CAIRO_FORMAT_RGB24, image.width, image.height));
    unsigned char* bytes = cairo_image_surface_get_data(surface.get());
    if (bytes == nullptr) {
        return surface; // its status says why
    }
    const int stride = cairo_image_surface_get_stride(surface.get());
    for (int row = 0; row < image.height; ++row) {
        for (int column = 0; column < image.width; ++column) {
            const std::uint8_t* from = image.at(column, row);
            const std::uint32_t pixel =
                from[3] == 0 ? kWhitePixel
                             : std::uint32_t{from[0]} << 16U | std::uint32_t{from[1]} << 8U | from[2];
            std::memcpy(bytes + std::ptrdiff_t{row} * stride + std::ptrdiff_t{4} * column, &pixel,
                        sizeof pixel);
        }
    }
    cairo_surface_mark_dirty(surface.get());
    return surface;
}

/// Lets PDF and SVG take the image as this JPEG file in place of the pixels.
void attachJpeg(cairo_surface_t* surface, std::vector<std::byte> jpeg) {
    auto kept = std::make_unique<std::vector<std::byte>>(std::move(jpeg));
    const auto* data = reinterpret_cast<const unsigned char*>(kept->data());
    const std::size_t size = kept->size();
    const cairo_status_t status = cairo_surface_set_mime_data(
        surface, CAIRO_MIME_TYPE_JPEG, data, size,
        [](void* bytes) { delete static_cast<std::vector<std::byte>*>(bytes); }, kept.get());
    if (status == CAIRO_STATUS_SUCCESS) {
        static_cast<void>(kept.release()); // Cairo's from now on
    }
}

} // namespace

void Canvas::image(const PageBox& box, const layers::RasterImage& image) {
    constexpr int kQuality = 82;
    const SurfaceHandle surface = surfaceOf(image);
    if (!m_impl->isPng) {
        attachJpeg(surface.get(), layers::jpegOf(image, kQuality));
    }
    cairo_t* cairo = m_impl->cairo.get();
    cairo_save(cairo);
    cairo_rectangle(cairo, box.x, box.y, box.width, box.height);
    cairo_clip(cairo);
    cairo_translate(cairo, box.x, box.y);
    cairo_scale(cairo, box.width / image.width, box.height / image.height);
    cairo_set_source_surface(cairo, surface.get(), 0, 0);
    if (m_impl->isPng) { // no blending with nothing beyond the edge; a padded image is no JPEG in PDF
        cairo_pattern_set_extend(cairo_get_source(cairo), CAIRO_EXTEND_PAD);
    }
    cairo_paint(cairo);
    cairo_restore(cairo);
    check();
}

void Canvas::check() const {
    cairo_status_t status = cairo_status(m_impl->cairo.get());
    if (status == CAIRO_STATUS_SUCCESS) {
        status = cairo_surface_status(m_impl->surface.get());
    }
    if (status != CAIRO_STATUS_SUCCESS) {
        const std::string name = m_impl->file.filename().string();
        throw layers::Error("无法绘制或写入 " + name + "，请检查磁盘空间和权限 / cannot draw or write " +
                            name + ": check free space and permissions (" + cairo_status_to_string(status) +
                            ")");
    }
}

void Canvas::finishPage() {
    cairo_show_page(m_impl->cairo.get());
    check();
}

void Canvas::close() {
    if (m_impl->isPng) {
        cairo_surface_flush(m_impl->surface.get());
        const cairo_status_t written =
            cairo_surface_write_to_png(m_impl->surface.get(), m_impl->file.c_str());
        if (written != CAIRO_STATUS_SUCCESS) {
            throw layers::Error("无法写入 " + m_impl->file.filename().string() +
                                "，请检查磁盘空间和权限 / cannot write " + m_impl->file.filename().string() +
                                ": check free space and permissions");
        }
    }
    cairo_surface_finish(m_impl->surface.get());
    if (cairo_surface_status(m_impl->surface.get()) != CAIRO_STATUS_SUCCESS) {
        check();
    }
    if (m_impl->isPdf) {
        numberGlyphs(m_impl->file, m_impl->shaped, m_impl->isDated ? PdfDate::Keep : PdfDate::Drop);
    }
}

void Canvas::moveTo(const PagePoint& point) {
    cairo_move_to(m_impl->cairo.get(), point.x, point.y);
}
void Canvas::lineTo(const PagePoint& point) {
    cairo_line_to(m_impl->cairo.get(), point.x, point.y);
}
void Canvas::closePath() {
    cairo_close_path(m_impl->cairo.get());
}
void Canvas::rectangle(const PageBox& box) {
    cairo_rectangle(m_impl->cairo.get(), box.x, box.y, box.width, box.height);
}
void Canvas::circle(const PagePoint& centre, double radiusMm) {
    cairo_new_sub_path(m_impl->cairo.get());
    cairo_arc(m_impl->cairo.get(), centre.x, centre.y, radiusMm, 0, 2 * std::numbers::pi);
    cairo_close_path(m_impl->cairo.get());
}

void Canvas::fill(const Fill& fill, After after) {
    setSource(m_impl->cairo.get(), fill.colour, fill.opacity);
    if (after == After::Keep) {
        cairo_fill_preserve(m_impl->cairo.get());
    } else {
        cairo_fill(m_impl->cairo.get());
    }
}

void Canvas::stroke(const Stroke& stroke, After after) {
    cairo_t* cairo = m_impl->cairo.get();
    setSource(cairo, stroke.colour, 1);
    cairo_set_line_width(cairo, stroke.widthMm);
    cairo_set_dash(cairo, stroke.dashMm.data(), static_cast<int>(stroke.dashMm.size()), 0);
    if (after == After::Keep) {
        cairo_stroke_preserve(cairo);
    } else {
        cairo_stroke(cairo);
    }
    cairo_set_dash(cairo, nullptr, 0, 0);
}

Canvas::Clipped::Clipped(Canvas& canvas) : m_canvas(&canvas) {
    cairo_save(canvas.m_impl->cairo.get());
    cairo_clip(canvas.m_impl->cairo.get());
}
Canvas::Clipped::~Clipped() {
    cairo_restore(m_canvas->m_impl->cairo.get());
}

TextSize Canvas::text(const PagePoint& place, std::string_view text, const TextStyle& style) {
    return m_impl->draw(place, 0, text, style);
}

TextSize Canvas::uprightText(const PagePoint& place, std::string_view text, const TextStyle& style) {
    return m_impl->draw(place, -std::numbers::pi / 2, text, style);
}

} // namespace app
