#pragma once

#include "app/cases/project_run.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace app {

/// How the conclusion on a patch differs between two runs.
enum class ConclusionChange { Appeared, Gone, Verdict, Area }; // 新增, 消失, 级别变化, 面积变化
[[nodiscard]] std::string_view conclusionChangeKey(ConclusionChange change); ///< "appeared", "gone", ...
[[nodiscard]] std::string_view conclusionChangeZh(ConclusionChange change);

/// None where both agree; what lies on no list has no verdict to compare.
[[nodiscard]] std::vector<ConclusionChange> changesBetween(const layers::RunConclusion& before,
                                                           const layers::RunConclusion& after);

/// What two runs may differ in, and so what a different conclusion may come from.
enum class Cause { PatchData, ZoneVersion, Rule, Tolerance, Date, Repair };
[[nodiscard]] std::string_view
causeKey(Cause cause); ///< "patch_data", "zone_version", "rule", "tolerance", "date", "repair"
[[nodiscard]] std::string_view causeZh(Cause cause);

/// A patch on which the two runs conclude differently.
struct ChangedConclusion {
    std::string patchId;
    std::vector<ConclusionChange> changes; ///< one, or Verdict and Area
    layers::RunConclusion before;          ///< empty where the run has no such patch
    layers::RunConclusion after;
    /// One: it alone makes the difference. Several: each of them changes the conclusion, or only together
    /// they do.
    std::vector<Cause> causes;
};

/// The difference of the conclusions of two runs.
struct RunComparison {
    std::int64_t before = 0;
    std::int64_t after = 0;
    std::vector<Cause> differing; ///< what the runs differ in at all
    std::int64_t listedBefore = 0;
    std::int64_t listedAfter = 0;
    std::int64_t unchanged = 0; ///< patches of both runs on which they agree
    std::vector<ChangedConclusion> changed;

    [[nodiscard]] std::int64_t countOf(ConclusionChange change) const;
    /// listedBefore + appeared - gone = listedAfter
    [[nodiscard]] bool closes() const;
};

/// Compares two runs, of one batch or of two (their patches are then matched by 原图斑编号, and by geometry
/// where that is empty or double). Where the runs differ in several things, the check is repeated with each
/// of them alone changed: what then gives the later conclusion is its cause. Throws layers::Error,
/// geo::Cancelled.
[[nodiscard]] RunComparison compareRuns(const layers::ProjectFile& project, std::int64_t before,
                                        std::int64_t after, int threads, geo::Progress& progress);

} // namespace app
