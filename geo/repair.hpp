#pragma once

#include "geo/validity.hpp"

#include <string>

namespace geo {

enum class RepairResult { Unchanged, Repaired, Refused };

/// A shape made usable, or the reason why it is not.
struct Repair {
    RepairResult result = RepairResult::Unchanged;
    Shape shape;                       ///< valid (Unchanged, Repaired), empty when refused
    Defect defect = Defect::NotFinite; ///< the first defect found (Repaired, Refused)
    Coordinate place;
    double areaBeforeM2 =
        0; ///< 椭球面积 of the shape as it came: outlines with their signs, as any tool would read it
    double areaAfterM2 = 0;
    std::string detail; ///< GEOS's own words, where it refused
};

/// Checks a shape and repairs what failed: rings are closed, then GEOS MakeValid by the structure method
/// keeps the polygonal part. Refused: not finite, out of range, across the antimeridian, or without area
/// after the repair. Lines with fewer than two distinct positions and points that are not finite are refused.
/// Never throws for data.
[[nodiscard]] Repair checkAndRepair(Shape shape);

} // namespace geo
