#pragma once

#include "app/cases/case_step.hpp"

namespace app {

/// What taking back an event changes, or why it is refused.
struct UndoAnswer {
    std::int64_t event = 0; ///< the one taken back
    std::vector<layers::FieldChange> changes;
    std::vector<CaseFault> faults;
};
/// What takes back an event of a case: the last one that a person made and that stands, or the one given.
/// Refused when a later event that stands changed the same field, when a run made it, when it is taken back
/// already, and when the status would lack what it needs. Pure.
/// @param history all events of the case, in order
[[nodiscard]] UndoAnswer judgeUndo(const CaseLife& life, const layers::CaseRecord& before,
                                   const std::vector<layers::CaseEvent>& history,
                                   std::optional<std::int64_t> event);

} // namespace app
