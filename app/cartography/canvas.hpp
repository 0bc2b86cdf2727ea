#pragma once

#include "app/cartography/page.hpp"
#include "layers/raster_image.hpp"

#include <filesystem>
#include <memory>
#include <set>
#include <string>
#include <string_view>

namespace app {

/// What a document says of itself. The same date gives the same bytes.
struct DocumentInfo {
    std::string title;
    std::string date; ///< ISO; empty: none stands in the file
};

/// A surface that is drawn on, the same way on PDF, PNG and SVG: paths in millimetres (even-odd), text that
/// can be read back from the PDF code point by code point in subsets of its fonts. Not thread-safe; several
/// canvases may be drawn on by several threads. What is not close()d leaves no valid file. All members throw
/// layers::Error that names the file.
class Canvas {
  public:
    [[nodiscard]] static Canvas pdf(const std::filesystem::path& file, double widthMm, double heightMm,
                                    const DocumentInfo& info);
    [[nodiscard]] static Canvas png(const std::filesystem::path& file, double widthMm, double heightMm,
                                    double dotsPerInch);
    [[nodiscard]] static Canvas svg(const std::filesystem::path& file, double widthMm, double heightMm);
    ~Canvas();
    Canvas(Canvas&&) noexcept;
    Canvas& operator=(Canvas&&) noexcept;
    Canvas(const Canvas&) = delete;
    Canvas& operator=(const Canvas&) = delete;

    /// Ends a page of a PDF.
    void finishPage();
    void close();

    void moveTo(const PagePoint& point);
    void lineTo(const PagePoint& point);
    void closePath();
    void rectangle(const PageBox& box);
    void circle(const PagePoint& centre, double radiusMm);
    /// Whether the path is still there afterwards.
    enum class After { Drop, Keep };
    void fill(const Fill& fill, After after = After::Drop);
    void stroke(const Stroke& stroke, After after = After::Drop);

    /// While it lives, drawing is clipped to the path that stood there.
    class Clipped {
      public:
        explicit Clipped(Canvas& canvas);
        ~Clipped();
        Clipped(const Clipped&) = delete;
        Clipped& operator=(const Clipped&) = delete;

      private:
        Canvas* m_canvas;
    };

    /// Draws an image into a box, white where it has no data: as JPEG in PDF and SVG.
    void image(const PageBox& box, const layers::RasterImage& image);

    /// Draws a text. @param place of its box: the upper edge's left end, middle or right end by style.align;
    /// of a text that has a width, the left end.
    TextSize text(const PagePoint& place, std::string_view text, const TextStyle& style);
    /// Turned a quarter to the left: reads from below to above. @param place the lower end of its upper edge
    TextSize uprightText(const PagePoint& place, std::string_view text, const TextStyle& style);

  private:
    struct Impl;
    explicit Canvas(std::unique_ptr<Impl> impl);
    void check() const;
    std::unique_ptr<Impl> m_impl;
};

/// What Canvas::text would take.
[[nodiscard]] TextSize measureText(std::string_view text, const TextStyle& style);

/// A text as one line of paper: control characters and bytes that are no UTF-8 become U+FFFD, line ends and
/// tabs a blank; marks that turn the direction of writing are left out, for they would make another text of
/// what stands there; a character that no font of this machine has becomes 〓.
[[nodiscard]] std::string paperText(std::string_view text);
/// The characters of a text that paperText had to write as 〓, each once.
[[nodiscard]] std::set<std::string> lostCharacters(std::string_view text);

/// Throws layers::Error that says what to install when the Chinese fonts are missing.
void requireFonts();

/// The fonts that texts can be set in: changes with their versions and with what is installed.
[[nodiscard]] std::string machineFonts();
/// Versions of the libraries that make the bytes of a PDF.
[[nodiscard]] std::string drawingLibraries();

} // namespace app
