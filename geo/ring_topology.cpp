#include "geo/ring_topology.hpp"

#include "geo/indexed_ring.hpp"
#include "geo/ray_caster.hpp"
#include "geo/ring_tree.hpp"
#include "geo/segment_meeting.hpp"

#include <algorithm>
#include <numeric>
#include <tuple>

namespace geo {

namespace {

constexpr std::size_t kFewRings =
    8; ///< up to here all pairs of boxes are looked at, beyond a tree finds them
constexpr std::size_t kLeastPositions = 4;

/// Does the direction from `node` to `w` lie to the left of the path from `before` over `node` to `after`? It
/// must not run along the path.
bool isLeftOfPath(const Coordinate& before, const Coordinate& node, const Coordinate& after,
                  const Coordinate& w) {
    const bool leftOfFirst = orientation(before, node, w) > 0;
    const bool leftOfSecond = orientation(node, after, w) > 0;
    return orientation(before, node, after) > 0 ? leftOfFirst && leftOfSecond : leftOfFirst || leftOfSecond;
}

const Coordinate& pointBefore(std::span<const Coordinate> ring, std::size_t i) {
    return ring[i == 0 ? ring.size() - 2 : i - 1];
}

/// Is `b` in the same quadrant as `a`, seen from `v`? Neighbouring edges that fold back onto each other are.
bool inSameQuadrant(const Coordinate& a, const Coordinate& v, const Coordinate& b) {
    return (a.x > v.x) == (b.x > v.x) && (a.x < v.x) == (b.x < v.x) && (a.y > v.y) == (b.y > v.y) &&
           (a.y < v.y) == (b.y < v.y);
}

/// Disjoint sets by path halving.
class DisjointSets {
  public:
    explicit DisjointSets(std::size_t count) : m_parent(count) {
        std::iota(m_parent.begin(), m_parent.end(), std::size_t{0});
    }
    /// False when both were in one set already.
    bool unite(std::size_t a, std::size_t b) {
        const std::size_t rootA = root(a);
        const std::size_t rootB = root(b);
        m_parent[rootA] = rootB;
        return rootA != rootB;
    }

  private:
    std::size_t root(std::size_t item) {
        while (m_parent[item] != item) {
            m_parent[item] = m_parent[m_parent[item]];
            item = m_parent[item];
        }
        return item;
    }
    std::vector<std::size_t> m_parent;
};

} // namespace

std::optional<Invalidity> RingTopology::check(const std::vector<Polygon>& polygons) {
    clear();
    for (std::uint32_t polygon = 0; polygon < polygons.size(); ++polygon) {
        const Ring& shell = polygons[polygon].shell;
        if (!shell.empty()) {
            if (const Verdict verdict = addRing(shell, polygon, true)) {
                return verdict;
            }
        }
        for (const Ring& hole : polygons[polygon].holes) {
            if (hole.empty()) {
                continue;
            }
            if (shell.empty()) {
                return Invalidity{Defect::HoleOutsideShell, hole.front()};
            }
            if (const Verdict verdict = addRing(hole, polygon, false)) {
                return verdict;
            }
        }
    }
    for (std::uint32_t ring = 0; ring < m_join.size(); ++ring) {
        Verdict verdict = foldInRing(ring);
        if (!verdict) {
            verdict = meetingInRing(ring);
        }
        if (verdict) {
            return verdict;
        }
    }
    if (m_join.size() < 2) {
        return std::nullopt;
    }
    Verdict verdict = meetingsOfRings();
    if (!verdict) {
        verdict = nesting();
    }
    return verdict ? verdict : disconnection();
}

void RingTopology::clear() {
    m_join.clear();
    m_roles.clear();
    m_touches.clear();
    m_mayHold.clear();
    m_turns.clear();
    m_cleaned.clear();
}

RingTopology::Verdict RingTopology::addRing(const Ring& ring, std::uint32_t polygon, bool isShell) {
    if (ring.front() != ring.back()) {
        return Invalidity{Defect::UnclosedRing, ring.back()};
    }
    std::span<const Coordinate> points = ring;
    if (std::adjacent_find(ring.begin(), ring.end()) != ring.end()) {
        Ring cleaned;
        cleaned.reserve(ring.size());
        std::unique_copy(ring.begin(), ring.end(), std::back_inserter(cleaned));
        m_cleaned.push_back(std::move(cleaned));
        points = m_cleaned.back();
    }
    if (points.size() < kLeastPositions) {
        return Invalidity{Defect::TooFewPoints, ring.front()};
    }
    m_join.add(points);
    m_roles.push_back({polygon, isShell});
    m_turns.push_back(Turn::Unknown);
    return std::nullopt;
}

RingTopology::Verdict RingTopology::foldInRing(std::uint32_t ring) const {
    const std::span<const Coordinate> points = m_join.points(ring);
    const Coordinate* before = &points[points.size() - 2];
    for (std::size_t i = 0; i + 1 < points.size(); ++i) {
        const Coordinate& node = points[i];
        const Coordinate& after = points[i + 1];
        if (inSameQuadrant(*before, node, after) && orientation(*before, node, after) == 0) {
            return Invalidity{Defect::RingSelfTouch, node};
        }
        before = &node;
    }
    return std::nullopt;
}

RingTopology::Verdict RingTopology::meetingInRing(std::uint32_t ring) const {
    const std::span<const Coordinate> points = m_join.points(ring);
    Verdict verdict;
    m_join.joinWithItself(ring, [&](std::size_t i, std::size_t j) {
        const SegmentMeeting meeting = meetingOfSegments(points[i], points[i + 1], points[j], points[j + 1]);
        if (meeting.kind == Meeting::None) {
            return false;
        }
        const bool touches = meeting.kind == Meeting::Touch;
        verdict = Invalidity{touches ? Defect::RingSelfTouch : Defect::SelfIntersection, meeting.place};
        return true;
    });
    return verdict;
}

RingTopology::Verdict RingTopology::meetingsOfRings() {
    const auto count = static_cast<std::uint32_t>(m_join.size());
    std::vector<std::uint32_t> near(count);
    std::iota(near.begin(), near.end(), 0U);
    RingTree tree;
    if (count > kFewRings) {
        std::vector<Box> boxes;
        boxes.reserve(count);
        for (std::uint32_t ring = 0; ring < count; ++ring) {
            boxes.push_back(m_join.box(ring));
        }
        tree = RingTree(boxes);
    }
    for (std::uint32_t a = 0; a < count; ++a) {
        if (!tree.isEmpty()) {
            near.clear();
            tree.query(m_join.box(a), near);
        }
        for (const std::uint32_t b : near) {
            if (b != a && m_join.box(b).contains(m_join.points(a).front())) {
                m_mayHold.push_back({b, a});
            }
            if (b <= a) {
                continue;
            }
            if (const Verdict verdict = meetingOf(a, b)) {
                return verdict;
            }
        }
    }
    return std::nullopt;
}

RingTopology::Verdict RingTopology::meetingOf(std::uint32_t a, std::uint32_t b) {
    const std::span<const Coordinate> pointsA = m_join.points(a);
    const std::span<const Coordinate> pointsB = m_join.points(b);
    Verdict verdict;
    m_join.join(a, b, [&](std::size_t i, std::size_t j) {
        const SegmentMeeting meeting =
            meetingOfSegments(pointsA[i], pointsA[i + 1], pointsB[j], pointsB[j + 1]);
        if (meeting.kind == Meeting::Cross) {
            const Defect defect = areEqual(a, b) ? Defect::DuplicateRings : Defect::SelfIntersection;
            verdict = Invalidity{defect, meeting.place};
        } else if (meeting.kind == Meeting::Touch) {
            verdict = touchOf(a, i, b, j, meeting.place);
        }
        return verdict.has_value();
    });
    return verdict;
}

RingTopology::Verdict RingTopology::touchOf(std::uint32_t a, std::size_t i, std::uint32_t b, std::size_t j,
                                            const Coordinate& place) {
    const std::span<const Coordinate> pointsA = m_join.points(a);
    const std::span<const Coordinate> pointsB = m_join.points(b);
    if (place == pointsA[i + 1] || place == pointsB[j + 1]) {
        return std::nullopt; // seen again at the start of the next segment
    }
    const Coordinate& beforeA = place == pointsA[i] ? pointBefore(pointsA, i) : pointsA[i];
    const Coordinate& beforeB = place == pointsB[j] ? pointBefore(pointsB, j) : pointsB[j];
    const bool fromLeft = isLeftOfPath(beforeA, place, pointsA[i + 1], beforeB);
    const bool toLeft = isLeftOfPath(beforeA, place, pointsA[i + 1], pointsB[j + 1]);
    if (fromLeft != toLeft) {
        return Invalidity{Defect::SelfIntersection, place};
    }
    if (m_roles[a].polygon == m_roles[b].polygon) {
        m_touches.push_back({a, b, place});
    }
    return std::nullopt;
}

RingTopology::Verdict RingTopology::nesting() {
    const auto count = static_cast<std::uint32_t>(m_join.size());
    std::vector<std::uint32_t> holders;
    Verdict first;
    auto pair = m_mayHold.begin();
    for (std::uint32_t inner = 0; inner < count; ++inner) {
        holders.clear();
        for (; pair != m_mayHold.end() && pair->inner == inner; ++pair) {
            if (holdsStartOf(pair->outer, inner)) {
                holders.push_back(pair->outer);
            }
        }
        const Verdict verdict = nestingOf(inner, holders);
        if (verdict && (!first || verdict->defect < first->defect)) {
            first = verdict;
        }
    }
    return first;
}

/// Rings do not cross here, so that one ring holds another when it holds its start.
RingTopology::Verdict RingTopology::nestingOf(std::uint32_t ring,
                                              const std::vector<std::uint32_t>& holders) const {
    const Role& role = m_roles[ring];
    const Coordinate& place = m_join.points(ring).front();
    const auto isOwn = [&](std::uint32_t holder) { return m_roles[holder].polygon == role.polygon; };
    if (!role.isShell) {
        const auto isOwnShell = [&](std::uint32_t holder) {
            return isOwn(holder) && m_roles[holder].isShell;
        };
        if (std::none_of(holders.begin(), holders.end(), isOwnShell)) {
            return Invalidity{Defect::HoleOutsideShell, place};
        }
        const auto isOtherHole = [&](std::uint32_t holder) {
            return isOwn(holder) && !m_roles[holder].isShell;
        };
        if (std::any_of(holders.begin(), holders.end(), isOtherHole)) {
            return Invalidity{Defect::NestedHoles, place};
        }
        return std::nullopt;
    }
    // Rings are numbered polygon by polygon: an odd number of a polygon's rings around a shell puts it
    // inside.
    for (auto first = holders.begin(); first != holders.end();) {
        const std::uint32_t polygon = m_roles[*first].polygon;
        const auto last = std::find_if(
            first, holders.end(), [&](std::uint32_t holder) { return m_roles[holder].polygon != polygon; });
        if (polygon != role.polygon && (last - first) % 2 != 0) {
            return Invalidity{Defect::NestedShells, place};
        }
        first = last;
    }
    return std::nullopt;
}

/// Does the first segment of `inner` start into the inside of `outer`? Where the start lies on the outline,
/// the turn of the outline there decides.
bool RingTopology::holdsStartOf(std::uint32_t outer, std::uint32_t inner) {
    const Coordinate& start = m_join.points(inner)[0];
    const Coordinate& next = m_join.points(inner)[1];
    const std::span<const Coordinate> points = m_join.points(outer);
    const Location location = RayCaster(points, m_join.view(outer), start).locate();
    if (location != Location::Boundary) {
        return location == Location::Inside;
    }
    const bool leftIsInside = turnsLeft(outer);
    bool isInside = false;
    m_join.visitAt(outer, start, [&](std::size_t i) {
        if (start == points[i + 1] || orientation(points[i], points[i + 1], start) != 0) {
            return false;
        }
        const Coordinate& before = start == points[i] ? pointBefore(points, i) : points[i];
        isInside = isLeftOfPath(before, start, points[i + 1], next) == leftIsInside;
        return true;
    });
    return isInside;
}

bool RingTopology::turnsLeft(std::uint32_t ring) {
    if (m_turns[ring] == Turn::Unknown) {
        m_turns[ring] = isCounterClockwise(m_join.points(ring)) ? Turn::Left : Turn::Right;
    }
    return m_turns[ring] == Turn::Left;
}

/// Rings and the places where they touch form a graph; a cycle in it encloses a part of the interior.
RingTopology::Verdict RingTopology::disconnection() const {
    struct Incidence {
        std::uint32_t polygon;
        Coordinate place;
        std::uint32_t ring;
        auto operator<=>(const Incidence&) const = default;
    };
    std::vector<Incidence> incidences;
    incidences.reserve(2 * m_touches.size());
    for (const Touch& touch : m_touches) {
        incidences.push_back({m_roles[touch.a].polygon, touch.place, touch.a});
        incidences.push_back({m_roles[touch.b].polygon, touch.place, touch.b});
    }
    std::sort(incidences.begin(), incidences.end(),
              [](const Incidence& a, const Incidence& b) { return a < b; });
    incidences.erase(std::unique(incidences.begin(), incidences.end()), incidences.end());
    DisjointSets sets(m_join.size() + incidences.size());
    std::size_t placeNode = m_join.size();
    for (std::size_t i = 0; i < incidences.size(); ++i) {
        const Incidence& incidence = incidences[i];
        if (i > 0 &&
            (incidences[i - 1].polygon != incidence.polygon || incidences[i - 1].place != incidence.place)) {
            ++placeNode;
        }
        if (!sets.unite(placeNode, incidence.ring)) {
            return Invalidity{Defect::DisconnectedInterior, incidence.place};
        }
    }
    return std::nullopt;
}

bool RingTopology::areEqual(std::uint32_t a, std::uint32_t b) const {
    if (m_join.box(a) != m_join.box(b) || m_join.segmentCount(a) != m_join.segmentCount(b)) {
        return false;
    }
    const auto asShape = [this](std::uint32_t ring) {
        const std::span<const Coordinate> points = m_join.points(ring);
        return Shape{{Polygon{Ring(points.begin(), points.end()), {}}}, {}, {}};
    };
    return normalised(asShape(a)) == normalised(asShape(b));
}

} // namespace geo
