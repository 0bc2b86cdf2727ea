#include "app/check/patch_check.hpp"

#include "app/check/certainty.hpp"
#include "app/check/counties.hpp"
#include "geo/geodesic.hpp"
#include "geo/interior_point.hpp"

#include <algorithm>

namespace app {

namespace {

/// The class whose near distance is shorter (domain.md 5).
constexpr std::string_view kWaterFirst = "一级";

/// A point is certain in a zone when its circle of accuracy lies inside: the boundary is farther than the
/// radius.
layers::Certainty certaintyOfPoint(const geo::Shape& point, const geo::ZoneOverlap& overlap,
                                   const PatchCheck& check) {
    const double radius = check.settings->pointRadiusM;
    const geo::Box at = point.box();
    const geo::MetresPerDegree metres = geo::metresPerDegree(at.minY);
    for (const auto& candidate :
         check.zones->candidates(at.grown(radius / metres.lon, radius / metres.lat))) {
        if (candidate.zone == overlap.zone) {
            return geo::nearestZone(*check.zones, candidate, point, radius) ? layers::Certainty::Doubtful
                                                                            : layers::Certainty::Certain;
        }
    }
    return layers::Certainty::Certain;
}

/// A point's near distance is at least its accuracy radius.
geo::OverlayOptions optionsForPoint(const PatchCheck& check) {
    geo::OverlayOptions options = check.options;
    const double radius = check.settings->pointRadiusM;
    options.nearDistanceM = [&check, radius](std::uint32_t zone) {
        return std::max(radius, check.options.nearDistanceM(zone));
    };
    options.maxNearDistanceM = std::max(radius, options.maxNearDistanceM);
    return options;
}

/// A place inside the patch; of several parts that may lie far apart, one that is covered.
geo::Coordinate placeToGo(const geo::Shape& patch, const geo::PatchOverlay& overlay) {
    const geo::Atom* largest = nullptr;
    if (patch.partCount() > 1) {
        for (const geo::Atom& atom : overlay.atoms) {
            if (!atom.zones.empty() && !atom.whole && !atom.shape.isEmpty() &&
                (largest == nullptr || atom.measure > largest->measure)) {
                largest = &atom;
            }
        }
    }
    return geo::interiorPoint(largest == nullptr ? patch : largest->shape);
}

} // namespace

std::vector<double> nearDistances(const std::vector<layers::Zone>& zones, const layers::Settings& settings) {
    std::vector<double> distances;
    distances.reserve(zones.size());
    for (const layers::Zone& zone : zones) {
        const bool waterFirst = zone.kind == layers::ZoneKind::WaterSource && zone.zoneClass == kWaterFirst;
        distances.push_back(waterFirst ? settings.nearWaterFirstM : settings.nearM);
    }
    return distances;
}

PatchResult checkPatch(const geo::Shape& patch, const PatchCheck& check) {
    PatchResult result;
    const geo::Dimension dimension = patch.dimension();
    const bool isPoint = dimension == geo::Dimension::Point;
    result.overlay = geo::overlayPatch(patch, *check.zones, isPoint ? optionsForPoint(check) : check.options);
    result.certainty.reserve(result.overlay.overlaps.size());
    for (const geo::ZoneOverlap& overlap : result.overlay.overlaps) {
        result.certainty.push_back(
            isPoint ? certaintyOfPoint(patch, overlap, check)
                    : certaintyOf(overlap, result.overlay.measure, dimension, *check.settings));
    }
    for (const geo::Atom& atom : result.overlay.atoms) {
        result.covered += atom.zones.empty() ? 0.0 : atom.measure;
    }
    result.place = placeToGo(patch, result.overlay);
    if (check.counties != nullptr) {
        result.counties = splitByCounty(patch, result.overlay, *check.counties);
    }
    return result;
}

std::optional<layers::Day> judgementDay(const layers::Patch& patch, const std::optional<layers::Day>& given) {
    return patch.later.last ? patch.later.last : given;
}

} // namespace app
