#pragma once

#include "app/cases/case_step.hpp"

#include <string>
#include <variant>

namespace app {

/// A value as the ledger keeps it: trimmed, line breaks as "\n", days as 2026-12-31, words of vocabularies as
/// they are written there; or why it cannot be kept.
[[nodiscard]] std::variant<std::string, CaseFault>
fieldValue(const CaseLife& life, const layers::CaseField& field, const std::string& text);

} // namespace app
