#include "layers/shp_geometry.hpp"

#include "geo/indexed_ring.hpp"
#include "geo/ring_tree.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

namespace layers {

namespace {

constexpr std::size_t kNoRing = static_cast<std::size_t>(-1);

geo::Box boxOf(const geo::Ring& ring) {
    geo::Box box;
    for (const geo::Coordinate& c : ring) {
        box.add(c);
    }
    return box;
}

bool isFinite(const geo::Box& box) {
    return std::isfinite(box.minX) && std::isfinite(box.minY) && std::isfinite(box.maxX) &&
           std::isfinite(box.maxY);
}

/// The shapefile's own rule, when a polygon keeps it plainly: one clockwise shell first, then holes inside
/// its box.
bool isOneShellWithHoles(const std::vector<geo::Ring>& rings) {
    if (geo::signedArea2(rings.front()) >= 0) {
        return false;
    }
    const geo::Box shell = boxOf(rings.front());
    return std::all_of(rings.begin() + 1, rings.end(), [&](const geo::Ring& ring) {
        return geo::signedArea2(ring) > 0 && shell.contains(boxOf(ring));
    });
}

/// Rings with what the nesting needs; an indexed copy is made only of a ring that may hold another.
class Nesting {
  public:
    explicit Nesting(const std::vector<geo::Ring>& rings) : m_rings(rings), m_indexed(rings.size()) {
        for (const geo::Ring& ring : rings) {
            m_boxes.push_back(boxOf(ring));
            m_areas.push_back(std::abs(geo::signedArea2(ring)));
        }
        m_tree = geo::RingTree(m_boxes);
    }

    /// The smallest ring around ring n, or kNoRing.
    [[nodiscard]] std::size_t parentOf(std::size_t n) {
        if (!isFinite(m_boxes[n])) {
            return kNoRing;
        }
        std::vector<std::uint32_t> around;
        m_tree.query(m_boxes[n], around);
        std::erase_if(around, [&](std::uint32_t other) {
            return other == n || !(m_areas[other] > m_areas[n]) || !m_boxes[other].contains(m_boxes[n]);
        });
        std::sort(around.begin(), around.end(), [&](std::uint32_t a, std::uint32_t b) {
            return m_areas[a] != m_areas[b] ? m_areas[a] < m_areas[b] : a < b;
        });
        const auto found =
            std::find_if(around.begin(), around.end(), [&](std::uint32_t other) { return holds(other, n); });
        return found == around.end() ? kNoRing : *found;
    }

    [[nodiscard]] double area(std::size_t n) const { return m_areas[n]; }

  private:
    bool holds(std::size_t outer, std::size_t inner) {
        if (!m_indexed[outer]) {
            geo::Ring closed = m_rings[outer];
            if (closed.front() != closed.back()) {
                closed.push_back(closed.front());
            }
            m_indexed[outer].emplace(std::move(closed));
        }
        for (const geo::Coordinate& c : m_rings[inner]) {
            const geo::Location location = m_indexed[outer]->locate(c);
            if (location != geo::Location::Boundary) {
                return location == geo::Location::Inside;
            }
        }
        return true; // every vertex on the outer ring, and smaller: drawn inside it
    }

    const std::vector<geo::Ring>& m_rings;
    std::vector<geo::Box> m_boxes;
    std::vector<double> m_areas;
    std::vector<std::optional<geo::IndexedRing>> m_indexed;
    geo::RingTree m_tree;
};

} // namespace

std::vector<geo::Polygon> polygonsFromRings(std::vector<geo::Ring> rings) {
    std::vector<geo::Polygon> polygons;
    if (rings.empty()) {
        return polygons;
    }
    if (rings.size() == 1 || isOneShellWithHoles(rings)) {
        geo::Polygon polygon;
        polygon.shell = std::move(rings.front());
        polygon.holes.assign(std::make_move_iterator(rings.begin() + 1),
                             std::make_move_iterator(rings.end()));
        polygons.push_back(std::move(polygon));
        return polygons;
    }
    Nesting nesting(rings);
    std::vector<std::size_t> order(rings.size());
    for (std::size_t n = 0; n < order.size(); ++n) {
        order[n] = n;
    }
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return nesting.area(a) > nesting.area(b); });
    std::vector<std::size_t> parents(rings.size(), kNoRing);
    std::vector<bool> isHole(rings.size(), false);
    for (const std::size_t n : order) { // outer rings first, so a parent's own place is known
        parents[n] = nesting.parentOf(n);
        isHole[n] = parents[n] != kNoRing && !isHole[parents[n]];
    }
    std::vector<std::size_t> polygonOf(rings.size(), kNoRing);
    for (std::size_t n = 0; n < rings.size(); ++n) {
        if (!isHole[n]) {
            polygonOf[n] = polygons.size();
            polygons.push_back({rings[n], {}});
        }
    }
    for (std::size_t n = 0; n < rings.size(); ++n) {
        if (isHole[n]) {
            polygons[polygonOf[parents[n]]].holes.push_back(std::move(rings[n]));
        }
    }
    return polygons;
}

} // namespace layers
