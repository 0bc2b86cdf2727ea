#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace layers {

/// What a run says of a patch that it lists.
struct ListedFacts {
    std::string countyCode; ///< empty where no county is known
    std::string county;
    std::string zoneKind;
    std::string zoneName;
    std::string zoneClass;
    std::string activity;
    std::string verdict;
    int priority = 0;
    std::optional<double> areaM2; ///< nothing for points and lines
    std::optional<double> coveredM2;
};

/// A listed patch in the ledger, from its number to 销号; the facts are those of the current run.
struct CaseRecord : ListedFacts {
    std::int64_t id = 0;
    std::string number;      ///< LD2026B2-513301-0001
    std::string scheme;      ///< LD2026B2-513301
    std::int64_t serial = 0; ///< 1
    std::int64_t batch = 0;
    std::string batchCode; ///< 2026B2
    std::int64_t patch = 0;
    std::string patchId; ///< as received
    std::string issuedAt;
    std::int64_t issuedRun = 0;
    std::int64_t currentRun = 0;
    bool holds = true; ///< the current run lists the patch

    std::string proposedResponsible; ///< as the configuration says
    std::string proposedPartners;

    // What people say; empty where nobody has. Every change of these is an event.
    std::string status;
    std::string statusBefore; ///< before a run withdrew it
    std::string desk;         ///< 内业研判
    std::string deskReason;
    std::string setVerdict; ///< in place of the rule's
    std::string setPriority;
    std::string setReason;
    std::string deadline; ///< 2026-12-31
    std::string responsible;
    std::string partners;
    std::string team;
    std::string conclusion;
    std::string situation;
    std::string builder;
    std::string builtWhen;
    std::string permits;
    std::string illegal;
    std::string measures;
    std::string inspector;
    std::string inspectedOn;
    std::string remarks;

    std::int64_t lastEvent = 0; ///< its revision: the number of the last event that tells of it

    /// A person's word before the rule's.
    [[nodiscard]] int priorityNow() const;
    [[nodiscard]] const std::string& verdictNow() const;
    /// What was said, else what the configuration proposes.
    [[nodiscard]] const std::string& responsibleNow() const;
    [[nodiscard]] const std::string& partnersNow() const;
};

/// A field of a case that people say: its column, its names and its place in the record.
struct CaseField {
    std::string key;    ///< column of the table: "conclusion"
    std::string nameZh; ///< as the list heads it: 核查结论
    std::string code;   ///< as Shapefiles name it: HCJL; empty where they do not have it
    std::string CaseRecord::*member = nullptr;
};
/// All of them, status first.
[[nodiscard]] const std::vector<CaseField>& caseFields();
/// By key, Chinese name or code, in any letter case; nullptr when there is none.
[[nodiscard]] const CaseField* findCaseField(std::string_view name);

} // namespace layers
