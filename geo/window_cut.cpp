#include "geo/window_cut.hpp"

#include "geo/geos_handle.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace geo {

namespace {

constexpr int kSides = 4;
constexpr std::uint32_t kNone = std::numeric_limits<std::uint32_t>::max();
/// Even-odd over one plain ring, exact.
Location locateInRing(const Ring& ring, const Coordinate& place) {
    bool inside = false;
    for (std::size_t i = 0; i + 1 < ring.size(); ++i) {
        const bool upwards = ring[i].y < ring[i + 1].y;
        const Coordinate& low = upwards ? ring[i] : ring[i + 1];
        const Coordinate& high = upwards ? ring[i + 1] : ring[i];
        if (place.y < low.y || place.y > high.y || place.x > std::max(low.x, high.x)) {
            continue;
        }
        const int side = orientation(low, high, place);
        if (side == 0 && place.x >= std::min(low.x, high.x)) {
            return Location::Boundary;
        }
        if (place.y < high.y && side > 0) {
            inside = !inside;
        }
    }
    return inside ? Location::Inside : Location::Outside;
}

/// A hole may touch the piece that holds it, but not with everything: the first vertex, or middle of an edge,
/// that lies off the piece's outline decides.
Location locateRing(const Ring& outer, const Ring& hole) {
    for (const Coordinate& vertex : hole) {
        const Location location = locateInRing(outer, vertex);
        if (location != Location::Boundary) {
            return location;
        }
    }
    for (std::size_t i = 0; i + 1 < hole.size(); ++i) {
        const Location location =
            locateInRing(outer, {(hole[i].x + hole[i + 1].x) / 2, (hole[i].y + hole[i + 1].y) / 2});
        if (location != Location::Boundary) {
            return location;
        }
    }
    return Location::Boundary;
}

} // namespace

bool WindowCut::isInside(const Coordinate& c) const {
    return m_window.minX < c.x && c.x < m_window.maxX && m_window.minY < c.y && c.y < m_window.maxY;
}

bool WindowCut::isOnBorder(const Coordinate& c) const {
    return m_window.contains(c) && !isInside(c);
}

WindowCut::Passage WindowCut::passage(const Coordinate& a, const Coordinate& b) const {
    // Side i runs from corner i to corner i + 1. Where the line leaves, the border turns from its right to
    // its left.
    std::array<int, kSides> signs{};
    for (int i = 0; i < kSides; ++i) {
        signs[static_cast<std::size_t>(i)] = orientation(a, b, corner(i));
    }
    Passage result;
    for (int i = 0; i < kSides; ++i) {
        const int here = signs[static_cast<std::size_t>(i)];
        const int next = signs[static_cast<std::size_t>((i + 1) % kSides)];
        if (here == 0) {
            result.clean = false;
        } else if (here < 0 && next > 0) {
            result.exitSide = i;
        } else if (here > 0 && next < 0) {
            result.entrySide = i;
        }
    }
    return result;
}

void WindowCut::addCrossing(int side, const Coordinate& a, const Coordinate& b, bool entry) {
    const Coordinate place = crossingPlace(m_window, side, a, b);
    BorderCrossing& crossing = m_crossings.emplace_back(borderCrossing(side, place, a, b));
    crossing.chain = *m_open;
    crossing.entry = entry;
    crossing.point = m_points.size();
    m_points.push_back(place);
}

void WindowCut::openChain(std::uint32_t polygon) {
    m_open = static_cast<std::uint32_t>(m_chains.size());
    m_chains.push_back({m_points.size(), m_points.size(), polygon});
}

void WindowCut::closeRun() {
    m_chains[*m_open].last = m_points.size();
    m_open.reset();
}

bool WindowCut::addSegment(std::size_t index, const Coordinate& a, const Coordinate& b,
                           std::uint32_t polygon) {
    if (isOnBorder(a) || isOnBorder(b)) {
        return false;
    }
    const bool fromInside = isInside(a);
    const bool toInside = isInside(b);
    if (fromInside && index == 0) {
        openChain(polygon);
        m_head = m_open;
        m_points.push_back(a);
    }
    if (fromInside && toInside) {
        m_points.push_back(b);
        return true;
    }
    if (a == b) {
        return true; // a repeated point outside
    }
    const Passage way = passage(a, b);
    if (!way.clean) {
        return false;
    }
    if (!fromInside) {
        if (way.entrySide < 0) {
            return true; // passes by a corner
        }
        openChain(polygon);
        addCrossing(way.entrySide, a, b, true);
    }
    if (toInside) {
        m_points.push_back(b);
    } else {
        addCrossing(way.exitSide, a, b, false);
        closeRun();
    }
    return true;
}

bool WindowCut::cutRing(const IndexedRing& ring, std::uint32_t polygon) {
    const Ring& coordinates = ring.coordinates();
    m_open.reset();
    m_head.reset();
    bool clean = true;
    ring.visitSegments(m_window, [&](std::size_t i) {
        clean = clean && addSegment(i, coordinates[i], coordinates[i + 1], polygon);
    });
    if (!clean || !m_open) {
        return clean;
    }
    // The run that is open at the ring's end goes on with the run that began inside at its first vertex.
    const std::uint32_t tail = *m_open;
    if (!m_head || *m_head == tail) {
        return false; // a ring that lies wholly inside has been told apart before
    }
    const Chain head = m_chains[*m_head];
    for (BorderCrossing& crossing : m_crossings) {
        if (crossing.chain == *m_head) {
            crossing.chain = tail;
            crossing.point = m_points.size() + crossing.point - head.first - 1;
        }
    }
    for (std::size_t i = head.first + 1; i < head.last; ++i) {
        const Coordinate point = m_points[i];
        m_points.push_back(point);
    }
    closeRun();
    m_chains[*m_head].last = head.first;
    return true;
}

bool WindowCut::isAtCorner(const BorderCrossing& crossing) const {
    const auto isClose = [&](int side) {
        return isCloseCall(crossing, borderCrossing(crossing.side, corner(side), crossing.a, crossing.b));
    };
    return isClose(crossing.side) || isClose(crossing.side + 1);
}

bool WindowCut::sortCrossings() {
    std::sort(m_crossings.begin(), m_crossings.end(), comesBefore);
    m_entryOf.assign(m_chains.size(), kNone);
    m_exitOf.assign(m_chains.size(), kNone);
    for (std::uint32_t i = 0; i < m_crossings.size(); ++i) {
        const BorderCrossing& crossing = m_crossings[i];
        BorderCrossing& next = m_crossings[(i + 1) % m_crossings.size()];
        if (i + 1 < m_crossings.size() && next.side == crossing.side && isCloseCall(crossing, next)) {
            if (m_ties == Ties::Refuse || !comesBefore(crossing, next)) {
                return false;
            }
            if (next.along < crossing.along) {
                next.along = crossing.along; // the order is exact, the places follow it
                m_points[next.point] = m_points[crossing.point];
            }
        }
        if (m_ties == Ties::Refuse && isAtCorner(crossing)) {
            return false;
        }
        // Entries and exits alternate along the border, and what lies between an exit and the next entry is
        // the inside of one polygon.
        if (crossing.entry == next.entry ||
            (!crossing.entry && m_chains[crossing.chain].polygon != m_chains[next.chain].polygon)) {
            return false;
        }
        (crossing.entry ? m_entryOf : m_exitOf)[crossing.chain] = i;
    }
    return true;
}

bool WindowCut::linkChains() {
    m_used.assign(m_chains.size(), false);
    for (std::uint32_t start = 0; start < m_chains.size(); ++start) {
        if (m_used[start] || m_chains[start].first == m_chains[start].last) {
            continue;
        }
        Piece& piece = m_pieces.emplace_back();
        piece.polygon = m_chains[start].polygon;
        std::uint32_t chain = start;
        do {
            if (m_used[chain] || m_exitOf[chain] == kNone) {
                return false;
            }
            m_used[chain] = true;
            piece.ring.insert(piece.ring.end(),
                              m_points.begin() + static_cast<std::ptrdiff_t>(m_chains[chain].first),
                              m_points.begin() + static_cast<std::ptrdiff_t>(m_chains[chain].last));
            const std::uint32_t exit = m_exitOf[chain];
            const std::uint32_t entry = (exit + 1) % static_cast<std::uint32_t>(m_crossings.size());
            const int from = m_crossings[exit].side;
            int to = m_crossings[entry].side;
            if (entry < exit) {
                to += kSides; // past the border's beginning
            }
            for (int side = from + 1; side <= to; ++side) {
                piece.ring.push_back(corner(side));
            }
            chain = m_crossings[entry].chain;
        } while (chain != start);
        piece.ring.push_back(piece.ring.front());
    }
    return true;
}

bool WindowCut::holdsCorner(const IndexedZone& zone, std::span<const std::uint32_t> rings) const {
    const std::uint32_t shell = zone.firstRings[zone.polygonOf[rings.front()]];
    return std::all_of(rings.begin(), rings.end(), [&](std::uint32_t ring) {
        return zone.rings[ring].locate(corner(0)) == (ring == shell ? Location::Inside : Location::Outside);
    });
}

bool WindowCut::addPolygon(const IndexedZone& zone, std::span<const std::uint32_t> rings,
                           Shape& result) const {
    // Rings, whole rings and pieces all ascend by polygon.
    const std::uint32_t polygon = zone.polygonOf[rings.front()];
    const auto [firstWhole, lastWhole] =
        std::equal_range(m_wholeRings.begin(), m_wholeRings.end(), WholeRing{0, polygon},
                         [](const WholeRing& a, const WholeRing& b) { return a.polygon < b.polygon; });
    const auto wholeHoles = [&](auto first, auto last) {
        std::vector<Ring> holes;
        std::for_each(first, last,
                      [&](const WholeRing& hole) { holes.push_back(zone.rings[hole.ring].coordinates()); });
        return holes;
    };
    if (firstWhole != lastWhole && firstWhole->ring == zone.firstRings[polygon]) {
        result.polygons.push_back(
            {zone.rings[firstWhole->ring].coordinates(), wholeHoles(firstWhole + 1, lastWhole)});
        return true;
    }
    const std::size_t before = result.polygons.size();
    auto piece = std::lower_bound(m_pieces.begin(), m_pieces.end(), polygon,
                                  [](const Piece& p, std::uint32_t number) { return p.polygon < number; });
    for (; piece != m_pieces.end() && piece->polygon == polygon; ++piece) {
        result.polygons.push_back({piece->ring, {}});
    }
    if (result.polygons.size() == before) {
        // Nothing crosses the border, so it lies wholly inside the polygon or wholly outside: inside when
        // holes stand in the window, else one corner decides.
        if (firstWhole == lastWhole && !holdsCorner(zone, rings)) {
            return true;
        }
        result.polygons.push_back({{corner(0), corner(1), corner(2), corner(3), corner(0)}, {}});
    }
    for (Ring& hole : wholeHoles(firstWhole, lastWhole)) {
        const auto first = result.polygons.begin() + static_cast<std::ptrdiff_t>(before);
        const auto owner = result.polygons.end() - first == 1
                               ? first
                               : std::find_if(first, result.polygons.end(), [&](const Polygon& candidate) {
                                     return locateRing(candidate.shell, hole) == Location::Inside;
                                 });
        if (owner == result.polygons.end()) {
            return false;
        }
        owner->holes.push_back(std::move(hole));
    }
    return true;
}

bool WindowCut::assemble(const IndexedZone& zone, std::span<const std::uint32_t> rings, Shape& result) const {
    for (std::size_t first = 0; first < rings.size();) {
        std::size_t last = first + 1;
        while (last < rings.size() && zone.polygonOf[rings[last]] == zone.polygonOf[rings[first]]) {
            ++last;
        }
        if (!addPolygon(zone, rings.subspan(first, last - first), result)) {
            return false;
        }
        first = last;
    }
    return true;
}

std::optional<Shape> WindowCut::cut(const IndexedZone& zone, std::span<const std::uint32_t> rings,
                                    const Box& window, Ties ties) {
    m_window = window;
    m_ties = ties;
    m_points.clear();
    m_chains.clear();
    m_crossings.clear();
    m_wholeRings.clear();
    m_pieces.clear();
    for (const std::uint32_t number : rings) {
        const IndexedRing& ring = zone.rings[number];
        const std::uint32_t polygon = zone.polygonOf[number];
        const Box& box = ring.box();
        if (window.minX < box.minX && box.maxX < window.maxX && window.minY < box.minY &&
            box.maxY < window.maxY) {
            m_wholeRings.push_back({number, polygon});
        } else if (!cutRing(ring, polygon)) {
            return std::nullopt;
        }
    }
    Shape result;
    // Where a hole touches its shell, both make one ring that touches itself: fine, unless GEOS takes its
    // direction from that place.
    const auto isSeenRight = [](const Piece& piece) { return geos::looksCounterClockwise(piece.ring); };
    if (!sortCrossings() || !linkChains() || !std::all_of(m_pieces.begin(), m_pieces.end(), isSeenRight) ||
        !assemble(zone, rings, result)) {
        return std::nullopt;
    }
    return result;
}

} // namespace geo
