#include "geo/zone_index.hpp"

#include <algorithm>

#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

namespace geo {

namespace {

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
    return zone;
}

} // namespace

ZoneIndex::ZoneIndex(std::vector<Shape> zones, int threads) : m_zones(zones.size()) {
    tbb::task_arena arena(threads > 0 ? threads : tbb::task_arena::automatic);
    arena.execute([&] {
        tbb::parallel_for(std::size_t{0}, zones.size(),
                          [&](std::size_t i) { m_zones[i] = indexedZone(std::move(zones[i])); });
    });
    std::size_t ringCount = 0;
    for (const IndexedZone& zone : m_zones) {
        ringCount += zone.rings.size();
    }
    std::vector<Box> boxes;
    boxes.reserve(ringCount);
    m_refs.reserve(ringCount);
    for (std::size_t number = 0; number < m_zones.size(); ++number) {
        std::uint32_t ring = 0;
        for (const std::uint32_t count : m_zones[number].ringCounts) {
            for (std::uint32_t i = 0; i < count; ++i, ++ring) {
                constexpr std::uint32_t kRingMask = 0x7fffffffU;
                boxes.push_back(m_zones[number].rings[ring].box());
                m_refs.push_back({static_cast<std::uint32_t>(number), ring & kRingMask, i == 0 ? 1U : 0U});
            }
        }
    }
    m_tree = RingTree(boxes);
}

std::vector<ZoneIndex::Candidate> ZoneIndex::candidates(const Box& box) const {
    thread_local std::vector<std::uint32_t> found;
    found.clear();
    m_tree.query(box, found);
    std::vector<Candidate> candidates;
    for (auto first = found.begin(); first != found.end();) {
        const std::uint32_t zone = m_refs[*first].zone;
        const auto last =
            std::find_if(first, found.end(), [&](std::uint32_t ref) { return m_refs[ref].zone != zone; });
        if (std::any_of(first, last, [&](std::uint32_t ref) { return m_refs[ref].isShell != 0; })) {
            Candidate& candidate = candidates.emplace_back();
            candidate.zone = zone;
            candidate.rings.reserve(static_cast<std::size_t>(last - first));
            std::for_each(first, last,
                          [&](std::uint32_t ref) { candidate.rings.push_back(m_refs[ref].ring); });
        }
        first = last;
    }
    return candidates;
}

void ZoneIndex::ringsMeeting(std::uint32_t zone, const Box& box, std::vector<std::uint32_t>& rings) const {
    rings.clear();
    m_tree.visit(box, [&](std::uint32_t item) {
        if (m_refs[item].zone == zone) {
            rings.push_back(m_refs[item].ring);
        }
    });
    std::sort(rings.begin(), rings.end());
}

Location ZoneIndex::locate(std::size_t zone, const Coordinate& point) const {
    // In a valid zone a point is inside when an odd number of its rings, shells and holes alike, hold it.
    bool onBoundary = false;
    bool odd = false;
    Box box;
    box.add(point);
    m_tree.visit(box, [&](std::uint32_t item) {
        const RingRef& ref = m_refs[item];
        if (ref.zone != zone || onBoundary) {
            return;
        }
        const Location location = m_zones[zone].rings[ref.ring].locate(point);
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
