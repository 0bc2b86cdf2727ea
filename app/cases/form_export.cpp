#include "app/cases/form_export.hpp"

#include "app/cases/export_note_handle.hpp"
#include "app/cases/list_export.hpp"
#include "app/report/form_files.hpp"

namespace app {

namespace {

std::vector<std::string> outputNames(const FormExportRequest& request) {
    std::vector<std::string> names;
    if (request.outputs.contains(Output::Workbook)) {
        names.push_back(request.form.name + ".xlsx");
    }
    if (request.outputs.contains(Output::Csv)) {
        names.push_back(request.form.name + ".csv");
    }
    return names;
}

} // namespace

FormExport exportForm(layers::ProjectFile& project, const layers::Stamp& stamp,
                      const FormExportRequest& request, geo::Progress& progress) {
    const layers::Batch batch = checkedBatch(project, request.batch);
    const std::vector<std::string> names = outputNames(request);
    std::vector<std::filesystem::path> inputs = request.inputs;
    inputs.push_back(project.path());
    layers::OutputFolder folder(request.folder, names, request.existing, inputs);
    const CurrentList list = currentList(project, batch, request.threads, progress);
    const FormTable table =
        fillForm(request.form, list.result, list.cases, {project.info("name"), batch.code});
    folder.write([&] {
        if (request.outputs.contains(Output::Workbook)) {
            writeFormWorkbook(folder.temporary(request.form.name + ".xlsx"), request.form, table, list.result,
                              layers::isoFromDay(list.result.today), progress);
        }
        if (request.outputs.contains(Output::Csv)) {
            writeFormCsv(folder.temporary(request.form.name + ".csv"), request.form, table);
        }
    });
    progress.checkCancelled();
    layers::LedgerChange change(project, stamp); // held: no files without their event
    folder.publish();
    FormExport exported{*batch.currentRun, static_cast<std::int64_t>(table.rows.size()), {}, table.kept};
    for (const std::string& name : names) {
        exported.files.push_back(request.folder / name);
    }
    noteExport(change, "form_exported",
               {{"batch", batch.code},
                {"run", exported.run},
                {"rows", exported.rows},
                {"form", request.form.name},
                {"form_version", request.form.version},
                {"form_sha256", request.form.sha256}},
               exported.files);
    change.commit();
    return exported;
}

} // namespace app
