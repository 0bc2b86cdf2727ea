#pragma once

#include "app/check/rules.hpp"
#include "layers/project/case_store.hpp"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace app {

/// Whether the field knows of a case.
enum class CasePhase { Desk, Field };

struct CaseStatus {
    std::string name; ///< 已下发
    std::string english;
    CasePhase phase = CasePhase::Desk;
    bool isClosed = false;
    std::vector<std::string> needs; ///< fields that a case in this status must have
};

/// A way from one status to another.
struct CaseStep {
    std::string name; ///< 下发
    std::vector<std::string> from;
    std::string to;
    bool needsReason = false;
    std::map<std::string, std::vector<std::string>> when; ///< only when the field has one of these values
    std::vector<std::string> fills;                       ///< fields that take the proposal where empty
};

/// A verdict of the desk judgement (内业研判).
struct DeskVerdict {
    int code = 0;
    std::string name;
    std::string english;
    std::string to; ///< status afterwards
    bool needsReason = false;
};

/// The life of a case as data (app/cases/case_life.yaml).
struct CaseLife {
    std::string name;
    std::string version;
    bool isProposal = false; ///< no standard stands behind it
    std::string start;
    std::string withdrawn;
    std::vector<CaseStatus> statuses;
    std::vector<CaseStep> steps;
    std::vector<std::string> judgedIn; ///< statuses in which the desk may judge
    std::vector<DeskVerdict> verdicts;
    std::vector<std::string> settableAtDesk;
    std::vector<std::string> settableInField;
    std::vector<std::string> settableWhenClosed;
    std::map<std::string, std::vector<std::string>> vocabularies; ///< of fields that take only these values
    std::map<int, int> deadlineDays;                              ///< by priority
    int amberDays = 0;

    [[nodiscard]] const CaseStatus* status(std::string_view wanted) const; ///< nullptr: no such status
};

struct CaseLifeLoad {
    CaseLife life;
    std::vector<RuleFault> faults; ///< every one, by line and column
};
/// Reads a life and checks it whole: unknown statuses, fields, values, steps that lead nowhere, statuses that
/// nothing leads to. Never throws for what the text holds.
[[nodiscard]] CaseLifeLoad parseCaseLife(std::string_view yaml);
/// The shipped life, built in.
[[nodiscard]] const CaseLife& defaultCaseLife();
[[nodiscard]] std::string_view defaultCaseLifeText();

/// What a run needs of it.
[[nodiscard]] layers::CaseStates caseStates(const CaseLife& life);

} // namespace app
