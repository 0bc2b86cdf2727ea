#pragma once

#include "app/cartography/sheet_map.hpp"
#include "geo/progress.hpp"

#include <cstddef>
#include <filesystem>
#include <set>
#include <string>

namespace app {

/// Cases on a page of a contact sheet, in three columns.
inline constexpr std::size_t kContactCases = 12;

struct ContactTexts {
    std::string title; ///< 疑似问题图斑联系图
    std::string mark;  ///< 内部资料
    std::string batch;
    std::string date; ///< ISO, the only date in the file
};

struct ContactSheet {
    std::size_t cases = 0;
    std::size_t pages = 0;
    std::set<std::string> lost; ///< characters that no font has, printed as 〓
};

/// Writes the listed patches in the list's order, 12 on a page of A4, for meetings: after image or map,
/// number, name, verdict, county. The same result, images and date give the same bytes. Throws layers::Error,
/// geo::Cancelled.
ContactSheet writeContactSheet(const std::filesystem::path& file, const ContactTexts& texts,
                               const MapSources& sources, geo::Progress& progress);

} // namespace app
