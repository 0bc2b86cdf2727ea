#include "geo/interior_contact.hpp"

#include <algorithm>
#include <vector>

namespace geo {

namespace {

/// A corner of a boundary with the interior on the left: it comes from `from` and goes on to `to`. The
/// interior at the corner is the arc from the direction of `to` counter-clockwise to that of `from`.
struct Corner {
    Coordinate at;
    Coordinate from;
    Coordinate to;
};

/// Same direction from `at`, for points known to be on one line with it.
bool sameSide(const Coordinate& at, const Coordinate& p, const Coordinate& q) {
    return p.x != at.x ? (p.x > at.x) == (q.x > at.x) && q.x != at.x
                       : (p.y > at.y) == (q.y > at.y) && q.x == at.x;
}

bool sameDirection(const Coordinate& at, const Coordinate& p, const Coordinate& q) {
    return orientation(at, p, q) == 0 && sameSide(at, p, q);
}

/// The direction of `p` lies in the corner's arc, its start included and its end not.
bool inArc(const Corner& corner, const Coordinate& p) {
    const Coordinate& at = corner.at;
    if (sameDirection(at, corner.to, p)) {
        return true;
    }
    if (sameDirection(at, corner.from, p)) {
        return false;
    }
    const int turn = orientation(at, corner.to, corner.from);
    if (turn > 0) {
        return orientation(at, corner.to, p) > 0 && orientation(at, p, corner.from) > 0;
    }
    if (turn < 0) {
        return !(orientation(at, corner.from, p) > 0 && orientation(at, p, corner.to) > 0);
    }
    return orientation(at, corner.to, p) > 0;
}

/// Two arcs share an angle when one holds the start of the other.
bool overlap(const Corner& a, const Corner& b) {
    return inArc(a, b.to) || inArc(b, a.to);
}

/// Points may be repeated: the corner looks back to the last other one.
Corner cornerAtStart(const Ring& ring, std::size_t segment) {
    std::size_t before = segment;
    do {
        before = before == 0 ? ring.size() - 2 : before - 1;
    } while (ring[before] == ring[segment] && before != segment);
    return {ring[segment], ring[before], ring[segment + 1]};
}

/// `p`, which is on the line of the segment, lies on it, its end not included.
bool isOn(const Coordinate& p, const Coordinate& from, const Coordinate& to) {
    return p == from || (p != to && std::min(from, to) < p && p < std::max(from, to));
}

class ContactSearch {
  public:
    ContactSearch(const IndexedZone& a, const IndexedZone& b) : m_a(a), m_b(b) {}

    std::optional<Coordinate> run(const ZoneIndex& zones, std::uint32_t numberA, std::uint32_t numberB) {
        m_touchedA.assign(m_a.rings.size(), false);
        m_touchedB.assign(m_b.rings.size(), false);
        for (std::uint32_t a = 0; a < m_a.rings.size() && !m_place; ++a) {
            if (!m_a.rings[a].box().meets(m_b.box)) {
                continue;
            }
            m_b.visitRings(m_a.rings[a].box(), [&](std::uint32_t b) {
                if (!m_place) {
                    m_ringA = a;
                    m_ringB = b;
                    join(m_a.rings[a].levels().size() - 1, 0, m_b.rings[b].levels().size() - 1, 0);
                }
            });
        }
        if (!m_place) {
            lookInside(m_a, m_touchedA, m_b.box, zones, numberB);
        }
        if (!m_place) {
            lookInside(m_b, m_touchedB, m_a.box, zones, numberA);
        }
        return m_place;
    }

  private:
    /// A ring that touches nothing lies inside the other zone or outside it.
    void lookInside(const IndexedZone& zone, const std::vector<bool>& touched, const Box& other,
                    const ZoneIndex& zones, std::uint32_t otherNumber) {
        for (std::size_t ring = 0; ring < zone.rings.size(); ++ring) {
            const Coordinate& place = zone.rings[ring].coordinates().front();
            if (!touched[ring] && other.contains(place) &&
                zones.locate(otherNumber, place) == Location::Inside) {
                m_place = place;
                return;
            }
        }
    }

    void join(std::size_t levelA, std::size_t nodeA, std::size_t levelB, std::size_t nodeB) {
        const IndexedRing& a = m_a.rings[m_ringA];
        const IndexedRing& b = m_b.rings[m_ringB];
        if (m_place || !a.levels()[levelA][nodeA].meets(b.levels()[levelB][nodeB])) {
            return;
        }
        if (levelA == 0 && levelB == 0) {
            leaves(a, nodeA, b, nodeB);
            return;
        }
        const bool splitsA = levelA >= levelB;
        const std::size_t below = splitsA ? a.levels()[levelA - 1].size() : b.levels()[levelB - 1].size();
        const std::size_t first = (splitsA ? nodeA : nodeB) * IndexedRing::kFan;
        for (std::size_t i = first; i < std::min(first + IndexedRing::kFan, below); ++i) {
            splitsA ? join(levelA - 1, i, levelB, nodeB) : join(levelA, nodeA, levelB - 1, i);
        }
    }

    void leaves(const IndexedRing& a, std::size_t nodeA, const IndexedRing& b, std::size_t nodeB) {
        const std::size_t firstA = nodeA * IndexedRing::kFan;
        const std::size_t firstB = nodeB * IndexedRing::kFan;
        const std::size_t lastA = std::min(firstA + IndexedRing::kFan, a.segmentCount());
        const std::size_t lastB = std::min(firstB + IndexedRing::kFan, b.segmentCount());
        const Box& boxB = b.levels()[0][nodeB];
        for (std::size_t i = firstA; i < lastA; ++i) {
            const Box box = segmentBox(a.coordinates(), i);
            if (!box.meets(boxB)) {
                continue;
            }
            for (std::size_t j = firstB; j < lastB && !m_place; ++j) {
                if (box.meets(segmentBox(b.coordinates(), j))) {
                    meet(a.coordinates(), i, b.coordinates(), j);
                }
            }
        }
    }

    static Box segmentBox(const Ring& ring, std::size_t i) {
        Box box;
        box.add(ring[i]);
        box.add(ring[i + 1]);
        return box;
    }

    void meet(const Ring& ringA, std::size_t i, const Ring& ringB, std::size_t j) {
        const Coordinate& p0 = ringA[i];
        const Coordinate& p1 = ringA[i + 1];
        const Coordinate& q0 = ringB[j];
        const Coordinate& q1 = ringB[j + 1];
        if (p0 == p1 || q0 == q1) {
            return; // a repeated point: the next segment starts there as well
        }
        const int sideQ0 = orientation(p0, p1, q0);
        const int sideQ1 = orientation(p0, p1, q1);
        if (sideQ0 * sideQ1 > 0) {
            return;
        }
        const int sideP0 = orientation(q0, q1, p0);
        const int sideP1 = orientation(q0, q1, p1);
        if (sideP0 * sideP1 > 0) {
            return;
        }
        if (sideQ0 * sideQ1 < 0 && sideP0 * sideP1 < 0) {
            m_place = p0;
            return;
        }
        // Each touching place is seen by a segment that starts there; the ends are the next segments' affair.
        const bool startsOnB = sideP0 == 0 && isOn(p0, q0, q1);
        const bool startsOnA = sideQ0 == 0 && isOn(q0, p0, p1);
        if (startsOnB || startsOnA || (sideP1 == 0 && isOn(p1, q0, q1)) ||
            (sideQ1 == 0 && isOn(q1, p0, p1)) || p1 == q1) {
            m_touchedA[m_ringA] = true;
            m_touchedB[m_ringB] = true;
        }
        if (startsOnB) {
            const Corner a = cornerAtStart(ringA, i);
            const Corner b = p0 == q0 ? cornerAtStart(ringB, j) : Corner{p0, q0, q1};
            if (overlap(a, b)) {
                m_place = p0;
            }
        }
        if (startsOnA && p0 != q0) {
            if (overlap(cornerAtStart(ringB, j), Corner{q0, p0, p1})) {
                m_place = q0;
            }
        }
    }

    const IndexedZone& m_a;
    const IndexedZone& m_b;
    std::uint32_t m_ringA = 0;
    std::uint32_t m_ringB = 0;
    std::vector<bool> m_touchedA;
    std::vector<bool> m_touchedB;
    std::optional<Coordinate> m_place;
};

} // namespace

std::optional<Coordinate> interiorContact(const ZoneIndex& zones, std::uint32_t a, std::uint32_t b) {
    return ContactSearch(zones.zone(a), zones.zone(b)).run(zones, a, b);
}

} // namespace geo
