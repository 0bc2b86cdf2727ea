#pragma once

#include "app/cases/case_life.hpp"
#include "layers/project/case_events.hpp"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace app {

/// A person's verdict or priority in place of the rule's; empty: the rule's counts.
struct CaseOverride {
    std::string verdict; ///< 疑似禁止, or 禁止
    std::string priority;
};

/// What somebody wants of a case; at most one of `to`, `deskVerdict`, `override`.
struct CaseRequest {
    std::map<std::string, std::string> fields; ///< new values by caseFields()' key
    std::string to;                            ///< the status to step to
    std::optional<int> deskVerdict;            ///< code of CaseLife::verdicts
    std::optional<CaseOverride> override;
    std::string reason;
    layers::Day today = 0;                    ///< from which days are counted
    std::map<std::string, std::string> teams; ///< that are proposed, by county code
};

/// Why a request is refused, and what would be right.
struct CaseFault {
    std::string zh;
    std::string en;
};

/// What a request changes; nothing when all is so already.
struct CaseAnswer {
    std::string kind; ///< of the event: "case_set", "case_step", "case_judged", "case_overridden"
    std::vector<layers::FieldChange> changes;
    std::string reason;
    std::vector<CaseFault> faults;
};

/// Judges a request against the life: which fields may be set in this status, by whom allowed values, which
/// steps there are and what they need. Pure.
[[nodiscard]] CaseAnswer judgeRequest(const CaseLife& life, const layers::CaseRecord& before,
                                      const CaseRequest& request);

/// What the status after a change needs and is not there; where the status stays, only what was taken away
/// counts.
[[nodiscard]] std::optional<CaseFault> missingFields(const CaseLife& life, const layers::CaseRecord& before,
                                                     const layers::CaseRecord& after);

/// "下发 → 已下发；撤销 → 撤销（须写理由）": the steps that a case may take.
[[nodiscard]] CaseFault allowedSteps(const CaseLife& life, const std::string& status);

} // namespace app
