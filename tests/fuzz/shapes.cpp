#include "geo/area.hpp"
#include "geo/error.hpp"
#include "geo/indexed_ring.hpp"
#include "geo/patch_overlay.hpp"
#include "geo/validity.hpp"
#include "tests/fuzz/demand.hpp"
#include "tests/fuzz/targets.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>

namespace fuzz {

namespace {

/// Takes numbers off the front of the bytes, zeros at the end.
class Feed {
  public:
    explicit Feed(Bytes bytes) : m_bytes(bytes) {}
    [[nodiscard]] bool isEmpty() const { return m_bytes.empty(); }
    std::uint8_t byte() {
        if (m_bytes.empty()) {
            return 0;
        }
        const std::uint8_t first = m_bytes.front();
        m_bytes = m_bytes.subspan(1);
        return first;
    }
    /// A place of a grid of 256 × 256 near Ganzi: collinear points and shared edges come by themselves. Every
    /// now and then it is moved off the grid by a few bits.
    geo::Coordinate place() {
        constexpr double kStep = 1.0 / 4096;
        constexpr std::uint8_t kOften = 16;
        geo::Coordinate c{101 + kStep * byte(), 30 + kStep * byte()};
        if (const std::uint8_t nudge = byte(); nudge < kOften) {
            c.x = std::nextafter(c.x, nudge % 2 == 0 ? 0.0 : 200.0);
            c.y += nudge * 1e-13;
        }
        return c;
    }
    geo::Ring ring(std::size_t most) {
        geo::Ring ring;
        const std::size_t count = 3 + byte() % most;
        for (std::size_t i = 0; i < count; ++i) {
            ring.push_back(place());
        }
        ring.push_back(ring.front());
        return ring;
    }

  private:
    Bytes m_bytes;
};

/// Even-odd over all segments, exact: the meaning of IndexedRing::locate.
geo::Location plainLocation(const geo::Ring& ring, const geo::Coordinate& p) {
    bool inside = false;
    for (std::size_t i = 0; i + 1 < ring.size(); ++i) {
        const geo::Coordinate& a = ring[i];
        const geo::Coordinate& b = ring[i + 1];
        const int side = geo::orientation(a, b, p);
        const bool inBox = std::min(a.x, b.x) <= p.x && p.x <= std::max(a.x, b.x) &&
                           std::min(a.y, b.y) <= p.y && p.y <= std::max(a.y, b.y);
        if (side == 0 && inBox) {
            return geo::Location::Boundary;
        }
        if ((a.y > p.y) != (b.y > p.y) && (side > 0) == (b.y > a.y)) {
            inside = !inside;
        }
    }
    return inside ? geo::Location::Inside : geo::Location::Outside;
}

geo::Shape shapeOf(Feed& feed) {
    constexpr std::size_t kMost = 12;
    geo::Shape shape;
    geo::Polygon& polygon = shape.polygons.emplace_back();
    polygon.shell = feed.ring(kMost);
    if (feed.byte() % 2 == 1) {
        polygon.holes.push_back(feed.ring(kMost / 2));
    }
    return shape;
}

} // namespace

void ringIndex(Bytes bytes) {
    constexpr std::size_t kMost = 60;
    Feed feed(bytes);
    const geo::Ring ring = feed.ring(kMost);
    const geo::IndexedRing indexed(ring);
    for (int i = 0; i < 8; ++i) {
        const geo::Coordinate p = feed.place();
        demand(indexed.locate(p) == plainLocation(ring, p), "locate differs from the plain ray");
    }
    for (const geo::Coordinate& p : ring) {
        demand(indexed.locate(p) == geo::Location::Boundary, "a vertex that is not on the boundary");
    }
}

void overlay(Bytes bytes) {
    Feed feed(bytes);
    const geo::Shape patch = shapeOf(feed);
    const geo::Shape zone = shapeOf(feed);
    if (geo::findInvalidity(patch) || geo::findInvalidity(zone)) {
        return;
    }
    const geo::ZoneIndex index({zone}, 1);
    geo::OverlayOptions options;
    const geo::PatchOverlay found = geo::overlayPatch(patch, index, options);
    const auto area = [](const geo::PatchOverlay& each) {
        return each.overlaps.empty() ? 0.0 : each.overlaps.front().measure;
    };
    // A micrometre along the outline, the design's limit for the rare pair that is not identical;
    // snap-rounding moves coordinates by as much.
    const double limit = 1e-6 * (found.perimeterM + 1);
    const auto agrees = [&](geo::OverlayOptions::Method method, double within) {
        options.method = method;
        return std::abs(area(found) - area(geo::overlayPatch(patch, index, options))) <= within;
    };
    demand(found.isProven, "no overlay that exact location confirms");
    // GEOS's own overlay is, rarely, wrong in silence (plain_overlay_wrong): then the snap-rounded one
    // decides.
    demand(agrees(geo::OverlayOptions::Method::Plain, limit) ||
               agrees(geo::OverlayOptions::Method::SnapRounded, 10 * limit),
           "the localised overlay differs from the whole one");
    demand(std::abs(found.residual) <= limit + 1e-9 * found.measure, "the atoms do not add up to the patch");
}

} // namespace fuzz
