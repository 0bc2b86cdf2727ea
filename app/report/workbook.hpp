#pragma once

#include "app/check/check_result.hpp"
#include "geo/progress.hpp"

#include <filesystem>
#include <string>

namespace app {

/// Writes 核查清单.xlsx: 核查清单, 涉及管控区明细, 临界清单, 不涉及清单, 重复清单, 数据问题清单, 汇总表, 核查说明 and the hidden `_meta`
/// (schema_version, export id, hash of each row's issued values). Constant memory; more than 1,048,575 rows go on a second
/// sheet; text that a spreadsheet would run stays text; ids are text. @param date ISO, the workbook's creation date.
/// Throws layers::Error, geo::Cancelled.
void writeWorkbook(const std::filesystem::path& file, const CheckResult& result, const std::string& date,
                   geo::Progress& progress);

/// Writes 核查清单.csv: the list alone, UTF-8 with BOM, CRLF, formula-like text kept text.
void writeListCsv(const std::filesystem::path& file, const CheckResult& result);

/// Column totals of the printed list as the workbook prints them (ha, 4 decimals): a checker adds the column up.
struct PrintedTotals {
    double areaHa = 0;
    double coveredHa = 0;
};
[[nodiscard]] PrintedTotals printedTotals(const CheckResult& result);

} // namespace app
