#include "geo/clean_split.hpp"

#include "geo/geodesic.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace geo {

namespace {

/// More than that is rare, and GEOS has the better order for it.
constexpr std::size_t kMostEdges = 512;
constexpr std::size_t kMostCrossings = 64;
constexpr std::size_t kMostZoneSegments = 512;
/// A crossing is rounded by a few units in the last place over the sine of the angle; what is this much
/// farther away cannot change sides.
constexpr double kGuardUlps = 4096;
constexpr double kLeastSine = 0.01;

double cross(const Segment& s, const Segment& t) {
    return (s.b.x - s.a.x) * (t.b.y - t.a.y) - (s.b.y - s.a.y) * (t.b.x - t.a.x);
}

double distance2(const Coordinate& a, const Coordinate& b) {
    return (a.x - b.x) * (a.x - b.x) + (a.y - b.y) * (a.y - b.y);
}

double length(const Segment& s) {
    return std::sqrt(distance2(s.a, s.b));
}

/// The crossing as GEOS computes it (homogeneous coordinates about the middle of the common box), so that
/// results are those of its overlay to the last bit.
Coordinate crossingOf(const Segment& p, const Segment& q) {
    const Box a = p.box();
    const Box b = q.box();
    const double middleX = (std::max(a.minX, b.minX) + std::min(a.maxX, b.maxX)) / 2;
    const double middleY = (std::max(a.minY, b.minY) + std::min(a.maxY, b.maxY)) / 2;
    const Coordinate p1{p.a.x - middleX, p.a.y - middleY};
    const Coordinate p2{p.b.x - middleX, p.b.y - middleY};
    const Coordinate q1{q.a.x - middleX, q.a.y - middleY};
    const Coordinate q2{q.b.x - middleX, q.b.y - middleY};
    const double px = p1.y - p2.y;
    const double py = p2.x - p1.x;
    const double pw = p1.x * p2.y - p2.x * p1.y;
    const double qx = q1.y - q2.y;
    const double qy = q2.x - q1.x;
    const double qw = q1.x * q2.y - q2.x * q1.y;
    const double w = px * qy - qx * py;
    return {(py * qw - qy * pw) / w + middleX, (qx * pw - px * qw) / w + middleY};
}

/// The place is at least `guard` away from the segment, as far as a cheap test can say.
bool isAway(const Coordinate& place, const Segment& segment, double guard) {
    if (!segment.box().grown(guard, guard).contains(place)) {
        return true;
    }
    const double area = std::abs((segment.b.x - segment.a.x) * (place.y - segment.a.y) -
                                 (segment.b.y - segment.a.y) * (place.x - segment.a.x));
    return area > guard * length(segment);
}

} // namespace

bool CleanSplit::takePatch(const Shape& patch) {
    m_edges.clear();
    if (patch.polygons.size() != 1 || !patch.polygons.front().holes.empty() ||
        patch.polygons.front().shell.size() > kMostEdges) {
        return false;
    }
    const Ring& shell = patch.polygons.front().shell;
    const double area2 = signedArea2(shell);
    if (area2 == 0) {
        return false;
    }
    const bool forward = area2 > 0;
    const std::size_t last = shell.size() - 1;
    for (std::size_t i = 0; i < last; ++i) {
        const Coordinate& a = forward ? shell[i] : shell[last - i];
        const Coordinate& b = forward ? shell[i + 1] : shell[last - i - 1];
        if (a != b) {
            m_edges.push_back({a, b});
        }
    }
    return true;
}

CleanSplit::Contact CleanSplit::addContacts(const PatchOutline& outline, ZoneSegment zoneSegment) {
    const Segment& own = zoneSegment.segment;
    const Box box = own.box();
    if (!m_isSimple) {
        return outline.meets(own) ? Contact::Other : Contact::None;
    }
    Contact contact = Contact::None;
    for (std::size_t i = 0; i < m_edges.size(); ++i) {
        const Segment& edge = m_edges[i];
        if (!edge.box().meets(box)) {
            continue;
        }
        const int from = orientation(edge.a, edge.b, own.a);
        const int to = orientation(edge.a, edge.b, own.b);
        if (from * to > 0) {
            continue;
        }
        const int start = orientation(own.a, own.b, edge.a);
        const int end = orientation(own.a, own.b, edge.b);
        if (start * end > 0) {
            continue;
        }
        if (from == 0 || to == 0 || start == 0 || end == 0 || m_crossings.size() == kMostCrossings ||
            std::abs(cross(edge, own)) < kLeastSine * length(edge) * length(own)) {
            return Contact::Other;
        }
        Crossing& crossing = m_crossings.emplace_back();
        crossing.place = crossingOf(edge, own);
        crossing.edge = i;
        crossing.zoneSegment = m_zoneSegments.size();
        crossing.alongEdge = distance2(edge.a, crossing.place);
        crossing.alongZone = distance2(own.a, crossing.place);
        crossing.entersPatch = to > 0;
        if (!box.contains(crossing.place) || !edge.box().contains(crossing.place)) {
            return Contact::Other;
        }
        contact = Contact::Clean;
    }
    if (m_zoneSegments.size() == kMostZoneSegments) {
        m_isSimple = false; // from here on only whether anything meets
        return contact == Contact::None && m_crossings.empty() ? Contact::None : Contact::Other;
    }
    zoneSegment.crosses = contact == Contact::Clean;
    m_zoneSegments.push_back(zoneSegment);
    return contact;
}

CleanSplit::Contact CleanSplit::scanRing(const PatchOutline& outline, const IndexedRing& ring,
                                         std::uint32_t number) {
    Contact result = Contact::None;
    ring.visitSegments(outline.box(), [&](std::size_t i) {
        if (result != Contact::Other) {
            const Segment segment{ring.coordinates()[i], ring.coordinates()[i + 1]};
            const Contact contact =
                addContacts(outline, {segment, number, static_cast<std::uint32_t>(i), false});
            result = contact == Contact::None ? result : contact;
        }
    });
    // A ring that meets no edge lies inside the patch as a whole or not at all.
    if (result == Contact::None && outline.box().contains(ring.box()) &&
        outline.locate(ring.coordinates().front()) == Location::Inside) {
        return Contact::Other;
    }
    return result;
}

bool CleanSplit::hasRoom(const Segment& crossed) const {
    // A crossed segment is bent by its crossings' rounding: no vertex may stand so near that it changes
    // sides.
    const auto isFree = [&](const Coordinate& vertex) {
        return vertex == crossed.a || vertex == crossed.b || isAway(vertex, crossed, m_guard);
    };
    return std::all_of(m_edges.begin(), m_edges.end(), [&](const Segment& edge) { return isFree(edge.a); }) &&
           std::all_of(m_zoneSegments.begin(), m_zoneSegments.end(), [&](const ZoneSegment& own) {
               return isFree(own.segment.a) && isFree(own.segment.b);
           });
}

bool CleanSplit::isWellApart() const {
    for (std::size_t i = 0; i < m_crossings.size(); ++i) {
        const Crossing& crossing = m_crossings[i];
        const Segment& edge = m_edges[crossing.edge];
        const Segment& own = m_zoneSegments[crossing.zoneSegment].segment;
        const double guard2 = m_guard * m_guard;
        const auto isNear = [&](const Coordinate& place) {
            return distance2(place, crossing.place) <= guard2;
        };
        if (isNear(edge.a) || isNear(edge.b) || isNear(own.a) || isNear(own.b) ||
            std::any_of(m_crossings.begin() + static_cast<std::ptrdiff_t>(i) + 1, m_crossings.end(),
                        [&](const Crossing& other) { return isNear(other.place); })) {
            return false;
        }
        const bool isFirstOnEdge =
            std::none_of(m_crossings.begin(), m_crossings.begin() + static_cast<std::ptrdiff_t>(i),
                         [&](const Crossing& before) { return before.edge == crossing.edge; });
        if (isFirstOnEdge && !hasRoom(edge)) {
            return false;
        }
    }
    return std::all_of(m_zoneSegments.begin(), m_zoneSegments.end(), [&](const ZoneSegment& zoneSegment) {
        return !zoneSegment.crosses || hasRoom(zoneSegment.segment);
    });
}

bool CleanSplit::ringsAreApart() const {
    // Rings of a valid zone may touch each other; then a walk could run through the same place twice.
    for (std::size_t i = 0; i < m_zoneSegments.size(); ++i) {
        for (std::size_t j = i + 1; j < m_zoneSegments.size(); ++j) {
            if (m_zoneSegments[i].ring != m_zoneSegments[j].ring &&
                segmentsMeet(m_zoneSegments[i].segment, m_zoneSegments[j].segment)) {
                return false;
            }
        }
    }
    return true;
}

bool CleanSplit::pairCrossings() {
    const std::size_t count = m_crossings.size();
    m_order.resize(count);
    for (std::size_t i = 0; i < count; ++i) {
        m_order[i] = i;
    }
    std::sort(m_order.begin(), m_order.end(), [&](std::size_t i, std::size_t j) {
        const Crossing& a = m_crossings[i];
        const Crossing& b = m_crossings[j];
        return a.edge != b.edge ? a.edge < b.edge : a.alongEdge < b.alongEdge;
    });
    for (std::size_t i = 0; i < count; ++i) {
        Crossing& crossing = m_crossings[m_order[i]];
        crossing.onPatch = m_order[(i + 1) % count];
        if (crossing.entersPatch == m_crossings[crossing.onPatch].entersPatch) {
            return false;
        }
    }
    // Zone segments stand ring by ring in ascending order.
    std::sort(m_order.begin(), m_order.end(), [&](std::size_t i, std::size_t j) {
        const Crossing& a = m_crossings[i];
        const Crossing& b = m_crossings[j];
        return a.zoneSegment != b.zoneSegment ? a.zoneSegment < b.zoneSegment : a.alongZone < b.alongZone;
    });
    const auto ringOf = [&](std::size_t i) {
        return m_zoneSegments[m_crossings[m_order[i]].zoneSegment].ring;
    };
    for (std::size_t first = 0; first < count;) {
        std::size_t last = first + 1;
        while (last < count && ringOf(last) == ringOf(first)) {
            ++last;
        }
        for (std::size_t i = first; i < last; ++i) {
            const std::size_t next = i + 1 < last ? i + 1 : first;
            Crossing& from = m_crossings[m_order[i]];
            Crossing& to = m_crossings[m_order[next]];
            if (from.entersPatch == to.entersPatch) {
                return false;
            }
            if (from.entersPatch) {
                from.onZone = m_order[next];
                to.onZone = m_order[i];
            }
        }
        first = last;
    }
    return true;
}

CleanSplit::Contact CleanSplit::scan(const Shape& patch, const PatchOutline& outline, const IndexedZone& zone,
                                     std::span<const std::uint32_t> rings) {
    m_zoneSegments.clear();
    m_crossings.clear();
    m_isSimple = takePatch(patch);
    const Box& box = outline.box();
    const double magnitude =
        std::max({std::abs(box.minX), std::abs(box.minY), std::abs(box.maxX), std::abs(box.maxY)});
    m_guard = kGuardUlps * std::numeric_limits<double>::epsilon() * magnitude;
    std::size_t crossingRings = 0;
    for (const std::uint32_t number : rings) {
        const Contact contact = scanRing(outline, zone.rings[number], number);
        if (contact == Contact::Other) {
            return contact;
        }
        crossingRings += contact == Contact::Clean ? 1 : 0;
    }
    if (m_crossings.empty()) {
        return Contact::None;
    }
    const bool isClean =
        m_isSimple && isWellApart() && (crossingRings == 1 || ringsAreApart()) && pairCrossings();
    return isClean ? Contact::Clean : Contact::Other;
}

void CleanSplit::appendPatchArc(const Crossing& from, Ring& ring) const {
    const Crossing& to = m_crossings[from.onPatch];
    std::size_t edge = from.edge;
    if (to.edge == edge && to.alongEdge > from.alongEdge) {
        return;
    }
    do {
        ring.push_back(m_edges[edge].b);
        edge = (edge + 1) % m_edges.size();
    } while (edge != to.edge);
}

void CleanSplit::appendZoneArc(const IndexedZone& zone, const Crossing& enter, Side side, Ring& ring) const {
    const ZoneSegment& from = m_zoneSegments[enter.zoneSegment];
    const Crossing& leave = m_crossings[enter.onZone];
    const ZoneSegment& to = m_zoneSegments[leave.zoneSegment];
    if (to.index == from.index && leave.alongZone > enter.alongZone) {
        return;
    }
    const Ring& coordinates = zone.rings[from.ring].coordinates();
    const std::size_t count = coordinates.size() - 1;
    const auto begin = ring.size();
    std::size_t index = from.index;
    do {
        index = (index + 1) % count;
        if (coordinates[index] != ring.back() || ring.size() == begin) {
            ring.push_back(coordinates[index]);
        }
    } while (index != to.index);
    if (side == Side::Outside) {
        std::reverse(ring.begin() + static_cast<std::ptrdiff_t>(begin), ring.end());
    }
}

void CleanSplit::walk(const IndexedZone& zone, Side side, Shape& pieces) const {
    // Inside: along the patch where it runs in the zone (from where the zone leaves the patch), then along
    // the zone. Outside: along the patch where it runs outside, then back along the zone's arc.
    m_used.assign(m_crossings.size(), false);
    for (std::size_t start = 0; start < m_crossings.size(); ++start) {
        const bool begins = m_crossings[start].entersPatch == (side == Side::Outside);
        if (!begins || m_used[start]) {
            continue;
        }
        Ring& ring = pieces.polygons.emplace_back().shell;
        std::size_t at = start;
        do {
            m_used[at] = true;
            const Crossing& from = m_crossings[at];
            ring.push_back(from.place);
            appendPatchArc(from, ring);
            const Crossing& to = m_crossings[from.onPatch];
            ring.push_back(to.place);
            appendZoneArc(zone, side == Side::Inside ? to : m_crossings[to.onZone], side, ring);
            at = to.onZone;
        } while (at != start);
        ring.push_back(ring.front());
    }
}

CleanSplit::Pieces CleanSplit::split(const IndexedZone& zone) const {
    Pieces pieces;
    walk(zone, Side::Inside, pieces.inside);
    walk(zone, Side::Outside, pieces.outside);
    Path arc;
    for (const Crossing& crossing : m_crossings) {
        if (crossing.entersPatch) {
            arc.assign(1, crossing.place);
            appendZoneArc(zone, crossing, Side::Inside, arc);
            arc.push_back(m_crossings[crossing.onZone].place);
            pieces.boundaryLengthM += geodesicLengthM(arc);
        }
    }
    return pieces;
}

} // namespace geo
