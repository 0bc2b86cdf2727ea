#include "app/report/check_outputs.hpp"

#include "app/check/closing.hpp"
#include "app/check/list_rows.hpp"
#include "app/report/results_tables.hpp"
#include "app/report/run_record.hpp"
#include "app/report/workbook.hpp"
#include "layers/error.hpp"

#include <algorithm>
#include <fstream>

#include <fmt/format.h>

namespace app {

namespace {

constexpr const char* kWorkbookName = "核查清单.xlsx";
constexpr const char* kCsvName = "核查清单.csv";
constexpr const char* kResultsName = "results.gpkg";
constexpr const char* kFieldName = "field";
constexpr const char* kRunName = "run.json";
constexpr const char* kTimingsName = "timings.json";

void writeText(const std::filesystem::path& file, const std::string& text) {
    std::ofstream out(file, std::ios::binary);
    out << text;
    out.close();
    if (!out) {
        throw layers::Error("无法写入 " + file.filename().string() +
                            "，请检查磁盘空间和权限 / cannot write " + file.filename().string() +
                            ": check free space and permissions");
    }
}

std::vector<std::string> namesOf(const std::set<Output>& outputs, bool withTimings) {
    std::vector<std::string> names;
    const auto add = [&](Output output, const char* name) {
        if (outputs.contains(output)) {
            names.emplace_back(name);
        }
    };
    add(Output::Workbook, kWorkbookName);
    add(Output::Csv, kCsvName);
    add(Output::GeoPackage, kResultsName);
    add(Output::Field, kFieldName);
    names.emplace_back(kRunName);
    if (withTimings) {
        names.emplace_back(kTimingsName);
    }
    return names;
}

/// Outputs that this run would leave standing beside its own: nobody could tell that they are of another run.
void refuseMixedRuns(const std::filesystem::path& folder, const std::vector<std::string>& names) {
    for (const char* name : {kWorkbookName, kCsvName, kResultsName, kFieldName}) {
        const bool isOurs = std::find(names.begin(), names.end(), name) != names.end();
        if (!isOurs && std::filesystem::exists(folder / name)) {
            throw layers::Error(
                "结果文件夹中已有另一次运行的 " + std::string(name) +
                "，本次（--only）不会更新它；请换一个 --out，或不用 --only / the folder holds " + name +
                " of another run, which this one (--only) would leave as it is: choose another --out, or "
                "leave --only out");
        }
    }
}

/// The names, after a look at what stands in the folder.
std::vector<std::string> checkedNames(const std::filesystem::path& folder, const std::set<Output>& outputs,
                                      bool withTimings) {
    std::vector<std::string> names = namesOf(outputs, withTimings);
    refuseMixedRuns(folder, names);
    return names;
}

/// The list's printed columns against their printed totals, before anything is written with them.
void closePrintedColumns(CheckResult& result) {
    const PrintedTotals totals = printedTotals(result);
    double areaHa = 0;
    double coveredHa = 0;
    const auto cell = [](const layers::ListRow& row, layers::ListColumn column) {
        const double* value = std::get_if<double>(&row[static_cast<std::size_t>(column)]);
        return value == nullptr ? 0.0 : *value;
    };
    for (std::size_t n = 0; n < result.listed.size(); ++n) {
        const layers::ListRow row = listRow(result, n);
        areaHa += cell(row, layers::ListColumn::AreaHa);
        coveredHa += cell(row, layers::ListColumn::CoveredHa);
    }
    closePrintedSum(result, "核查清单 图斑面积合计 (list: total area)", areaHa, totals.areaHa);
    closePrintedSum(result, "核查清单 涉及面积合计 (list: total covered area)", coveredHa, totals.coveredHa);
}

void writeWanted(const std::set<Output>& outputs, CheckResult& result, const layers::OutputFolder& folder,
                 geo::Progress& progress) {
    const std::string date = layers::isoFromDay(result.today);
    const auto wanted = [&](Output output) { return outputs.contains(output); };
    if (wanted(Output::Field)) {
        progress.begin("写外业文件 field files", 0);
        // What writing had to change (a character that GBK lacks) belongs on the list of problems that
        // follows.
        for (layers::Problem& problem : writeFieldFiles(folder.temporary(kFieldName), result, date)) {
            result.problems.push_back(std::move(problem));
        }
    }
    if (wanted(Output::Workbook) || wanted(Output::Csv)) {
        closePrintedColumns(result);
    }
    if (wanted(Output::Workbook)) {
        writeWorkbook(folder.temporary(kWorkbookName), result, date, progress);
    }
    if (wanted(Output::Csv)) {
        progress.begin("写清单 CSV", 0);
        writeListCsv(folder.temporary(kCsvName), result);
    }
    if (wanted(Output::GeoPackage)) {
        writeResults(folder.temporary(kResultsName), result, date, progress);
    }
    progress.checkCancelled();
}

} // namespace

std::optional<Output> outputFromKey(std::string_view key) {
    if (key == "xlsx") {
        return Output::Workbook;
    }
    if (key == "csv") {
        return Output::Csv;
    }
    if (key == "gpkg") {
        return Output::GeoPackage;
    }
    if (key == "field") {
        return Output::Field;
    }
    return std::nullopt;
}

CheckOutputs::CheckOutputs(std::filesystem::path folder, std::set<Output> outputs, layers::Existing existing,
                           bool timings, const std::vector<std::filesystem::path>& inputs)
    : m_path(std::move(folder)), m_outputs(std::move(outputs)),
      m_names(checkedNames(m_path, m_outputs, timings)), m_folder(m_path, m_names, existing, inputs) {}

std::string CheckOutputs::write(CheckResult& result, const std::function<std::string()>& timings,
                                geo::Progress& progress) {
    std::string json;
    m_folder.write([&] {
        writeWanted(m_outputs, result, m_folder, progress);
        json = runJson(result);
        writeText(m_folder.temporary(kRunName), json);
        if (timings) {
            writeText(m_folder.temporary(kTimingsName), timings());
        }
    });
    progress.checkCancelled();
    m_folder.publish();
    return json;
}

std::vector<std::filesystem::path> CheckOutputs::files() const {
    std::vector<std::filesystem::path> files;
    for (const std::string& name : m_names) {
        files.push_back(m_path / name);
    }
    return files;
}

} // namespace app
