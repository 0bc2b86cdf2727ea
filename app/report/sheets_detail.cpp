#include "app/report/sheets.hpp"

#include "app/check/detail_rows.hpp"
#include "app/report/paged_table.hpp"

namespace app::xlsx {

namespace {

using layers::Value;

constexpr int kPrintScale = 66;
constexpr std::size_t kFirstVerdictColumn = 19;

/// 序号, then app::detailColumns() as they look on the sheet.
const std::vector<TableColumn>& sheetColumns() {
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
    layout.columns = sheetColumns();
    layout.frozenColumns = 3;
    // A3 in two printed pages: which zone and how much; what follows from it.
    layout.page.paper = PageSetup::Paper::A3;
    layout.page.repeatedColumns = layout.frozenColumns;
    layout.page.fitWidth = false;
    layout.page.scale = kPrintScale;
    layout.columnBreaks = {kFirstVerdictColumn};
    layout.maxSheetRows = context.maxSheetRows;
    PagedTable table(book, layout, detailRowCount(result));
    std::int64_t number = 0;
    for (std::size_t n = 0; n < result.listed.size(); ++n) {
        for (const std::vector<Value>& cells : detailRows(result, n)) {
            std::vector<Value> row{Value(++number)};
            row.insert(row.end(), cells.begin(), cells.end());
            table.addRow(row);
        }
        context.progress->step();
    }
    table.close();
}

} // namespace app::xlsx
