#include "app/check/certainty.hpp"

#include <algorithm>

namespace app {

AreaRange areaRange(const geo::ZoneOverlap& overlap, double patchMeasure, const layers::Settings& settings) {
    const double strip = settings.positionErrorM() * overlap.boundaryLengthM;
    return {std::max(0.0, overlap.measure - strip), std::min(patchMeasure, overlap.measure + strip)};
}

double meanWidthM(double areaM2, double perimeterM) {
    return perimeterM > 0 ? 2 * areaM2 / perimeterM : 0;
}

bool countsAsHit(double areaM2, double patchM2, double perimeterM, const layers::Settings& settings) {
    return areaM2 > 0 && (areaM2 >= settings.hitAreaM2 || areaM2 >= settings.hitShare * patchM2 ||
                          meanWidthM(areaM2, perimeterM) >= settings.hitWidthM);
}

layers::Certainty certaintyOf(const geo::ZoneOverlap& overlap, double patchMeasure, geo::Dimension dimension,
                              const layers::Settings& settings) {
    if (dimension == geo::Dimension::Line) {
        // A line enters and leaves by at most the positional error at either end of the stretch inside.
        const double error = settings.positionErrorM();
        const auto counts = [&](double lengthM) {
            return lengthM > 0 &&
                   (lengthM >= settings.hitLengthM || lengthM >= settings.hitShare * patchMeasure);
        };
        if (!counts(overlap.measure)) {
            return layers::Certainty::Edge;
        }
        return overlap.whole || counts(overlap.measure - 2 * error) ? layers::Certainty::Certain
                                                                    : layers::Certainty::Doubtful;
    }
    if (!countsAsHit(overlap.measure, patchMeasure, overlap.perimeterM, settings)) {
        return layers::Certainty::Edge;
    }
    const double least = areaRange(overlap, patchMeasure, settings).leastM2;
    return countsAsHit(least, patchMeasure, overlap.perimeterM, settings) ? layers::Certainty::Certain
                                                                          : layers::Certainty::Doubtful;
}

} // namespace app
