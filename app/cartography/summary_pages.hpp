#pragma once

#include "app/cartography/sheet_template.hpp"
#include "app/report/summary.hpp"

#include <filesystem>
#include <set>
#include <string>
#include <vector>

namespace app {

/// One check's 汇总表 as it goes on paper.
struct SummarySheet {
    std::string info;                 ///< the line under every title: batch, unit
    std::vector<SummaryTable> tables; ///< of summaryTables
    std::vector<std::string> alerts;  ///< 结果无效 and why, above every table
    std::set<std::string> lost;       ///< characters that no font has, printed as 〓
};
/// Proves the tables, too: what does not close becomes an alert.
[[nodiscard]] SummarySheet summarySheet(const CheckResult& result, const std::string& batchCode);

/// The paper and letters of a 汇总表.
struct SummaryPaper {
    double widthMm = 0;
    double heightMm = 0;
    double sizeMm = 0; ///< of the tables' letters
    [[nodiscard]] bool isA3() const;
};
/// A4 landscape, A3 landscape where the figures would be too small to read (2.3 mm, 6.5 points).
[[nodiscard]] SummaryPaper summaryPaper(const std::vector<SummarySheet>& sheets);

struct SummaryFile {
    SummaryPaper paper;
    std::size_t pages = 0;
};
/// Writes 汇总表 as PDF: for each sheet the table by county with two charts, by activity, by reserve and
/// water source. @param sheet for its mark and notice @param date ISO; the same content and date give the
/// same bytes. Throws layers::Error.
SummaryFile writeSummaryPages(const std::filesystem::path& file, const std::vector<SummarySheet>& sheets,
                              const SheetTemplate& sheet, const std::string& date);

} // namespace app
