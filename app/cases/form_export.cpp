#include "app/cases/form_export.hpp"

#include "app/cases/list_export.hpp"
#include "app/report/form_files.hpp"
#include "layers/error.hpp"
#include "layers/project/case_query.hpp"

#include <nlohmann/json.hpp>

#include <fmt/format.h>

#include <map>

namespace app {

namespace {

using Json = nlohmann::ordered_json;
using layers::CaseRecord;

std::vector<std::string> namesOf(const FormExportRequest& request) {
    std::vector<std::string> names;
    if (request.outputs.contains(Output::Workbook)) {
        names.push_back(request.form.name + ".xlsx");
    }
    if (request.outputs.contains(Output::Csv)) {
        names.push_back(request.form.name + ".csv");
    }
    return names;
}

/// The cases of the listed patches, slot by slot.
std::vector<CaseRecord> casesOf(const layers::ProjectFile& project, const layers::Batch& batch,
                                const CheckResult& result) {
    std::map<std::string, std::size_t> slots;
    for (std::size_t n = 0; n < result.taskNumbers.size(); ++n) {
        slots[result.taskNumbers[n]] = n;
    }
    std::vector<CaseRecord> cases(result.listed.size());
    layers::CaseFilter filter;
    filter.batch = batch.code;
    layers::eachCase(project, filter, {}, [&](CaseRecord&& record) {
        if (const auto slot = slots.find(record.number); slot != slots.end()) {
            cases[slot->second] = std::move(record);
        }
    });
    return cases;
}

void recordExport(layers::ProjectFile& project, const layers::Stamp& stamp, const FormExportRequest& request,
                  const std::string& batch, const FormExport& exported) {
    Json names = Json::array();
    for (const std::filesystem::path& file : exported.files) {
        names.push_back(file.filename().string());
    }
    layers::LedgerChange change(project, stamp);
    change.record({"form_exported", "",
                   Json{{"batch", batch},
                        {"run", exported.run},
                        {"rows", exported.rows},
                        {"form", request.form.name},
                        {"form_version", request.form.version},
                        {"form_sha256", request.form.sha256},
                        {"files", names}}
                       .dump(-1, ' ', false, Json::error_handler_t::replace)});
    change.commit();
}

} // namespace

FormExport exportForm(layers::ProjectFile& project, const layers::Stamp& stamp,
                      const FormExportRequest& request, geo::Progress& progress) {
    const layers::Batch batch = checkedBatch(project, request.batch);
    const std::vector<std::string> names = namesOf(request);
    std::vector<std::filesystem::path> inputs = request.inputs;
    inputs.push_back(project.path());
    layers::refuseInputsAmongOutputs(request.folder, names, inputs);
    layers::OutputFolder folder(request.folder, names, request.existing);
    const SetupResult checked = currentList(project, batch, request.threads, progress);
    const CheckResult& result = checked.result;
    const FormTable table =
        fillForm(request.form, result, casesOf(project, batch, result), {project.info("name"), batch.code});
    if (request.outputs.contains(Output::Workbook)) {
        writeFormWorkbook(folder.temporary(request.form.name + ".xlsx"), request.form, table, result,
                          layers::isoFromDay(result.today), progress);
    }
    if (request.outputs.contains(Output::Csv)) {
        writeFormCsv(folder.temporary(request.form.name + ".csv"), request.form, table);
    }
    progress.checkCancelled();
    folder.publish();
    FormExport exported{*batch.currentRun, static_cast<std::int64_t>(table.rows.size()), {}, table.kept};
    for (const std::string& name : names) {
        exported.files.push_back(request.folder / name);
    }
    recordExport(project, stamp, request, batch.code, exported);
    return exported;
}

} // namespace app
