#include "geo/zone_index.hpp"

#include <algorithm>

#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

namespace geo {

namespace {

constexpr std::size_t kFewRings = 1; ///< up to here no tree is needed

enum class RingKind { Shell, Hole };

IndexedRing indexedRing(Ring ring, RingKind kind) {
    if (isCounterClockwise(ring) != (kind == RingKind::Shell)) {
        std::reverse(ring.begin(), ring.end());
    }
    return IndexedRing(std::move(ring));
}

bool isRing(const Ring& ring) {
    return ring.size() > 1;
}

/// Takes the coordinates of a shape over, ring by ring, so that they never stand in memory twice.
IndexedZone indexedZone(Shape shape) {
    IndexedZone zone;
    std::size_t ringCount = 0;
    for (const Polygon& polygon : shape.polygons) {
        ringCount += 1 + polygon.holes.size();
    }
    zone.rings.reserve(ringCount);
    zone.ringCounts.reserve(shape.polygons.size());
    for (Polygon& polygon : shape.polygons) {
        if (!isRing(polygon.shell)) {
            continue;
        }
        const std::size_t before = zone.rings.size();
        zone.rings.push_back(indexedRing(std::move(polygon.shell), RingKind::Shell));
        zone.box.add(zone.rings.back().box());
        for (Ring& hole : polygon.holes) {
            if (isRing(hole)) {
                zone.rings.push_back(indexedRing(std::move(hole), RingKind::Hole));
            }
        }
        const auto polygonNumber = static_cast<std::uint32_t>(zone.ringCounts.size());
        zone.ringCounts.push_back(static_cast<std::uint32_t>(zone.rings.size() - before));
        zone.firstRings.push_back(static_cast<std::uint32_t>(before));
        zone.polygonOf.resize(zone.rings.size(), polygonNumber);
    }
    if (zone.rings.size() > kFewRings) {
        std::vector<Box> boxes;
        boxes.reserve(zone.rings.size());
        for (const IndexedRing& ring : zone.rings) {
            boxes.push_back(ring.box());
        }
        zone.tree = RingTree(boxes);
    }
    return zone;
}

} // namespace

ZoneIndex::ZoneIndex(std::vector<Shape> zones, int threads) : m_zones(zones.size()) {
    tbb::task_arena arena(threads > 0 ? threads : tbb::task_arena::automatic);
    arena.execute([&] {
        tbb::parallel_for(std::size_t{0}, zones.size(),
                          [&](std::size_t i) { m_zones[i] = indexedZone(std::move(zones[i])); });
    });
    std::vector<Box> boxes;
    for (std::uint32_t number = 0; number < m_zones.size(); ++number) {
        for (const std::uint32_t shell : m_zones[number].firstRings) {
            boxes.push_back(m_zones[number].rings[shell].box());
            m_shellZones.push_back(number);
        }
    }
    m_shells = RingTree(boxes);
}

std::vector<ZoneIndex::Candidate> ZoneIndex::candidates(const Box& box) const {
    thread_local std::vector<std::uint32_t> found;
    thread_local std::vector<std::uint32_t> rings;
    found.clear();
    m_shells.visit(box, [&](std::uint32_t shell) { found.push_back(m_shellZones[shell]); });
    std::sort(found.begin(), found.end());
    found.erase(std::unique(found.begin(), found.end()), found.end());
    std::vector<Candidate> candidates;
    candidates.reserve(found.size());
    for (const std::uint32_t zone : found) {
        ringsMeeting(zone, box, rings);
        candidates.push_back({zone, rings});
    }
    return candidates;
}

void ZoneIndex::ringsMeeting(std::uint32_t zone, const Box& box, std::vector<std::uint32_t>& rings) const {
    rings.clear();
    m_zones[zone].visitRings(box, [&](std::uint32_t ring) { rings.push_back(ring); });
    std::sort(rings.begin(), rings.end());
}

Location ZoneIndex::locate(std::size_t zone, const Coordinate& point) const {
    // In a valid zone a point is inside when an odd number of its rings, shells and holes alike, hold it.
    bool onBoundary = false;
    bool odd = false;
    Box box;
    box.add(point);
    const IndexedZone& indexed = m_zones[zone];
    indexed.visitRings(box, [&](std::uint32_t ring) {
        if (onBoundary) {
            return;
        }
        const Location location = indexed.rings[ring].locate(point);
        onBoundary = location == Location::Boundary;
        odd = odd != (location == Location::Inside);
    });
    if (onBoundary) {
        return Location::Boundary;
    }
    return odd ? Location::Inside : Location::Outside;
}

Shape ZoneIndex::shape(std::size_t zone) const {
    Shape shape;
    const IndexedZone& indexed = m_zones[zone];
    shape.polygons.reserve(indexed.ringCounts.size());
    auto ring = indexed.rings.begin();
    for (const std::uint32_t count : indexed.ringCounts) {
        Polygon& polygon = shape.polygons.emplace_back();
        polygon.shell = (ring++)->coordinates();
        polygon.holes.reserve(count - 1);
        for (std::uint32_t i = 1; i < count; ++i) {
            polygon.holes.push_back((ring++)->coordinates());
        }
    }
    return shape;
}

} // namespace geo
