#pragma once

#include "app/check/check_result.hpp"
#include "geo/progress.hpp"

#include <filesystem>
#include <string>

namespace app {

/// Version of results.gpkg's tables, the workbook's `_meta` and run.json.
inline constexpr int kSchemaVersion = 1;

/// Writes results.gpkg: patches (with findings), overlaps, atoms, near, rejects, problems, styled. Names and
/// columns are those of the project file (docs/formats.md). Throws layers::Error, geo::Cancelled.
void writeResults(const std::filesystem::path& file, const CheckResult& result, const std::string& date,
                  geo::Progress& progress);

/// Writes field/: Shapefile, KML and GPX per county, no zone geometry in it; returns problems of writing
/// (〓).
[[nodiscard]] std::vector<layers::Problem>
writeFieldFiles(const std::filesystem::path& folder, const CheckResult& result, const std::string& date);

} // namespace app
