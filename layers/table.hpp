#pragma once

#include "geo/shape.hpp"

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace layers {

/// A cell: empty, text, whole number or real number.
using Value = std::variant<std::monostate, std::string, std::int64_t, double>;

enum class ColumnType { Text, Integer, Real };

/// A column as data: what a workbook, a CSV, a Shapefile and a GeoPackage need to know of it.
struct Column {
    std::string name;   ///< in databases and GeoJSON: snake_case
    std::string field;  ///< in Shapefiles: pinyin initials, at most 10 bytes; empty: not written there
    std::string header; ///< on paper
    ColumnType type = ColumnType::Text;
    int width = 0;    ///< characters (text) or digits
    int decimals = 0; ///< of a real number on paper and in DBF
};

enum class GeometryKind { None, Point, Line, Area, Any };
/// Point, Line or Area, by the shape's own dimension.
[[nodiscard]] constexpr GeometryKind geometryKind(geo::Dimension dimension) {
    return dimension == geo::Dimension::Point  ? GeometryKind::Point
           : dimension == geo::Dimension::Line ? GeometryKind::Line
                                               : GeometryKind::Area;
}

/// A table as data, for any writer.
struct TableSpec {
    std::string name;  ///< layer or sheet
    std::string title; ///< for people
    std::vector<Column> columns;
    GeometryKind geometry = GeometryKind::None;
};

} // namespace layers
