#pragma once

#include "app/check/check_result.hpp"

#include <cstdint>
#include <functional>
#include <vector>

namespace app {

/// A piece of a patch as it is printed: an atom's part in a county, in whole units (1 m² of an area, 0.1 m of
/// a line).
struct PrintedPiece {
    std::int32_t county = -1;
    std::size_t atom = 0;
    std::int64_t units = 0;
};

/// A patch as it is printed. First the patch is rounded, then its covered and uncovered part so that they add
/// up to it, then the pieces of each: whatever is printed of a patch (shares, classes, counties) is a sum of
/// pieces, so everything adds up to everything. Empty for points.
struct PrintedPatch {
    std::int64_t units = 0;
    std::int64_t covered = 0;
    std::vector<PrintedPiece> pieces; ///< covered and uncovered ones
};
[[nodiscard]] PrintedPatch printedPatch(const CheckResult& result, std::size_t patch);

/// Units of the pieces that lie in a zone which `counts`, each piece once.
[[nodiscard]] std::int64_t unitsWhere(const CheckResult& result, std::size_t patch,
                                      const PrintedPatch& printed,
                                      const std::function<bool(std::uint32_t zone)>& counts);

/// County number of the largest part, -1 when unknown or outside all counties.
[[nodiscard]] std::int32_t mainCounty(const PatchResult& patch);

} // namespace app
