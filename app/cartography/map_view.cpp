#include "app/cartography/map_description.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace app {

namespace {

constexpr double kMmPerM = 1000;
constexpr int kStepsAlong = 8;

/// A box's border in longitude and latitude, dense enough for its curves.
geo::Path borderOf(const geo::Box& box) {
    geo::Path border;
    for (int i = 0; i <= kStepsAlong; ++i) {
        const double share = static_cast<double>(i) / kStepsAlong;
        const double x = box.minX + share * (box.maxX - box.minX);
        const double y = box.minY + share * (box.maxY - box.minY);
        border.insert(border.end(), {{x, box.minY}, {x, box.maxY}, {box.minX, y}, {box.maxX, y}});
    }
    return border;
}

geo::Box projectedBox(const MapProjection& projection, const geo::Box& box) {
    geo::Box projected;
    for (const geo::Coordinate& c : projection.project(borderOf(box))) {
        if (std::isfinite(c.x) && std::isfinite(c.y)) {
            projected.add(c);
        }
    }
    return projected;
}

geo::Coordinate middleOf(const geo::Box& box) {
    return {(box.minX + box.maxX) / 2, (box.minY + box.maxY) / 2};
}

/// The scale at which the box just fits.
double fittingScale(const geo::Box& metres, const PageBox& frame) {
    return std::max((metres.maxX - metres.minX) * kMmPerM / frame.width,
                    (metres.maxY - metres.minY) * kMmPerM / frame.height);
}

} // namespace

geo::Box shownBox(const MapView& view, const PageBox& frame) {
    const double halfWidth = frame.width / 2 * view.scale / kMmPerM;
    const double halfHeight = frame.height / 2 * view.scale / kMmPerM;
    geo::Box metres{view.middle.x - halfWidth, view.middle.y - halfHeight, view.middle.x + halfWidth,
                    view.middle.y + halfHeight};
    geo::Box box;
    for (const geo::Coordinate& c : view.projection->unproject(borderOf(metres))) {
        if (std::isfinite(c.x) && std::isfinite(c.y)) {
            box.add(c);
        }
    }
    return box;
}

MapView viewOf(const MapProjection& projection, const geo::Box& box, const PageBox& frame, double share,
               double largest) {
    constexpr std::array kRound{1.0, 2.0, 2.5, 5.0};
    constexpr double kTen = 10;
    const geo::Box metres = projectedBox(projection, box);
    const double least = std::max(fittingScale(metres, frame) / share, largest);
    if (least <= largest) {
        return {&projection, middleOf(metres), largest};
    }
    double power = 1;
    while (power * kRound.back() < least) {
        power *= kTen;
    }
    const auto round =
        std::find_if(kRound.begin(), kRound.end(), [&](double r) { return power * r >= least; });
    return {&projection, middleOf(metres), power * *round};
}

MapView tightViewOf(const MapProjection& projection, const geo::Box& box, const PageBox& frame) {
    const geo::Box metres = projectedBox(projection, box);
    return {&projection, middleOf(metres), std::max(fittingScale(metres, frame), 1.0)};
}

} // namespace app
