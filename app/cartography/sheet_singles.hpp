#pragma once

#include "app/cartography/sheet_store.hpp"
#include "app/cartography/task_sheet.hpp"
#include "geo/progress.hpp"

#include <filesystem>
#include <functional>
#include <set>
#include <string>
#include <vector>

namespace app {

/// The task sheet of one case as a file of its own.
struct SingleSheet {
    std::size_t n = 0;  ///< of result.listed
    std::string number; ///< 任务编号
    std::string patch;  ///< id
    std::string mainZone;
    std::filesystem::path file;
    std::size_t pages = 0;
    std::string key; ///< sheetKey
    std::string sha256;
    SheetOrigin origin = SheetOrigin::Made;
    std::set<std::string> lost; ///< characters that no font has, printed as 〓
};

/// The name of a case's sheet: letters, digits, - and _ of its number.
[[nodiscard]] std::string singleName(const std::string& number);

/// How the sheets of an export came to be.
struct SheetCounts {
    std::int64_t made = 0;
    std::int64_t reused = 0;
    std::int64_t resumed = 0;
};
[[nodiscard]] SheetCounts countSheets(const std::vector<SingleSheet>& sheets);

/// Makes the sheets of cases, in parallel: draws those that the store does not have. Slot by slot with
/// `cases`, the same bytes for any number of threads and however many of them were there. Steps `progress`
/// once a case.
/// @param cases as n of result.listed @param fileOf where the sheet of one goes, by its number; folders exist
[[nodiscard]] std::vector<SingleSheet>
makeSheets(const std::vector<std::size_t>& cases, const SheetTemplate& sheet, const MapSources& sources,
           const SheetStore& store, int threads,
           const std::function<std::filesystem::path(std::size_t n, const std::string& number)>& fileOf,
           geo::Progress& progress);

} // namespace app
