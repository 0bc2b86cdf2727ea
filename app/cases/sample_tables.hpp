#pragma once

#include "app/cases/sample_record.hpp"
#include "app/report/ledger_book.hpp"

#include <string>
#include <vector>

namespace app {

/// 抽检清单: the drawn cases with their facts, and blank columns for who looks at them again.
[[nodiscard]] BookList sampleList(const SampleRecord& sample, std::int64_t rows);
/// Its row; the blank columns are left out.
[[nodiscard]] std::vector<layers::Value> sampleRow(const layers::CaseRecord& record, std::int64_t number);

/// Population and drawn cases by stratum; the last row is 合计.
[[nodiscard]] BookTable strataTable(const SampleRecord& sample);

/// 抽样说明: who, when, of what, how, and that the sums close.
[[nodiscard]] std::vector<ExplanationLine> sampleNotes(const SampleRecord& sample,
                                                       const std::string& project);
/// "比例 0.1" or "数量 12".
[[nodiscard]] std::string askedWords(const SampleRecord& sample);
/// "县(市)、管控区类型"; 不分层 for none.
[[nodiscard]] std::string strataWords(const SampleRecord& sample);

} // namespace app
