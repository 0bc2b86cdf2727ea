#pragma once

#include "app/report/paged_table.hpp"
#include "app/report/summary.hpp"
#include "app/report/xlsx_handle.hpp"

#include <cstdint>
#include <string>
#include <vector>

/// A SummaryTable on a sheet; for app/report/*.cpp only.
namespace app::xlsx {

/// How it looks there.
struct SummaryLook {
    std::vector<double> widths; ///< of the sheet's columns, at least as many as the table has
    std::vector<Style> heads;   ///< of the header cells by column
    std::string info;           ///< the line under the title
    std::vector<Alert> alerts;
};

/// Where the header of a table stands whose title is in `row`.
[[nodiscard]] std::int64_t firstHeaderRow(const SummaryLook& look, std::int64_t row);

/// Writes title, information, alerts, merged headers, rows, total and notes from `row` on; returns the row
/// after them. The sheet's widths are set already.
std::int64_t writeSummaryTable(Sheet& sheet, const SummaryTable& table, const SummaryLook& look,
                               std::int64_t row);

} // namespace app::xlsx
