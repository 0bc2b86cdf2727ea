#pragma once

#include "app/cartography/bar_chart.hpp"
#include "app/report/summary.hpp"

namespace app {

/// The charts of 汇总表, from the printed figures of its first table: listed patches by county, stacked by
/// verdict; and by kind and class of zone, where a patch counts for each that it touches.
[[nodiscard]] BarChart countyChart(const SummaryTable& byCounty);
[[nodiscard]] BarChart classChart(const SummaryTable& byCounty);

} // namespace app
