#include "app/cases/return_work.hpp"

#include "app/report/csv_file.hpp"
#include "layers/column_names.hpp"
#include "layers/error.hpp"
#include "layers/output_folder.hpp"
#include "layers/problem_log.hpp"
#include "layers/table_reader.hpp"
#include "layers/text.hpp"

#include <fmt/format.h>

#include <array>

namespace app {

namespace {

constexpr std::array kHeaders{"任务编号", "字段",   "名称", "情形", "发出时",
                              "台账现值", "回传值", "位置", "采用"};
constexpr const char* kNumber = "任务编号";
constexpr const char* kField = "字段";
constexpr const char* kTaken = "采用";

std::optional<Preference> preferenceFrom(const std::string& word) {
    const std::string folded = layers::folded(word);
    if (folded == "OURS" || folded == "台账") {
        return Preference::Ours;
    }
    if (folded == "THEIRS" || folded == "回传") {
        return Preference::Theirs;
    }
    return std::nullopt;
}

std::string cellAt(const layers::TableRow& row, int column) {
    const auto at = static_cast<std::size_t>(column);
    return at < row.cells.size() ? row.cells[at] : std::string();
}

} // namespace

void writeDecisions(const std::filesystem::path& file, const ReturnPlan& plan) {
    layers::OutputFolder folder(file.parent_path().empty() ? "." : file.parent_path(),
                                {file.filename().string()}, layers::Existing::Refuse);
    std::vector<layers::Column> columns;
    for (const char* header : kHeaders) {
        columns.emplace_back().header = header;
    }
    folder.write([&] {
        CsvFile out(folder.temporary(file.filename().string()), std::move(columns));
        for (const ReturnedCase& found : plan.cases) {
            for (const layers::ReturnedField& field : found.fields) {
                if (field.fate != kChanged) {
                    out.add(std::vector<layers::Value>{
                        field.number, field.field, layers::findCaseField(field.field)->nameZh,
                        std::string(fateNameZh(field.fate)), field.base.value_or("（未知）"), field.ours,
                        field.theirs, field.place, std::string()});
                }
            }
        }
        out.close();
    });
    folder.publish();
}

std::map<std::pair<std::string, std::string>, Preference> readDecisions(const std::filesystem::path& file) {
    const std::string name = file.filename().string();
    layers::ProblemLog log("return", name);
    const std::unique_ptr<layers::TableReader> reader = layers::openTable({file, {}}, {}, log);
    layers::TableRow row;
    const bool isFilled = reader->next(row);
    const int number = isFilled ? layers::columnOf(row.cells, kNumber) : -1;
    const int field = isFilled ? layers::columnOf(row.cells, kField) : -1;
    const int taken = isFilled ? layers::columnOf(row.cells, kTaken) : -1;
    if (number < 0 || field < 0 || taken < 0) {
        throw layers::Error(
            fmt::format("{0}：第一行应有 任务编号、字段、采用 三列（--decisions 导出的表）/ the "
                        "first row must have the columns 任务编号, 字段 and 采用, as --decisions "
                        "writes them",
                        name));
    }
    std::map<std::pair<std::string, std::string>, Preference> decisions;
    std::string faults;
    while (reader->next(row)) {
        const std::string word = cellAt(row, taken);
        if (layers::trimmed(word).empty()) {
            continue;
        }
        const layers::CaseField* known = layers::findCaseField(cellAt(row, field));
        const std::optional<Preference> preference = preferenceFrom(word);
        if (known == nullptr) {
            faults += fmt::format("\n{0}:{1}: 没有字段“{2}” / no field “{2}”", name, row.number,
                                  cellAt(row, field));
        } else if (!preference) {
            faults +=
                fmt::format("\n{0}:{1}: “{2}”应为 ours（台账）或 theirs（回传） / “{2}” should be ours or "
                            "theirs",
                            name, row.number, word);
        } else {
            decisions[{layers::folded(cellAt(row, number)), known->key}] = *preference;
        }
    }
    if (!faults.empty()) {
        throw layers::Error("未作任何更改 / nothing was changed:" + faults);
    }
    return decisions;
}

} // namespace app
