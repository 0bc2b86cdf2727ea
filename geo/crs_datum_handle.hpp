#pragma once

// Which datums count as CGCS2000. Included by geo/*.cpp only.

#include "geo/proj_handle.hpp"

#include <optional>
#include <string>

namespace geo::projlib {

struct DatumVerdict {
    std::string name; ///< the datum's name in PROJ, "Xian 1980"
    std::optional<double>
        equalWithinM; ///< taken as CGCS2000, and how well that holds; empty: not known to be equal
    bool isCgcs2000ByAnotherName = false; ///< CGCS2000 under a name that EPSG does not list
};

/// Judges the datum under a geographic system. A datum counts as equal to CGCS2000 when
///  1. it is CGCS2000 ("China 2000"; also the other names that Chinese software writes, with its ellipsoid):
///  0 m; or
///  2. it is WGS 84 or one of its realisations, or a realisation of ITRF: within 1 m (domain knowledge: the
///  two are never
///     transformed in practice, and PROJ has only a ballpark operation between them); or
///  3. EPSG lists a null transformation from it to WGS 84 with a stated accuracy of 4 m or better (SIRGAS
///  2000, ETRS89,
///     JGD2011: 1 m; GDA94 3 m; NAD83 4 m): the nation's surveyors treat the two as one. That accuracy is
///     reported.
/// The prime meridian must be Greenwich. Everything else (Xian 1980, Beijing 1954, New Beijing, local and
/// unknown datums) is not known to be equal, also where a file binds shift parameters to it: those come with
/// a later version.
[[nodiscard]] DatumVerdict judgeDatum(Context& context, const PJ* geodetic, std::optional<int> geodeticEpsg);

} // namespace geo::projlib
