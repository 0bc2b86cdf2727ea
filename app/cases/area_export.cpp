#include "app/cases/area_export.hpp"

#include "app/cartography/area_statement.hpp"
#include "app/cartography/sheet_singles.hpp"
#include "app/cartography/task_sheet.hpp"
#include "app/cases/export_note_handle.hpp"
#include "app/cases/list_export.hpp"
#include "app/check/list_words.hpp"
#include "layers/error.hpp"
#include "layers/project/case_store.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <optional>

#include <fmt/format.h>

namespace app {

namespace {

std::string fileName(const std::string& number) {
    return "面积计算书_" + singleName(number);
}

/// The numbers asked for by the code of their batch, each once.
std::map<std::string, std::vector<std::string>> casesByBatch(const layers::ProjectFile& project,
                                                             const std::vector<std::string>& numbers) {
    std::map<std::string, std::vector<std::string>> batches;
    std::vector<std::string> unknown;
    for (const std::string& number : numbers) {
        const std::optional<layers::CaseRecord> record = layers::readCase(project, number);
        if (record) {
            addOnce(batches[record->batchCode], record->number);
        } else {
            addOnce(unknown, number);
        }
    }
    if (!unknown.empty()) {
        throw layers::Error(fmt::format(
            "项目中没有案件：{0}。用 case list 查看编号 / the project has no such cases: {0}; case list "
            "shows the numbers",
            fmt::join(unknown, ", ")));
    }
    return batches;
}

/// Where the cases stand in the batch's list; all that refuse are named at once.
std::vector<std::size_t> placesOf(const CheckResult& result, const std::vector<std::string>& numbers) {
    std::vector<std::size_t> places;
    std::vector<std::string> gone;
    std::vector<std::string> withoutArea;
    for (const std::string& number : numbers) {
        const auto found = std::find(result.taskNumbers.begin(), result.taskNumbers.end(), number);
        if (found == result.taskNumbers.end()) {
            gone.push_back(number);
            continue;
        }
        const auto n = static_cast<std::size_t>(found - result.taskNumbers.begin());
        const geo::Shape& shape = result.patches[static_cast<std::size_t>(result.listed[n])].shape;
        if (shape.dimension() != geo::Dimension::Area) {
            withoutArea.push_back(number);
        }
        places.push_back(n);
    }
    if (!gone.empty()) {
        throw layers::Error(fmt::format(
            "案件已不在其批次的现行清单中，没有可计算的面积：{0} / these cases are not in the current list "
            "of their batch: {0}",
            fmt::join(gone, ", ")));
    }
    if (!withoutArea.empty()) {
        throw layers::Error(fmt::format("案件是点位或线状图斑，没有面积，不出面积计算书：{0}。请从 --case "
                                        "中去掉 / these cases are points or lines and have no area: {0}; "
                                        "leave them out of --case",
                                        fmt::join(withoutArea, ", ")));
    }
    return places;
}

void writeStatement(const std::filesystem::path& file, const AreaStatement& statement,
                    const std::string& date) {
    Canvas canvas = Canvas::pdf(file, kPaperWidthMm, kPaperHeightMm,
                                {"疑似问题图斑面积计算书 " + statement.number(), date});
    for (std::size_t page = 0; page < statement.pageCount(); ++page) {
        statement.paint(canvas, page);
        canvas.finishPage();
    }
    canvas.close();
}

} // namespace

std::vector<std::string> areaFileNames(const std::vector<std::string>& numbers) {
    std::vector<std::string> names;
    std::transform(numbers.begin(), numbers.end(), std::back_inserter(names), fileName);
    return names;
}

void writeAreas(const CheckResult& result, const std::vector<std::string>& numbers,
                const SheetTemplate& sheet, const layers::OutputFolder& folder,
                const std::filesystem::path& published, AreaExport& exported, geo::Progress& progress) {
    requireFonts();
    const std::string date = layers::isoFromDay(result.today);
    progress.begin("面积计算书 area statements", static_cast<std::int64_t>(numbers.size()));
    for (const std::size_t n : placesOf(result, numbers)) {
        const AreaStatement statement(sheet, result, n, date);
        const std::string name = fileName(result.taskNumbers[n]);
        writeStatement(folder.temporary(name), statement, date);
        exported.files.push_back({result.taskNumbers[n], published / name, statement.pageCount(),
                                  statement.figures().vertexCount(),
                                  statement.figures().totals.front().printedM2});
        exported.lost.insert(statement.lost().begin(), statement.lost().end());
        progress.step();
    }
}

AreaExport exportAreas(layers::ProjectFile& project, const layers::Stamp& stamp,
                       const AreaExportRequest& request, geo::Progress& progress) {
    const auto batches = casesByBatch(project, request.cases);
    std::vector<std::string> names;
    for (const auto& [batch, numbers] : batches) {
        const std::vector<std::string> some = areaFileNames(numbers);
        names.insert(names.end(), some.begin(), some.end());
    }
    std::vector<std::filesystem::path> inputs = request.inputs;
    inputs.push_back(project.path());
    layers::OutputFolder folder(request.folder, names, request.existing, inputs);
    AreaExport exported;
    std::vector<std::string> codes;
    for (const auto& [code, numbers] : batches) {
        const CurrentList list = currentList(project, checkedBatch(project, code), request.threads, progress);
        codes.push_back(code);
        folder.write([&, &numbers = numbers] {
            writeAreas(list.result, numbers, request.sheet, folder, request.folder, exported, progress);
        });
    }
    progress.checkCancelled();
    layers::LedgerChange change(project, stamp); // held: no files without their event
    folder.publish();
    std::vector<std::filesystem::path> files;
    std::vector<std::string> numbers;
    for (const AreaFile& file : exported.files) {
        files.push_back(file.file);
        numbers.push_back(file.number);
    }
    noteExport(change, "areas_exported", {{"batches", codes}, {"cases", numbers}}, files);
    change.commit();
    return exported;
}

} // namespace app
