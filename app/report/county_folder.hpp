#pragma once

#include "app/check/check_result.hpp"

#include <filesystem>
#include <string>

namespace app {

/// Code of the county that a patch belongs to, for the names of files: letters and digits alone; 000000 where
/// there is none.
[[nodiscard]] std::string countyFileCode(const CheckResult& result, std::size_t patch);

/// Writes manifest.csv (file, bytes, sha256) of what lies in a folder and below it (FOLDER/FILE). Throws
/// layers::Error.
void writeManifest(const std::filesystem::path& folder);

} // namespace app
