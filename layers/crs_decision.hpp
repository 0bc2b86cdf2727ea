#pragma once

#include "geo/transform.hpp"
#include "layers/crs_candidates.hpp"
#include "layers/crs_doubts.hpp"
#include "layers/datum_shift.hpp"
#include "layers/feature_source.hpp"

#include <string>
#include <vector>

namespace layers {

/// The coordinate system an input is read with.
struct CrsDecision {
    std::string definition; ///< for geo::Transform
    std::string name;       ///< "EPSG:4490", or the name where no code is known
    std::string reason;
};

/// How a system is called on screen and paper: "EPSG:4490", its name where no code is known, or the
/// definition as it is where it is none.
[[nodiscard]] std::string crsName(const std::string& definition);

/// What the first features show of the layer's coordinates (256 of them).
[[nodiscard]] FirstLook firstLook(const std::vector<RawFeature>& features);

/// The file's own system, or --crs where it has none (or the same); throws layers::Error naming --crs when
/// there is none, when both differ, when nothing leads from it to CGCS2000, or when the coordinates cannot be
/// of it at all. The message says where the first features would fall under each candidate. A shift of the
/// datum or of a map service (ReadOptions::positions) is told here.
[[nodiscard]] CrsDecision decideCrs(const SourceInfo& source, const ReadOptions& options,
                                    const FirstLook& look, const std::string& file, ProblemLog& log);

} // namespace layers
