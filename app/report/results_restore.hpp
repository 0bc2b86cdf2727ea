#pragma once

#include "app/check/check_result.hpp"

#include <filesystem>
#include <string>

namespace app {

/// What the tables of results.gpkg do not hold and its papers need: counties, the parts of patches that lie
/// in several of them, what the data said of area and building, names of activities, the ledger's words.
/// JSON for run_info's `restore` (docs/formats.md); the same result gives the same text.
[[nodiscard]] std::string restoreJson(const CheckResult& result);

/// The result of a check as results.gpkg keeps it, for papers and summaries: all that listRow, detailRows and
/// summaryTables say is what they said of the result that was written, task numbers included. Zones have no
/// outlines; inputs only their names, mapping and counts; problems are left out. Throws layers::Error when
/// the file is none of a check, damaged, or of a version that did not keep enough.
[[nodiscard]] CheckResult readResults(const std::filesystem::path& file);

} // namespace app
