#include "app/cartography/map_labels.hpp"

#include <algorithm>
#include <cmath>

namespace app {

namespace {

constexpr double kGapMm = 0.8;
/// Away from what a label belongs to; more than what is kept free around it.
constexpr double kAwayMm = kKeptFreeMm + 0.2;

PageBox boxAt(const PagePoint& middle, const TextSize& size) {
    return {middle.x - size.width / 2, middle.y - size.height / 2, size.width, size.height};
}

/// Beside, above and below a box, then at its corners.
std::vector<PageBox> placesAround(const PageBox& shape, const TextSize& size) {
    const PagePoint middle = shape.centre();
    const double dx = shape.width / 2 + kAwayMm + size.width / 2;
    const double dy = shape.height / 2 + kAwayMm + size.height / 2;
    std::vector<PageBox> places;
    for (const PagePoint& p :
         {PagePoint{middle.x + dx, middle.y}, PagePoint{middle.x, middle.y - dy},
          PagePoint{middle.x, middle.y + dy}, PagePoint{middle.x - dx, middle.y},
          PagePoint{middle.x + dx, middle.y - dy}, PagePoint{middle.x + dx, middle.y + dy},
          PagePoint{middle.x - dx, middle.y - dy}, PagePoint{middle.x - dx, middle.y + dy}}) {
        places.push_back(boxAt(p, size));
    }
    return places;
}

} // namespace

bool MapLabels::isFree(const PageBox& box) const {
    return m_paper.frame().grown(-kGapMm).contains(box) &&
           std::none_of(m_taken.begin(), m_taken.end(), [&](const PageBox& b) { return b.meets(box); });
}

void MapLabels::write(const MapLabel& label) {
    TextStyle style = label.style;
    TextSize size = measureText(label.text, style);
    if (style.widthMm > 0 && size.lines == 1) { // a short text takes what it needs
        style.widthMm = 0;
        size = measureText(label.text, style);
    } else if (style.widthMm > 0) {
        // Lines of like length: no single character on the last one.
        TextStyle whole = style;
        whole.widthMm = 0;
        const double share = measureText(label.text, whole).width / size.lines + style.sizeMm;
        style.widthMm = std::min(style.widthMm, share);
        size = measureText(label.text, style);
        size.width = style.widthMm;
    }
    const std::vector<PageBox> places = label.around != nullptr
                                            ? placesAround(m_paper.boxOf(*label.around), size)
                                            : placesInside(label, size);
    const auto place =
        std::find_if(places.begin(), places.end(), [this](const PageBox& box) { return isFree(box); });
    if (place == places.end()) {
        return;
    }
    m_taken.push_back(place->grown(kGapMm / 2));
    const bool isOneLine = style.widthMm <= 0;
    style.align = TextAlign::Centre;
    m_paper.canvas().text({isOneLine ? place->centre().x : place->x, place->y}, label.text, style);
}

bool MapLabels::isInside(const MapLabel& label, const PagePoint& point) const {
    return label.zones->locate(label.zone, m_paper.inDegrees(point)) == geo::Location::Inside;
}

std::vector<PageBox> MapLabels::placesInside(const MapLabel& label, const TextSize& size) const {
    constexpr int kColumns = 9;
    constexpr int kRows = 11;
    struct Place {
        PageBox box;
        bool isWhole = false;
        double fromMiddle = 0;
    };
    const PageBox& frame = m_paper.frame();
    const PagePoint middle = frame.centre();
    // Best near a third of the frame from its middle, where the patch lies.
    const double best = frame.height / 3;
    std::vector<Place> found;
    for (int row = 0; row < kRows; ++row) {
        for (int column = 0; column < kColumns; ++column) {
            const PagePoint at{frame.x + frame.width * (column + 0.5) / kColumns,
                               frame.y + frame.height * (row + 0.5) / kRows};
            const PageBox box = boxAt(at, size);
            if (!isFree(box) || !isInside(label, at)) {
                continue;
            }
            const bool isWhole = isInside(label, {box.x, box.y}) && isInside(label, {box.right(), box.y}) &&
                                 isInside(label, {box.x, box.bottom()}) &&
                                 isInside(label, {box.right(), box.bottom()});
            found.push_back({box, isWhole, std::abs(std::hypot(at.x - middle.x, at.y - middle.y) - best)});
        }
    }
    std::stable_sort(found.begin(), found.end(), [](const Place& a, const Place& b) {
        return a.isWhole != b.isWhole ? a.isWhole : a.fromMiddle < b.fromMiddle;
    });
    std::vector<PageBox> places;
    places.reserve(found.size());
    for (const Place& place : found) {
        places.push_back(place.box);
    }
    return places;
}

} // namespace app
