#include "app/report/workbook.hpp"

#include "app/check/printed_areas.hpp"
#include "app/check/rounding.hpp"
#include "app/report/sheets.hpp"

namespace app {

std::vector<xlsx::Alert> xlsx::alertsOf(const CheckResult& result) {
    std::vector<Alert> alerts;
    if (!result.faults.empty()) {
        alerts.push_back({"结果无效", "合计不闭合，见核查说明，不得使用"});
    }
    if (result.zonesIncomplete) {
        alerts.push_back(
            {"管控区不完整", "有管控区要素未能参与核查，见数据问题清单；未列入清单的不能据此认定为不涉及"});
    }
    return alerts;
}

void writeWorkbook(const std::filesystem::path& file, const CheckResult& result, const std::string& date,
                   geo::Progress& progress, const WorkbookOptions& options) {
    xlsx::SheetContext context;
    context.result = &result;
    context.date = date;
    context.maxSheetRows = options.maxSheetRows;
    context.progress = &progress;
    context.infoStart = (result.batch.empty() ? "" : "批次：" + result.batch + "　") + "编制日期：" + date;
    context.alerts = xlsx::alertsOf(result);
    const auto listed = static_cast<std::int64_t>(result.listed.size());
    constexpr std::int64_t kPassesOverList = 3; // list, detail, hidden sheet
    progress.begin("写工作簿 workbook", kPassesOverList * listed + result.countOf(layers::Bucket::Near) +
                                            result.countOf(layers::Bucket::Clear) +
                                            result.countOf(layers::Bucket::Duplicate) +
                                            static_cast<std::int64_t>(result.problems.size()));
    xlsx::Book book(file, date, "生态环境疑似问题图斑实地核查清单");
    const xlsx::ListRecord list = xlsx::writeListSheets(book, context);
    xlsx::writeDetailSheets(book, context);
    xlsx::writeNearSheets(book, context);
    xlsx::writeClearSheets(book, context);
    xlsx::writeDuplicateSheets(book, context);
    xlsx::writeProblemSheets(book, context);
    xlsx::writeSummarySheet(book, context);
    xlsx::writeExplanationSheet(book, context, list.exportId);
    xlsx::writeMetaSheet(book, context, list);
    progress.checkCancelled();
    book.close();
}

PrintedTotals printedTotals(const CheckResult& result) {
    std::int64_t area = 0;
    std::int64_t covered = 0;
    for (const std::int32_t listed : result.listed) {
        const auto patch = static_cast<std::size_t>(listed);
        if (result.patches[patch].shape.dimension() == geo::Dimension::Area) {
            const PrintedPatch printed = printedPatch(result, patch);
            area += printed.units;
            covered += printed.covered;
        }
    }
    return {hectaresOf(area), hectaresOf(covered)};
}

} // namespace app
