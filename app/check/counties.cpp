#include "app/check/counties.hpp"

#include <algorithm>
#include <map>

namespace app {

namespace {

/// A zone and a county are compared at this many places of each at most: the answer is for 核查说明, not for
/// areas.
constexpr std::size_t kProbes = 2000;

/// Measure by county of a shape; the lowest county of each atom takes it.
std::map<std::int32_t, double> measureByCounty(const geo::Shape& shape, const geo::ZoneIndex& counties) {
    std::map<std::int32_t, double> parts;
    const geo::PatchOverlay split = geo::overlayPatch(shape, counties, geo::OverlayOptions{});
    for (const geo::Atom& atom : split.atoms) {
        const std::int32_t county = atom.zones.empty() ? -1 : static_cast<std::int32_t>(atom.zones.front());
        parts[county] += atom.measure;
    }
    const auto largest = std::max_element(parts.begin(), parts.end(),
                                          [](const auto& a, const auto& b) { return a.second < b.second; });
    if (largest != parts.end()) {
        largest->second += split.residual; // the rounding of the cut, so that the parts add up
    }
    return parts;
}

/// County of a patch without measure (a point), or -1.
std::int32_t countyOfPlace(const geo::Coordinate& place, const geo::ZoneIndex& counties) {
    const geo::Box box{place.x, place.y, place.x, place.y};
    for (const geo::ZoneIndex::Candidate& candidate : counties.candidates(box)) {
        if (counties.locate(candidate.zone, place) != geo::Location::Outside) {
            return static_cast<std::int32_t>(candidate.zone);
        }
    }
    return -1;
}

bool anyVertexInside(const geo::IndexedZone& from, const geo::ZoneIndex& index, std::size_t zone) {
    std::size_t vertices = 0;
    for (const geo::IndexedRing& ring : from.rings) {
        vertices += ring.segmentCount();
    }
    const std::size_t stride = std::max<std::size_t>(1, vertices / kProbes);
    const geo::Box& box = index.zone(zone).box;
    std::size_t at = 0;
    for (const geo::IndexedRing& ring : from.rings) {
        for (; at < ring.segmentCount(); at += stride) {
            const geo::Coordinate& c = ring.coordinates()[at];
            if (box.contains(c) && index.locate(zone, c) != geo::Location::Outside) {
                return true;
            }
        }
        at -= ring.segmentCount();
    }
    return false;
}

} // namespace

std::vector<CountyPart> splitByCounty(const geo::Shape& patch, const geo::PatchOverlay& overlay,
                                      const geo::ZoneIndex& counties) {
    std::map<std::int32_t, CountyPart> parts;
    if (patch.dimension() == geo::Dimension::Point) {
        const std::int32_t county = countyOfPlace(patch.points.front(), counties);
        return {CountyPart{county, 0, 0}};
    }
    const std::map<std::int32_t, double> whole = measureByCounty(patch, counties);
    for (const auto& [county, measure] : whole) {
        if (measure != 0.0) {
            parts[county] = CountyPart{county, measure, 0};
        }
    }
    for (std::size_t i = 0; i < overlay.atoms.size(); ++i) {
        const geo::Atom& atom = overlay.atoms[i];
        if (atom.zones.empty()) {
            continue;
        }
        if (parts.size() == 1) {
            parts.begin()->second.covered += atom.measure;
            continue;
        }
        const std::map<std::int32_t, double> covered =
            atom.whole ? whole : measureByCounty(atom.shape, counties);
        for (const auto& [county, measure] : covered) {
            if (measure != 0.0) {
                CountyPart& part = parts[county];
                part.county = county;
                part.covered += measure;
                part.atoms.resize(overlay.atoms.size());
                part.atoms[i] += measure;
            }
        }
    }
    std::vector<CountyPart> sorted;
    sorted.reserve(parts.size());
    for (const auto& [county, part] : parts) {
        sorted.push_back(part);
    }
    std::sort(sorted.begin(), sorted.end(), [](const CountyPart& a, const CountyPart& b) {
        if ((a.county < 0) != (b.county < 0)) {
            return b.county < 0;
        }
        if (a.measure != b.measure) {
            return a.measure > b.measure;
        }
        return a.covered != b.covered ? a.covered > b.covered : a.county < b.county;
    });
    return sorted;
}

std::vector<std::int32_t> countiesReached(const std::vector<std::uint32_t>& zonesOfLayer,
                                          const geo::ZoneIndex& zones, const geo::ZoneIndex& counties) {
    std::vector<std::int32_t> reached;
    for (std::size_t county = 0; county < counties.size(); ++county) {
        const bool meets = std::any_of(zonesOfLayer.begin(), zonesOfLayer.end(), [&](std::uint32_t zone) {
            return zones.zone(zone).box.meets(counties.zone(county).box) &&
                   (anyVertexInside(zones.zone(zone), counties, county) ||
                    anyVertexInside(counties.zone(county), zones, zone));
        });
        if (meets) {
            reached.push_back(static_cast<std::int32_t>(county));
        }
    }
    return reached;
}

} // namespace app
