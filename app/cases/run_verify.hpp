#pragma once

#include "app/cases/project_run.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace app {

/// A difference between a run as it was stored and its repetition.
struct RunDifference {
    std::int64_t patch = 0; ///< project id; 0: not of one patch
    std::string patchId;
    std::string
        what; ///< "bucket", "verdict", "covered_m2", "findings", "geometry", "run.json /area_m2/covered", ...
    std::string stored;
    std::string repeated;
};

/// What repeating a run gave.
struct RunVerification {
    std::int64_t run = 0;
    bool isSame = false; ///< to the last bit of every row
    std::string storedDigest;
    std::string repeatedDigest;
    std::vector<RunDifference> differences;
    std::vector<RunDifference> programs; ///< libraries of other versions than then: why it may differ
};

/// Repeats a run from what the project keeps and compares every row of every table, byte for byte. Throws
/// layers::Error, geo::Cancelled.
[[nodiscard]] RunVerification verifyRun(const layers::ProjectFile& project, std::int64_t run, int threads,
                                        geo::Progress& progress);

} // namespace app
