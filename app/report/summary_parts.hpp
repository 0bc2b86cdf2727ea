#pragma once

#include "app/report/summary.hpp"
#include "app/report/summary_count.hpp"

#include <string>
#include <vector>

/// What the tables of 汇总表 share.
namespace app::summary {

using Row = std::vector<layers::Value>;

inline constexpr int kText = -1;
inline constexpr int kWhole = 0;
inline constexpr int kHectares = 4;
inline constexpr const char* kTotal = "合计";

/// Appends 处 and 公顷.
void addCell(Row& row, const CountAndArea& cell);
[[nodiscard]] bool isArea(const CheckResult& result, std::size_t patch);
/// What the reader must know before any figure: 结果无效, 管控区不完整.
[[nodiscard]] std::vector<std::string> stateNotes(const CheckResult& result);

/// The third table: by reserve, park and water source.
[[nodiscard]] SummaryTable byPlace(const CheckResult& result);

} // namespace app::summary
