#include "app/cases/results_export.hpp"

#include "app/report/results_restore.hpp"
#include "layers/error.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <tuple>

#include <fmt/format.h>

namespace app {

namespace {

constexpr const char* kPages = "汇总表.pdf";

std::vector<std::filesystem::path> inputsOf(const ResultsExportRequest& request) {
    std::vector<std::filesystem::path> inputs = request.inputs;
    inputs.push_back(request.results);
    for (const auto& [role, refs] : request.outlines.inputs) {
        for (const layers::LayerRef& ref : refs) {
            inputs.push_back(ref.file);
        }
    }
    return inputs;
}

/// The outlines of the zones and counties of a result, slot by slot; empty ones where no file gave them.
struct ResultsOutlines {
    std::vector<geo::Shape> zones;
    std::vector<geo::Shape> counties;
    std::size_t missingZones = 0;
    std::vector<std::string> changed;
};

/// Finds each zone of the result in what was read again: by its feature in the layer of that name, of the
/// file of that name where several have such a layer.
void takeZones(std::vector<layers::Zone>& read, const std::vector<layers::InputReport>& inputs,
               const CheckResult& result, ResultsOutlines& outlines) {
    using Place = std::tuple<layers::Role, std::string, std::int64_t, std::string>;
    const auto placeOf = [](const layers::Zone& zone, const std::vector<layers::InputReport>& of) {
        const layers::InputReport& input = of[static_cast<std::size_t>(zone.input)];
        return Place{zone.role, input.layer, zone.feature, input.file};
    };
    std::map<Place, geo::Shape*> places;
    constexpr std::size_t kFile = 3;
    for (layers::Zone& zone : read) {
        Place place = placeOf(zone, inputs);
        places.emplace(place, &zone.shape);
        std::get<kFile>(place).clear();
        places.emplace(std::move(place), &zone.shape);
    }
    for (const layers::Zone& zone : result.zones) {
        Place place = placeOf(zone, result.inputs);
        auto found = places.find(place);
        if (found == places.end()) {
            std::get<kFile>(place).clear();
            found = places.find(place);
        }
        outlines.missingZones += found == places.end() ? 1 : 0;
        outlines.zones.push_back(found == places.end() ? geo::Shape() : *found->second);
    }
}

ResultsOutlines outlinesOf(const ResultsExportRequest& request, const CheckResult& result,
                           geo::Progress& progress) {
    ResultsOutlines outlines;
    if (request.outlines.inputs.empty()) {
        outlines.zones.resize(result.zones.size());
        outlines.missingZones = result.zones.size();
        return outlines;
    }
    CheckInput read = readInputs(request.outlines, progress);
    for (const layers::InputReport& input : read.inputs) {
        const bool isSame =
            std::any_of(result.inputs.begin(), result.inputs.end(), [&](const layers::InputReport& of) {
                return of.role == input.role && of.layer == input.layer && of.sha256 == input.sha256;
            });
        if (!isSame) {
            outlines.changed.push_back(input.file);
        }
    }
    takeZones(read.zones, read.inputs, result, outlines);
    for (const layers::County& county : result.counties) {
        const auto found = std::find_if(read.counties.begin(), read.counties.end(),
                                        [&](const layers::County& c) { return c.code == county.code; });
        outlines.counties.push_back(found == read.counties.end() ? geo::Shape() : found->shape);
    }
    const bool hasCounties = std::any_of(outlines.counties.begin(), outlines.counties.end(),
                                         [](const geo::Shape& shape) { return !shape.isEmpty(); });
    if (!hasCounties) {
        outlines.counties.clear();
    }
    return outlines;
}

/// Numbers of the list that are asked for by number or by 原图斑编号.
std::vector<std::string> numbersOf(const CheckResult& result, const std::vector<std::string>& asked) {
    std::vector<std::string> numbers;
    std::vector<std::string> unknown;
    for (const std::string& word : asked) {
        std::vector<std::string> found;
        for (std::size_t n = 0; n < result.listed.size(); ++n) {
            if (result.taskNumbers[n] == word ||
                result.patches[static_cast<std::size_t>(result.listed[n])].id == word) {
                found.push_back(result.taskNumbers[n]);
            }
        }
        if (found.empty()) {
            unknown.push_back(word);
        }
        for (std::string& number : found) {
            if (std::find(numbers.begin(), numbers.end(), number) == numbers.end()) {
                numbers.push_back(std::move(number));
            }
        }
    }
    if (!unknown.empty()) {
        throw layers::Error(
            fmt::format("清单中没有这些编号或原图斑编号：{0} / the list has no such numbers or "
                        "ids of patches: {0}",
                        fmt::join(unknown, ", ")));
    }
    return numbers;
}

} // namespace

ResultsSheets exportResultsSheets(const ResultsExportRequest& request, geo::Progress& progress) {
    const std::vector<std::string> names{request.sheet.name};
    layers::OutputFolder folder(request.folder, names, request.existing, inputsOf(request));
    const CheckResult result = readResults(request.results);
    ResultsOutlines outlines = outlinesOf(request, result, progress);
    const geo::ZoneIndex zones(std::move(outlines.zones), request.threads);
    std::optional<geo::ZoneIndex> counties;
    if (!outlines.counties.empty()) {
        counties.emplace(std::move(outlines.counties), request.threads);
    }
    MapSources sources = mapSources(result, zones, counties ? &*counties : nullptr);
    sources.imagery = request.imagery;
    ResultsSheets exported;
    exported.changed = std::move(outlines.changed);
    exported.zonesWithoutOutline = outlines.missingZones;
    exported.sheets.cases = static_cast<std::int64_t>(result.listed.size());
    SheetStore store(request.folder / request.sheet.name, request.folder);
    folder.write([&] {
        store.guard([&] {
            WrittenSheets written =
                writeSheets(folder.temporary(request.sheet.name), request.sheet, sources,
                            {layers::isoFromDay(result.today), request.threads}, store, progress);
            exported.sheets.sheets = std::move(written.files);
            exported.sheets.counts = written.counts;
        });
    });
    if (request.imagery != nullptr) {
        request.imagery->demandUnchanged();
    }
    progress.checkCancelled();
    folder.publish();
    store.finish();
    std::set<std::string> lost;
    for (const SheetFile& file : exported.sheets.sheets) {
        lost.insert(file.lost.begin(), file.lost.end());
        exported.sheets.pages += static_cast<std::int64_t>(file.pages);
        exported.sheets.files.push_back(request.folder / request.sheet.name / file.file);
    }
    exported.sheets.lost.assign(lost.begin(), lost.end());
    return exported;
}

AreaExport exportResultsAreas(const ResultsExportRequest& request, geo::Progress& progress) {
    const CheckResult result = readResults(request.results);
    const std::vector<std::string> numbers = numbersOf(result, request.cases);
    const std::vector<std::string> names = areaFileNames(numbers);
    layers::OutputFolder folder(request.folder, names, request.existing, inputsOf(request));
    AreaExport exported;
    folder.write(
        [&] { writeAreas(result, numbers, request.sheet, folder, request.folder, exported, progress); });
    progress.checkCancelled();
    folder.publish();
    return exported;
}

ResultsSummary exportResultsSummary(const ResultsExportRequest& request, geo::Progress& progress) {
    const std::vector<std::string> names{kPages};
    layers::OutputFolder folder(request.folder, names, request.existing, inputsOf(request));
    const CheckResult result = readResults(request.results);
    progress.checkCancelled();
    const SummarySheet sheet = summarySheet(result, "");
    ResultsSummary exported;
    exported.faults = sheet.alerts;
    exported.lost = sheet.lost;
    folder.write([&] {
        exported.pdf = writeSummaryPages(folder.temporary(kPages), {sheet}, request.sheet,
                                         layers::isoFromDay(result.today));
    });
    folder.publish();
    exported.files = {request.folder / kPages};
    return exported;
}

} // namespace app
