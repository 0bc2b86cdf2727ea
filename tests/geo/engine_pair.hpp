#pragma once

// One patch against one zone as the engine settles a pair, at the floor where coordinates may be of any size,
// and what its result is compared by.

#include "geo/boundary_length.hpp"
#include "geo/clean_split.hpp"
#include "geo/error.hpp"
#include "geo/geos_handle.hpp"
#include "geo/localise.hpp"
#include "geo/overlay.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>

namespace tests {

using geo::Shape;

inline double planarArea(const Shape& shape) {
    double area = 0;
    if (!shape.polygons.empty()) {
        GEOSArea_r(geo::geos::context(), geo::geos::toGeos(shape).get(), &area);
    }
    return area;
}

inline double planarLength(const Shape& shape) {
    double length = 0;
    GEOSLength_r(geo::geos::context(), geo::geos::toGeos(shape).get(), &length);
    return length;
}

inline double symmetricDifference(const Shape& a, const Shape& b) {
    return planarArea(geo::difference(a, b)) + planarArea(geo::difference(b, a));
}

inline double magnitude(const Shape& shape) {
    const geo::Box box = shape.box();
    return std::max({std::abs(box.minX), std::abs(box.maxX), std::abs(box.minY), std::abs(box.maxY)});
}

/// The patch against one zone as the engine settles a pair, at the floor where coordinates may be of any
/// size.
struct Pair {
    Shape overlap;
    std::optional<Shape> rest; ///< the patch outside the zone, from a clean split
    bool full = false;
    std::string reason; ///< why it was full
};
inline Pair settle(const Shape& patch, const geo::ZoneIndex& zones,
                   const geo::ZoneIndex::Candidate& candidate) {
    Pair pair;
    geo::CleanSplit cleanSplit;
    const geo::PatchOutline outline(patch);
    const geo::IndexedZone& zone = zones.zone(candidate.zone);
    const geo::CleanSplit::Contact contact = cleanSplit.scan(patch, outline, zone, candidate.rings);
    if (geo::boundaryMeets(zones, candidate, patch) != (contact != geo::CleanSplit::Contact::None)) {
        throw std::logic_error("the scan and boundaryMeets differ");
    }
    if (contact == geo::CleanSplit::Contact::Clean) {
        geo::CleanSplit::Pieces pieces = cleanSplit.split(zone);
        pair.overlap = std::move(pieces.inside);
        pair.rest = std::move(pieces.outside);
        return pair;
    }
    if (contact == geo::CleanSplit::Contact::None) {
        for (const geo::Polygon& polygon : patch.polygons) {
            if (zones.locate(candidate.zone, polygon.shell.front()) == geo::Location::Inside) {
                pair.overlap.polygons.push_back(polygon);
            }
        }
        return pair;
    }
    const geo::LocalView local = geo::localise(zones, candidate, patch.box());
    pair.reason = local.reason;
    if (local.view == geo::View::Localised) {
        try {
            pair.overlap = geo::intersection(patch, local.polygon);
            return pair;
        } catch (const geo::Error& error) {
            pair.reason = error.what();
        }
    }
    pair.full = true;
    pair.overlap = geo::intersection(patch, zones.shape(candidate.zone));
    return pair;
}

/// The largest symmetric difference to the full overlay that counts as rounding: 1e-11 degrees at 100
/// degrees, times the patch's outline.
inline double allowedDifference(const Shape& patch) {
    constexpr double kPerMagnitude = 1e-13;
    return kPerMagnitude * magnitude(patch) * planarLength(patch);
}

} // namespace tests
