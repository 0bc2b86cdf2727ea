#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace layers {

/// What a GeoPackage holds, without its rows.
struct GeoPackageTables {
    std::vector<std::string> layers; ///< with geometry, in the order in which they were made
    std::map<std::string, std::vector<std::string>> columns; ///< of each layer
    std::map<std::string, std::string> infos;                ///< of `run_info`, where it is one of ours
};
/// Reads the file as it is, changing nothing. Throws layers::Error when it is no SQLite file;
/// nothing is in one without a GeoPackage's tables.
[[nodiscard]] GeoPackageTables geoPackageTables(const std::filesystem::path& file);

} // namespace layers
