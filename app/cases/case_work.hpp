#pragma once

#include "app/cases/case_step.hpp"
#include "layers/project/case_query.hpp"

namespace app {

/// Which cases a change is for: these numbers, or all that a filter finds.
struct CaseSelection {
    std::vector<std::string> numbers;
    layers::CaseFilter filter;              ///< when no number is named
    std::optional<std::int64_t> knownEvent; ///< the last event that the caller saw; of a single case only
};

/// What became of one case.
struct CaseOutcome {
    std::string number;
    std::int64_t event = 0; ///< 0: it was so already
    std::vector<layers::FieldChange> changes;
};

/// Does the same to all selected cases in one transaction, all or nothing. Throws layers::Error that names
/// each case that refuses, and why; also when a case has a later event than `knownEvent`.
[[nodiscard]] std::vector<CaseOutcome> changeCases(layers::ProjectFile& project, const layers::Stamp& stamp,
                                                   const CaseLife& life, const CaseSelection& selection,
                                                   const CaseRequest& request);

/// Takes back an event of each selected case (judgeUndo), all or nothing.
[[nodiscard]] std::vector<CaseOutcome> undoCases(layers::ProjectFile& project, const layers::Stamp& stamp,
                                                 const CaseLife& life, const CaseSelection& selection,
                                                 std::optional<std::int64_t> event,
                                                 const std::string& reason);

} // namespace app
