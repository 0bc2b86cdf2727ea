#include "app/report/sheets.hpp"

#include "app/check/certainty.hpp"
#include "app/check/list_rows.hpp"
#include "app/check/list_words.hpp"
#include "app/check/printed_areas.hpp"
#include "app/check/rounding.hpp"
#include "app/check/zone_order.hpp"
#include "app/report/paged_table.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace app::xlsx {

namespace {

using layers::Value;

constexpr double kPercent = 100;
constexpr int kHaDecimals = 4;
constexpr int kTwoDecimals = 2;
constexpr int kOneDecimal = 1;
constexpr int kPrintScale = 66;
constexpr std::size_t kFirstVerdictColumn = 19;

const std::vector<TableColumn>& detailColumns() {
    static const std::vector<TableColumn> kColumns = {
        {"序号", 6, Style::Whole, Style::HeadPlace},
        {"任务编号", 18, Style::Centred, Style::HeadPlace},
        {"原图斑编号", 14, Style::Text, Style::HeadPlace},
        {"县(市)", 7.5, Style::Centred, Style::HeadPlace},
        {"管控区类型", 13, Style::Centred, Style::HeadZone},
        {"管控区名称", 18, Style::Text, Style::HeadZone},
        {"级别", 6.5, Style::Centred, Style::HeadZone},
        {"分区/等级", 10.5, Style::Centred, Style::HeadZone},
        {"原功能区", 8.5, Style::Centred, Style::HeadZone},
        {"版本", 8, Style::Centred, Style::HeadZone},
        {"批复文号", 16, Style::Text, Style::HeadZone},
        {"批复日期", 10.5, Style::Centred, Style::HeadZone},
        {"涉及面积(公顷)", 10.5, Style::Hectares, Style::HeadZone},
        {"涉及长度(米)", 10.5, Style::OneDecimal, Style::HeadZone},
        {"占图斑比例(%)", 8.5, Style::TwoDecimals, Style::HeadZone},
        {"平均宽度(米)", 8.5, Style::OneDecimal, Style::HeadZone},
        {"面积下限(公顷)", 10.5, Style::Hectares, Style::HeadZone},
        {"面积上限(公顷)", 10.5, Style::Hectares, Style::HeadZone},
        {"占压判别", 9, Style::Centred, Style::HeadZone},
        {"主判定", 7, Style::Centred, Style::HeadVerdict},
        {"判定基准日", 10.5, Style::Centred, Style::HeadVerdict},
        {"规则编号", 8.5, Style::Centred, Style::HeadVerdict},
        {"初步判定", 12, Style::Centred, Style::HeadVerdict},
        {"优先级", 7, Style::Whole, Style::HeadVerdict},
        {"判定依据", 34, Style::Wrapped, Style::HeadVerdict},
        {"依据把握", 8, Style::Centred, Style::HeadVerdict},
        {"现行规则编号", 8.5, Style::Centred, Style::HeadVerdict},
        {"现行判定", 12, Style::Centred, Style::HeadVerdict},
        {"现行依据", 34, Style::Wrapped, Style::HeadVerdict},
    };
    return kColumns;
}

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

/// 擦边: an overlap without a finding, so without a judgement.
class DetailRows {
  public:
    DetailRows(const SheetContext& context, PagedTable& table) : m_context(&context), m_table(&table) {}

    void addPatch(std::size_t n) {
        const CheckResult& result = *m_context->result;
        const auto patch = static_cast<std::size_t>(result.listed[n]);
        const PatchResult& found = result.results[patch];
        const PrintedPatch printed = printedPatch(result, patch);
        for (std::size_t i = 0; i < found.findings.size(); ++i) {
            addRow(n, found.findings[i].overlap, printed, &found.findings[i], i == 0);
        }
        for (std::size_t k = 0; k < found.overlay.overlaps.size(); ++k) {
            const bool hasFinding = std::any_of(found.findings.begin(), found.findings.end(),
                                                [&](const layers::Finding& f) { return f.overlap == k; });
            if (!hasFinding) {
                addRow(n, k, printed, nullptr, false);
            }
        }
    }

  private:
    void addRow(std::size_t n, std::size_t overlapNumber, const PrintedPatch& printed,
                const layers::Finding* finding, bool isMain) {
        const CheckResult& result = *m_context->result;
        const auto patch = static_cast<std::size_t>(result.listed[n]);
        const PatchResult& found = result.results[patch];
        const layers::Zone& zone = result.zones[found.overlay.overlaps[overlapNumber].zone];
        std::vector<Value> row = {++m_number, result.taskNumbers[n], result.patches[patch].id,
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
            row.insert(row.end(), {then.ruleId, suspectedVerdict(then.verdict), std::int64_t{then.priority},
                                   then.basis, confidenceText(then.confidence), now.ruleId,
                                   suspectedVerdict(now.verdict), now.basis});
        }
        m_table->addRow(row);
    }

    const SheetContext* m_context;
    PagedTable* m_table;
    std::int64_t m_number = 0;
};

} // namespace

std::int64_t detailRowCount(const CheckResult& result) {
    std::int64_t rows = 0;
    for (const std::int32_t patch : result.listed) {
        rows += static_cast<std::int64_t>(
            result.results[static_cast<std::size_t>(patch)].overlay.overlaps.size());
    }
    return rows;
}

void writeDetailSheets(Book& book, const SheetContext& context) {
    const CheckResult& result = *context.result;
    TableLayout layout;
    layout.sheetName = "涉及管控区明细";
    layout.title = "疑似问题图斑涉及管控区明细";
    layout.infoStart = context.infoStart;
    layout.info =
        "每个图斑 × 管控区一行；管控区互相重叠处各行都计入，面积不可相加，去重合计见核查清单和汇总表";
    layout.alerts = context.alerts;
    layout.columns = detailColumns();
    layout.frozenColumns = 3;
    // A3 in two printed pages: which zone and how much; what follows from it.
    layout.page.paper = PageSetup::Paper::A3;
    layout.page.repeatedColumns = layout.frozenColumns;
    layout.page.fitWidth = false;
    layout.page.scale = kPrintScale;
    layout.columnBreaks = {kFirstVerdictColumn};
    layout.maxSheetRows = context.maxSheetRows;
    PagedTable table(book, layout, detailRowCount(result));
    DetailRows rows(context, table);
    for (std::size_t n = 0; n < result.listed.size(); ++n) {
        rows.addPatch(n);
        context.progress->step();
    }
    table.close();
}

} // namespace app::xlsx
