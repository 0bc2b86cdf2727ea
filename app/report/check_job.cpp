#include "app/report/check_job.hpp"

#include "app/check/check_run.hpp"
#include "app/check/closing.hpp"
#include "app/check/list_rows.hpp"
#include "app/report/results_tables.hpp"
#include "app/report/workbook.hpp"
#include "layers/encoding.hpp"
#include "layers/error.hpp"
#include "layers/known_places.hpp"

#include <algorithm>
#include <chrono>
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

class Stopwatch {
  public:
    /// Seconds since the last lap.
    double lap() {
        const auto now = std::chrono::steady_clock::now();
        const double seconds = std::chrono::duration<double>(now - m_start).count();
        m_start = now;
        return seconds;
    }

  private:
    std::chrono::steady_clock::time_point m_start = std::chrono::steady_clock::now();
};

/// Appends what one input gave, with the number that its records carry.
template <typename Record>
void append(layers::ReadResult<Record>&& read, std::vector<Record>& records, CheckInput& input) {
    const auto number = static_cast<std::int32_t>(input.inputs.size());
    for (Record& record : read.records) {
        if constexpr (!std::is_same_v<Record, layers::County>) {
            record.input = number;
        }
    }
    for (layers::Reject& reject : read.rejects) {
        reject.input = number;
    }
    if (records.empty()) {
        records = std::move(read.records);
    } else {
        std::move(read.records.begin(), read.records.end(), std::back_inserter(records));
    }
    std::move(read.rejects.begin(), read.rejects.end(), std::back_inserter(input.rejects));
    std::move(read.problems.begin(), read.problems.end(), std::back_inserter(input.problems));
    input.inputs.push_back(std::move(read.report));
}

template <typename Map>
typename Map::mapped_type valueOr(const Map& map, layers::Role role) {
    const auto found = map.find(role);
    return found == map.end() ? typename Map::mapped_type{} : found->second;
}

/// The profiles that the user named; where none of them fits an input, the reader tries the shipped ones.
std::vector<layers::ImportProfile> namedProfiles(const std::vector<std::string>& names) {
    std::vector<layers::ImportProfile> profiles;
    for (const std::string& name : names) {
        const auto some = layers::loadProfiles(name);
        profiles.insert(profiles.end(), some.begin(), some.end());
    }
    return profiles;
}

layers::ReadOptions readOptions(const CheckJobOptions& options, layers::Role role, const CheckInput& input,
                                const std::vector<layers::ImportProfile>& profiles) {
    layers::ReadOptions read;
    read.role = role;
    read.crs = valueOr(options.crs, role);
    read.encoding = valueOr(options.encodings, role);
    read.positions = valueOr(options.positions, role);
    read.mapping = valueOr(options.mappings, role);
    if (role == layers::Role::Changes) {
        read.join = options.join;
    }
    read.batch = options.batch;
    read.allowIncompleteZones = options.allowIncompleteZones;
    read.allowDrivers = options.allowDrivers;
    read.settings = input.settings;
    read.maskNeighbours = options.maskNeighbours;
    read.threads = options.threads;
    for (const layers::ImportProfile& profile : profiles) {
        read.profiles.push_back(&profile);
    }
    return read;
}

CheckInput readInputs(const CheckJobOptions& options, geo::Progress& progress) {
    CheckInput input;
    input.rules = options.rules ? loadRules(*options.rules) : defaultRules();
    input.settings = options.settings ? layers::readSettings(*options.settings) : layers::Settings{};
    input.settings.maskLeastAreaM2 = options.maskLeastAreaM2.value_or(input.settings.maskLeastAreaM2);
    input.batch = options.batch;
    input.today = options.today;
    input.date = options.date;
    input.threads = options.threads;
    const std::vector<layers::ImportProfile> profiles = namedProfiles(options.profiles);
    // Counties first: they name the places in messages about the others. Their reports keep their turn.
    std::vector<layers::ReadResult<layers::County>> admin;
    for (const layers::LayerRef& ref : valueOr(options.inputs, layers::Role::Admin)) {
        const layers::ReadOptions read = readOptions(options, layers::Role::Admin, input, profiles);
        admin.push_back(layers::readCounties(ref, read, progress));
        std::vector<layers::County>& counties = admin.back().records;
        std::move(counties.begin(), counties.end(), std::back_inserter(input.counties));
        counties.clear();
    }
    std::optional<layers::KnownPlaces> known;
    if (options.known) {
        known =
            layers::readKnownPlaces(*options.known, options.knownCrs,
                                    readOptions(options, layers::Role::Changes, input, profiles), progress);
    }
    if (known) {
        input.known = known->report();
    }
    for (const auto& [role, refs] : options.inputs) {
        layers::ReadOptions read = readOptions(options, role, input, profiles);
        read.counties = input.counties.empty() ? nullptr : &input.counties;
        read.known = known ? &*known : nullptr;
        if (role == layers::Role::Admin) {
            for (auto& result : admin) {
                append(std::move(result), input.counties, input);
            }
            continue;
        }
        for (const layers::LayerRef& ref : refs) {
            if (role == layers::Role::Changes) {
                append(layers::readPatches(ref, read, progress), input.patches, input);
            } else {
                append(layers::readZones(ref, read, progress), input.zones, input);
            }
        }
    }
    input.zonesIncomplete =
        std::any_of(input.problems.begin(), input.problems.end(),
                    [](const layers::Problem& p) { return p.kind == layers::ProblemKind::ZoneLeftOut; });
    return input;
}

/// What a fault while writing means for the user. Libraries name their own reason, in English and by a path
/// that is gone.
layers::Error writeFault(const std::filesystem::path& folder, const std::string& reason) {
    constexpr std::uintmax_t kNothingLeft = std::uintmax_t{1} << 20U;
    constexpr double kMib = 1 << 20;
    std::error_code fault;
    const std::filesystem::space_info space = std::filesystem::space(folder, fault);
    const bool isFull = (!fault && space.available < kNothingLeft) ||
                        reason.find("No space left") != std::string::npos ||
                        reason.find("disk is full") != std::string::npos;
    if (isFull) {
        return layers::Error(fmt::format(
            "无法写出结果：磁盘已满（{0} 所在磁盘剩余 {1:.1f} MiB），已写的部分已清除；请腾出空间，或换一个 "
            "--out / the results cannot be written: the disk is full ({1:.1f} MiB left at {0}), what was "
            "written is removed: make room, or choose another --out. ({2})",
            folder.string(), fault ? 0.0 : static_cast<double>(space.available) / kMib, reason));
    }
    return layers::Error(layers::isAscii(reason)
                             ? "无法写出结果，请检查磁盘和权限 / the results cannot be written: " + reason
                             : reason);
}

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

std::vector<std::string> outputNames(const CheckJobOptions& options) {
    std::vector<std::string> names;
    const auto add = [&](Output output, const char* name) {
        if (options.outputs.contains(output)) {
            names.emplace_back(name);
        }
    };
    add(Output::Workbook, kWorkbookName);
    add(Output::Csv, kCsvName);
    add(Output::GeoPackage, kResultsName);
    add(Output::Field, kFieldName);
    names.emplace_back(kRunName);
    names.emplace_back(kTimingsName);
    return names;
}

/// Outputs that this run would leave standing beside its own: nobody could tell that they are of another run.
void refuseMixedRuns(const CheckJobOptions& options, const std::vector<std::string>& names) {
    for (const char* name : {kWorkbookName, kCsvName, kResultsName, kFieldName}) {
        const bool isOurs = std::find(names.begin(), names.end(), name) != names.end();
        if (!isOurs && std::filesystem::exists(options.folder / name)) {
            throw layers::Error(
                "结果文件夹中已有另一次运行的 " + std::string(name) +
                "，本次（--only）不会更新它；请换一个 --out，或不用 --only / the folder holds " + name +
                " of another run, which this one (--only) would leave as it is: choose another --out, or "
                "leave --only out");
        }
    }
}

/// All files that the run reads.
std::vector<std::filesystem::path> inputFiles(const CheckJobOptions& options) {
    std::vector<std::filesystem::path> files;
    for (const auto& [role, refs] : options.inputs) {
        for (const layers::LayerRef& ref : refs) {
            files.push_back(ref.file);
        }
    }
    files.insert(files.end(), options.profiles.begin(), options.profiles.end());
    if (options.join) {
        files.push_back(options.join->table.file);
    }
    if (options.known) {
        files.push_back(options.known->file);
    }
    for (const auto& file : {options.rules, options.settings}) {
        if (file) {
            files.push_back(*file);
        }
    }
    return files;
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

void writeOutputs(const CheckJobOptions& options, CheckResult& result, const layers::OutputFolder& folder,
                  geo::Progress& progress) {
    const std::string date = layers::isoFromDay(options.today);
    const auto wanted = [&](Output output) { return options.outputs.contains(output); };
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

CheckJobResult runCheckJob(const CheckJobOptions& options, geo::Progress& progress) {
    Stopwatch total;
    Stopwatch watch;
    const std::vector<std::string> names = outputNames(options);
    refuseMixedRuns(options, names);
    layers::refuseInputsAmongOutputs(options.folder, names, inputFiles(options));
    layers::OutputFolder folder(options.folder, names, options.existing);
    CheckJobResult job;
    CheckInput input = readInputs(options, progress);
    job.timings.readS = watch.lap();
    job.check = runCheck(std::move(input), progress);
    job.timings.checkS = watch.lap();
    try {
        writeOutputs(options, job.check, folder, progress);
        job.runJson = runJson(job.check);
        writeText(folder.temporary(kRunName), job.runJson);
        job.timings.writeS = watch.lap();
        job.timings.totalS = total.lap();
        writeText(folder.temporary(kTimingsName), timingsJson(job.timings));
        progress.checkCancelled();
        folder.publish();
    } catch (const layers::Error& error) {
        throw writeFault(options.folder, error.what());
    }
    for (const std::string& name : names) {
        job.written.push_back(options.folder / name);
    }
    return job;
}

} // namespace app
