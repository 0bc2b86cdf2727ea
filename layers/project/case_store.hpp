#pragma once

#include "layers/project/case_events.hpp"
#include "layers/project/case_record.hpp"
#include "layers/project/ledger_change.hpp"

#include <optional>
#include <string>
#include <vector>

namespace layers {

/// The words of the life of a case that a run itself uses: app::caseStates() of the project's life; the ones
/// here are those of the shipped life (a test holds them together).
struct CaseStates {
    std::string start = "待研判";
    std::string withdrawn = "撤销";
    std::vector<std::string> beforeIssue{"待研判", "不下发", "待下发"}; ///< the field knows nothing yet
    friend bool operator==(const CaseStates&, const CaseStates&) = default;
};

struct CaseBatch {
    std::int64_t id = 0;
    std::string code; ///< 2026B2
    CaseStates states = {};
};

/// A patch that a run lists.
struct ListedPatch : ListedFacts {
    std::int64_t patch = 0;  ///< in the project
    std::string responsible; ///< as the configuration proposes
    std::string partners;
};

/// Gives each listed patch its case, in the order of the list, and returns the numbers in that order. A patch
/// that has a case keeps its number and what people said of it; others get the next number of
/// LD<batch>-<county>. Cases of the batch that are no longer listed hold no more: those that nobody has been
/// sent to are withdrawn, others wait for a person. What holds again comes back with the status it had. All
/// this is told by events. Throws layers::Error.
[[nodiscard]] std::vector<std::string> holdCases(LedgerChange& change, const CaseBatch& batch,
                                                 std::int64_t run, const std::vector<ListedPatch>& listed);

/// How many cases the project has. Throws layers::Error.
[[nodiscard]] std::int64_t caseCount(const ProjectFile& project);

/// The case of this number; nothing when there is none. Throws layers::Error.
[[nodiscard]] std::optional<CaseRecord> readCase(const ProjectFile& project, const std::string& number);

/// What lists name a case by.
struct CaseName {
    std::string number;
    std::string countyCode;
};
/// Of a case that is there. Throws layers::Error when it is not.
[[nodiscard]] CaseName caseName(const ProjectFile& project, std::int64_t id);

/// Writes what people say of a case, with the event that tells of it; returns the event's number. `record` is
/// brought up to date. Throws layers::Error when the case is not as `changes` say it was.
std::int64_t changeCase(LedgerChange& change, CaseRecord& record, const CaseEventText& text);

} // namespace layers
