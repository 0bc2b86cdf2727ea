#include "app/report/sheets.hpp"

#include "app/report/paged_table.hpp"
#include "app/report/problem_words.hpp"

#include <set>
#include <tuple>

#include <fmt/format.h>

namespace app::xlsx {

namespace {

using layers::Problem;
using layers::ProblemKind;
using layers::Value;

std::vector<TableColumn> problemColumns() {
    return {{"序号", 6, Style::Whole, Style::HeadPlace},
            {"类别", 12, Style::Centred, Style::HeadPlace},
            {"问题类型", 15, Style::Centred, Style::HeadPlace},
            {"输入", 14, Style::Centred, Style::HeadPlace},
            {"文件", 24, Style::Text, Style::HeadPlace},
            {"图层", 16, Style::Text, Style::HeadPlace},
            {"要素号", 9, Style::Whole, Style::HeadPlace},
            {"图斑编号/字段", 18, Style::Text, Style::HeadPlace},
            {"经度", 12, Style::Degrees, Style::HeadPlace},
            {"纬度", 11, Style::Degrees, Style::HeadPlace},
            {"问题说明", 48, Style::Text, Style::HeadVerdict},
            {"处理情况", 32, Style::Text, Style::HeadVerdict},
            {"数量", 8, Style::Whole, Style::HeadVerdict},
            {"处理前面积(平方米)", 13, Style::TwoDecimals, Style::HeadVerdict},
            {"处理后面积(平方米)", 13, Style::TwoDecimals, Style::HeadVerdict}};
}

using FeatureKey = std::tuple<std::string, std::string, std::int64_t>;

FeatureKey keyOf(const CheckResult& result, const layers::Reject& reject) {
    const layers::InputReport& input = result.inputs[static_cast<std::size_t>(reject.input)];
    return {input.file, input.layer, reject.feature};
}

std::string roleText(const std::string& key) {
    if (const auto role = layers::roleFromKey(key)) {
        return std::string(layers::roleNameZh(*role));
    }
    return key == "rules" ? "规则" : key == "known" ? "位置对照图层" : key;
}

/// Problems that are told already by a row of its own: the reject they explain.
std::vector<const Problem*> problemsBesideRejects(const CheckResult& result) {
    std::set<FeatureKey> rejected;
    for (const layers::Reject& reject : result.rejects) {
        rejected.insert(keyOf(result, reject));
    }
    std::vector<const Problem*> problems;
    for (const Problem& problem : result.problems) {
        const bool tellsReject =
            (problem.kind == ProblemKind::GeometryRejected || problem.kind == ProblemKind::GeometryMissing) &&
            problem.feature && rejected.contains({problem.file, problem.layer, *problem.feature});
        if (!tellsReject) {
            problems.push_back(&problem);
        }
    }
    return problems;
}

std::vector<Value> rejectRow(const CheckResult& result, const layers::Reject& reject, std::int64_t number) {
    const layers::InputReport& input = result.inputs[static_cast<std::size_t>(reject.input)];
    return {number,
            std::string("数据错误"),
            std::string("无法使用"),
            std::string(layers::roleNameZh(input.role)),
            input.file,
            input.layer,
            reject.feature,
            reject.id,
            {},
            {},
            reject.reasonZh,
            std::string(input.role == layers::Role::Changes
                            ? "未核查，列入 results.gpkg 的 rejects 图层；请修正后重新核查"
                            : "未参与核查，列入 results.gpkg 的 rejects 图层"),
            std::int64_t{1}};
}

std::vector<Value> problemRow(const Problem& problem, std::int64_t number) {
    std::vector<Value> row = {number,
                              std::string(severityNameZh(problem.severity)),
                              std::string(problemKindNameZh(problem.kind)),
                              roleText(problem.role),
                              problem.file,
                              problem.layer};
    row.push_back(problem.feature ? Value(*problem.feature) : Value());
    row.emplace_back(problem.field);
    row.push_back(problem.place ? Value(problem.place->x) : Value());
    row.push_back(problem.place ? Value(problem.place->y) : Value());
    row.emplace_back(problem.textZh);
    row.emplace_back(problem.doneZh);
    row.emplace_back(problem.count);
    row.push_back(problem.areaBeforeM2 ? Value(*problem.areaBeforeM2) : Value());
    row.push_back(problem.areaAfterM2 ? Value(*problem.areaAfterM2) : Value());
    return row;
}

} // namespace

void writeProblemSheets(Book& book, const SheetContext& context) {
    const CheckResult& result = *context.result;
    const std::vector<const Problem*> problems = problemsBesideRejects(result);
    TableLayout layout;
    layout.sheetName = "数据问题清单";
    layout.title = "数据问题清单";
    layout.infoStart = context.infoStart;
    layout.info = fmt::format("数据错误(图斑未核查) {} 处，其他问题 {} 条",
                              result.countOf(layers::Bucket::Rejected), problems.size());
    layout.alerts = context.alerts;
    layout.columns = problemColumns();
    layout.frozenColumns = 3;
    layout.page.paper = PageSetup::Paper::A3;
    layout.maxSheetRows = context.maxSheetRows;
    PagedTable table(book, layout, static_cast<std::int64_t>(result.rejects.size() + problems.size()));
    std::int64_t number = 0;
    for (const layers::Reject& reject : result.rejects) {
        table.addRow(rejectRow(result, reject, ++number));
    }
    for (const Problem* problem : problems) {
        table.addRow(problemRow(*problem, ++number));
        context.progress->step();
    }
    table.close();
}

} // namespace app::xlsx
