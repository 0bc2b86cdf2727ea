#include "app/cartography/summary_charts.hpp"

#include "app/cartography/canvas.hpp"
#include "app/check/list_words.hpp"
#include "app/report/cell_text.hpp"
#include "app/report/summary_count.hpp"

#include <array>

#include <fmt/format.h>

namespace app {

namespace {

std::int64_t wholeOf(const layers::Value& value) {
    const auto* whole = std::get_if<std::int64_t>(&value);
    return whole == nullptr ? 0 : *whole;
}

std::string labelOf(const std::vector<layers::Value>& row) {
    const auto* text = std::get_if<std::string>(&row.front());
    return text == nullptr ? "" : paperText(*text);
}

/// How a class column is called beside its bar, and a zone that has its symbol.
struct ClassLook {
    const char* name;
    layers::ZoneKind kind;
    const char* zoneClass;
};
constexpr std::array<ClassLook, kSummaryClasses> kClassLooks{
    ClassLook{"生态保护红线", layers::ZoneKind::RedLine, "红线"},
    ClassLook{"自然保护区 核心保护区", layers::ZoneKind::NatureReserve, "核心保护区"},
    ClassLook{"自然保护区 一般控制区", layers::ZoneKind::NatureReserve, "一般控制区"},
    ClassLook{"自然公园(含风景名胜区)", layers::ZoneKind::NaturePark, "自然公园"},
    ClassLook{"饮用水水源 一级保护区", layers::ZoneKind::WaterSource, "一级"},
    ClassLook{"饮用水水源 二级保护区", layers::ZoneKind::WaterSource, "二级"},
    ClassLook{"饮用水水源 准保护区", layers::ZoneKind::WaterSource, "准"}};

} // namespace

BarChart countyChart(const SummaryTable& byCounty) {
    BarChart chart;
    chart.title = "各县(市)涉及管控区图斑，按初步判定(处)";
    for (std::size_t v = 0; v < kVerdictColumns; ++v) {
        const auto verdict = static_cast<layers::Verdict>(v);
        chart.series.push_back({&verdictSymbol(verdict), suspectedVerdict(verdict), geo::Dimension::Area});
    }
    for (std::size_t r = 0; r + 1 < byCounty.rows.size(); ++r) {
        const std::vector<layers::Value>& row = byCounty.rows[r];
        Bar bar{labelOf(row), {}, ""};
        if (bar.label == kRejectedRow) {
            continue; // nothing of it is judged
        }
        for (std::size_t v = 0; v < kVerdictColumns; ++v) {
            bar.values.push_back(static_cast<double>(wholeOf(row[kFirstVerdictColumn + v])));
        }
        bar.text = fmt::format("{:.0f}", bar.total());
        chart.bars.push_back(std::move(bar));
    }
    return chart;
}

BarChart classChart(const SummaryTable& byCounty) {
    BarChart chart;
    chart.title = "按管控区类型和分区(处，分别计入各类，不相加)";
    chart.hasLegend = false;
    const std::vector<layers::Value>& total = byCounty.rows.back();
    for (std::size_t i = 0; i < kSummaryClasses; ++i) {
        const ClassLook& look = kClassLooks.at(i);
        const std::size_t column = kFirstClassColumn + 2 * i;
        const std::int64_t count = wholeOf(total[column]);
        chart.series.push_back({&zoneSymbol(look.kind, look.zoneClass), look.name, geo::Dimension::Area});
        layers::Column hectares;
        hectares.decimals = byCounty.decimals[column + 1];
        chart.bars.push_back(
            {look.name,
             {static_cast<double>(count)},
             fmt::format("{} 处　{} 公顷", count, printedText(total[column + 1], hectares))});
    }
    return chart;
}

} // namespace app
