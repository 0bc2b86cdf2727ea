#pragma once

#include "app/cartography/sheet_map.hpp"
#include "app/cartography/sheet_template.hpp"
#include "geo/progress.hpp"

#include <cstdint>
#include <filesystem>
#include <set>
#include <string>
#include <vector>

namespace app {

/// One county's sheets in one file.
struct SheetFile {
    std::string file; ///< name: 任务单_513301_康定市.pdf
    std::string county;
    std::size_t sheets = 0;
    std::size_t coverPages = 0;
    std::size_t pages = 0;           ///< with the cover
    std::set<std::string> lost = {}; ///< characters that no font has, printed as 〓
};

struct SheetOptions {
    std::string date; ///< ISO, the only date in the files
    int threads = 0;
};

/// Writes the task sheets of all listed patches into a folder that is made: one PDF a county with a cover
/// list, inside by the zone of the main finding in the list's order; 任务单目录.csv, which says where each
/// case's sheet is; manifest.csv. The same result, template and date give the same bytes for any number of
/// threads. Throws layers::Error, geo::Cancelled.
std::vector<SheetFile> writeSheets(const std::filesystem::path& folder, const SheetTemplate& sheet,
                                   const MapSources& sources, const SheetOptions& options,
                                   geo::Progress& progress);

} // namespace app
