#include "app/check/detail_rows.hpp"

#include "app/check/certainty.hpp"
#include "app/check/list_rows.hpp"
#include "app/check/list_words.hpp"
#include "app/check/printed_areas.hpp"
#include "app/check/rounding.hpp"
#include "app/check/zone_order.hpp"

#include <algorithm>

namespace app {

namespace {

using layers::Value;

constexpr double kPercent = 100;
constexpr int kHaDecimals = 4;
constexpr int kTwoDecimals = 2;
constexpr int kOneDecimal = 1;

/// A (C prints 依据待核)
std::string confidenceText(layers::Confidence confidence) {
    std::string text(1, layers::confidenceLetter(confidence));
    return confidence == layers::Confidence::Expert ? text + " 待核" : text;
}

/// The row's figures: areas as printed, so that they agree with the list; the rest from the overlap itself.
void addFigures(const CheckResult& result, std::size_t patch, std::size_t overlapNumber,
                const PrintedPatch& printed, std::vector<Value>& row) {
    const PatchResult& found = result.results[patch];
    const geo::ZoneOverlap& overlap = found.overlay.overlaps[overlapNumber];
    const geo::Dimension dimension = result.patches[patch].shape.dimension();
    const bool isArea = dimension == geo::Dimension::Area;
    const std::int64_t units =
        unitsWhere(result, patch, printed, [&](std::uint32_t zone) { return zone == overlap.zone; });
    row.push_back(isArea ? Value(hectaresOf(units)) : Value());
    row.push_back(dimension == geo::Dimension::Line ? Value(static_cast<double>(units) / kLengthUnitsPerM)
                                                    : Value());
    const std::optional<double> share = overlapShare(result, patch, overlapNumber);
    row.push_back(share ? Value(rounded(kPercent * *share, kTwoDecimals)) : Value());
    if (!isArea) {
        row.resize(row.size() + 3);
        return;
    }
    const AreaRange range = areaRange(overlap, found.overlay.measure, result.settings);
    row.emplace_back(rounded(meanWidthM(overlap.measure, overlap.perimeterM), kOneDecimal));
    row.emplace_back(rounded(range.leastM2 * kHaPerM2, kHaDecimals));
    row.emplace_back(rounded(range.mostM2 * kHaPerM2, kHaDecimals));
}

std::vector<Value> zoneCells(const layers::Zone& zone, const std::string& zoneClass) {
    return {std::string(layers::zoneKindNameZh(zone.kind)),
            zone.name,
            zone.level,
            zoneClass,
            originalClass(zone),
            zone.version,
            zone.approval,
            dateText(zone.approved)};
}

std::vector<Value> rowOf(const CheckResult& result, std::size_t n, std::size_t overlapNumber,
                         const PrintedPatch& printed, const layers::Finding* finding, bool isMain) {
    const auto patch = static_cast<std::size_t>(result.listed[n]);
    const PatchResult& found = result.results[patch];
    const layers::Zone& zone = result.zones[found.overlay.overlaps[overlapNumber].zone];
    std::vector<Value> row = {result.taskNumbers[n], result.patches[patch].id,
                              countyWords(result, mainCounty(found)).name};
    const std::string zoneClass =
        finding == nullptr ? classText(zone.kind, zone.zoneClass) : findingClass(result, *finding);
    std::vector<Value> cells = zoneCells(zone, zoneClass);
    std::move(cells.begin(), cells.end(), std::back_inserter(row));
    addFigures(result, patch, overlapNumber, printed, row);
    row.emplace_back(std::string(layers::certaintyNameZh(found.certainty[overlapNumber])));
    if (finding != nullptr) {
        const layers::Judgement& then = result.judgements[finding->atDate];
        const layers::Judgement& now = result.judgements[finding->today];
        row.emplace_back(isMain ? std::string("是") : std::string());
        row.emplace_back(found.date ? layers::isoFromDay(*found.date) : std::string());
        row.insert(row.end(),
                   {then.ruleId, suspectedVerdict(then.verdict), std::int64_t{then.priority}, then.basis,
                    confidenceText(then.confidence), now.ruleId, suspectedVerdict(now.verdict), now.basis});
    }
    row.resize(static_cast<std::size_t>(DetailColumn::Count));
    return row;
}

} // namespace

const std::vector<layers::Column>& detailColumns() {
    using enum layers::ColumnType;
    static const std::vector<layers::Column> columns{
        {"task_number", "", "任务编号", Text, 24, 0},
        {"patch_id", "", "原图斑编号", Text, 40, 0},
        {"county", "", "县(市)", Text, 20, 0},
        {"zone_kind", "", "管控区类型", Text, 40, 0},
        {"zone_name", "", "管控区名称", Text, 100, 0},
        {"level", "", "级别", Text, 8, 0},
        {"zone_class", "", "分区/等级", Text, 16, 0},
        {"original_class", "", "原功能区", Text, 8, 0},
        {"version", "", "版本", Text, 20, 0},
        {"approval", "", "批复文号", Text, 40, 0},
        {"approved", "", "批复日期", Text, 10, 0},
        {"area_ha", "", "涉及面积(公顷)", Real, 12, kHaDecimals},
        {"length_m", "", "涉及长度(米)", Real, 12, kOneDecimal},
        {"share_percent", "", "占图斑比例(%)", Real, 6, kTwoDecimals},
        {"width_m", "", "平均宽度(米)", Real, 8, kOneDecimal},
        {"least_ha", "", "面积下限(公顷)", Real, 12, kHaDecimals},
        {"most_ha", "", "面积上限(公顷)", Real, 12, kHaDecimals},
        {"certainty", "", "占压判别", Text, 8, 0},
        {"is_main", "", "主判定", Text, 2, 0},
        {"judged_on", "", "判定基准日", Text, 10, 0},
        {"rule", "", "规则编号", Text, 8, 0},
        {"verdict", "", "初步判定", Text, 12, 0},
        {"priority", "", "优先级", Integer, 1, 0},
        {"basis", "", "判定依据", Text, 250, 0},
        {"confidence", "", "依据把握", Text, 8, 0},
        {"rule_today", "", "现行规则编号", Text, 8, 0},
        {"verdict_today", "", "现行判定", Text, 12, 0},
        {"basis_today", "", "现行依据", Text, 250, 0},
    };
    return columns;
}

std::optional<DetailColumn> detailColumnNamed(std::string_view name) {
    const std::vector<layers::Column>& columns = detailColumns();
    for (std::size_t i = 0; i < columns.size(); ++i) {
        if (columns[i].name == name) {
            return static_cast<DetailColumn>(i);
        }
    }
    return std::nullopt;
}

std::vector<std::vector<Value>> detailRows(const CheckResult& result, std::size_t n) {
    const auto patch = static_cast<std::size_t>(result.listed[n]);
    const PatchResult& found = result.results[patch];
    const PrintedPatch printed = printedPatch(result, patch);
    std::vector<std::vector<Value>> rows;
    for (std::size_t i = 0; i < found.findings.size(); ++i) {
        rows.push_back(rowOf(result, n, found.findings[i].overlap, printed, &found.findings[i], i == 0));
    }
    for (std::size_t k = 0; k < found.overlay.overlaps.size(); ++k) {
        const bool hasFinding = std::any_of(found.findings.begin(), found.findings.end(),
                                            [&](const layers::Finding& f) { return f.overlap == k; });
        if (!hasFinding) {
            rows.push_back(rowOf(result, n, k, printed, nullptr, false));
        }
    }
    return rows;
}

} // namespace app
