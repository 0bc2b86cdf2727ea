#pragma once

#include "layers/project/case_record.hpp"
#include "layers/project/project_file.hpp"

#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace layers {

/// What cases are sorted by; number orders batches as they came, then counties, then serials.
enum class CaseOrder { Number, County, Priority, Deadline, Status, Verdict, Zone, Area, Covered };
/// "number", "county", ...
[[nodiscard]] const std::vector<std::pair<std::string, CaseOrder>>& caseOrders();

struct CaseSort {
    CaseOrder by = CaseOrder::Number;
    bool isDescending = false;
};

/// Which cases; empty parts ask for nothing.
struct CaseFilter {
    std::string batch;                 ///< code or name
    std::string county;                ///< code or name
    std::vector<std::string> statuses; ///< any of these
    std::optional<int> priority;       ///< a person's word before the rule's
    std::string verdict;               ///< likewise
    std::string desk;
    std::string zoneKind; ///< part of it: a patch may lie in several kinds
    std::string team;
    std::string text;                     ///< part of the number or of the received id
    std::string dueBefore;                ///< deadline before this day ...
    std::vector<std::string> dueStatuses; ///< ... in one of these statuses
    std::optional<bool> holds;
    std::vector<std::string> batches; ///< any of these, by code or name
    [[nodiscard]] bool isEmpty() const;
};

struct CasePage {
    std::vector<CaseSort> sort; ///< always ends with the number
    std::int64_t limit = -1;    ///< -1: all
    std::int64_t offset = 0;
};

/// Calls `take` with each case in order, one at a time in memory. Throws layers::Error.
void eachCase(const ProjectFile& project, const CaseFilter& filter, const CasePage& page,
              const std::function<void(CaseRecord&&)>& take);
[[nodiscard]] std::int64_t countCases(const ProjectFile& project, const CaseFilter& filter);

/// Numbers of cases by a field that people say ("status", "desk"), most first. Throws layers::Error.
[[nodiscard]] std::vector<std::pair<std::string, std::int64_t>>
countCasesBy(const ProjectFile& project, const CaseFilter& filter, const CaseField& field);

} // namespace layers
