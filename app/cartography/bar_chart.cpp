#include "app/cartography/bar_chart.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>

#include <fmt/format.h>

namespace app {

namespace {

constexpr double kTitleMm = 5.5;
constexpr double kTextSizeMm = 2.3;
constexpr double kLineMm = 3.4;

TextStyle textStyle(TextAlign align, double widthMm = 0, int mostLines = 0) {
    TextStyle style;
    style.sizeMm = kTextSizeMm;
    style.align = align;
    style.widthMm = widthMm;
    style.mostLines = mostLines;
    return style;
}

void paintTitle(Canvas& canvas, const BarChart& chart, const PageBox& box) {
    TextStyle style = textStyle(TextAlign::Left, box.width, 1);
    style.sizeMm = 2.9;
    style.bold = true;
    canvas.text({box.x, box.y}, chart.title, style);
}

void paintPiece(Canvas& canvas, const MapSymbol& symbol, const PageBox& box) {
    if (box.width <= 0 || box.height <= 0) {
        return;
    }
    paintSwatch(canvas, symbol, box);
    canvas.rectangle(box);
    canvas.stroke({symbol.line ? symbol.line->colour : kBlack, 0.18});
}

/// Entries side by side. @return the height
double paintSeries(Canvas& canvas, const std::vector<LegendEntry>& series, const PagePoint& at) {
    constexpr double kSampleMm = 6;
    constexpr double kGapMm = 1.2;
    constexpr double kApartMm = 4;
    double x = at.x;
    for (const LegendEntry& entry : series) {
        paintPiece(canvas, *entry.symbol, {x, at.y + 0.2, kSampleMm, kLineMm - 0.8});
        const TextSize size =
            canvas.text({x + kSampleMm + kGapMm, at.y - 0.1}, entry.text, textStyle(TextAlign::Left));
        x += kSampleMm + kGapMm + size.width + kApartMm;
    }
    return kLineMm + 1;
}

/// Not more bars than `most`: the largest ones in their order, and 其他.
std::vector<Bar> fewerBars(const std::vector<Bar>& bars, std::size_t most) {
    if (bars.size() <= most || most < 2) {
        return bars;
    }
    std::vector<std::size_t> order(bars.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return bars[a].total() > bars[b].total(); });
    order.resize(most - 1);
    std::vector<Bar> kept;
    Bar others{fmt::format("其他{}个", bars.size() - order.size()), {}, ""};
    for (std::size_t i = 0; i < bars.size(); ++i) {
        if (std::find(order.begin(), order.end(), i) != order.end()) {
            kept.push_back(bars[i]);
            continue;
        }
        others.values.resize(std::max(others.values.size(), bars[i].values.size()));
        std::transform(bars[i].values.begin(), bars[i].values.end(), others.values.begin(),
                       others.values.begin(), std::plus<>());
    }
    others.text = fmt::format("{:.0f}", others.total());
    kept.push_back(std::move(others));
    return kept;
}

double largestOf(const std::vector<Bar>& bars) {
    double most = 0;
    for (const Bar& bar : bars) {
        most = std::max(most, bar.total());
    }
    return most;
}

} // namespace

double Bar::total() const {
    return std::accumulate(values.begin(), values.end(), 0.0);
}

void paintColumns(Canvas& canvas, const BarChart& chart, const PageBox& box) {
    constexpr double kLeastColumnMm = 7.2;
    constexpr double kMostColumnMm = 16;
    constexpr double kBarShare = 0.56;
    constexpr double kLabelsMm = 2 * kLineMm;
    paintTitle(canvas, chart, box);
    double top = box.y + kTitleMm;
    if (chart.hasLegend) {
        top += paintSeries(canvas, chart.series, {box.x, top});
    }
    const auto most = static_cast<std::size_t>(box.width / kLeastColumnMm);
    const std::vector<Bar> bars = fewerBars(chart.bars, most);
    if (bars.empty()) {
        return;
    }
    const double step = std::min(kMostColumnMm, box.width / static_cast<double>(bars.size()));
    const double base = box.bottom() - kLabelsMm;
    const double room = base - top - kLineMm;
    const double largest = largestOf(bars);
    double x = box.x;
    for (const Bar& bar : bars) {
        double y = base;
        for (std::size_t i = 0; i < bar.values.size() && largest > 0; ++i) {
            const double height = bar.values[i] / largest * room;
            paintPiece(canvas, *chart.series[i].symbol,
                       {x + step * (1 - kBarShare) / 2, y - height, step * kBarShare, height});
            y -= height;
        }
        canvas.text({x, y - kLineMm}, bar.text, textStyle(TextAlign::Centre, step, 1));
        TextStyle style = textStyle(TextAlign::Centre, step, 2);
        style.sizeMm = 2.1;
        canvas.text({x, base + 0.5}, bar.label, style);
        x += step;
    }
    canvas.moveTo({box.x, base});
    canvas.lineTo({x, base});
    canvas.stroke({kBlack, 0.25});
}

void paintBars(Canvas& canvas, const BarChart& chart, const PageBox& box) {
    constexpr double kBarShare = 0.62;
    constexpr double kMostRowMm = 7;
    paintTitle(canvas, chart, box);
    if (chart.bars.empty()) {
        return;
    }
    double labels = 0;
    double texts = 0;
    for (const Bar& bar : chart.bars) {
        labels = std::max(labels, measureText(bar.label, textStyle(TextAlign::Left)).width);
        texts = std::max(texts, measureText(bar.text, textStyle(TextAlign::Left)).width);
    }
    labels = std::min(labels + 1.5, box.width / 2);
    const double top = box.y + kTitleMm;
    const double step =
        std::min(kMostRowMm, (box.height - kTitleMm) / static_cast<double>(chart.bars.size()));
    const double left = box.x + labels;
    const double room = std::max(0.0, box.width - labels - texts - 2);
    const double largest = largestOf(chart.bars);
    double y = top;
    for (std::size_t i = 0; i < chart.bars.size(); ++i) {
        const Bar& bar = chart.bars[i];
        const double textTop = y + (step - kLineMm) / 2;
        canvas.text({box.x, textTop}, bar.label, textStyle(TextAlign::Right, labels - 1.2, 1));
        const double width = largest > 0 ? bar.total() / largest * room : 0;
        paintPiece(canvas, *chart.series[i].symbol,
                   {left, y + step * (1 - kBarShare) / 2, width, step * kBarShare});
        canvas.text({left + width + 1.2, textTop}, bar.text, textStyle(TextAlign::Left));
        y += step;
    }
    canvas.moveTo({left, top});
    canvas.lineTo({left, y});
    canvas.stroke({kBlack, 0.25});
}

} // namespace app
