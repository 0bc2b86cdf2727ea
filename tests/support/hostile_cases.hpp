#pragma once

#include "layers/problem.hpp"

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace tests {

/// One file as CHANGES: what must come of it, and what must be said.
struct HostileCase {
    const char* file;
    const char* outcome; ///< the manifest's good_program
    std::optional<layers::ProblemKind>
        kind;             ///< a problem that must be told; none where the file as a whole is refused
    const char* text;     ///< part of that problem's, or of the error's, English text
    const char* crs = ""; ///< --crs, where the file has none that can be used
    const char* layer = "";
    const char* differs = ""; ///< why the outcome is another one than the manifest's
};

/// What must come of each file of ../shared/data/hostile.
[[nodiscard]] const std::vector<HostileCase>& hostileCases();

/// A name for the test of a case.
[[nodiscard]] std::string hostileCaseName(const HostileCase& hostileCase);

/// file -> good_program, out of manifest.csv.
[[nodiscard]] std::map<std::string, std::string> hostileManifest(const std::filesystem::path& hostile);

} // namespace tests
