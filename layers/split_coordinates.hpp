#pragma once

#include "layers/coordinate_columns.hpp"
#include "layers/problem_log.hpp"
#include "layers/table_reader.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace layers {

/// How many of the columns that name one coordinate are its degrees, minutes and seconds, by what stands
/// behind the name (经度(度), 经度（分）, 经度_秒): all of them, side by side and in order. 0 when they are
/// not.
/// @param columns at least one, rising
[[nodiscard]] int partsByHeading(const std::vector<std::string>& names, const std::vector<int>& columns);
/// Tells that degrees, minutes and seconds of several columns are read together.
/// @param said where the table says so, Chinese and English
void noteSplitCoordinates(BothLanguages said, ProblemLog& log);
/// A heading without the 度, 分 or 秒 behind it; as it is without one.
[[nodiscard]] std::string_view withoutUnit(std::string_view heading);

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
