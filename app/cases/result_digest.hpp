#pragma once

#include "app/check/check_result.hpp"
#include "geo/progress.hpp"

#include <string>
#include <vector>

namespace app {

/// What a result comes to, row by row: two results with equal digests would give equal tables to the last
/// bit.
struct ResultDigest {
    std::string whole;                ///< sha256 over every row of every table of results.gpkg
    std::vector<std::string> patches; ///< sha256 over the rows of each patch (patches, overlaps, atoms, near)
};

/// The digest of a result as the check left it (临时编号 in place of case numbers). Throws geo::Cancelled.
[[nodiscard]] ResultDigest digestOf(const CheckResult& result, geo::Progress& progress);

} // namespace app
