#pragma once

#include "geo/atoms.hpp"
#include "geo/nearest.hpp"
#include "geo/zone_index.hpp"

#include <cstdint>
#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace geo {

/// How a (patch, zone) pair was settled; run.json counts them under `engine`.
enum class OverlayPath : std::uint8_t { Inside, Localised, Full };

/// A patch and a zone that share a place. Areas: m² and m; lines: measure in m; points: no measure.
struct ZoneOverlap {
    std::uint32_t zone = 0;
    OverlayPath path = OverlayPath::Inside;
    bool whole = false;         ///< the overlap is the patch itself, and `shape` stays empty to save memory
    Shape shape;                ///< the common part otherwise
    double measure = 0;         ///< 椭球面积 m² of an area, geodesic m of a line, 0 of a point
    double perimeterM = 0;      ///< geodesic outline of the overlap (areas)
    double boundaryLengthM = 0; ///< zone boundary inside the patch (areas), for the certainty
};

/// All that the engine says of one patch.
struct PatchOverlay {
    double measure = 0;    ///< the patch's own area m² or length m
    double perimeterM = 0; ///< geodesic outline of an area patch
    std::vector<ZoneOverlap>
        overlaps;            ///< ascending by zone, measure > 0 (a point: inside or on the boundary)
    std::vector<Atom> atoms; ///< disjoint pieces, the uncovered one last
    double uncovered = 0;    ///< measure of the uncovered atom
    double residual = 0;     ///< measure minus the sum of all atoms: 0 but for rounding
    std::vector<NearZone>
        near; ///< zones without overlap within their near distance, ascending by distance, zone
    std::vector<std::pair<std::uint32_t, std::string>>
        fullReasons;                ///< zone, and why it needed the full overlay (path Full)
    bool isProven = true;           ///< false: no way of overlaying gave pieces that exact location confirms
    std::uint32_t outsidePairs = 0; ///< zones whose boxes met the patch's and that turned out to lie outside
};

/// What the engine must know of the caller's zones.
struct OverlayOptions {
    /// Near distance in metres by zone number (0: not looked for). A point patch's accuracy radius is added
    /// by the caller.
    std::function<double(std::uint32_t)> nearDistanceM;
    double maxNearDistanceM = 0; ///< the largest that nearDistanceM gives
    /// Whether a zone concerns this patch at all, by zone number; not set: all do.
    std::function<bool(std::uint32_t)> concerns;
    enum class Method {
        Localised,   ///< the engine's way: localised, proven, and one of the others where it is not
        Plain,       ///< whole zones, as GEOS answers (the tests' oracle)
        SnapRounded, ///< whole zones on a grid of 1e-13 of the coordinates' size
    } method = Method::Localised;
    bool wantAtoms = true;
};

/// The overlay of one valid patch with all zones. Pure and thread-safe; geometry out has the coordinates of
/// the full overlay. Where GEOS refuses the localised overlay the full one is taken (path Full, reason set).
/// What GEOS cut is proven: a place inside each piece, wide enough not to be rounding, must lie in the patch
/// and in just the zones that the piece is said to lie in (exact location), and the pieces must add up. Where
/// that contradicts, the full overlay, then the snap-rounded one is taken (path Full, reason set).
/// Throws geo::Error only when the full one fails as well.
[[nodiscard]] PatchOverlay overlayPatch(const Shape& patch, const ZoneIndex& zones,
                                        const OverlayOptions& options);

} // namespace geo
