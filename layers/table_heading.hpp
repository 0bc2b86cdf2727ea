#pragma once

#include "layers/problem_log.hpp"
#include "layers/table_reader.hpp"

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

namespace layers {

/// A table's heading among its first rows.
struct TableHeading {
    std::vector<std::string> names; ///< one a column, each different
    std::size_t rows = 0;           ///< rows up to and with the heading; 0: the table has none
};

/// Finds the heading: the first row that `isHeading`, else the first filled one, unless it already holds
/// numbers (then the columns are field_1, field_2, …). Titles above it, double names and a missing heading
/// are told.
[[nodiscard]] TableHeading findHeading(const std::vector<TableRow>& rows,
                                       const std::function<bool(const std::vector<std::string>&)>& isHeading,
                                       ProblemLog& log);

[[nodiscard]] bool isBlankRow(const TableRow& row);

} // namespace layers
