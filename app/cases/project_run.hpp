#pragma once

#include "app/cases/run_inputs.hpp"
#include "geo/progress.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace app {

/// A stored run with its whole result.
struct ProjectRun {
    layers::RunRecord record;
    CheckResult result; ///< taskNumbers are case numbers
    std::int64_t newCases = 0;
    std::int64_t obsoleteFindings = 0; ///< of the batch, that this run no longer finds
};

/// Checks a batch of a project and keeps what it found, with everything that made it: conclusions, findings
/// by their stable key, the rows that the map shows, and a case for each listed patch. The check runs before
/// the project is locked; then all of it is stored or nothing. A run whose sums do not close is stored as
/// invalid and holds no cases. Throws layers::Error, geo::Cancelled.
[[nodiscard]] ProjectRun newRun(layers::ProjectFile& project, const layers::Stamp& stamp,
                                const RunRequest& request, geo::Progress& progress);

/// The result of a setup, for any use: a repetition, a list, a comparison.
struct SetupResult {
    CheckResult result;
    std::vector<std::int64_t> patches; ///< project ids, slot by slot
    std::vector<std::int64_t> zones;
    std::size_t readingProblems = 0;
};
[[nodiscard]] SetupResult checkSetup(const layers::ProjectFile& project, const layers::RunSetup& setup,
                                     int threads, geo::Progress& progress);

/// The conclusions of a result as a run keeps them. @param digests of each patch, or empty
[[nodiscard]] std::vector<layers::RunConclusion> conclusionsFrom(const SetupResult& checked,
                                                                 const std::vector<std::string>& digests);

} // namespace app
