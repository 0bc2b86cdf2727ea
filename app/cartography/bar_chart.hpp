#pragma once

#include "app/cartography/map_painter.hpp"

#include <string>
#include <vector>

/// Simple bars for leaders' tables, filled as map symbols are, so that they are told apart in black and
/// white.
namespace app {

/// A bar of pieces that stand on each other, one a series; `text` stands at its end.
struct Bar {
    std::string label;
    std::vector<double> values;
    std::string text;
    [[nodiscard]] double total() const;
};

struct BarChart {
    std::string title;
    std::vector<LegendEntry> series; ///< symbols of the pieces, slot by slot with Bar::values
    std::vector<Bar> bars;
    bool hasLegend = true;
};

/// Upright bars side by side with their labels below and the legend under the title. What is more than the
/// width can hold becomes one bar 其他 of their sums.
void paintColumns(Canvas& canvas, const BarChart& chart, const PageBox& box);
/// Lying bars, one below the other, each in the symbol of its own series: values[0] of bar i in series[i].
void paintBars(Canvas& canvas, const BarChart& chart, const PageBox& box);

} // namespace app
