#include "app/report/check_job.hpp"

#include "layers/known_places.hpp"

#include <algorithm>
#include <chrono>

namespace app {

namespace {

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

} // namespace

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

namespace {

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

} // namespace

CheckJobResult runCheckJob(const CheckJobOptions& options, geo::Progress& progress) {
    Stopwatch total;
    Stopwatch watch;
    CheckOutputs outputs(options.folder, options.outputs, options.existing, true, inputFiles(options));
    CheckJobResult job;
    CheckInput input = readInputs(options, progress);
    job.timings.readS = watch.lap();
    job.check = runCheck(std::move(input), progress);
    job.timings.checkS = watch.lap();
    const auto timings = [&] {
        job.timings.writeS = watch.lap();
        job.timings.totalS = total.lap();
        return timingsJson(job.timings);
    };
    job.runJson = outputs.write(job.check, timings, progress);
    job.written = outputs.files();
    return job;
}

} // namespace app
