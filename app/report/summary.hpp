#pragma once

#include "app/check/check_result.hpp"
#include "layers/table.hpp"

#include <string>
#include <vector>

namespace app {

/// A summary table ready to print: merged header rows, body, total row, and the note that must stand under
/// it.
struct SummaryTable {
    std::string title;
    std::vector<std::vector<std::string>>
        headers; ///< rows of header cells; an empty cell continues the one to its left (or above)
    std::vector<std::vector<layers::Value>> rows; ///< the last one is 合计
    std::vector<std::string> notes;
    std::vector<int> decimals; ///< per column; -1: text
};
/// A merged header cell: rows and columns from 0, both ends included.
struct HeaderSpan {
    std::size_t firstRow = 0;
    std::size_t firstColumn = 0;
    std::size_t lastRow = 0;
    std::size_t lastColumn = 0;
    std::string text;
};
/// Which header cells grow together: an empty cell continues its left neighbour where both lie under one cell
/// of the row above (in the first row: always), else the cell above.
[[nodiscard]] std::vector<HeaderSpan> headerSpans(const std::vector<std::vector<std::string>>& headers);

/// Where figures of the first table of summaryTables stand: 处 and 公顷 of each SummaryClass by turns; 处 of
/// 疑似禁止, 需核实, 限制, 允许需手续.
inline constexpr std::size_t kFirstClassColumn = 4;
inline constexpr std::size_t kFirstVerdictColumn = 18;
inline constexpr std::size_t kVerdictColumns = 4;

/// The row of features that could not be used, in no county.
inline constexpr const char* kRejectedRow = "数据错误(未核查)";

/// The columns whose rows do not add up to 合计 as they are printed, by header; none when the table closes.
[[nodiscard]] std::vector<std::string> columnsThatDoNotClose(const SummaryTable& table);

/// 汇总表 of domain.md 4.4: by county; by activity × zone class; by reserve or water source. Totals are sums
/// of printed values.
[[nodiscard]] std::vector<SummaryTable> summaryTables(const CheckResult& result);

/// 核查说明: what a signer must know: inputs with hash, CRS, zone versions, counties covered, tolerances,
/// rule set, counts that close, wording 疑似…，以实地核查为准. Label and text by line; empty label:
/// continued.
struct ExplanationLine {
    std::string label;
    std::string text;
};
[[nodiscard]] std::vector<ExplanationLine> explanation(const CheckResult& result);

} // namespace app
