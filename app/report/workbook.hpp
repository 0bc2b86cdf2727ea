#pragma once

#include "app/check/check_result.hpp"
#include "geo/progress.hpp"

#include <cstdint>
#include <filesystem>
#include <string>

namespace app {

/// What a test or a weaker spreadsheet may want otherwise.
struct WorkbookOptions {
    std::int64_t maxSheetRows =
        1'048'576; ///< rows of a sheet, headers included; more go on NAME(2), NAME(3) …
};

/// Writes 核查清单.xlsx: 核查清单, 涉及管控区明细, 临界清单, 不涉及清单, 重复清单, 数据问题清单, 汇总表,
/// 核查说明 and the hidden
/// `_meta` (schema_version, export_id, and by row: task number, finding key, hash of the issued values).
///
/// Each list has a title, a line of information (and alerts: 结果无效, 管控区不完整), 核查清单 also a total
/// line, then the header, frozen and repeated in print; `_meta` says in which row the header stands. Totals
/// stand above the header, so that sorting, filtering and returns leave them alone. No cell is a formula,
/// text that a spreadsheet would run stays text, ids are text. Constant memory; the same result and date give
/// the same bytes.
/// @param date ISO, the workbook's creation date. Throws layers::Error, geo::Cancelled.
void writeWorkbook(const std::filesystem::path& file, const CheckResult& result, const std::string& date,
                   geo::Progress& progress, const WorkbookOptions& options = {});

/// Writes 核查清单.csv: the list alone, UTF-8 with BOM, CRLF, quoted as RFC 4180. A text that begins with = +
/// - @ (also in full width), a tab, a line feed or an apostrophe gets an apostrophe before it, so that no
/// spreadsheet runs it; a reader takes one leading apostrophe away and has the text back (核查说明 says so
/// too).
void writeListCsv(const std::filesystem::path& file, const CheckResult& result);

/// Column totals of the printed list as the workbook prints them (ha, 4 decimals): a checker adds the column
/// up.
struct PrintedTotals {
    double areaHa = 0;
    double coveredHa = 0;
};
[[nodiscard]] PrintedTotals printedTotals(const CheckResult& result);

} // namespace app
