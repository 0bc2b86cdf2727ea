#pragma once

#include "geo/progress.hpp"
#include "layers/records.hpp"

#include <cstdint>
#include <vector>

namespace app {

/// A patch that repeats an earlier one.
struct Duplicate {
    std::int32_t patch = -1;
    std::int32_t of = -1; ///< the earlier patch, which stays
    double share = 0;     ///< common area over the larger of the two (1: equal geometry)
};

/// Patches equal to an earlier one in normalised geometry, or (areas) sharing at least `duplicateShare` of
/// the larger of the two; the first in input order stays, and a patch is never the duplicate of a duplicate.
/// Ascending by patch.
/// @param measures m² of each patch (areas)
[[nodiscard]] std::vector<Duplicate> findDuplicates(const std::vector<layers::Patch>& patches,
                                                    const std::vector<double>& measures,
                                                    double duplicateShare, int threads,
                                                    geo::Progress& progress);

} // namespace app
