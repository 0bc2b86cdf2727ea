#include "app/report/sheets.hpp"

#include "app/check/certainty.hpp"
#include "app/check/list_hints.hpp"
#include "app/check/list_words.hpp"
#include "app/check/printed_areas.hpp"
#include "app/check/rounding.hpp"
#include "app/check/zone_order.hpp"
#include "app/report/paged_table.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include <fmt/format.h>

namespace app::xlsx {

namespace {

using layers::Bucket;
using layers::Value;

constexpr double kPercent = 100;
constexpr int kTwoDecimals = 2;
constexpr int kOneDecimal = 1;
constexpr int kDegreeDecimals = 6;
constexpr int kHaDecimals = 4;

/// The columns that every patch has, whatever became of it.
std::vector<TableColumn> patchColumns() {
    return {{"序号", 6, Style::Whole, Style::HeadPlace},
            {"原图斑编号", 18, Style::Text, Style::HeadPlace},
            {"监测批次", 12, Style::Centred, Style::HeadPlace},
            {"县(市)", 9, Style::Centred, Style::HeadPlace},
            {"县代码", 9, Style::Centred, Style::HeadPlace},
            {"人类活动类型", 12, Style::Centred, Style::HeadPlace},
            {"变化情况", 8.5, Style::Centred, Style::HeadPlace},
            {"前时相", 11, Style::Centred, Style::HeadPlace},
            {"后时相", 11, Style::Centred, Style::HeadPlace},
            {"中心经度", 12, Style::Degrees, Style::HeadPlace},
            {"中心纬度", 11, Style::Degrees, Style::HeadPlace},
            {"图斑面积(公顷)", 11, Style::Hectares, Style::HeadPlace}};
}

std::vector<Value> patchCells(const CheckResult& result, std::size_t patch, std::int64_t number) {
    const layers::Patch& p = result.patches[patch];
    const PatchResult& found = result.results[patch];
    const CountyWords county = countyWords(result, mainCounty(found));
    const bool isArea = p.shape.dimension() == geo::Dimension::Area;
    return {number,
            p.id,
            batchText(result, p),
            county.name,
            county.code,
            activityText(result, p),
            changeText(p),
            dateText(p.earlier),
            dateText(p.later),
            rounded(found.place.x, kDegreeDecimals),
            rounded(found.place.y, kDegreeDecimals),
            isArea ? Value(hectaresOf(toUnits(found.overlay.measure, kAreaUnitsPerM2))) : Value()};
}

/// 共 n 处，图斑面积 x 公顷: what a checker adds up.
std::string countText(const CheckResult& result, Bucket bucket) {
    std::int64_t units = 0;
    for (std::size_t i = 0; i < result.results.size(); ++i) {
        const bool isArea = result.patches[i].shape.dimension() == geo::Dimension::Area;
        units += result.results[i].bucket == bucket && isArea
                     ? toUnits(result.results[i].overlay.measure, kAreaUnitsPerM2)
                     : 0;
    }
    return fmt::format("共 {} 处，图斑面积合计 {} 公顷", result.countOf(bucket),
                       fixedText(hectaresOf(units), kHaDecimals));
}

TableLayout bucketLayout(const SheetContext& context, Bucket bucket, const std::string& sheet,
                         const std::string& title, std::vector<TableColumn> more) {
    TableLayout layout;
    layout.sheetName = sheet;
    layout.title = title;
    layout.infoStart = context.infoStart;
    layout.info = countText(*context.result, bucket);
    layout.alerts = context.alerts;
    layout.columns = patchColumns();
    std::move(more.begin(), more.end(), std::back_inserter(layout.columns));
    layout.frozenColumns = 3;
    layout.page.paper = PageSetup::Paper::A3;
    layout.maxSheetRows = context.maxSheetRows;
    return layout;
}

std::string hintsOf(const CheckResult& result, std::size_t patch) {
    return joinedTexts(listHints(result, patch, printedPatch(result, patch)));
}

/// 北, 东北, 东, … for a bearing in degrees.
std::string directionOf(double azimuthDeg) {
    static const std::array<const char*, 8> kNames = {"北", "东北", "东", "东南", "南", "西南", "西", "西北"};
    constexpr double kSector = 45;
    constexpr double kTurn = 360;
    const double turned = std::fmod(std::fmod(azimuthDeg, kTurn) + kTurn, kTurn);
    return kNames[static_cast<std::size_t>(std::lround(turned / kSector)) % kNames.size()];
}

std::vector<Value> zoneCells(const layers::Zone& zone) {
    return {std::string(layers::zoneKindNameZh(zone.kind)), zone.name, classText(zone.kind, zone.zoneClass)};
}

void append(std::vector<Value>& row, std::vector<Value> cells) {
    std::move(cells.begin(), cells.end(), std::back_inserter(row));
}

/// A patch on the near list touches zones a little (擦边) or not at all (临界): the largest touch or the
/// nearest zone leads, the others follow as text, so that the list has one row a patch and its rows can be
/// counted.
std::vector<Value> nearCells(const CheckResult& result, std::size_t patch) {
    const PatchResult& found = result.results[patch];
    const auto zoneName = [&](std::uint32_t number) {
        const layers::Zone& zone = result.zones[number];
        const std::string name(layers::zoneKindNameZh(zone.kind));
        return name + (zone.name.empty() ? "" : "(" + zone.name + ")");
    };
    const auto largest = std::max_element(found.overlay.overlaps.begin(), found.overlay.overlaps.end(),
                                          [](const auto& a, const auto& b) { return a.measure < b.measure; });
    std::vector<std::string> others;
    std::vector<Value> row;
    if (largest != found.overlay.overlaps.end()) {
        for (const geo::ZoneOverlap& overlap : found.overlay.overlaps) {
            if (overlap.zone != largest->zone) {
                addOnce(others, zoneName(overlap.zone) + " 擦边");
            }
        }
        row.emplace_back(std::string(layers::certaintyNameZh(layers::Certainty::Edge)));
        append(row, zoneCells(result.zones[largest->zone]));
        const bool isArea = result.patches[patch].shape.dimension() == geo::Dimension::Area;
        row.push_back(isArea ? Value(rounded(largest->measure * kHaPerM2, kHaDecimals)) : Value());
        row.push_back(isArea ? Value(rounded(meanWidthM(largest->measure, largest->perimeterM), kTwoDecimals))
                             : Value());
        append(row, {0.0, {}, {}});
    }
    for (const geo::NearZone& near : found.overlay.near) {
        if (row.empty()) {
            row.emplace_back(std::string(layers::certaintyNameZh(layers::Certainty::Near)));
            append(row, zoneCells(result.zones[near.zone]));
            append(row, {{},
                         {},
                         rounded(near.distanceM, kOneDecimal),
                         near.distanceM > 0 ? Value(rounded(near.azimuthDeg, kOneDecimal)) : Value(),
                         near.distanceM > 0 ? directionOf(near.azimuthDeg) : std::string()});
        } else {
            addOnce(others, zoneName(near.zone) + " " + fixedText(near.distanceM, kOneDecimal) + "米");
        }
    }
    row.emplace_back(joinedTexts(others));
    return row;
}

} // namespace

void writeNearSheets(Book& book, const SheetContext& context) {
    const CheckResult& result = *context.result;
    TableLayout layout = bucketLayout(context, Bucket::Near, "临界清单", "临界图斑清单(擦边和邻近管控区)",
                                      {{"情形", 8, Style::Centred, Style::HeadZone},
                                       {"最近管控区类型", 14, Style::Centred, Style::HeadZone},
                                       {"最近管控区名称", 20, Style::Text, Style::HeadZone},
                                       {"分区/等级", 12, Style::Centred, Style::HeadZone},
                                       {"重叠面积(公顷)", 11, Style::Hectares, Style::HeadZone},
                                       {"重叠平均宽度(米)", 10, Style::TwoDecimals, Style::HeadZone},
                                       {"距离(米)", 9, Style::OneDecimal, Style::HeadZone},
                                       {"方位角(°)", 9, Style::OneDecimal, Style::HeadZone},
                                       {"方位", 7, Style::Centred, Style::HeadZone},
                                       {"其他相近管控区", 24, Style::Wrapped, Style::HeadZone},
                                       {"提示", 26, Style::Wrapped, Style::HeadVerdict}});
    layout.info += "　擦边：有重叠但未达认定值；临界：无重叠但在临界距离内；方位由图斑指向管控区";
    PagedTable table(book, layout, result.countOf(Bucket::Near));
    std::int64_t number = 0;
    for (std::size_t i = 0; i < result.results.size(); ++i) {
        if (result.results[i].bucket == Bucket::Near) {
            std::vector<Value> row = patchCells(result, i, ++number);
            append(row, nearCells(result, i));
            row.emplace_back(hintsOf(result, i));
            table.addRow(row);
            context.progress->step();
        }
    }
    table.close();
}

void writeClearSheets(Book& book, const SheetContext& context) {
    const CheckResult& result = *context.result;
    TableLayout layout = bucketLayout(context, Bucket::Clear, "不涉及清单", "不涉及管控区图斑清单",
                                      {{"提示", 40, Style::Wrapped, Style::HeadVerdict}});
    PagedTable table(book, layout, result.countOf(Bucket::Clear));
    std::int64_t number = 0;
    for (std::size_t i = 0; i < result.results.size(); ++i) {
        if (result.results[i].bucket == Bucket::Clear) {
            std::vector<Value> row = patchCells(result, i, ++number);
            row.emplace_back(hintsOf(result, i));
            table.addRow(row);
            context.progress->step();
        }
    }
    table.close();
}

void writeDuplicateSheets(Book& book, const SheetContext& context) {
    const CheckResult& result = *context.result;
    std::map<std::int32_t, std::size_t> taskOf; // of the patches that duplicates point to
    for (const PatchResult& patch : result.results) {
        if (patch.bucket == Bucket::Duplicate) {
            taskOf.emplace(patch.duplicateOf, result.listed.size());
        }
    }
    for (std::size_t n = 0; n < result.listed.size(); ++n) {
        if (const auto task = taskOf.find(result.listed[n]); task != taskOf.end()) {
            task->second = n;
        }
    }
    TableLayout layout = bucketLayout(context, Bucket::Duplicate, "重复清单", "重复图斑清单",
                                      {{"与之重复的图斑(保留)", 21, Style::Text, Style::HeadVerdict},
                                       {"保留图斑的任务编号", 19, Style::Centred, Style::HeadVerdict},
                                       {"保留图斑的去向", 12, Style::Centred, Style::HeadVerdict},
                                       {"重叠比例(%)", 10, Style::TwoDecimals, Style::HeadVerdict},
                                       {"关系", 14, Style::Centred, Style::HeadVerdict}});
    PagedTable table(book, layout, result.countOf(Bucket::Duplicate));
    std::int64_t number = 0;
    for (std::size_t i = 0; i < result.results.size(); ++i) {
        const PatchResult& found = result.results[i];
        if (found.bucket != Bucket::Duplicate) {
            continue;
        }
        const auto kept = static_cast<std::size_t>(found.duplicateOf);
        const std::size_t task = taskOf[found.duplicateOf];
        std::vector<Value> row = patchCells(result, i, ++number);
        append(row, {result.patches[kept].id,
                     task < result.taskNumbers.size() ? Value(result.taskNumbers[task]) : Value(),
                     std::string(layers::bucketNameZh(result.results[kept].bucket)),
                     rounded(kPercent * found.duplicateShare, kTwoDecimals),
                     std::string(found.duplicateShare >= 1 ? "图形相同" : "互相重叠")});
        table.addRow(row);
        context.progress->step();
    }
    table.close();
}

} // namespace app::xlsx
