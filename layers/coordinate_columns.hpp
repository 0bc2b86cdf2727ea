#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace layers {

/// Which columns of a table say where its rows lie; -1: none.
struct CoordinateColumns {
    int x = -1;     ///< longitudes or eastings
    int y = -1;     ///< latitudes or northings
    int both = -1;  ///< both in one cell
    int wkt = -1;   ///< geometry as well-known text
    int xParts = 1; ///< columns of degrees, minutes, seconds from x on (split_coordinates.hpp)
    int yParts = 1;
    bool isGiven = false;    ///< by --map: the user's word
    bool areLetters = false; ///< named X and Y, which point either way by convention
    /// lon, lat, xy, wkt <- column, for the report.
    [[nodiscard]] std::vector<std::pair<std::string, std::string>>
    report(const std::vector<std::string>& names) const;
};

/// Our names for coordinates in --map: lon, lat, xy, wkt.
[[nodiscard]] const std::vector<std::string>& coordinateTargets();

/// True when a row of a table names coordinates (经度 and 纬度, ZXJD and ZXWD, X and Y, 坐标, WKT, …), or all
/// columns that `mapping` takes them from: then it is the heading.
[[nodiscard]] bool namesCoordinates(const std::vector<std::string>& cells,
                                    const std::map<std::string, std::string>& mapping);

/// The columns by --map, else by name: longitude and latitude first, then X and Y, then both in one, then
/// WKT; nothing when no name is known. Degrees, minutes and seconds side by side (经度(度) | 经度(分) |
/// 经度(秒)) are one. Throws layers::Error where several columns fit equally or --map names
/// none. `option` is the beginning of --map's value ("changes.").
[[nodiscard]] std::optional<CoordinateColumns>
findCoordinateColumns(const std::vector<std::string>& names,
                      const std::map<std::string, std::string>& mapping, const std::string& option,
                      const std::string& file);

} // namespace layers
