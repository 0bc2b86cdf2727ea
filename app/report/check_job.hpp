#pragma once

#include "app/check/check_run.hpp"
#include "app/report/check_outputs.hpp"
#include "app/report/run_record.hpp"
#include "geo/progress.hpp"
#include "layers/output_folder.hpp"
#include "layers/reader.hpp"

#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace app {

/// The main job as one options struct, for the command line and whatever else starts it.
struct CheckJobOptions {
    std::map<layers::Role, std::vector<layers::LayerRef>> inputs;
    std::map<layers::Role, std::string> crs;
    std::map<layers::Role, std::string> encodings;
    std::map<layers::Role, layers::PositionOptions> positions; ///< datum parameters, GCJ-02 and BD-09
    std::map<layers::Role, std::map<std::string, std::string>> mappings;
    std::vector<std::string> profiles;     ///< names or files
    std::optional<layers::TableJoin> join; ///< attributes of the changes that lie in a table
    std::string knownCrs;                  ///< --known-crs
    std::optional<layers::LayerRef> known; ///< --known: what the positions of changes are compared with
    std::string batch;
    std::optional<layers::Day> date; ///< 判定基准日 where the data have none
    layers::Day today = 0;           ///< whose law is "today's law", and the date written into files
    std::optional<std::filesystem::path> rules;
    std::optional<std::filesystem::path> settings;
    std::set<Output> outputs{Output::Workbook, Output::Csv, Output::GeoPackage, Output::Field};
    std::filesystem::path folder;
    layers::Existing existing = layers::Existing::Refuse;
    bool allowIncompleteZones = false;
    std::vector<std::string> allowDrivers; ///< GDAL drivers beyond the reader's own
    int maskNeighbours = 4;                ///< --connect
    std::optional<double> maskLeastAreaM2; ///< --min-area: wins over the settings
    int threads = 0;
};

/// A finished job: the result, what it took, and what lies in the folder.
struct CheckJobResult {
    CheckResult check;
    Timings timings;
    std::vector<std::filesystem::path> written;
    std::string runJson;
};

/// Reads the inputs of a job without checking them. Throws layers::Error, geo::Cancelled.
[[nodiscard]] CheckInput readInputs(const CheckJobOptions& options, geo::Progress& progress);

/// Reads, checks and writes; the folder gets everything or nothing. Throws layers::Error, geo::Error,
/// geo::Cancelled.
[[nodiscard]] CheckJobResult runCheckJob(const CheckJobOptions& options, geo::Progress& progress);

} // namespace app
