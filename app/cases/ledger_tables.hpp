#pragma once

#include "app/cases/ledger_summary.hpp"
#include "app/report/ledger_book.hpp"

#include <vector>

namespace app {

/// What a summary was made of and by whom, for 说明.
struct SummaryOrigin {
    std::string project; ///< its name
    std::string batches; ///< codes; empty: all
    std::string who;
};

/// The four tables of 台账进度: 按县(市), 按管控区类型, 按状态和优先级, 按核查结论. The last row of each is
/// 合计.
[[nodiscard]] std::vector<BookTable> ledgerTables(const LedgerSummary& summary, const CaseLife& life);

/// 逾期清单: its columns, and the row of a case whose light is red or amber (others have no days).
[[nodiscard]] BookList dueList(const LedgerSummary& summary, const CaseLife& life);
[[nodiscard]] std::vector<layers::Value> dueRow(const CaseLife& life, const layers::CaseRecord& record,
                                                layers::Day today, std::int64_t number);

/// 说明: date, batches, who, what each figure means, and that the sums close, or which do not.
[[nodiscard]] std::vector<ExplanationLine> summaryNotes(const LedgerSummary& summary, const CaseLife& life,
                                                        const SummaryOrigin& origin);

/// What people call cases of no kind, county or conclusion.
inline constexpr const char* kNoKind = "（未注明）";
inline constexpr const char* kNoConclusion = "（未填写）";

} // namespace app
