#include "geo/overlap_pairs.hpp"

#include "geo/area.hpp"
#include "geo/error.hpp"
#include "geo/interior_contact.hpp"
#include "geo/interior_point.hpp"
#include "geo/localise.hpp"
#include "geo/overlay.hpp"
#include "geo/parallel.hpp"

#include <algorithm>
#include <utility>

namespace geo {

namespace {

std::size_t vertexCount(const IndexedZone& zone) {
    std::size_t count = 0;
    for (const IndexedRing& ring : zone.rings) {
        count += ring.segmentCount();
    }
    return count;
}

/// One polygon of a zone as a shape.
Shape partOf(const IndexedZone& zone, std::size_t polygon) {
    Shape part;
    Polygon& copy = part.polygons.emplace_back();
    const std::uint32_t first = zone.firstRings[polygon];
    copy.shell = zone.rings[first].coordinates();
    for (std::uint32_t ring = first + 1; ring < first + zone.ringCounts[polygon]; ++ring) {
        copy.holes.push_back(zone.rings[ring].coordinates());
    }
    return part;
}

/// The common part of a polygon and a zone, which is seen from the polygon's box only.
Shape commonPart(const Shape& part, const ZoneIndex& zones, std::uint32_t other) {
    ZoneIndex::Candidate candidate{other, {}};
    const Box box = part.box();
    zones.ringsMeeting(other, box, candidate.rings);
    const IndexedZone& zone = zones.zone(other);
    if (std::none_of(candidate.rings.begin(), candidate.rings.end(),
                     [&](std::uint32_t ring) { return zone.isShell(ring); })) {
        return {};
    }
    LocalView view = localise(zones, candidate, box);
    switch (view.view) {
    case View::Outside:
        return {};
    case View::Inside:
        return part;
    case View::Localised:
        return intersection(part, view.polygon);
    case View::Failed:
        break;
    }
    return intersection(part, zones.shape(other));
}

bool areEqual(const ZoneIndex& zones, std::uint32_t a, std::uint32_t b) {
    const IndexedZone& one = zones.zone(a);
    const IndexedZone& other = zones.zone(b);
    return one.box == other.box && one.rings.size() == other.rings.size() &&
           vertexCount(one) == vertexCount(other) && normalised(zones.shape(a)) == normalised(zones.shape(b));
}

/// The zone within a box, or nothing where no window cuts it cleanly.
std::optional<Shape> within(const ZoneIndex& zones, std::uint32_t number, const Box& box) {
    ZoneIndex::Candidate candidate{number, {}};
    zones.ringsMeeting(number, box, candidate.rings);
    LocalView view = localise(zones, candidate, box);
    if (view.view != View::Localised) {
        return std::nullopt;
    }
    return std::move(view.polygon);
}

/// Of two single polygons only what lies in the box that both share can be common: both are seen from there.
std::optional<Shape> commonOfSingles(const ZoneIndex& zones, std::uint32_t a, std::uint32_t b) {
    const IndexedZone& one = zones.zone(a);
    const IndexedZone& other = zones.zone(b);
    if (one.ringCounts.size() != 1 || other.ringCounts.size() != 1) {
        return std::nullopt;
    }
    const Box box{std::max(one.box.minX, other.box.minX), std::max(one.box.minY, other.box.minY),
                  std::min(one.box.maxX, other.box.maxX), std::min(one.box.maxY, other.box.maxY)};
    const std::optional<Shape> partA = within(zones, a, box);
    const std::optional<Shape> partB = partA ? within(zones, b, box) : std::nullopt;
    return partB ? std::optional(intersection(*partA, *partB)) : std::nullopt;
}

void measure(const ZoneIndex& zones, OverlapPair& pair) {
    const std::uint32_t a = pair.a;
    const std::uint32_t b = pair.b;
    const Coordinate contact = pair.place;
    pair.areaM2 = 0;
    const bool aIsSmaller = vertexCount(zones.zone(a)) <= vertexCount(zones.zone(b));
    const IndexedZone& smaller = zones.zone(aIsSmaller ? a : b);
    double largest = 0;
    try {
        if (const std::optional<Shape> common = commonOfSingles(zones, a, b)) {
            pair.areaM2 = ellipsoidalAreaM2(*common);
            pair.place = *pair.areaM2 > 0 ? interiorPoint(*common) : contact;
            return;
        }
        for (std::size_t polygon = 0; polygon < smaller.ringCounts.size(); ++polygon) {
            if (!smaller.rings[smaller.firstRings[polygon]].box().meets(zones.zone(aIsSmaller ? b : a).box)) {
                continue;
            }
            const Shape common = commonPart(partOf(smaller, polygon), zones, aIsSmaller ? b : a);
            const double area = ellipsoidalAreaM2(common);
            *pair.areaM2 += area;
            if (area > largest) {
                largest = area;
                pair.place = interiorPoint(common);
            }
        }
    } catch (const Error&) {
        pair.areaM2.reset();
    }
}

} // namespace

std::vector<OverlapPair> overlapPairs(const ZoneIndex& zones, const std::vector<std::int32_t>& groups,
                                      int threads, Progress& progress) {
    std::vector<std::vector<OverlapPair>> found(zones.size());
    parallelFor(zones.size(), 1, threads, progress, [&](std::size_t i) {
        if (groups[i] < 0 || zones.zone(i).rings.empty()) {
            return;
        }
        const auto a = static_cast<std::uint32_t>(i);
        for (const ZoneIndex::Candidate& candidate : zones.candidates(zones.zone(i).box)) {
            if (candidate.zone <= a || groups[candidate.zone] != groups[i]) {
                continue;
            }
            progress.checkCancelled();
            if (const std::optional<Coordinate> contact = interiorContact(zones, a, candidate.zone)) {
                found[i].push_back(
                    {a, candidate.zone, std::nullopt, *contact, areEqual(zones, a, candidate.zone)});
            }
        }
    });
    std::vector<OverlapPair> pairs;
    for (const std::vector<OverlapPair>& some : found) {
        pairs.insert(pairs.end(), some.begin(), some.end());
    }
    return pairs;
}

void measureOverlaps(const ZoneIndex& zones, std::vector<OverlapPair>& pairs, int threads,
                     Progress& progress) {
    parallelFor(pairs.size(), 1, threads, progress, [&](std::size_t i) { measure(zones, pairs[i]); });
}

} // namespace geo
