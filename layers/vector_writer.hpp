#pragma once

#include "geo/shape.hpp"
#include "layers/problem.hpp"
#include "layers/table.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace layers {

/// A row with its geometry, for the small formats that go to the field.
struct VectorRow {
    std::vector<Value> values; ///< in the order of the table's columns
    geo::Shape shape;
    std::optional<geo::Coordinate> place = {}; ///< where to go, for waypoints; else a place inside the shape
};

/// One file of a Shapefile whose rows are of several kinds.
struct ShapefilePart {
    std::filesystem::path file;
    GeometryKind kind = GeometryKind::Area;
    std::int64_t rows = 0;
};
/// The files that writeShapefile makes of rows for `file`.
[[nodiscard]] std::vector<ShapefilePart> shapefileParts(const std::filesystem::path& file,
                                                        const std::vector<VectorRow>& rows);

/// Shapefile for Chinese offices: GBK with LDID 0x4D and a .cpg of ours, CGCS2000 .prj, field names of at
/// most 10 bytes, a text over 254 bytes split over YJ1, YJ2 … never inside a character, a character that GBK
/// lacks written 〓 (a Problem in the result). `file` ends in .shp; points, lines and areas go to one file
/// each (…_point, _line) where rows mix. Also writes 字段说明 (data dictionary) as FILE_fields.csv.
/// Deterministic: @param date goes into the DBF header.
[[nodiscard]] std::vector<Problem> writeShapefile(const std::filesystem::path& file, const TableSpec& spec,
                                                  const std::vector<VectorRow>& rows,
                                                  const std::string& date);

/// What a KML shows of a row.
struct KmlStyle {
    std::size_t nameColumn = 0;     ///< 任务编号
    std::size_t folderColumn = 0;   ///< one folder a county
    std::size_t priorityColumn = 0; ///< colour by priority
};
void writeKml(const std::filesystem::path& file, const TableSpec& spec, const std::vector<VectorRow>& rows,
              const KmlStyle& style);
/// Waypoints (a place inside each shape): name at most 30 characters, the rest in desc.
void writeGpx(const std::filesystem::path& file, const TableSpec& spec, const std::vector<VectorRow>& rows,
              std::size_t nameColumn);
/// RFC 7946 (lon, lat), 9 decimals.
void writeGeoJson(const std::filesystem::path& file, const TableSpec& spec,
                  const std::vector<VectorRow>& rows);

} // namespace layers
