#pragma once

#include <cstdint>
#include <vector>

namespace layers {

/// Consecutive equal pixels of one row of a mask.
struct MaskRun {
    std::int32_t row = 0;
    std::int32_t first = 0;
    std::int32_t end = 0; ///< one past the last column
};

/// A corner of the pixel grid: (0, 0) is the upper left corner of the first pixel.
struct GridPoint {
    std::int32_t column = 0;
    std::int32_t row = 0;
    friend bool operator==(const GridPoint&, const GridPoint&) = default;
};
/// Closed, corners only, without repeated points.
using GridRing = std::vector<GridPoint>;
struct GridPolygon {
    GridRing shell;
    std::vector<GridRing> holes;
};

/// The outline of pixels: one polygon for each group that hangs together by edges, in the order of their
/// first pixels. Each ring is simple; where rings meet, they touch in a corner of both, so that the polygons
/// are valid in the sense of OGC, also where pixels hang together by corners only (gdal_polygonize -8 makes
/// rings there that touch themselves). Takes time and memory in proportion to the runs.
/// @param runs of one value, disjoint and as long as they can be within a row; any order
[[nodiscard]] std::vector<GridPolygon> outlineOfRuns(std::vector<MaskRun> runs);

} // namespace layers
