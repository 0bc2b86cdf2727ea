#pragma once

#include "layers/feature_source.hpp"

namespace layers {

/// How a mask becomes patches.
struct MaskOptions {
    int neighbours = 4;     ///< pixels hang together by edges (4), or by edges and corners (8)
    double leastAreaM2 = 0; ///< minimum mapping unit: smaller pieces are dropped, counted and told
    std::string crs;        ///< of --crs, for a file without one
};

/// A change mask (GeoTIFF): pixels that are neither 0 nor nodata, joined where they are equal and neighbours,
/// become patches with the fields value, pixels and (where the file names its classes) category. The mask is
/// read row by row and never held; what is held is bounded (MaskPieces). Throws layers::Error for what is no
/// mask: no georeference, fractions, several bands of which none is named ("file.tif:2"), more than 65,535
/// values, all pixels changed; and when more than two million patches come out.
[[nodiscard]] std::unique_ptr<FeatureSource> openMask(const LayerRef& ref, const ReadOptions& options,
                                                      ProblemLog& log);

} // namespace layers
