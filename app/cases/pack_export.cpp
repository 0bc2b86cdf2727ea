#include "app/cases/pack_export.hpp"

#include "app/cartography/sheet_book.hpp"
#include "app/cases/export_note_handle.hpp"
#include "app/cases/issued_list.hpp"
#include "app/cases/map_outlines.hpp"
#include "app/cases/project_configuration.hpp"
#include "app/report/csv_file.hpp"
#include "layers/error.hpp"
#include "layers/list_columns.hpp"
#include "layers/project/case_query.hpp"
#include "layers/project/zone_store.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <memory>
#include <set>

namespace app {

namespace {

namespace fs = std::filesystem;

constexpr const char* kIndex = "packs.csv";
constexpr const char* kWork = ".work";
constexpr const char* kSheetWork = ".sheets";
constexpr const char* kMarkedSuffix = "_internal"; ///< names are ASCII: 内部资料

std::string archiveName(const FieldPack& pack) {
    return pack.name + ".zip";
}

/// The counties that the run used, by code.
std::map<std::string, layers::County> countiesOf(const layers::ProjectFile& project,
                                                 const layers::RunSetup& setup) {
    std::map<std::string, layers::County> counties;
    for (const layers::ZoneVersion& version : layers::zoneVersions(project)) {
        const bool isUsed =
            std::any_of(setup.zones.begin(), setup.zones.end(),
                        [&](const layers::RunZones& used) { return used.version == version.id; });
        if (isUsed && version.role == layers::Role::Admin) {
            for (layers::County& county : layers::countiesOf(project, version.id)) {
                counties.emplace(county.code, std::move(county));
            }
        }
    }
    return counties;
}

/// The county, or what the cases need, with room around it.
geo::Box extentOf(const FieldPack& pack, const CheckResult& result, const layers::County* county) {
    const double room = county == nullptr ? 0.1 : 0.02;
    constexpr double kLeastRoom = 0.01; // degrees: about 1 km
    geo::Box box;
    for (const PackCase& each : pack.cases) {
        box.add(result.patches[static_cast<std::size_t>(result.listed[each.listed])].shape.box());
    }
    if (county != nullptr) {
        box.add(county->shape.box());
    }
    return box.grown(std::max(kLeastRoom, room * (box.maxX - box.minX)),
                     std::max(kLeastRoom, room * (box.maxY - box.minY)));
}

/// Zones that a patch of the pack touches or lies near to.
std::vector<const layers::Zone*> zonesOf(const FieldPack& pack, const CheckResult& result,
                                         const std::vector<layers::Zone>& zones) {
    std::set<std::uint32_t> numbers;
    for (const PackCase& each : pack.cases) {
        const geo::PatchOverlay& overlay =
            result.results[static_cast<std::size_t>(result.listed[each.listed])].overlay;
        for (const geo::ZoneOverlap& overlap : overlay.overlaps) {
            numbers.insert(overlap.zone);
        }
        for (const geo::NearZone& near : overlay.near) {
            numbers.insert(near.zone);
        }
    }
    std::vector<const layers::Zone*> found;
    found.reserve(numbers.size());
    for (const std::uint32_t number : numbers) {
        found.push_back(&zones[number]);
    }
    return found;
}

void refuseNothing(const PackGroups& groups, const layers::Batch& batch) {
    if (!groups.packs.empty()) {
        return;
    }
    std::string statuses;
    for (const auto& [status, count] : groups.leftOut) {
        statuses += fmt::format("{}{} {}", statuses.empty() ? "" : "、", status, count);
    }
    throw layers::Error(fmt::format(
        "批次 {0} 没有已下发、未关闭的案件（{1}），没有写出数据包；请先研判并下发（case judge、case step），"
        "或加 --all / no case of {0} is sent out and open, no pack was written: judge and send out first "
        "(case "
        "judge, case step), or add --all",
        batch.code, statuses.empty() ? "清单为空 / the list is empty" : statuses));
}

/// Packs of another export would be taken for this one's.
void refuseOtherPacks(const fs::path& folder, const std::vector<std::string>& names) {
    std::error_code fault;
    for (const fs::directory_entry& entry : fs::directory_iterator(folder, fault)) {
        const std::string name = entry.path().filename().string();
        const bool isPack = name.starts_with("pack_") && name.ends_with(".zip");
        if (isPack && std::find(names.begin(), names.end(), name) == names.end()) {
            throw layers::Error(
                fmt::format("文件夹 {0} 中有另一次输出的数据包 {1}，不与本次的混放；请换一个 --out，或先移走 "
                            "/ the folder "
                            "{0} holds {1} of another export: choose another --out, or move it away",
                            folder.string(), name));
        }
    }
}

/// Cases with a task sheet in the pack.
std::int64_t sheetsIn(const FieldPack& pack) {
    return pack.sheets.empty() ? 0 : static_cast<std::int64_t>(pack.cases.size());
}

void writeIndex(const fs::path& file, const std::vector<ExportedPack>& packs) {
    using layers::ColumnType;
    CsvFile csv(file, {{"file", "", "文件"},
                       {"code", "", "县代码"},
                       {"title", "", "县(市)或核查组"},
                       {"cases", "", "案件", ColumnType::Integer},
                       {"areas", "", "其中图斑", ColumnType::Integer},
                       {"lines", "", "其中线路", ColumnType::Integer},
                       {"points", "", "其中点位", ColumnType::Integer},
                       {"bytes", "", "字节数", ColumnType::Integer},
                       {"sha256", "", "sha256"},
                       {"export_id", "", "输出编号"}});
    for (const ExportedPack& each : packs) {
        csv.add(std::vector<layers::Value>{archiveName(each.pack), each.pack.code, each.pack.title,
                                           static_cast<std::int64_t>(each.pack.cases.size()),
                                           each.written.areas, each.written.lines, each.written.points,
                                           static_cast<std::int64_t>(each.written.bytes), each.written.sha256,
                                           each.pack.exportKey});
    }
    csv.close();
}

/// Sent out, and no longer listed by the current run.
std::int64_t countLapsed(const layers::ProjectFile& project, const CaseLife& life,
                         const layers::Batch& batch) {
    layers::CaseFilter filter;
    filter.batch = batch.code;
    filter.holds = false;
    for (const CaseStatus& status : life.statuses) {
        if (status.phase == CasePhase::Field && !status.isClosed) {
            filter.statuses.push_back(status.name);
        }
    }
    return filter.statuses.empty() ? 0 : layers::countCases(project, filter);
}

/// Each pack is an export of its own.
void record(layers::LedgerChange& change, const layers::Batch& batch, const CurrentList& list,
            const PackExportRequest& request, const PackExport& exported) {
    nlohmann::ordered_json packs = nlohmann::ordered_json::array();
    for (const ExportedPack& each : exported.packs) {
        layers::ExportRecord issued;
        issued.key = each.pack.exportKey;
        issued.batch = batch.id;
        issued.run = exported.run;
        issued.files = {archiveName(each.pack)};
        layers::addExport(change, issued, issuedRows(list, listedOf(each.pack)));
        packs.push_back({{"file", archiveName(each.pack)},
                         {"title", each.pack.title},
                         {"export", each.pack.exportKey},
                         {"rows", each.pack.cases.size()},
                         {"zones", each.written.zones},
                         {"sheets", sheetsIn(each.pack)},
                         {"sha256", each.written.sha256}});
    }
    noteExport(change, "packs_exported",
               {{"batch", batch.code},
                {"run", exported.run},
                {"by", request.by == PackBy::County ? "county" : "team"},
                {"policy", request.policy.name},
                {"policy_sha256", request.policy.sha256},
                {"packs", packs}},
               exported.files);
}

PackOrigin originOf(const layers::ProjectFile& project, const layers::Batch& batch, const CaseLife& life,
                    const PackExportRequest& request) {
    PackOrigin origin;
    origin.project = project.info("name");
    origin.batchCode = batch.code;
    origin.batch = batch.name;
    origin.run = *batch.currentRun;
    origin.by = request.by == PackBy::County ? "county" : "team";
    origin.policy = request.policy;
    origin.vocabularies = life.vocabularies;
    for (const std::string& field : life.settableInField) {
        const auto& columns = layers::listColumns();
        const auto first = columns.begin() + static_cast<std::ptrdiff_t>(layers::ListColumn::Conclusion);
        if (std::any_of(first, columns.end(), [&](const layers::Column& c) { return c.name == field; })) {
            origin.answerable.push_back(field);
        }
    }
    return origin;
}

/// What the packs show beside the cases: the county and, where asked for, zones. Keeps their shapes.
class PackContext {
  public:
    PackContext(const layers::ProjectFile& project, const layers::Batch& batch,
                const PackExportRequest& request)
        : m_setup(layers::readRun(project, *batch.currentRun).setup),
          m_counties(countiesOf(project, m_setup)), m_includesCounties(request.policy.includesCounties) {
        if (request.zones == PackExportRequest::Zones::Included) {
            m_zones = std::move(inputsOf(project, m_setup).check.zones);
        }
    }
    void addTo(FieldPack& pack, const CheckResult& result) const {
        const auto county = m_counties.find(pack.code);
        const layers::County* own = county == m_counties.end() ? nullptr : &county->second;
        pack.extent = extentOf(pack, result, own);
        pack.county = m_includesCounties ? own : nullptr;
        if (!m_zones.empty()) {
            pack.zones = zonesOf(pack, result, m_zones);
        }
    }

  private:
    layers::RunSetup m_setup;
    std::map<std::string, layers::County> m_counties;
    bool m_includesCounties;
    std::vector<layers::Zone> m_zones;
};

/// The task sheets of packs: drawn as `export sheets` draws them, each by itself, and bound for each pack.
class PackSheets {
  public:
    /// @param outputs the folder of the packs @param work an empty folder for the files
    PackSheets(const SheetTemplate& sheet, const CheckResult& result, const fs::path& outputs, fs::path work)
        : m_sheet(sheet), m_result(result), m_work(std::move(work)), m_store({}, outputs) {}

    void make(const std::vector<FieldPack>& packs, const MapSources& sources, int threads,
              geo::Progress& progress) {
        std::vector<std::size_t> cases;
        for (const FieldPack& pack : packs) {
            const std::vector<std::size_t> listed = listedOf(pack);
            cases.insert(cases.end(), listed.begin(), listed.end());
        }
        progress.begin("任务单 task sheets", static_cast<std::int64_t>(cases.size()));
        fs::create_directories(m_work);
        m_store.guard([&] {
            m_singles = makeSheets(
                cases, m_sheet, sources, m_store, threads,
                [this](std::size_t, const std::string& number) { return m_work / singleName(number); },
                progress);
        });
        for (const SingleSheet& single : m_singles) {
            m_byCase.emplace(single.n, &single);
        }
    }
    /// One by one, and all in one file.
    void addTo(FieldPack& pack, geo::Progress& progress) const {
        std::vector<const SingleSheet*> sheets;
        for (const PackCase& each : pack.cases) {
            sheets.push_back(m_byCase.at(each.listed));
            pack.sheets.push_back(sheets.back()->file);
        }
        const fs::path bound = m_work / (pack.stem + "_sheets.pdf");
        bindSheets(bound, paperText(pack.title), groupedByZone(sheets), m_sheet, m_result,
                   layers::isoFromDay(m_result.today), progress);
        pack.sheets.push_back(bound);
    }
    [[nodiscard]] SheetCounts counts() const { return countSheets(m_singles); }
    /// Runs what makes packs of the sheets; when it fails, nothing is left to go on from.
    void guard(const std::function<void()>& work) { m_store.guard(work); }
    /// The packs stand there.
    void finish() noexcept { m_store.finish(); }

  private:
    const SheetTemplate& m_sheet;
    const CheckResult& m_result;
    fs::path m_work;
    SheetStore m_store;
    std::vector<SingleSheet> m_singles;
    std::map<std::size_t, const SingleSheet*> m_byCase;
};

/// Sheets of all packs, drawn; nothing where none are wanted.
std::unique_ptr<PackSheets> packSheets(const layers::ProjectFile& project, const layers::Batch& batch,
                                       const PackExportRequest& request, const CheckResult& result,
                                       const std::vector<FieldPack>& packs, const fs::path& work,
                                       geo::Progress& progress) {
    if (!request.sheets || !request.policy.includesSheets) {
        return nullptr;
    }
    const MapOutlines outlines(project, layers::readRun(project, *batch.currentRun).setup, request.threads);
    auto sheets = std::make_unique<PackSheets>(*request.sheets, result, request.folder, work);
    sheets->make(packs, outlines.sourcesOf(result), request.threads, progress);
    return sheets;
}

} // namespace

PackExport exportPacks(layers::ProjectFile& project, const layers::Stamp& stamp,
                       const PackExportRequest& request, geo::Progress& progress) {
    if (request.zones == PackExportRequest::Zones::Included && !request.policy.mayIncludeZones) {
        throw layers::Error(
            fmt::format("导出策略“{0}”不允许写出管控区，请去掉 --include-zones，或改用其他策略 / the "
                        "policy \"{0}\" keeps zones back: leave --include-zones out, or give "
                        "another policy",
                        request.policy.name));
    }
    const layers::Batch batch = checkedBatch(project, request.batch);
    const CaseLife life = projectCaseLife(project);
    const CurrentList list = currentList(project, batch, request.threads, progress);
    PackGroups groups = packGroups(list, life, request.by, request.which, batch.code,
                                   request.policy.mark.empty() ? "" : kMarkedSuffix);
    refuseNothing(groups, batch);
    std::vector<std::string> names;
    for (const FieldPack& pack : groups.packs) {
        names.push_back(archiveName(pack));
    }
    refuseOtherPacks(request.folder, names);
    names.emplace_back(kIndex);
    std::vector<fs::path> inputs = request.inputs;
    inputs.push_back(project.path());
    layers::OutputFolder folder(request.folder, names, request.existing, inputs);

    PackExport exported{*batch.currentRun,
                        static_cast<std::int64_t>(list.cases.size()),
                        {},
                        groups.leftOut,
                        {},
                        false,
                        countLapsed(project, life, batch),
                        {}};
    const PackOrigin origin = originOf(project, batch, life, request);
    const PackContext context(project, batch, request);
    std::unique_ptr<PackSheets> sheets;
    folder.write([&] {
        sheets = packSheets(project, batch, request, list.result, groups.packs, folder.temporary(kSheetWork),
                            progress);
    });
    exported.keepsSheetsBack = request.sheets && !request.policy.includesSheets;
    exported.sheets = sheets ? sheets->counts() : SheetCounts{};
    progress.begin("写外业数据包 field packs", static_cast<std::int64_t>(groups.packs.size()));
    const auto write = [&] {
        for (FieldPack& pack : groups.packs) {
            context.addTo(pack, list.result);
            if (sheets) {
                sheets->addTo(pack, progress);
            }
            pack.exportKey = exportKeyOf(batch.code + "/" + pack.name, list.result, listedOf(pack));
            WrittenPack written = writeFieldPack(folder.temporary(archiveName(pack)), folder.temporary(kWork),
                                                 list.result, origin, pack, progress);
            pack.zones.clear();
            pack.county = nullptr;
            exported.packs.push_back({std::move(pack), std::move(written)});
            progress.step();
        }
        writeIndex(folder.temporary(kIndex), exported.packs);
    };
    folder.write([&] { sheets ? sheets->guard(write) : write(); });
    progress.checkCancelled();
    // The ledger is held until the files stand there: a pack that the project does not know cannot be
    // returned.
    layers::LedgerChange change(project, stamp);
    folder.publish();
    for (const std::string& name : names) {
        exported.files.push_back(request.folder / name);
    }
    record(change, batch, list, request, exported);
    change.commit();
    if (sheets) {
        sheets->finish();
    }
    return exported;
}

} // namespace app
