#pragma once

#include "app/cases/case_work.hpp"
#include "app/cases/deadline.hpp"
#include "app/cli/json_handle.hpp"
#include "app/cli/text_table.hpp"

namespace app {

/// Everything of a case as JSON: what counts (priority, verdict), what the rule said, what people said.
[[nodiscard]] Json caseJson(const CaseLife& life, const layers::CaseRecord& record, layers::Day today);

/// The table of `case list`.
[[nodiscard]] TextTable caseTable();
[[nodiscard]] std::vector<std::string> caseCells(const CaseLife& life, const layers::CaseRecord& record,
                                                 layers::Day today);

/// One case for people: facts, what was said, its history in words, and what may come next.
void printCase(const CaseLife& life, const layers::CaseRecord& record,
               const std::vector<layers::CaseEvent>& history, layers::Day today);
[[nodiscard]] Json historyJson(const std::vector<layers::CaseEvent>& history);

/// What a change did.
void printOutcomes(const std::vector<CaseOutcome>& outcomes);
[[nodiscard]] Json outcomesJson(const std::vector<CaseOutcome>& outcomes);

} // namespace app
