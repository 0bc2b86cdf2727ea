#include "app/cases/contact_export.hpp"

#include "app/cartography/sheet_template.hpp"
#include "app/cases/export_note_handle.hpp"
#include "app/cases/list_export.hpp"
#include "app/cases/map_outlines.hpp"

namespace app {

ContactExport exportContact(layers::ProjectFile& project, const layers::Stamp& stamp,
                            const ContactExportRequest& request, geo::Progress& progress) {
    const layers::Batch batch = checkedBatch(project, request.batch);
    const std::vector<std::string> names{kContactFile};
    std::vector<std::filesystem::path> inputs = request.inputs;
    inputs.push_back(project.path());
    layers::OutputFolder folder(request.folder, names, request.existing, inputs);
    const CurrentList list = currentList(project, batch, request.threads, progress);
    const MapOutlines outlines(project, layers::readRun(project, *batch.currentRun).setup, request.threads);
    MapSources sources = outlines.sourcesOf(list.result);
    sources.imagery = request.imagery;
    const ContactTexts texts{"疑似问题图斑联系图", loadSheetTemplate("").mark, batch.name,
                             layers::isoFromDay(list.result.today)};
    ContactExport exported;
    exported.run = *batch.currentRun;
    exported.file = request.folder / kContactFile;
    folder.write([&] {
        exported.sheet = writeContactSheet(folder.temporary(kContactFile), texts, sources, progress);
    });
    if (request.imagery != nullptr) {
        request.imagery->demandUnchanged();
    }
    progress.checkCancelled();
    layers::LedgerChange change(project, stamp); // held: no files without their event
    folder.publish();
    nlohmann::ordered_json facts{{"batch", batch.code},
                                 {"run", exported.run},
                                 {"cases", exported.sheet.cases},
                                 {"pages", exported.sheet.pages}};
    addImagery(facts, request.imagery);
    noteExport(change, "contact_exported", std::move(facts), {exported.file});
    change.commit();
    return exported;
}

} // namespace app
