#pragma once

#include "layers/coordinate_columns.hpp"
#include "layers/problem_log.hpp"
#include "layers/table_reader.hpp"

#include <string>
#include <vector>

namespace layers {

/// Degrees, minutes and seconds in columns of their own: 经度 and 纬度 over several columns (merged cells),
/// and 度 | 分 | 秒 in the row below. Sets how many columns each coordinate takes (CoordinateColumns::xParts,
/// yParts), names the columns without a name and tells it.
/// @param second the row below the heading @return true when it is such a row and no data. Throws
/// layers::Error where it has such units and the columns cannot be told.
[[nodiscard]] bool takeSplitCoordinates(const TableRow& second, std::vector<std::string>& names,
                                        CoordinateColumns& columns, const std::string& file, ProblemLog& log);

/// The coordinate of a row that begins in a column: its cell, or 101°57′36″ of three.
[[nodiscard]] std::string coordinateOf(const TableRow& row, int column, int parts);

} // namespace layers
