#include "app/report/sheets.hpp"

#include "app/check/list_rows.hpp"
#include "app/check/list_words.hpp"
#include "app/check/printed_areas.hpp"
#include "app/check/rounding.hpp"
#include "app/report/cell_text.hpp"
#include "app/report/paged_table.hpp"
#include "app/report/results_tables.hpp"
#include "app/report/workbook.hpp"
#include "layers/list_columns.hpp"
#include "layers/sha256.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace app::xlsx {

namespace {

using layers::ListColumn;
using layers::Value;

constexpr int kHaDecimals = 4;
/// Number, task number, patch id stay in sight and on every printed page.
constexpr int kFixedColumns = 3;
/// A3 landscape in three printed pages: where and what; what it touches and what follows; what the field
/// fills in.
constexpr int kPrintScale = 66;

constexpr std::size_t at(ListColumn column) {
    return static_cast<std::size_t>(column);
}

/// Width in characters and looks of a column; the table's order.
struct ColumnLook {
    double width;
    Style style;
    Style head;
};
constexpr std::array<ColumnLook, at(ListColumn::Count)> kLooks = {{
    {6, Style::Whole, Style::HeadPlace},        // 序号
    {18, Style::Centred, Style::HeadPlace},     // 任务编号
    {14, Style::Text, Style::HeadPlace},        // 原图斑编号
    {11, Style::Centred, Style::HeadPlace},     // 监测批次
    {7, Style::Centred, Style::HeadPlace},      // 市(州)
    {7, Style::Centred, Style::HeadPlace},      // 县(市)
    {7, Style::Centred, Style::HeadPlace},      // 县代码
    {9, Style::Centred, Style::HeadPlace},      // 乡镇(村)
    {13, Style::Text, Style::HeadZone},         // 管控区类型
    {18, Style::Text, Style::HeadZone},         // 管控区名称
    {6.5, Style::Centred, Style::HeadZone},     // 级别
    {10.5, Style::Centred, Style::HeadZone},    // 分区/等级
    {8.5, Style::Centred, Style::HeadZone},     // 原功能区
    {10, Style::Centred, Style::HeadPlace},     // 人类活动类型
    {7.5, Style::Centred, Style::HeadPlace},    // 变化情况
    {10.5, Style::Centred, Style::HeadPlace},   // 前时相
    {10.5, Style::Centred, Style::HeadPlace},   // 后时相
    {10.5, Style::Degrees, Style::HeadPlace},   // 中心经度
    {9.5, Style::Degrees, Style::HeadPlace},    // 中心纬度
    {15, Style::Centred, Style::HeadPlace},     // 经纬度(度分秒)
    {10, Style::Hectares, Style::HeadZone},     // 图斑面积
    {10, Style::Hectares, Style::HeadZone},     // 涉及面积
    {8.5, Style::TwoDecimals, Style::HeadZone}, // 涉及比例
    {11, Style::Hectares, Style::HeadZone},     // 其中最严分区面积
    {11, Style::Centred, Style::HeadVerdict},   // 初步判定
    {7, Style::Whole, Style::HeadVerdict},      // 优先级
    {30, Style::Wrapped, Style::HeadVerdict},   // 判定依据
    {20, Style::Wrapped, Style::HeadVerdict},   // 涉及其他管控区
    {9, Style::Wrapped, Style::HeadVerdict},    // 历史比对
    {21, Style::Wrapped, Style::HeadVerdict},   // 提示
    {14, Style::Wrapped, Style::HeadVerdict},   // 责任单位
    {18, Style::Wrapped, Style::HeadVerdict},   // 配合单位
    {9.5, Style::Centred, Style::HeadVerdict},  // 完成时限
    {20, Style::Field, Style::HeadField},       // 核查结论
    {26, Style::Field, Style::HeadField},       // 现状描述
    {17, Style::Field, Style::HeadField},       // 建设单位(当事人)
    {12, Style::Field, Style::HeadField},       // 建成或动工时间
    {17, Style::Field, Style::HeadField},       // 手续情况
    {9, Style::Field, Style::HeadField},        // 是否违法违规
    {22, Style::Field, Style::HeadField},       // 拟整改措施及时限
    {14, Style::Field, Style::HeadField},       // 核查人
    {11, Style::FieldDate, Style::HeadField},   // 核查日期
    {18, Style::Field, Style::HeadField},       // 备注
}};

const std::vector<std::string>& permitStates() {
    static const std::vector<std::string> kList = {"齐全",   "部分缺失", "正在办理",
                                                   "无手续", "无需手续", "待核实"};
    return kList;
}
void addDropDowns(Sheet& sheet, const SheetRange& range) {
    const std::int64_t last = range.firstRow + range.rows - 1;
    sheet.choices(range.firstRow, last, at(ListColumn::Conclusion), conclusionWords(), "核查结论",
                  "请从下拉列表中选择。");
    sheet.choices(range.firstRow, last, at(ListColumn::Permits), permitStates(), "手续情况",
                  "选择总体情况；环评、用地、林草、水保、采矿、修筑设施、认定意见等逐项情况写入备注。");
    sheet.choices(range.firstRow, last, at(ListColumn::Illegal), illegalWords(), "是否违法违规",
                  "由核查单位现场核实后填写。");
}

std::vector<TableColumn> tableColumns() {
    std::vector<TableColumn> columns;
    for (std::size_t i = 0; i < kLooks.size(); ++i) {
        columns.push_back(
            {layers::listColumns()[i].header, kLooks[i].width, kLooks[i].style, kLooks[i].head});
    }
    return columns;
}

/// Total line of rows [first, first + count), in printed units.
std::vector<Value> totalLine(const CheckResult& result, std::int64_t first, std::int64_t count) {
    std::int64_t area = 0;
    std::int64_t covered = 0;
    for (std::int64_t n = first; n < first + count; ++n) {
        const auto patch = static_cast<std::size_t>(result.listed[static_cast<std::size_t>(n)]);
        if (result.patches[patch].shape.dimension() == geo::Dimension::Area) {
            const PrintedPatch printed = printedPatch(result, patch);
            area += printed.units;
            covered += printed.covered;
        }
    }
    std::vector<Value> line(at(ListColumn::Count));
    line[at(ListColumn::Number)] = "合计";
    line[at(ListColumn::TaskNumber)] = fmt::format("{} 处", count);
    line[at(ListColumn::AreaHa)] = hectaresOf(area);
    line[at(ListColumn::CoveredHa)] = hectaresOf(covered);
    return line;
}

TableLayout listLayout(const SheetContext& context) {
    const CheckResult& result = *context.result;
    TableLayout layout;
    layout.sheetName = "核查清单";
    layout.title = "生态环境疑似问题图斑实地核查清单";
    const PrintedTotals totals = printedTotals(result);
    layout.info = fmt::format("清单共 {} 处，图斑面积 {} 公顷，涉及管控区 {} 公顷(去重)　"
                              "疑似问题线索，以实地核查为准　{}　黄色栏由核查单位填写",
                              result.listed.size(), fixedText(totals.areaHa, kHaDecimals),
                              fixedText(totals.coveredHa, kHaDecimals),
                              result.ledger.empty() ? "任务编号为临时编号，未入台账" : "任务编号由台账核发");
    layout.infoStart = context.infoStart;
    layout.alerts = context.alerts;
    layout.columns = tableColumns();
    layout.frozenColumns = kFixedColumns;
    layout.page.paper = PageSetup::Paper::A3;
    layout.page.repeatedColumns = kFixedColumns;
    layout.page.fitWidth = false;
    layout.page.scale = kPrintScale;
    layout.columnBreaks = {at(ListColumn::AreaHa), at(ListColumn::Conclusion)};
    layout.maxSheetRows = context.maxSheetRows;
    layout.totals = [&result](std::int64_t first, std::int64_t count) {
        return totalLine(result, first, count);
    };
    layout.totalStyles.assign(at(ListColumn::Count), Style::TotalLabel);
    layout.totalStyles[at(ListColumn::AreaHa)] = Style::TotalHectares;
    layout.totalStyles[at(ListColumn::CoveredHa)] = Style::TotalHectares;
    return layout;
}

/// Looks of a row: what is urgent stands out.
std::vector<Style> rowStyles(const layers::ListRow& row) {
    std::vector<Style> styles;
    styles.reserve(kLooks.size());
    for (const ColumnLook& look : kLooks) {
        styles.push_back(look.style);
    }
    const auto* priority = std::get_if<std::int64_t>(&row[at(ListColumn::Priority)]);
    if (priority != nullptr && *priority == 1) {
        styles[at(ListColumn::Verdict)] = Style::Urgent;
        styles[at(ListColumn::Priority)] = Style::Urgent;
    }
    return styles;
}

} // namespace

ListRecord writeListSheets(Book& book, const SheetContext& context) {
    const CheckResult& result = *context.result;
    ListRecord record;
    record.rows.reserve(result.listed.size());
    record.exportId =
        layers::sha256OfText(fmt::format("{}\x1f{}\x1f{}\x1f{}\x1f{}", kSchemaVersion, ECOREDLINE_VERSION,
                                         result.batch, context.date, result.rules.sha256));
    PagedTable table(book, listLayout(context), static_cast<std::int64_t>(result.listed.size()),
                     addDropDowns);
    for (std::size_t n = 0; n < result.listed.size(); ++n) {
        const layers::ListRow row = listRow(result, n);
        const std::string hash = issuedHash(row);
        Hash& kept = record.rows.emplace_back();
        std::copy_n(hash.begin(), std::min(hash.size(), kept.size()), kept.begin());
        record.exportId = layers::sha256OfText(record.exportId + hash);
        table.addRow(row, rowStyles(row));
        context.progress->step();
    }
    table.close();
    if (!result.exportKey.empty()) {
        record.exportId = result.exportKey;
    }
    for (const SheetRange& range : table.sheets()) {
        record.sheets.push_back(range.name);
        record.counts.push_back(range.rows);
        record.headerRow = range.headerRow + 1;
    }
    return record;
}

void writeMetaSheet(Book& book, const SheetContext& context, const ListRecord& list) {
    const CheckResult& result = *context.result;
    Sheet sheet(book, "_meta");
    sheet.hide();
    std::int64_t row = 0;
    const auto pair = [&](const char* key, const Value& value) {
        sheet.write(row, 0, std::string(key), Style::Plain);
        sheet.write(row, 1, value, Style::Plain);
        ++row;
    };
    pair("schema_version", std::int64_t{kSchemaVersion});
    pair("program", std::string("EcoRedline ") + ECOREDLINE_VERSION);
    pair("export_id", list.exportId);
    pair("date", context.date);
    pair("batch", result.batch);
    pair("rules_sha256", result.rules.sha256);
    // 临时编号: no ledger stands behind them
    pair("numbers", std::string(result.ledger.empty() ? "temporary" : "ledger"));
    pair("header_row", list.headerRow);
    pair("rows", static_cast<std::int64_t>(list.rows.size()));
    pair("hash",
         std::string("sha256 over columns task_number to deadline as printed, each followed by U+001F"));
    ++row; // an empty row parts the pairs from the table
    constexpr std::array headers = {"sheet", "task_number", "finding_key", "issued_sha256"};
    for (std::size_t i = 0; i < headers.size(); ++i) {
        sheet.write(row, i, std::string(headers[i]), Style::Plain);
    }
    std::size_t sheetNumber = 0;
    std::int64_t left = list.counts.empty() ? 0 : list.counts.front();
    for (std::size_t n = 0; n < list.rows.size(); ++n) {
        while (left == 0) {
            left = list.counts[++sheetNumber];
        }
        --left;
        ++row;
        const auto patch = static_cast<std::size_t>(result.listed[n]);
        const std::vector<layers::Finding>& findings = result.results[patch].findings;
        sheet.write(row, 0, list.sheets[sheetNumber], Style::Plain);
        sheet.write(row, 1, result.taskNumbers[n], Style::Plain);
        sheet.write(row, 2, findings.empty() ? std::string() : findingKey(result, patch, findings.front()),
                    Style::Plain);
        sheet.write(row, 3, std::string(list.rows[n].begin(), list.rows[n].end()), Style::Plain);
        context.progress->step();
    }
}

} // namespace app::xlsx
