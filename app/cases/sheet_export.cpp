#include "app/cases/sheet_export.hpp"

#include "app/cases/export_note_handle.hpp"
#include "app/cases/list_export.hpp"
#include "app/cases/map_outlines.hpp"

#include <set>

namespace app {

SheetExport exportSheets(layers::ProjectFile& project, const layers::Stamp& stamp,
                         const SheetExportRequest& request, geo::Progress& progress) {
    const layers::Batch batch = checkedBatch(project, request.batch);
    const std::vector<std::string> names{request.sheet.name};
    std::vector<std::filesystem::path> inputs = request.inputs;
    inputs.push_back(project.path());
    layers::OutputFolder folder(request.folder, names, request.existing, inputs);
    const CurrentList list = currentList(project, batch, request.threads, progress);
    const MapOutlines outlines(project, layers::readRun(project, *batch.currentRun).setup, request.threads);
    MapSources sources = outlines.sourcesOf(list.result);
    sources.imagery = request.imagery;
    SheetExport exported;
    exported.run = *batch.currentRun;
    exported.cases = static_cast<std::int64_t>(list.cases.size());
    const SheetOptions options{layers::isoFromDay(list.result.today), request.threads};
    SheetStore store(request.folder / request.sheet.name, request.folder);
    WrittenSheets written;
    folder.write([&] {
        store.guard([&] {
            written = writeSheets(folder.temporary(request.sheet.name), request.sheet, sources, options,
                                  store, progress);
        });
    });
    if (request.imagery != nullptr) {
        request.imagery->demandUnchanged();
    }
    progress.checkCancelled();
    exported.sheets = std::move(written.files);
    exported.counts = written.counts;
    layers::LedgerChange change(project, stamp); // held: no files without their event
    folder.publish();
    std::set<std::string> lost;
    for (const SheetFile& file : exported.sheets) {
        lost.insert(file.lost.begin(), file.lost.end());
        exported.pages += static_cast<std::int64_t>(file.pages);
        exported.files.push_back(request.folder / request.sheet.name / file.file);
    }
    exported.lost.assign(lost.begin(), lost.end());
    nlohmann::ordered_json facts{{"batch", batch.code},
                                 {"run", exported.run},
                                 {"cases", exported.cases},
                                 {"pages", exported.pages},
                                 {"made", exported.counts.made},
                                 {"reused", exported.counts.reused},
                                 {"resumed", exported.counts.resumed},
                                 {"template", request.sheet.name},
                                 {"template_version", request.sheet.version},
                                 {"template_sha256", request.sheet.sha256}};
    addImagery(facts, request.imagery);
    noteExport(change, "sheets_exported", std::move(facts), exported.files);
    change.commit();
    store.finish();
    return exported;
}

} // namespace app
