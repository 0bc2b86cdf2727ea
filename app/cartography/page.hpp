#pragma once

#include <algorithm>
#include <vector>

/// Places and looks on paper. Millimetres from the page's upper left corner; y runs down.
namespace app {

struct PagePoint {
    double x = 0;
    double y = 0;
};

struct PageBox {
    double x = 0;
    double y = 0;
    double width = 0;
    double height = 0;
    [[nodiscard]] double right() const { return x + width; }
    [[nodiscard]] double bottom() const { return y + height; }
    [[nodiscard]] PagePoint centre() const { return {x + width / 2, y + height / 2}; }
    [[nodiscard]] bool meets(const PageBox& b) const {
        return x < b.right() && b.x < right() && y < b.bottom() && b.y < bottom();
    }
    [[nodiscard]] bool contains(const PageBox& b) const {
        return x <= b.x && b.right() <= right() && y <= b.y && b.bottom() <= bottom();
    }
    [[nodiscard]] PageBox grown(double by) const { return {x - by, y - by, width + 2 * by, height + 2 * by}; }
};

/// Red, green, blue from 0 to 1.
struct Colour {
    double red = 0;
    double green = 0;
    double blue = 0;
};
inline constexpr Colour kBlack{0, 0, 0};
inline constexpr Colour kWhite{1, 1, 1};
inline constexpr Colour kGrey{0.45, 0.45, 0.45};
inline constexpr Colour kPaleGrey{0.93, 0.93, 0.93};

struct Fill {
    Colour colour;
    double opacity = 1;
};

struct Stroke {
    Colour colour;
    double widthMm = 0.2;
    std::vector<double> dashMm = {}; ///< none: solid
};

enum class TextAlign { Left, Centre, Right };

/// How a text stands. Lines break where they must (Chinese between any two characters).
struct TextStyle {
    double sizeMm = 3; ///< of the body; 3 mm are 8.5 points
    bool bold = false;
    Colour colour = kBlack;
    TextAlign align = TextAlign::Left;
    double widthMm = 0; ///< lines break at this width; 0: one line as long as it is
    int mostLines = 0;  ///< what is over ends in …; 0: as many as it takes
    double haloMm = 0;  ///< white around the letters
    /// Lines break at ideographic spaces only, where what stands between them is not too long for that.
    bool breaksAtSpaces = false;
};

/// What a text takes on paper.
struct TextSize {
    double width = 0;
    double height = 0;
    int lines = 0;
    bool isCut = false; ///< more than mostLines, or a character of unending width
};

} // namespace app
