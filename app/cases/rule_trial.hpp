#pragma once

#include "app/cases/run_compare.hpp"

#include <array>
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace app {

/// How another rule set or other thresholds would change what a batch's current run says of a patch.
enum class TrialChange {
    Appeared, ///< 新增: listed only then
    Gone,     ///< 消失: listed only now
    Verdict,  ///< 判定变化 of the main finding
    Priority, ///< 级别变化
    Area,     ///< 面积变化
    Rule,     ///< 规则变化: another row of the rule set says the same
    Findings, ///< 其他线索变化: zones beside the main finding, or their verdicts
    Bucket    ///< 归类变化 of what is on no list: 临界, 不涉及, 重复
};
inline constexpr std::size_t kTrialChanges = 8;
[[nodiscard]] std::string_view trialChangeKey(TrialChange change); ///< "appeared", "gone", ...
[[nodiscard]] std::string_view trialChangeZh(TrialChange change);

/// A patch of which something else would be said.
struct ChangedPatch {
    std::string patchId;
    std::string caseNumber; ///< empty where the patch never had a case
    std::string caseStatus;
    bool isOverridden = false; ///< a person has set another verdict or priority
    std::vector<TrialChange> changes;
    layers::RunConclusion before;
    layers::RunConclusion after;
};

/// What a trial shows; nothing of it is kept.
struct RuleTrial {
    std::int64_t run = 0; ///< the current one, compared with
    std::string batchCode;
    layers::StoredRules rulesBefore;
    layers::StoredRules rulesAfter;
    /// Thresholds that differ: name -> before, after.
    std::map<std::string, std::array<double, 2>> settings;
    std::int64_t listedBefore = 0;
    std::int64_t listedAfter = 0;
    std::int64_t unchanged = 0;
    std::vector<ChangedPatch> changed; ///< in the batch's order
    bool isValid = true;               ///< the sums of the tried check close

    [[nodiscard]] std::int64_t countOf(TrialChange change) const;
    /// listedBefore + appeared - gone = listedAfter
    [[nodiscard]] bool closes() const;
};

/// What to try on a batch: nothing for what its current run has, "default" for the shipped rules.
struct TrialRequest {
    std::string batch; ///< code or name
    std::optional<std::filesystem::path> rules;
    std::optional<std::filesystem::path> settings;
    int threads = 0;
};

/// Repeats the check of a batch's current run with other rules or thresholds (the same patches, zones and
/// days) and compares patch by patch. Writes nothing. Throws layers::Error, geo::Cancelled.
[[nodiscard]] RuleTrial tryRules(const layers::ProjectFile& project, const TrialRequest& request,
                                 geo::Progress& progress);

} // namespace app
