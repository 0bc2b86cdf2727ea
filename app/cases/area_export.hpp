#pragma once

#include "app/cartography/sheet_template.hpp"
#include "app/check/check_result.hpp"
#include "geo/progress.hpp"
#include "layers/output_folder.hpp"
#include "layers/project/ledger_change.hpp"

#include <cstdint>
#include <filesystem>
#include <set>
#include <string>
#include <vector>

namespace app {

/// Cases whose area statements 面积计算书 are wanted.
struct AreaExportRequest {
    std::vector<std::string> cases; ///< numbers
    SheetTemplate sheet;            ///< for its marks and notice
    std::filesystem::path folder;
    layers::Existing existing = layers::Existing::Refuse;
    int threads = 0;
    std::vector<std::filesystem::path> inputs; ///< files that must not be replaced: the template's
};
/// One case's statement in a file of its own.
struct AreaFile {
    std::string number;
    std::filesystem::path file;
    std::size_t pages = 0;
    std::size_t vertices = 0;
    std::int64_t printedM2 = 0; ///< as the list prints it, in whole m²
};
struct AreaExport {
    std::vector<AreaFile> files;
    std::set<std::string> lost; ///< characters that no font has, printed as 〓
};

/// The names of the statements' files, by case.
[[nodiscard]] std::vector<std::string> areaFileNames(const std::vector<std::string>& numbers);
/// Writes the statements of patches of a list, by number, into a folder on its way; they join `exported` with
/// their places in `published`. Throws layers::Error that names all that are not listed, or no areas.
void writeAreas(const CheckResult& result, const std::vector<std::string>& numbers,
                const SheetTemplate& sheet, const layers::OutputFolder& folder,
                const std::filesystem::path& published, AreaExport& exported, geo::Progress& progress);

/// Writes 面积计算书_NUMBER.pdf of each case, from its batch's current run, with the numbers that exportList
/// would write. The ledger notes who exported what. Throws layers::Error that names every case that is
/// unknown, no longer listed, or a line or a point; geo::Cancelled.
AreaExport exportAreas(layers::ProjectFile& project, const layers::Stamp& stamp,
                       const AreaExportRequest& request, geo::Progress& progress);

} // namespace app
