#include "geo/localise.hpp"

#include "geo/window_cut.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace geo {

namespace {

struct Margin {
    double x = 0;
    double y = 0;
};
/// Shares of the window's size, tried one after the other. Odd fractions, so that they do not fall on the
/// raster that zones are made from.
constexpr std::array<Margin, 10> kMargins{{{0.0113, 0.0127},
                                           {0.0171, 0.0159},
                                           {0.0053, 0.0061},
                                           {0.0239, 0.0283},
                                           {0.0031, 0.0037},
                                           {0.0389, 0.0347},
                                           {0.0577, 0.0631},
                                           {0.0017, 0.0013},
                                           {0.0911, 0.0839},
                                           {0.1397, 0.1523}}};
/// However small the box, the window keeps this many units in the last place away from what it must hold.
constexpr double kLeastMarginUlps = 1024;

Box windowAround(const Box& kept, const Margin& margin) {
    const double size = std::max(kept.maxX - kept.minX, kept.maxY - kept.minY);
    const double magnitude =
        std::max({std::abs(kept.minX), std::abs(kept.minY), std::abs(kept.maxX), std::abs(kept.maxY)});
    const double least = kLeastMarginUlps * std::numeric_limits<double>::epsilon() * magnitude;
    const double unit = std::max(size, least / kMargins.back().x);
    return kept.grown(unit * margin.x, unit * margin.y);
}

} // namespace

LocalView localise(const ZoneIndex& zones, const ZoneIndex::Candidate& candidate, const Box& box) {
    LocalView result;
    const IndexedZone& zone = zones.zone(candidate.zone);
    Box kept = box;
    for (const std::uint32_t number : candidate.rings) {
        const IndexedRing& ring = zone.rings[number];
        ring.visitSegments(box, [&](std::size_t i) {
            ++result.segments;
            kept.add(ring.coordinates()[i]);
            kept.add(ring.coordinates()[i + 1]);
        });
    }
    if (result.segments == 0) {
        result.view = zones.locate(candidate.zone, {box.minX, box.minY}) == Location::Inside ? View::Inside
                                                                                             : View::Outside;
        return result;
    }
    thread_local WindowCut cutter;
    thread_local std::vector<std::uint32_t> rings;
    // Windows with an easy border first; where the zone has edges a unit in the last place apart, there is
    // none.
    for (const WindowCut::Ties ties : {WindowCut::Ties::Refuse, WindowCut::Ties::Order}) {
        for (const Margin& margin : kMargins) {
            const Box window = windowAround(kept, margin);
            zones.ringsMeeting(candidate.zone, window, rings);
            if (std::optional<Shape> cut = cutter.cut(zone, rings, window, ties)) {
                result.view = View::Localised;
                result.polygon = std::move(*cut);
                return result;
            }
        }
    }
    result.view = View::Failed;
    result.reason = "no window around the patch cuts the zone cleanly";
    return result;
}

} // namespace geo
