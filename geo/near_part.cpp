#include "geo/near_part.hpp"

#include "geo/geodesic.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

namespace geo {

namespace {

/// Boxes in degrees reach a little further than the metres asked for; the plane decides.
constexpr double kReachSlack = 1.02;

/// The part of an edge from one of its positions to another, as shares of its length.
struct Stretch {
    double from = 0;
    double to = 1;
};

struct Vector {
    double x = 0;
    double y = 0;
};
double dot(const Vector& a, const Vector& b) {
    return a.x * b.x + a.y * b.y;
}

/// A plane of metres around an edge, its first end at the origin.
class Plane {
  public:
    Plane(const Coordinate& a, const Coordinate& b)
        : m_origin(a), m_scale(metresPerDegree((a.y + b.y) / 2)) {}
    [[nodiscard]] Vector place(const Coordinate& c) const {
        return {(c.x - m_origin.x) * m_scale.lon, (c.y - m_origin.y) * m_scale.lat};
    }
    [[nodiscard]] Box reach(Box box, double radiusM) const {
        return box.grown(radiusM * kReachSlack / m_scale.lon, radiusM * kReachSlack / m_scale.lat);
    }

  private:
    Coordinate m_origin;
    MetresPerDegree m_scale;
};

double distanceToSegment(const Vector& p, const Vector& a, const Vector& b) {
    const Vector along{b.x - a.x, b.y - a.y};
    const double length2 = dot(along, along);
    const double share =
        length2 > 0 ? std::clamp(dot({p.x - a.x, p.y - a.y}, along) / length2, 0.0, 1.0) : 0.0;
    return std::hypot(p.x - a.x - share * along.x, p.y - a.y - share * along.y);
}

bool properlyCross(const Vector& a, const Vector& b, const Vector& c, const Vector& d) {
    const auto side = [](const Vector& p, const Vector& q, const Vector& r) {
        return (q.x - p.x) * (r.y - p.y) - (q.y - p.y) * (r.x - p.x);
    };
    return (side(a, b, c) > 0) != (side(a, b, d) > 0) && (side(c, d, a) > 0) != (side(c, d, b) > 0);
}

double distanceOfSegments(const Vector& a, const Vector& b, const Vector& c, const Vector& d) {
    if (properlyCross(a, b, c, d)) {
        return 0;
    }
    return std::min({distanceToSegment(a, c, d), distanceToSegment(b, c, d), distanceToSegment(c, a, b),
                     distanceToSegment(d, a, b)});
}

void widen(std::optional<Stretch>& all, double from, double to) {
    from = std::max(from, 0.0);
    to = std::min(to, 1.0);
    if (from > to) {
        return;
    }
    all = all ? Stretch{std::min(all->from, from), std::max(all->to, to)} : Stretch{from, to};
}

/// Where low <= start + share·step <= high; nothing where it never is.
std::optional<Stretch> between(double start, double step, double low, double high) {
    if (step == 0) {
        return low <= start && start <= high ? std::optional<Stretch>({0.0, 1.0}) : std::nullopt;
    }
    const double atLow = (low - start) / step;
    const double atHigh = (high - start) / step;
    return Stretch{std::min(atLow, atHigh), std::max(atLow, atHigh)};
}

/// The stretch of edge ab inside the disk of this radius around c.
void addDisk(std::optional<Stretch>& all, const Vector& a, const Vector& step, const Vector& c,
             double radius) {
    const Vector off{a.x - c.x, a.y - c.y};
    const double square = dot(step, step);
    const double constant = dot(off, off) - radius * radius;
    if (square == 0) {
        if (constant <= 0) {
            widen(all, 0, 1);
        }
        return;
    }
    const double half = dot(off, step);
    const double discriminant = half * half - square * constant;
    if (discriminant >= 0) {
        const double root = std::sqrt(discriminant);
        widen(all, (-half - root) / square, (-half + root) / square);
    }
}

/// The stretch of edge ab within `radius` of segment cd: two disks and the strip between them, a convex
/// place, so that it is one stretch.
std::optional<Stretch> stretchNear(const Vector& a, const Vector& b, const Vector& c, const Vector& d,
                                   double radius) {
    std::optional<Stretch> all;
    const Vector step{b.x - a.x, b.y - a.y};
    addDisk(all, a, step, c, radius);
    addDisk(all, a, step, d, radius);
    const Vector along{d.x - c.x, d.y - c.y};
    const double length = std::hypot(along.x, along.y);
    if (length > 0) {
        const Vector unit{along.x / length, along.y / length};
        const Vector normal{-unit.y, unit.x};
        const Vector off{a.x - c.x, a.y - c.y};
        const auto inLength = between(dot(off, unit), dot(step, unit), 0, length);
        const auto inWidth = between(dot(off, normal), dot(step, normal), -radius, radius);
        if (inLength && inWidth) {
            widen(all, std::max(inLength->from, inWidth->from), std::min(inLength->to, inWidth->to));
        }
    }
    return all;
}

/// Even-odd over all rings of a shape; on a boundary it may answer either way.
bool isInside(const Shape& areas, const Coordinate& place) {
    bool odd = false;
    const auto count = [&](const Ring& ring) {
        for (std::size_t i = 0; i + 1 < ring.size(); ++i) {
            const Coordinate& a = ring[i];
            const Coordinate& b = ring[i + 1];
            if ((a.y > place.y) != (b.y > place.y) &&
                place.x < a.x + (place.y - a.y) / (b.y - a.y) * (b.x - a.x)) {
                odd = !odd;
            }
        }
    };
    for (const Polygon& polygon : areas.polygons) {
        count(polygon.shell);
        for (const Ring& hole : polygon.holes) {
            count(hole);
        }
    }
    return odd;
}

/// Calls visit(c, d) for every edge of a shape whose box meets `box`; a point is an edge of no length.
template <typename Visit>
void visitEdges(const Shape& shape, const Box& box, const Visit& visit) {
    const auto path = [&](const Path& coordinates) {
        for (std::size_t i = 0; i + 1 < coordinates.size(); ++i) {
            Box edge;
            edge.add(coordinates[i]);
            edge.add(coordinates[i + 1]);
            if (edge.meets(box)) {
                visit(coordinates[i], coordinates[i + 1]);
            }
        }
    };
    for (const Polygon& polygon : shape.polygons) {
        path(polygon.shell);
        std::for_each(polygon.holes.begin(), polygon.holes.end(), path);
    }
    std::for_each(shape.lines.begin(), shape.lines.end(), path);
    for (const Coordinate& point : shape.points) {
        if (box.contains(point)) {
            visit(point, point);
        }
    }
}

/// One edge (or a point, both ends equal): the share of it that lies near, and the least distance.
class NearEdge {
  public:
    NearEdge(const Coordinate& a, const Coordinate& b, const Shape& other, double radiusM)
        : m_a(a), m_b(b), m_other(other), m_radiusM(radiusM), m_plane(a, b) {}

    double share(double& distanceM) {
        Box box;
        box.add(m_a);
        box.add(m_b);
        const Vector a = m_plane.place(m_a);
        const Vector b = m_plane.place(m_b);
        visitEdges(m_other, m_plane.reach(box, m_radiusM), [&](const Coordinate& c, const Coordinate& d) {
            const Vector from = m_plane.place(c);
            const Vector to = m_plane.place(d);
            if (const auto stretch = stretchNear(a, b, from, to, m_radiusM)) {
                m_stretches.push_back(*stretch);
                distanceM = std::min(distanceM, distanceOfSegments(a, b, from, to));
            }
        });
        std::sort(m_stretches.begin(), m_stretches.end(),
                  [](const Stretch& s, const Stretch& t) { return s.from < t.from; });
        double sum = 0;
        double end = 0;
        const bool isPoint = m_a == m_b;
        if (distanceM > 0 && !m_stretches.empty() && isInside(m_other, m_a)) {
            distanceM = 0;
        }
        for (const Stretch& stretch : m_stretches) {
            sum += gap(end, stretch.from, distanceM);
            sum += std::max(0.0, stretch.to - std::max(end, stretch.from));
            end = std::max(end, stretch.to);
        }
        sum += gap(end, 1, distanceM);
        return isPoint ? (sum > 0 ? 1.0 : 0.0) : std::min(sum, 1.0);
    }

  private:
    /// A stretch away from every boundary lies wholly inside or wholly outside an area.
    double gap(double from, double to, double& distanceM) const {
        if (from >= to || m_other.polygons.empty()) {
            return 0;
        }
        const double middle = (from + to) / 2;
        if (!isInside(m_other, {m_a.x + middle * (m_b.x - m_a.x), m_a.y + middle * (m_b.y - m_a.y)})) {
            return 0;
        }
        distanceM = 0;
        return to - from;
    }

    const Coordinate& m_a;
    const Coordinate& m_b;
    const Shape& m_other;
    double m_radiusM;
    Plane m_plane;
    std::vector<Stretch> m_stretches;
};

} // namespace

NearPart nearPart(const Shape& shape, const Shape& other, double radiusM) {
    NearPart part;
    if (shape.dimension() == Dimension::Line) {
        for (const Path& line : shape.lines) {
            for (std::size_t i = 0; i + 1 < line.size(); ++i) {
                const double lengthM = geodesicLengthM(line[i], line[i + 1]);
                part.measure += lengthM;
                part.near += lengthM * NearEdge(line[i], line[i + 1], other, radiusM).share(part.distanceM);
            }
        }
    } else if (shape.dimension() == Dimension::Point) {
        part.measure = static_cast<double>(shape.points.size());
        for (const Coordinate& point : shape.points) {
            part.near += NearEdge(point, point, other, radiusM).share(part.distanceM);
        }
    }
    part.near = std::min(part.near, part.measure);
    return part;
}

} // namespace geo
