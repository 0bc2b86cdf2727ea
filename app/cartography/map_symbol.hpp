#pragma once

#include "app/cartography/canvas.hpp"
#include "layers/records.hpp"

#include <optional>
#include <string>

namespace app {

/// Parallel lines over an area; the angle counts from the right, counter-clockwise.
struct Hatch {
    double angleDeg = 45;
    double spacingMm = 2;
    Stroke stroke;
    bool isCrossed = false; ///< a second time, at a right angle
};

/// Draws the hatch over a box: lines of one direction keep their places all over the page, so that
/// neighbouring areas of one symbol read as one.
void paintHatch(Canvas& canvas, const Hatch& hatch, const PageBox& box);

/// How an area, a line or a point stands on a map.
struct MapSymbol {
    std::optional<Fill> fill;
    std::optional<Hatch> hatch;
    double casingMm = 0; ///< white to either side of the line, so that it stands out on anything
    std::optional<Stroke> line;
    double pointMm = 0; ///< radius of a point's mark
};

/// A box filled and hatched as a symbol's areas are, without a line around it.
void paintSwatch(Canvas& canvas, const MapSymbol& symbol, const PageBox& box);
/// The mark of a point: a circle with its casing, and a dot.
void paintPointMark(Canvas& canvas, const MapSymbol& symbol, const PagePoint& place);

/// The symbol of a zone by its kind and how strict its class is. Colours are told apart by the colour-blind
/// (after Okabe and Ito); in black and white the direction of the hatch tells the kind, its density and the
/// line's dashes the class.
[[nodiscard]] const MapSymbol& zoneSymbol(layers::ZoneKind kind, const std::string& zoneClass);

/// The symbol of a verdict on charts: the stricter, the darker, each with its own hatch.
[[nodiscard]] const MapSymbol& verdictSymbol(layers::Verdict verdict);

[[nodiscard]] const MapSymbol& patchSymbol();     ///< 本图斑
[[nodiscard]] const MapSymbol& coveredSymbol();   ///< 涉及管控区部分
[[nodiscard]] const MapSymbol& neighbourSymbol(); ///< 同批其他图斑
[[nodiscard]] const MapSymbol& radiusSymbol();    ///< 点位精度范围
[[nodiscard]] const MapSymbol& countySymbol();    ///< 县界
/// 本图斑 on an image: a thin line that stands out on light and dark.
[[nodiscard]] const MapSymbol& patchOnImageSymbol();
/// The case's own county on the locator, the other ones, and the place.
[[nodiscard]] const MapSymbol& ownCountySymbol();
[[nodiscard]] const MapSymbol& otherCountySymbol();
[[nodiscard]] const MapSymbol& placeSymbol();

} // namespace app
