#include "app/cases/sheet_export.hpp"

#include "app/cases/export_note_handle.hpp"
#include "app/cases/list_export.hpp"
#include "app/cases/run_inputs.hpp"

#include <algorithm>
#include <optional>
#include <set>

namespace app {

namespace {

/// The outlines of zones and counties, which a check gives up when it is done with them.
struct Outlines {
    std::optional<geo::ZoneIndex> zones;
    std::optional<geo::ZoneIndex> counties;
    std::vector<DayRange> zoneDays;
};

Outlines outlinesOf(const layers::ProjectFile& project, const layers::RunSetup& setup, int threads) {
    CheckInput input = inputsOf(project, setup).check;
    Outlines outlines;
    outlines.zoneDays = std::move(input.zoneDays);
    std::vector<geo::Shape> shapes;
    for (layers::Zone& zone : input.zones) {
        shapes.push_back(std::move(zone.shape));
    }
    outlines.zones.emplace(std::move(shapes), threads);
    if (!input.counties.empty()) {
        // As the check numbers them.
        std::sort(input.counties.begin(), input.counties.end(),
                  [](const layers::County& a, const layers::County& b) { return a.code < b.code; });
        std::vector<geo::Shape> counties;
        for (layers::County& county : input.counties) {
            counties.push_back(std::move(county.shape));
        }
        outlines.counties.emplace(std::move(counties), threads);
    }
    return outlines;
}

} // namespace

SheetExport exportSheets(layers::ProjectFile& project, const layers::Stamp& stamp,
                         const SheetExportRequest& request, geo::Progress& progress) {
    const layers::Batch batch = checkedBatch(project, request.batch);
    const std::vector<std::string> names{request.sheet.name};
    std::vector<std::filesystem::path> inputs = request.inputs;
    inputs.push_back(project.path());
    layers::refuseInputsAmongOutputs(request.folder, names, inputs);
    layers::OutputFolder folder(request.folder, names, request.existing);
    const CurrentList list = currentList(project, batch, request.threads, progress);
    const layers::RunSetup setup = layers::readRun(project, *batch.currentRun).setup;
    const Outlines outlines = outlinesOf(project, setup, request.threads);
    MapSources sources =
        mapSources(list.result, *outlines.zones, outlines.counties ? &*outlines.counties : nullptr);
    sources.concerns = [&outlines](std::uint32_t zone, layers::Day day) {
        return outlines.zoneDays.empty() || outlines.zoneDays[zone].contains(day);
    };
    SheetExport exported;
    exported.run = *batch.currentRun;
    exported.cases = static_cast<std::int64_t>(list.cases.size());
    const SheetOptions options{layers::isoFromDay(list.result.today), request.threads};
    folder.write([&] {
        exported.sheets =
            writeSheets(folder.temporary(request.sheet.name), request.sheet, sources, options, progress);
    });
    progress.checkCancelled();
    layers::LedgerChange change(project, stamp); // held: no files without their event
    folder.publish();
    std::set<std::string> lost;
    for (const SheetFile& file : exported.sheets) {
        lost.insert(file.lost.begin(), file.lost.end());
        exported.pages += static_cast<std::int64_t>(file.pages);
        exported.files.push_back(request.folder / request.sheet.name / file.file);
    }
    exported.lost.assign(lost.begin(), lost.end());
    noteExport(change, "sheets_exported",
               {{"batch", batch.code},
                {"run", exported.run},
                {"cases", exported.cases},
                {"pages", exported.pages},
                {"template", request.sheet.name},
                {"template_version", request.sheet.version},
                {"template_sha256", request.sheet.sha256}},
               exported.files);
    change.commit();
    return exported;
}

} // namespace app
