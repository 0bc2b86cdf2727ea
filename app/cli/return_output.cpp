#include "app/cli/return_output.hpp"

#include "app/cases/case_words.hpp"

#include <fmt/format.h>

namespace app {

namespace {

constexpr std::size_t kMostCases = 100;     ///< that are printed in full
constexpr std::size_t kMostCharacters = 40; ///< of a value

std::string shown(const std::string& value) {
    return value.empty() ? std::string("（空）") : "“" + cutText(value, kMostCharacters) + "”";
}

void printLeft(const std::vector<layers::LeftRow>& left) {
    for (std::size_t n = 0; n < left.size() && n < kMostCases; ++n) {
        fmt::print("  {}  {}  {}\n", left[n].place, left[n].number.empty() ? "-" : left[n].number,
                   left[n].why);
    }
    if (left.size() > kMostCases) {
        fmt::print("  …（另 {0} 行 / {0} more rows）\n", left.size() - kMostCases);
    }
}

} // namespace

Json countsJson(const layers::ReturnCounts& counts) {
    return Json{{"rows", counts.rows},
                {"blank", counts.blank},
                {"repeated", counts.repeated},
                {"unmatched", counts.unmatched},
                {"cases", counts.cases},
                {"unchanged", counts.unchanged},
                {"changed", counts.changed},
                {"conflicting", counts.conflicting},
                {"refused", counts.refused},
                {"doubtful", counts.doubtful},
                {"not_returned", counts.notReturned}};
}

Json fieldJson(const layers::ReturnedField& field) {
    return Json{{"case", field.number},
                {"field", field.field},
                {"name", layers::findCaseField(field.field)->nameZh},
                {"place", field.place},
                {"base", field.base ? Json(*field.base) : Json(nullptr)},
                {"ours", field.ours},
                {"theirs", field.theirs},
                {"fate", field.fate},
                {"taken", field.isTaken},
                {"why", field.why}};
}

std::string fieldInWords(const layers::ReturnedField& field) {
    return fmt::format("{}：{} 发出{} 台账{} 回传{}{}{}", layers::findCaseField(field.field)->nameZh,
                       fateNameZh(field.fate), field.base ? shown(*field.base) : "（未知）",
                       shown(field.ours), shown(field.theirs), field.isTaken ? " → 采用回传" : "",
                       field.why.empty() ? "" : "：" + field.why);
}

Json planJson(const layers::ReturnedFile& file, const ReturnPlan& plan) {
    Json fields = Json::array();
    for (const ReturnedCase& found : plan.cases) {
        for (const layers::ReturnedField& field : found.fields) {
            fields.push_back(fieldJson(field));
        }
    }
    Json left = Json::array();
    for (const layers::LeftRow& row : plan.left) {
        left.push_back(Json{{"place", row.place}, {"case", row.number}, {"why", row.why}});
    }
    return Json{{"file", file.name},
                {"sha256", file.sha256},
                {"export", plan.issued ? Json{{"key", plan.issued->key},
                                              {"at", plan.issued->made.at},
                                              {"rows", plan.issued->rows}}
                                       : Json(nullptr)},
                {"counts", countsJson(plan.counts)},
                {"undecided", plan.undecided},
                {"fields", std::move(fields)},
                {"left", std::move(left)},
                {"not_returned", plan.notReturned}};
}

void printPlan(const layers::ReturnedFile& file, const ReturnPlan& plan) {
    const layers::ReturnCounts& counts = plan.counts;
    if (plan.issued) {
        fmt::print("{}：{} 发出的清单（{} 行） / issued then\n", file.name, plan.issued->made.at,
                   plan.issued->rows);
    } else {
        fmt::print(
            "{}：未说明来自哪次输出，台账已有内容的字段不会自动覆盖 / it does not say which export it is: "
            "what the ledger holds is not replaced unasked\n",
            file.name);
    }
    fmt::print(
        "读入 {} 行 = 案件 {} + 重复行 {} + 无对应案件 {} + 空行 {}\n案件 {} = 未变 {} + 更改 {} + 冲突 {} "
        "+ 不能接受 {} + 存疑 {}；未返回 {}\n",
        counts.rows, counts.cases, counts.repeated, counts.unmatched, counts.blank, counts.cases,
        counts.unchanged, counts.changed, counts.conflicting, counts.refused, counts.doubtful,
        counts.notReturned);
    for (std::size_t n = 0; n < plan.cases.size() && n < kMostCases; ++n) {
        fmt::print("{}  {}\n", plan.cases[n].record.number, plan.cases[n].place);
        for (const layers::ReturnedField& field : plan.cases[n].fields) {
            fmt::print("  {}\n", fieldInWords(field));
        }
    }
    if (plan.cases.size() > kMostCases) {
        fmt::print(
            "…（另 {0} 个案件，全部见 --format json 或 --decisions / {0} more cases: --format json, or "
            "--decisions)\n",
            plan.cases.size() - kMostCases);
    }
    if (!plan.left.empty()) {
        fmt::print("未采用的行 / rows not taken:\n");
        printLeft(plan.left);
    }
    if (!plan.notReturned.empty()) {
        std::string numbers;
        for (std::size_t n = 0; n < plan.notReturned.size() && n < kMostCases; ++n) {
            numbers += (n == 0 ? "" : ", ") + plan.notReturned[n];
        }
        fmt::print("未返回的案件 / not returned: {}{}\n", numbers,
                   plan.notReturned.size() > kMostCases ? " …" : "");
    }
}

} // namespace app
