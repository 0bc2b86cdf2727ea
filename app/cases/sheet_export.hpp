#pragma once

#include "app/cartography/sheet_files.hpp"
#include "layers/output_folder.hpp"
#include "layers/project/ledger_change.hpp"

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace app {

/// A batch's task sheets that are to be written.
struct SheetExportRequest {
    std::string batch; ///< code or name
    SheetTemplate sheet;
    std::filesystem::path folder;
    layers::Existing existing = layers::Existing::Refuse;
    int threads = 0;
    std::vector<std::filesystem::path> inputs; ///< files that must not be replaced: template and images
    const Imagery* imagery = nullptr;          ///< nullptr: none was given
};
struct SheetExport {
    std::int64_t run = 0;
    std::int64_t cases = 0;
    std::int64_t pages = 0; ///< with covers
    SheetCounts counts;
    std::vector<SheetFile> sheets;
    std::vector<std::string> lost; ///< characters that no font has, printed as 〓
    std::vector<std::filesystem::path> files;
};

/// Writes the task sheets of a batch's current run into a folder named as the template, with the numbers and
/// words that exportList would write. Sheets that show the same as those that stand there, or as those that a
/// stopped export finished (SheetStore), are taken over. The ledger notes who exported what. Throws
/// layers::Error, geo::Cancelled.
SheetExport exportSheets(layers::ProjectFile& project, const layers::Stamp& stamp,
                         const SheetExportRequest& request, geo::Progress& progress);

} // namespace app
