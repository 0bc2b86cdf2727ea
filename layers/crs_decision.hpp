#pragma once

#include "geo/transform.hpp"
#include "layers/feature_source.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace layers {

/// The coordinate system an input is read with.
struct CrsDecision {
    std::string definition; ///< for geo::Transform
    std::string name;       ///< "EPSG:4490", or the name where no code is known
    std::string reason;
};

/// What the first features of a layer show of their coordinates, as stored.
struct FirstLook {
    geo::Box extent;           ///< of the finite ones
    std::size_t features = 0;  ///< with a geometry
    std::size_t inDegrees = 0; ///< of them, those that could be longitude and latitude
    [[nodiscard]] bool isNotDegrees() const { return features > 0 && inDegrees == 0; }
};
[[nodiscard]] FirstLook firstLook(const std::vector<RawFeature>& features);

/// The file's own system, or --crs where it has none (or the same); throws layers::Error naming --crs when
/// there is none, when both differ, or when nothing leads from it to CGCS2000. The message says where the
/// first features would fall under each candidate.
[[nodiscard]] CrsDecision decideCrs(const SourceInfo& source, const ReadOptions& options,
                                    const FirstLook& look, const std::string& file, ProblemLog& log);

/// A warning when what was read lies where it cannot be: outside China, or with longitude and latitude
/// swapped.
void checkPlace(const geo::Box& lonLat, ProblemLog& log);

} // namespace layers
