#include "geo/nearest.hpp"

#include "geo/geodesic.hpp"
#include "geo/zone_contact.hpp"

#include <algorithm>
#include <cmath>

namespace geo {

namespace {

/// The local plane measures a little otherwise than the geodesic: search this much further, the geodesic
/// decides.
constexpr double kPlaneSlack = 1.01;

/// The nearest pair of places between a patch's outline and a zone's rings in a plane of metres around the
/// patch, by walking the rings' boxes with a reach that shrinks.
class NearestSearch {
  public:
    NearestSearch(const PatchOutline& outline, const MetresPerDegree& scale, double reachM)
        : m_outline(outline), m_scale(scale), m_best2(reachM * reachM) {}

    void search(const IndexedRing& ring) { visitNode(ring, ring.levels().size() - 1, 0); }

    [[nodiscard]] bool found() const { return m_found; }
    [[nodiscard]] const Coordinate& onShape() const { return m_onShape; }
    [[nodiscard]] const Coordinate& onZone() const { return m_onZone; }

  private:
    [[nodiscard]] double distance2(const Box& a, const Box& b) const {
        const double dx = std::max({a.minX - b.maxX, b.minX - a.maxX, 0.0}) * m_scale.lon;
        const double dy = std::max({a.minY - b.maxY, b.minY - a.maxY, 0.0}) * m_scale.lat;
        return dx * dx + dy * dy;
    }
    [[nodiscard]] bool isTooFar(double value2) const {
        return m_found ? value2 >= m_best2 : value2 > m_best2;
    }

    void visitNode(const IndexedRing& ring, std::size_t level, std::size_t node) {
        if (isTooFar(distance2(ring.levels()[level][node], m_outline.box()))) {
            return;
        }
        const std::size_t first = node * IndexedRing::kFan;
        const std::size_t below = level == 0 ? ring.segmentCount() : ring.levels()[level - 1].size();
        const std::size_t last = std::min(first + IndexedRing::kFan, below);
        for (std::size_t i = first; i < last; ++i) {
            if (level == 0) {
                compare({ring.coordinates()[i], ring.coordinates()[i + 1]});
            } else {
                visitNode(ring, level - 1, i);
            }
        }
    }

    void compare(const Segment& zone) {
        const Box box = zone.box();
        if (isTooFar(distance2(box, m_outline.box()))) {
            return;
        }
        m_outline.visitBlocks([&](const Box& block) { return !isTooFar(distance2(block, box)); },
                              [&](const Segment& own) {
                                  if (!isTooFar(distance2(own.box(), box))) {
                                      compare(own, zone);
                                  }
                              });
    }

    void compare(const Segment& own, const Segment& zone) {
        if (segmentsMeet(own, zone)) {
            const Coordinate place = meetingPlace(own, zone);
            offer(place, place);
            return;
        }
        // Segments that do not meet are nearest at an end of one of them.
        offer(own.a, foot(own.a, zone));
        offer(own.b, foot(own.b, zone));
        offer(foot(zone.a, own), zone.a);
        offer(foot(zone.b, own), zone.b);
    }

    [[nodiscard]] static Coordinate meetingPlace(const Segment& s, const Segment& t) {
        for (const Coordinate& end : {s.a, s.b}) {
            if (orientation(t.a, t.b, end) == 0 && t.box().contains(end)) {
                return end;
            }
        }
        for (const Coordinate& end : {t.a, t.b}) {
            if (orientation(s.a, s.b, end) == 0 && s.box().contains(end)) {
                return end;
            }
        }
        const double ux = t.b.x - t.a.x;
        const double uy = t.b.y - t.a.y;
        const double a = std::abs(ux * (s.a.y - t.a.y) - uy * (s.a.x - t.a.x));
        const double b = std::abs(ux * (s.b.y - t.a.y) - uy * (s.b.x - t.a.x));
        const double share = a + b > 0 ? a / (a + b) : 0;
        return {s.a.x + (s.b.x - s.a.x) * share, s.a.y + (s.b.y - s.a.y) * share};
    }

    [[nodiscard]] Coordinate foot(const Coordinate& place, const Segment& segment) const {
        const double dx = (segment.b.x - segment.a.x) * m_scale.lon;
        const double dy = (segment.b.y - segment.a.y) * m_scale.lat;
        const double px = (place.x - segment.a.x) * m_scale.lon;
        const double py = (place.y - segment.a.y) * m_scale.lat;
        const double length2 = dx * dx + dy * dy;
        const double share = length2 > 0 ? (px * dx + py * dy) / length2 : 0;
        if (share <= 0) {
            return segment.a;
        }
        if (share >= 1) {
            return segment.b;
        }
        return {segment.a.x + (segment.b.x - segment.a.x) * share,
                segment.a.y + (segment.b.y - segment.a.y) * share};
    }

    void offer(const Coordinate& onShape, const Coordinate& onZone) {
        const double dx = (onShape.x - onZone.x) * m_scale.lon;
        const double dy = (onShape.y - onZone.y) * m_scale.lat;
        const double value2 = dx * dx + dy * dy;
        if (!isTooFar(value2)) {
            m_best2 = value2;
            m_onShape = onShape;
            m_onZone = onZone;
            m_found = true;
        }
    }

    const PatchOutline& m_outline;
    MetresPerDegree m_scale;
    double m_best2;
    bool m_found = false;
    Coordinate m_onShape;
    Coordinate m_onZone;
};

} // namespace

std::optional<NearZone> nearestZone(const ZoneIndex& zones, const ZoneIndex::Candidate& candidate,
                                    const PatchOutline& outline, double limitM) {
    const Box& box = outline.box();
    NearestSearch search(outline, metresPerDegree((box.minY + box.maxY) / 2), limitM * kPlaneSlack);
    const IndexedZone& zone = zones.zone(candidate.zone);
    for (const std::uint32_t ring : candidate.rings) {
        search.search(zone.rings[ring]);
    }
    if (!search.found()) {
        return std::nullopt;
    }
    NearZone near;
    near.zone = candidate.zone;
    near.onShape = search.onShape();
    near.onZone = search.onZone();
    if (near.onShape != near.onZone) {
        const GeodesicLine line = geodesicLine(near.onShape, near.onZone);
        near.distanceM = line.distanceM;
        near.azimuthDeg = line.azimuthDeg;
    }
    return near.distanceM <= limitM ? std::optional(near) : std::nullopt;
}

std::optional<NearZone> nearestZone(const ZoneIndex& zones, const ZoneIndex::Candidate& candidate,
                                    const Shape& shape, double limitM) {
    return nearestZone(zones, candidate, PatchOutline(shape), limitM);
}

} // namespace geo
