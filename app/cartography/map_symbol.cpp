#include "app/cartography/map_symbol.hpp"

#include "app/check/zone_order.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace app {

namespace {

constexpr Colour kVermilion{0.76, 0.29, 0.0};
constexpr Colour kGreen{0.0, 0.42, 0.30};
constexpr Colour kPurple{0.48, 0.22, 0.44};
constexpr Colour kBlue{0.0, 0.33, 0.58};
constexpr Colour kYellow{0.98, 0.85, 0.25};

/// A row of the table of zone symbols.
struct ZoneLook {
    Colour colour;
    double opacity;
    double angleDeg;
    double spacingMm;
    bool isCrossed;
    double lineMm;
    std::vector<double> dashMm;
};

MapSymbol symbolOf(const ZoneLook& look) {
    MapSymbol symbol;
    symbol.fill = Fill{look.colour, look.opacity};
    symbol.hatch = Hatch{look.angleDeg, look.spacingMm, {look.colour, 0.09}, look.isCrossed};
    symbol.line = Stroke{look.colour, look.lineMm, look.dashMm};
    return symbol;
}

/// Core, General, Outer of each kind in the order of layers::ZoneKind.
using Looks = std::array<MapSymbol, 3>;

const std::array<Looks, 6>& zoneLooks() {
    static const std::array<Looks, 6> looks = [] {
        const auto three = [](const Colour& colour, double angle) {
            return Looks{symbolOf({colour, 0.16, angle, 1.4, false, 0.45, {}}),
                         symbolOf({colour, 0.09, angle, 2.8, false, 0.35, {2.4, 0.9}}),
                         symbolOf({colour, 0.05, angle, 4.5, false, 0.3, {0.9, 0.7}})};
        };
        std::array<Looks, 6> made{three(kGreen, 135), three(kGreen, 135),    three(kPurple, 90),
                                  three(kPurple, 90), three(kVermilion, 45), three(kBlue, 0)};
        // A national park's hatch is crossed, a scenic area's line has dots.
        for (MapSymbol& symbol : made[0]) {
            symbol.hatch->isCrossed = true;
            symbol.hatch->spacingMm *= 1.6;
        }
        for (MapSymbol& symbol : made[2]) {
            symbol.line->dashMm = {2.6, 0.8, 0.5, 0.8};
        }
        made[4][0].fill->opacity = 0.12;
        made[4][0].hatch->spacingMm = 2.2;
        made[4][0].line->widthMm = 0.55;
        return made;
    }();
    return looks;
}

void addHatchLines(Canvas& canvas, double angleDeg, double spacingMm, const PageBox& box) {
    constexpr double kHalfTurn = 180;
    const double angle = angleDeg * std::numbers::pi / kHalfTurn;
    const PagePoint along{std::cos(angle), -std::sin(angle)};
    const PagePoint across{std::sin(angle), std::cos(angle)};
    const PagePoint middle = box.centre();
    const double halfAcross = (box.width * std::abs(across.x) + box.height * std::abs(across.y)) / 2;
    const double halfAlong = (box.width * std::abs(along.x) + box.height * std::abs(along.y)) / 2;
    const double atMiddle = middle.x * across.x + middle.y * across.y;
    const auto first = static_cast<long>(std::ceil((atMiddle - halfAcross) / spacingMm));
    const auto last = static_cast<long>(std::floor((atMiddle + halfAcross) / spacingMm));
    for (long i = first; i <= last; ++i) {
        const double shift = static_cast<double>(i) * spacingMm - atMiddle;
        const PagePoint on{middle.x + shift * across.x, middle.y + shift * across.y};
        canvas.moveTo({on.x - halfAlong * along.x, on.y - halfAlong * along.y});
        canvas.lineTo({on.x + halfAlong * along.x, on.y + halfAlong * along.y});
    }
}

} // namespace

void paintPointMark(Canvas& canvas, const MapSymbol& symbol, const PagePoint& place) {
    if (!symbol.line || symbol.pointMm <= 0) {
        return;
    }
    constexpr double kDotShare = 0.25;
    canvas.circle(place, symbol.pointMm);
    if (symbol.casingMm > 0) {
        canvas.stroke({kWhite, symbol.line->widthMm + 2 * symbol.casingMm}, Canvas::After::Keep);
    }
    canvas.stroke(*symbol.line);
    canvas.circle(place, symbol.pointMm * kDotShare);
    canvas.fill({symbol.line->colour});
}

void paintHatch(Canvas& canvas, const Hatch& hatch, const PageBox& box) {
    if (box.width <= 0 || box.height <= 0) {
        return;
    }
    constexpr double kRightAngle = 90;
    addHatchLines(canvas, hatch.angleDeg, hatch.spacingMm, box);
    if (hatch.isCrossed) {
        addHatchLines(canvas, hatch.angleDeg + kRightAngle, hatch.spacingMm, box);
    }
    canvas.stroke(hatch.stroke);
}

void paintSwatch(Canvas& canvas, const MapSymbol& symbol, const PageBox& box) {
    canvas.rectangle(box);
    if (symbol.fill) {
        canvas.fill(*symbol.fill, Canvas::After::Keep);
    }
    const Canvas::Clipped inside(canvas);
    if (symbol.hatch) {
        paintHatch(canvas, *symbol.hatch, box);
    }
}

const MapSymbol& zoneSymbol(layers::ZoneKind kind, const std::string& zoneClass) {
    return zoneLooks()
        .at(static_cast<std::size_t>(kind))
        .at(static_cast<std::size_t>(classTier(kind, zoneClass)));
}

const MapSymbol& verdictSymbol(layers::Verdict verdict) {
    static const std::array<MapSymbol, 4> symbols{
        MapSymbol{Fill{kVermilion, 0.9}, {}, 0, Stroke{kVermilion, 0.25}, 0},
        MapSymbol{Fill{kPurple, 0.3}, Hatch{45, 1.1, {kPurple, 0.16}, true}, 0, Stroke{kPurple, 0.25}, 0},
        MapSymbol{Fill{kBlue, 0.14}, Hatch{45, 1.3, {kBlue, 0.14}, false}, 0, Stroke{kBlue, 0.25}, 0},
        MapSymbol{Fill{kWhite, 1}, Hatch{0, 1.6, {kGreen, 0.1}, false}, 0, Stroke{kGreen, 0.25}, 0}};
    return symbols.at(std::min(static_cast<std::size_t>(verdict), symbols.size() - 1));
}

const MapSymbol& patchSymbol() {
    static const MapSymbol symbol{{}, {}, 0.45, Stroke{kBlack, 0.7}, 1.4};
    return symbol;
}
const MapSymbol& patchOnImageSymbol() {
    static const MapSymbol symbol{{}, {}, 0.22, Stroke{{0.8, 0.1, 0.1}, 0.35}, 1.4};
    return symbol;
}
const MapSymbol& coveredSymbol() {
    static const MapSymbol symbol{Fill{kYellow, 0.75}, {}, 0, {}, 0};
    return symbol;
}
const MapSymbol& neighbourSymbol() {
    static const MapSymbol symbol{{}, {}, 0.25, Stroke{{0.35, 0.35, 0.35}, 0.3}, 0.8};
    return symbol;
}
const MapSymbol& radiusSymbol() {
    static const MapSymbol symbol{{}, {}, 0.2, Stroke{kBlack, 0.25, {0.8, 0.6}}, 0};
    return symbol;
}
const MapSymbol& countySymbol() {
    static const MapSymbol symbol{
        {}, {}, 0, Stroke{{0.25, 0.25, 0.25}, 0.35, {3, 0.8, 0.4, 0.8, 0.4, 0.8}}, 0};
    return symbol;
}
const MapSymbol& ownCountySymbol() {
    static const MapSymbol symbol{Fill{{0.86, 0.86, 0.86}, 1}, {}, 0, Stroke{kBlack, 0.3}, 0};
    return symbol;
}
const MapSymbol& otherCountySymbol() {
    static const MapSymbol symbol{{}, {}, 0, Stroke{{0.6, 0.6, 0.6}, 0.12}, 0};
    return symbol;
}
const MapSymbol& placeSymbol() {
    static const MapSymbol symbol{{}, {}, 0.4, Stroke{kBlack, 0.5}, 1.1};
    return symbol;
}

} // namespace app
