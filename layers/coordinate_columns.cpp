#include "layers/coordinate_columns.hpp"

#include "layers/column_names.hpp"
#include "layers/error.hpp"
#include "layers/split_coordinates.hpp"
#include "layers/text.hpp"

#include <algorithm>
#include <array>
#include <span>

#include <fmt/format.h>

namespace layers {

namespace {

// Names as plainName() leaves them.
constexpr std::array<std::string_view, 18> kLongitude{
    "经度", "东经",      "中心经度",  "中心点经度",      "经度坐标", "经度值",
    "ZXJD", "ZXDJD",     "JD",        "JINGDU",          "LON",      "LNG",
    "LONG", "LONGITUDE", "CENTERLON", "CENTERLONGITUDE", "GPSLON",   "LONDD"};
constexpr std::array<std::string_view, 17> kLatitude{
    "纬度",  "北纬", "中心纬度", "中心点纬度", "纬度坐标",       "纬度值", "ZXWD",  "ZXDWD", "WD",
    "WEIDU", "LAT",  "LATITUDE", "CENTERLAT",  "CENTERLATITUDE", "GPSLAT", "LATDD", "维度"};
constexpr std::array<std::string_view, 8> kEasting{"横坐标",     "东坐标",   "EASTING", "EAST",
                                                   "中心横坐标", "东向坐标", "东距",    "E坐标"};
constexpr std::array<std::string_view, 8> kNorthing{"纵坐标",     "北坐标",   "NORTHING", "NORTH",
                                                    "中心纵坐标", "北向坐标", "北距",     "N坐标"};
constexpr std::array<std::string_view, 7> kLetterX{"X",     "X坐标", "坐标X",  "POINTX",
                                                   "中心X", "ZXX",   "CENTERX"};
constexpr std::array<std::string_view, 7> kLetterY{"Y",     "Y坐标", "坐标Y",  "POINTY",
                                                   "中心Y", "ZXY",   "CENTERY"};
constexpr std::array<std::string_view, 17> kBoth{
    "坐标",     "经纬度",     "经纬度坐标",   "中心坐标", "中心点坐标", "地理坐标",
    "点位坐标", "中心经纬度", "中心点经纬度", "位置坐标", "坐标点",     "XY坐标",
    "XY",       "COORDINATE", "COORDINATES",  "LONLAT",   "LATLON"};
constexpr std::array<std::string_view, 8> kWkt{"WKT",     "GEOMETRY", "GEOM", "WKTGEOM",
                                               "THEGEOM", "SHAPEWKT", "几何", "空间数据"};

/// A heading without what stands beside the name: 经度(°), "Center_Lon", 中心 经度.
std::string plainName(std::string_view heading) {
    std::string name = folded(heading);
    for (const std::string_view open :
         {std::string_view("("), std::string_view("["), std::string_view("【")}) {
        const std::size_t at = name.find(open);
        if (at != std::string::npos && at > 0) {
            name.resize(at);
        }
    }
    std::erase_if(name, [](char c) { return c == ' ' || c == '_' || c == '-' || c == '\n' || c == '\r'; });
    return name;
}

std::vector<int> columnsNamed(const std::vector<std::string>& names,
                              std::span<const std::string_view> wanted) {
    std::vector<int> found;
    for (std::size_t n = 0; n < names.size(); ++n) {
        const std::string name = plainName(names[n]);
        const auto isWanted = [&](std::string_view one) {
            return std::find(wanted.begin(), wanted.end(), one) != wanted.end();
        };
        if (isWanted(name) || isWanted(withoutUnit(name))) {
            found.push_back(static_cast<int>(n));
        }
    }
    return found;
}

/// Two families of names that make a pair of columns.
struct Family {
    std::span<const std::string_view> x;
    std::span<const std::string_view> y;
    bool areLetters = false;
};

const std::array<Family, 3>& families() {
    static const std::array<Family, 3> kFamilies{
        {{kLongitude, kLatitude, false}, {kEasting, kNorthing, false}, {kLetterX, kLetterY, true}}};
    return kFamilies;
}

std::string listOf(const std::vector<std::string>& names, const std::vector<int>& columns) {
    std::string list;
    for (const int column : columns) {
        list += (list.empty() ? "" : ", ") + names[static_cast<std::size_t>(column)];
    }
    return list;
}

std::vector<int> allOf(const std::vector<std::string>& names) {
    std::vector<int> all(names.size());
    for (std::size_t n = 0; n < all.size(); ++n) {
        all[n] = static_cast<int>(n);
    }
    return all;
}

/// Asked for by --map, with what the messages need.
struct Asked {
    const std::vector<std::string>& names;
    const std::map<std::string, std::string>& mapping;
    const std::string& option;
    const std::string& file;

    [[nodiscard]] int column(const std::string& target) const {
        const auto given = mapping.find(target);
        if (given == mapping.end()) {
            return -1;
        }
        const int found = columnOf(names, given->second);
        if (found < 0) {
            throw Error(fmt::format(
                "{0}：--map {1}{2}={3}：没有列“{3}”，现有：{4} / no column \"{3}\"; there are: {4}", file,
                option, target, given->second, listOf(names, allOf(names))));
        }
        return found;
    }

    /// The only one of several columns, the first of degrees, minutes and seconds, or an error that asks
    /// which.
    [[nodiscard]] int one(const std::vector<int>& found, const std::string& target) const {
        if (found.size() > 1 && partsByHeading(names, found) == 0) {
            throw Error(
                fmt::format("{0}：有多个同样适合的坐标列（{1}），请用 --map {2}{3}=列名 指明 / several "
                            "columns of coordinates fit equally ({1}): name one with --map {2}{3}=COLUMN",
                            file, listOf(names, found), option, target));
        }
        return found.empty() ? -1 : found.front();
    }
};

} // namespace

std::vector<std::pair<std::string, std::string>>
CoordinateColumns::report(const std::vector<std::string>& names) const {
    std::vector<std::pair<std::string, std::string>> lines;
    const std::array<std::pair<const char*, int>, 4> columns{
        {{"lon", x}, {"lat", y}, {"xy", both}, {"wkt", wkt}}};
    for (const auto& [target, column] : columns) {
        if (column >= 0) {
            lines.emplace_back(target, names[static_cast<std::size_t>(column)]);
        }
    }
    return lines;
}

const std::vector<std::string>& coordinateTargets() {
    static const std::vector<std::string> targets{"lon", "lat", "xy", "wkt"};
    return targets;
}

bool namesCoordinates(const std::vector<std::string>& cells,
                      const std::map<std::string, std::string>& mapping) {
    bool isGiven = false;
    bool areThere = true;
    for (const std::string& target : coordinateTargets()) {
        const auto given = mapping.find(target);
        if (given != mapping.end()) {
            isGiven = true;
            areThere = areThere && columnOf(cells, given->second) >= 0;
        }
    }
    if (isGiven) {
        return areThere;
    }
    const bool hasPair = std::any_of(families().begin(), families().end(), [&](const Family& family) {
        return !columnsNamed(cells, family.x).empty() && !columnsNamed(cells, family.y).empty();
    });
    return hasPair || !columnsNamed(cells, kBoth).empty() || !columnsNamed(cells, kWkt).empty();
}

std::optional<CoordinateColumns> findCoordinateColumns(const std::vector<std::string>& names,
                                                       const std::map<std::string, std::string>& mapping,
                                                       const std::string& option, const std::string& file) {
    const Asked asked{names, mapping, option, file};
    CoordinateColumns columns;
    columns.x = asked.column("lon");
    columns.y = asked.column("lat");
    columns.both = asked.column("xy");
    columns.wkt = asked.column("wkt");
    columns.isGiven = columns.x >= 0 || columns.y >= 0 || columns.both >= 0 || columns.wkt >= 0;
    if (columns.isGiven) {
        const bool isPair = columns.x >= 0 && columns.y >= 0;
        const int ways = (isPair ? 1 : 0) + (columns.both >= 0 ? 1 : 0) + (columns.wkt >= 0 ? 1 : 0);
        if (ways != 1 || (columns.x >= 0) != (columns.y >= 0)) {
            throw Error(
                fmt::format("{0}：--map 应给出 {1}lon 和 {1}lat，或 {1}xy，或 {1}wkt 之一 / --map takes "
                            "{1}lon with {1}lat, or {1}xy, or {1}wkt",
                            file, option));
        }
        return columns;
    }
    for (const Family& family : families()) {
        const std::vector<int> x = columnsNamed(names, family.x);
        const std::vector<int> y = columnsNamed(names, family.y);
        columns.x = asked.one(x, "lon");
        columns.y = asked.one(y, "lat");
        columns.xParts = x.size() > 1 ? static_cast<int>(x.size()) : 1;
        columns.yParts = y.size() > 1 ? static_cast<int>(y.size()) : 1;
        columns.areLetters = family.areLetters;
        if (columns.x >= 0 && columns.y >= 0) {
            return columns;
        }
    }
    columns = {};
    columns.both = asked.one(columnsNamed(names, kBoth), "xy");
    if (columns.both >= 0) {
        return columns;
    }
    columns.wkt = asked.one(columnsNamed(names, kWkt), "wkt");
    return columns.wkt >= 0 ? std::optional(columns) : std::nullopt;
}

} // namespace layers
