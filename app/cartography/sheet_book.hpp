#pragma once

#include "app/cartography/sheet_singles.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace app {

/// Sheets of a county (or a team) as one file.
struct BoundSheets {
    std::size_t coverPages = 0;
    std::size_t pages = 0;               ///< with the cover
    std::vector<std::size_t> firstPages; ///< of each sheet, from 1
};

/// Binds sheets that stand in files of their own: a cover list, then the sheets as they are, each page with
/// its place in the book laid over it. So a sheet is not drawn again because another one came or went.
/// @param name of the county or team, as it stands on paper @param date ISO, the only one in the file
/// Throws layers::Error, geo::Cancelled.
BoundSheets bindSheets(const std::filesystem::path& file, const std::string& name,
                       const std::vector<const SingleSheet*>& sheets, const SheetTemplate& sheet,
                       const CheckResult& result, const std::string& date, geo::Progress& progress);

/// Sheets of one zone together, zones in the order of their first case.
[[nodiscard]] std::vector<const SingleSheet*> groupedByZone(const std::vector<const SingleSheet*>& sheets);

} // namespace app
