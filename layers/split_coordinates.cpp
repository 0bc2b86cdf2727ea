#include "layers/split_coordinates.hpp"

#include "layers/error.hpp"
#include "layers/text.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include <fmt/format.h>

namespace layers {

namespace {

constexpr int kParts = 3;

const std::string& cellOf(const TableRow& row, int column) {
    static const std::string kNone;
    const auto at = static_cast<std::size_t>(column);
    return column >= 0 && at < row.cells.size() ? row.cells[at] : kNone;
}

/// 0 for 度, 1 for 分, 2 for 秒 and their signs, in brackets or not; -1 for anything else.
int unitOf(const std::string& cell) {
    static const std::array<std::vector<std::string>, kParts> kUnits{
        {{"度", "°", "DEG"}, {"分", "′", "'", "MIN"}, {"秒", "″", "\"", "SEC"}}};
    std::string unit = folded(cell);
    if (unit.size() > 2 && unit.front() == '(' && unit.back() == ')') {
        unit = unit.substr(1, unit.size() - 2);
    }
    for (std::size_t n = 0; n < kUnits.size(); ++n) {
        if (std::find(kUnits[n].begin(), kUnits[n].end(), unit) != kUnits[n].end()) {
            return static_cast<int>(n);
        }
    }
    return -1;
}

constexpr std::array<std::string_view, kParts> kNames{"度", "分", "秒"};

/// 0 for a heading of degrees, 1 of minutes, 2 of seconds; -1 for one that says neither.
int unitOfHeading(const std::string& heading) {
    const std::string name = folded(heading);
    if (const std::size_t open = name.rfind('('); open != std::string::npos && open > 0) {
        return unitOf(name.substr(open));
    }
    const std::size_t stem = withoutUnit(name).size();
    return stem == name.size() ? -1 : unitOf(name.substr(name.size() - kNames.front().size()));
}

/// How many columns from this one on are degrees, minutes and seconds under one name.
int partsAt(const TableRow& second, const std::vector<std::string>& names, int column) {
    int parts = 0;
    while (parts < kParts && unitOf(cellOf(second, column + parts)) == parts &&
           (parts == 0 ||
            names[static_cast<std::size_t>(column + parts)] == fmt::format("field_{}", column + parts + 1))) {
        ++parts;
    }
    return parts;
}

} // namespace

std::string_view withoutUnit(std::string_view heading) {
    for (const std::string_view unit : kNames) {
        if (heading.size() > unit.size() && heading.ends_with(unit)) {
            heading.remove_suffix(unit.size());
            return heading;
        }
    }
    return heading;
}

int partsByHeading(const std::vector<std::string>& names, const std::vector<int>& columns) {
    for (std::size_t part = 0; part < columns.size(); ++part) {
        const int column = columns[part];
        if (column != columns.front() + static_cast<int>(part) ||
            unitOfHeading(names[static_cast<std::size_t>(column)]) != static_cast<int>(part)) {
            return 0;
        }
    }
    return static_cast<int>(columns.size());
}

void noteSplitCoordinates(BothLanguages said, ProblemLog& log) {
    log.add(makeProblem(
        ProblemKind::FieldAmbiguous, Severity::Info, std::move(said),
        {"度、分、秒各列合为一个坐标读取", "the columns of degrees, minutes and seconds are read together"}));
}

bool takeSplitCoordinates(const TableRow& second, std::vector<std::string>& names, CoordinateColumns& columns,
                          const std::string& file, ProblemLog& log) {
    const auto units = std::count_if(second.cells.begin(), second.cells.end(),
                                     [](const std::string& cell) { return unitOf(cell) >= 0; });
    if (units == 0 || columns.x < 0 || columns.y < 0) {
        return false;
    }
    for (std::size_t n = names.size(); n < second.cells.size(); ++n) {
        names.push_back(fmt::format("field_{}", n + 1));
    }
    columns.xParts = partsAt(second, names, columns.x);
    columns.yParts = partsAt(second, names, columns.y);
    if (columns.xParts == 0 || columns.yParts == 0 || columns.xParts + columns.yParts != units) {
        throw Error(fmt::format(
            "{0}：第 {1} 行写着度、分、秒，却不能确定哪几列是一个坐标（应在“{2}”和“{3}”之下依次为 度 | 分 | "
            "秒）；请把每个坐标合并为一列（如 101°57′36″）/ row {1} says degrees, minutes and seconds, but "
            "which "
            "columns make a coordinate cannot be told (they should stand in order below \"{2}\" and "
            "\"{3}\"): "
            "write each coordinate in one column, as 101°57′36″",
            file, second.number, names[static_cast<std::size_t>(columns.x)],
            names[static_cast<std::size_t>(columns.y)]));
    }
    for (const auto& [column, parts] :
         {std::pair(columns.x, columns.xParts), std::pair(columns.y, columns.yParts)}) {
        const std::string whole = names[static_cast<std::size_t>(column)];
        for (int part = 1; part < parts; ++part) {
            names[static_cast<std::size_t>(column + part)] =
                fmt::format("{}（{}）", whole, kNames[static_cast<std::size_t>(part)]);
        }
    }
    noteSplitCoordinates(
        {fmt::format("表头有两行：第 {} 行是度、分、秒", second.number),
         fmt::format("the heading has two rows: row {} says degrees, minutes, seconds", second.number)},
        log);
    return true;
}

std::string coordinateOf(const TableRow& row, int column, int parts) {
    constexpr std::array<std::string_view, kParts> kSigns{"°", "′", "″"};
    std::string text = cellOf(row, column);
    if (parts == 1) {
        return text;
    }
    text.clear();
    for (int part = 0; part < parts; ++part) {
        const std::string& cell = cellOf(row, column + part);
        const bool isNumber = parseNumber(cell).has_value();
        text += cell;
        text += isNumber ? kSigns[static_cast<std::size_t>(part)] : std::string_view();
    }
    return text;
}

} // namespace layers
