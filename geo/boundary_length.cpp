#include "geo/boundary_length.hpp"

#include "geo/geodesic.hpp"
#include "geo/zone_contact.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <utility>

namespace geo {

namespace {

/// How far, in units in the last place, rounding may lift a segment off an outline that it was made from.
constexpr double kRoundingUlps = 8;

double cross(const Coordinate& a, const Coordinate& b, const Coordinate& c) {
    return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
}

Coordinate between(const Segment& segment, double t) {
    return {segment.a.x + (segment.b.x - segment.a.x) * t, segment.a.y + (segment.b.y - segment.a.y) * t};
}

double shareAlong(const Segment& segment, const Coordinate& place) {
    const double dx = segment.b.x - segment.a.x;
    const double dy = segment.b.y - segment.a.y;
    const double t =
        std::abs(dx) > std::abs(dy) ? (place.x - segment.a.x) / dx : (place.y - segment.a.y) / dy;
    return std::clamp(t, 0.0, 1.0);
}

/// The part of one zone segment that lies in the patch: cut where it meets the outline, each part judged by
/// its middle.
class SegmentClip {
  public:
    explicit SegmentClip(const PatchOutline& outline) : m_outline(outline) {}

    /// Finds where the segment meets the outline; false when it does not.
    bool findContacts(const Segment& segment) {
        m_cuts.clear();
        m_shared.clear();
        m_outline.visit(segment.box(), [&](const Segment& edge) {
            if (segmentsMeet(edge, segment)) {
                addContact(segment, edge);
            }
            return false;
        });
        return !m_cuts.empty();
    }

    [[nodiscard]] double lengthInsideM(const Segment& segment) {
        m_cuts.push_back(0);
        m_cuts.push_back(1);
        std::sort(m_cuts.begin(), m_cuts.end());
        double length = 0;
        for (std::size_t i = 0; i + 1 < m_cuts.size(); ++i) {
            const double from = m_cuts[i];
            const double to = m_cuts[i + 1];
            if (to > from && isInside(segment, (from + to) / 2)) {
                length += geodesicLengthM(between(segment, from), between(segment, to));
            }
        }
        return length;
    }

  private:
    void addContact(const Segment& segment, const Segment& edge) {
        if (liesOn(segment, edge) || liesOn(edge, segment)) {
            const double from = shareAlong(segment, edge.a);
            const double to = shareAlong(segment, edge.b);
            m_cuts.push_back(from);
            m_cuts.push_back(to);
            m_shared.emplace_back(std::min(from, to), std::max(from, to));
            return;
        }
        const double a = std::abs(cross(edge.a, edge.b, segment.a));
        const double b = std::abs(cross(edge.a, edge.b, segment.b));
        m_cuts.push_back(a + b > 0 ? a / (a + b) : 0);
    }

    /// Both ends on the other's line, but for rounding.
    [[nodiscard]] static bool liesOn(const Segment& s, const Segment& line) {
        const double magnitude =
            std::max({std::abs(line.a.x), std::abs(line.a.y), std::abs(line.b.x), std::abs(line.b.y)});
        const double reach = kRoundingUlps * std::numeric_limits<double>::epsilon() * magnitude *
                             std::hypot(line.b.x - line.a.x, line.b.y - line.a.y);
        return std::abs(cross(line.a, line.b, s.a)) <= reach && std::abs(cross(line.a, line.b, s.b)) <= reach;
    }

    /// What runs along the outline counts, also where rounding has moved it to the outer side: patches are
    /// often cut out along a zone.
    [[nodiscard]] bool isInside(const Segment& segment, double t) const {
        return std::any_of(m_shared.begin(), m_shared.end(),
                           [&](const auto& shared) { return shared.first <= t && t <= shared.second; }) ||
               m_outline.locate(between(segment, t)) != Location::Outside;
    }

    const PatchOutline& m_outline;
    std::vector<double> m_cuts;
    std::vector<std::pair<double, double>> m_shared;
};

} // namespace

double boundaryLengthInsideM(const ZoneIndex& zones, const ZoneIndex::Candidate& candidate,
                             const PatchOutline& outline) {
    if (!outline.isArea()) {
        return 0;
    }
    const IndexedZone& zone = zones.zone(candidate.zone);
    SegmentClip clip(outline);
    double length = 0;
    for (const std::uint32_t number : candidate.rings) {
        const Ring& ring = zone.rings[number].coordinates();
        // A segment that does not meet the outline lies where the segment before it ended.
        std::optional<bool> endsInside;
        std::size_t next = 0;
        zone.rings[number].visitSegments(outline.box(), [&](std::size_t i) {
            const Segment segment{ring[i], ring[i + 1]};
            if (i != next) {
                endsInside.reset();
            }
            next = i + 1;
            if (clip.findContacts(segment)) {
                length += clip.lengthInsideM(segment);
                endsInside.reset();
                return;
            }
            if (!endsInside) {
                endsInside = outline.locate(segment.a) == Location::Inside;
            }
            if (*endsInside) {
                length += geodesicLengthM(segment.a, segment.b);
            }
        });
    }
    return length;
}

bool boundaryMeets(const ZoneIndex& zones, const ZoneIndex::Candidate& candidate,
                   const PatchOutline& outline) {
    const IndexedZone& zone = zones.zone(candidate.zone);
    for (const std::uint32_t number : candidate.rings) {
        const IndexedRing& ring = zone.rings[number];
        bool meets = false;
        ring.visitSegments(outline.box(), [&](std::size_t i) {
            meets = meets || outline.meets({ring.coordinates()[i], ring.coordinates()[i + 1]});
        });
        // A ring that does not meet the outline lies inside an area as a whole or not at all.
        if (meets || (outline.isArea() && outline.box().contains(ring.box()) &&
                      outline.locate(ring.coordinates().front()) == Location::Inside)) {
            return true;
        }
    }
    return false;
}

double boundaryLengthInsideM(const ZoneIndex& zones, const ZoneIndex::Candidate& candidate,
                             const Shape& patch) {
    return boundaryLengthInsideM(zones, candidate, PatchOutline(patch));
}

bool boundaryMeets(const ZoneIndex& zones, const ZoneIndex::Candidate& candidate, const Shape& patch) {
    return boundaryMeets(zones, candidate, PatchOutline(patch));
}

} // namespace geo
