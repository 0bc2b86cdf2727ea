#pragma once

#include "app/check/check_result.hpp"
#include "geo/progress.hpp"
#include "layers/output_folder.hpp"

#include <filesystem>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace app {

/// What can be written of a result beside run.json.
enum class Output { Workbook, Csv, GeoPackage, Field };
[[nodiscard]] std::optional<Output> outputFromKey(std::string_view key); ///< "xlsx", "csv", "gpkg", "field"

/// The outputs of one result on their way into a folder, which gets all of them or none.
class CheckOutputs {
  public:
    /// Claims the folder. @param timings a timings.json comes, too. @param inputs files that must not be
    /// replaced. Throws layers::Error when an output stands there (Existing::Refuse), or one of another run
    /// would stay.
    CheckOutputs(std::filesystem::path folder, std::set<Output> outputs, layers::Existing existing,
                 bool timings, const std::vector<std::filesystem::path>& inputs);

    /// Writes what is wanted and run.json, then what `timings` gives, and publishes. What writing had to
    /// change joins the result's problems. Returns run.json. Throws layers::Error, geo::Cancelled.
    std::string write(CheckResult& result, const std::function<std::string()>& timings,
                      geo::Progress& progress);
    /// Everything that lies in the folder afterwards.
    [[nodiscard]] std::vector<std::filesystem::path> files() const;

  private:
    std::filesystem::path m_path;
    std::set<Output> m_outputs;
    std::vector<std::string> m_names;
    layers::OutputFolder m_folder;
};

} // namespace app
