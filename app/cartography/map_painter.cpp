#include "app/cartography/map_painter.hpp"

#include "app/cartography/map_furniture.hpp"
#include "app/cartography/map_labels.hpp"

#include <algorithm>
#include <optional>

namespace app {

namespace {

/// A symbol at the size of a legend's box.
void paintSample(Canvas& canvas, const LegendEntry& entry, const PageBox& box) {
    const MapSymbol& symbol = *entry.symbol;
    const PagePoint middle = box.centre();
    if (entry.dimension == geo::Dimension::Point) {
        paintPointMark(canvas, symbol, middle);
        return;
    }
    if (entry.dimension == geo::Dimension::Line) {
        canvas.moveTo({box.x, middle.y});
        canvas.lineTo({box.right(), middle.y});
        canvas.stroke(*symbol.line);
        return;
    }
    paintSwatch(canvas, symbol, box);
    if (symbol.line) {
        canvas.rectangle(box);
        canvas.stroke(*symbol.line);
    }
}

} // namespace

void paintMap(Canvas& canvas, const MapDescription& map, const PageBox& frame) {
    MapPaper paper(canvas, map.view, frame);
    const std::optional<Graticule> graticule =
        map.hasGraticule ? std::optional<Graticule>(paper) : std::nullopt;
    std::vector<PageBox> taken;
    {
        canvas.rectangle(frame);
        const Canvas::Clipped inside(canvas);
        if (map.backdrop != nullptr) {
            canvas.image(frame, *map.backdrop);
        }
        if (graticule) {
            graticule->paintLines(paper);
        }
        for (const MapItem& item : map.items) {
            paper.draw(item);
        }
        if (map.hasScaleBar) {
            taken.push_back(paintScaleBar(paper));
        }
        if (map.hasNorthArrow) {
            taken.push_back(paintNorthArrow(paper));
        }
        if (map.free != nullptr) {
            taken.push_back(paper.boxOf(*map.free).grown(kKeptFreeMm));
        }
        MapLabels labels(paper, std::move(taken));
        for (const MapLabel& label : map.labels) {
            labels.write(label);
        }
    }
    canvas.rectangle(frame);
    canvas.stroke({kBlack, 0.3});
    if (graticule) {
        graticule->paintDegrees(paper);
    }
}

namespace {

constexpr double kSampleWidthMm = 7;
constexpr double kSampleHeightMm = 3.4;
constexpr double kSampleGapMm = 1.4;
constexpr double kEntryGapMm = 1;

TextStyle legendStyle(double widthMm) {
    TextStyle style;
    style.sizeMm = 2.2;
    style.widthMm = widthMm - kSampleWidthMm - kSampleGapMm;
    style.mostLines = 2;
    return style;
}

} // namespace

double legendHeight(const std::vector<LegendEntry>& entries, double widthMm) {
    const TextStyle style = legendStyle(widthMm);
    double height = 0;
    for (const LegendEntry& entry : entries) {
        height += std::max(kSampleHeightMm, measureText(entry.text, style).height) + kEntryGapMm;
    }
    return height;
}

void paintLegend(Canvas& canvas, const std::vector<LegendEntry>& entries, const PageBox& box) {
    const TextStyle style = legendStyle(box.width);
    double y = box.y;
    for (const LegendEntry& entry : entries) {
        const TextSize size = measureText(entry.text, style);
        const double height = std::max(kSampleHeightMm, size.height);
        if (y + height > box.bottom()) {
            break;
        }
        paintSample(canvas, entry,
                    {box.x, y + (height - kSampleHeightMm) / 2, kSampleWidthMm, kSampleHeightMm});
        canvas.text({box.x + kSampleWidthMm + kSampleGapMm, y + (height - size.height) / 2}, entry.text,
                    style);
        y += height + kEntryGapMm;
    }
}

} // namespace app
