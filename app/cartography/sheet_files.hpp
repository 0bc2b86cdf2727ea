#pragma once

#include "app/cartography/sheet_map.hpp"
#include "app/cartography/sheet_singles.hpp"
#include "app/cartography/sheet_store.hpp"
#include "app/cartography/sheet_template.hpp"
#include "geo/progress.hpp"

#include <cstdint>
#include <filesystem>
#include <set>
#include <string>
#include <vector>

namespace app {

/// Lists each sheet's own file with its content hash, beside the sheets.
inline constexpr const char* kSingleIndexName = "单张目录.csv";

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

struct WrittenSheets {
    std::vector<SheetFile> files;
    SheetCounts counts;
};

/// Writes the task sheets of all listed patches into a folder that is made: 单张/COUNTY/NUMBER.pdf for each
/// case, of which those that show the same as before come from the store; one PDF a county that binds them
/// with a cover list, inside by the zone of the main finding in the list's order; 任务单目录.csv, which says
/// where each case's sheet is; 单张目录.csv, by which the next export knows them; manifest.csv. The same
/// result, template and date give the same bytes for any number of threads, whatever the store had. Throws
/// layers::Error, geo::Cancelled.
WrittenSheets writeSheets(const std::filesystem::path& folder, const SheetTemplate& sheet,
                          const MapSources& sources, const SheetOptions& options, const SheetStore& store,
                          geo::Progress& progress);

} // namespace app
