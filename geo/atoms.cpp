#include "geo/atoms.hpp"

#include "geo/measure.hpp"
#include "geo/overlay.hpp"

#include <algorithm>
#include <utility>

namespace geo {

namespace {

/// Pieces smaller than this, m² or m, are rounding dust of the cuts and not kept; the residual holds them.
constexpr double kDust = 1e-6;

/// The pieces of one patch, cut by one cover after the other.
class AtomCutter {
  public:
    AtomCutter(const Shape& patch, double measure, const LocalPolygonOf& localPolygonOf, double grid)
        : m_patch(patch), m_dimension(patch.dimension()), m_localPolygonOf(localPolygonOf), m_grid(grid) {
        Atom& all = m_atoms.emplace_back();
        all.whole = true;
        all.measure = measure;
    }

    void cut(const Cover& cover) {
        if (takesOneAtom(cover)) {
            return;
        }
        m_madePolygon.reset();
        std::vector<Atom> next;
        for (Atom& atom : m_atoms) {
            if (m_dimension == Dimension::Point) {
                splitPoints(std::move(atom), cover, next);
            } else {
                split(std::move(atom), cover, next);
            }
        }
        m_atoms = std::move(next);
    }

    [[nodiscard]] std::vector<Atom> take(std::span<const std::uint32_t> everywhere) {
        for (Atom& atom : m_atoms) {
            atom.zones.insert(atom.zones.end(), everywhere.begin(), everywhere.end());
            std::sort(atom.zones.begin(), atom.zones.end());
        }
        // By zones, the uncovered rest last.
        std::sort(m_atoms.begin(), m_atoms.end(), [](const Atom& a, const Atom& b) {
            return a.zones.empty() != b.zones.empty() ? b.zones.empty() : a.zones < b.zones;
        });
        return std::move(m_atoms);
    }

  private:
    /// Zones that share their edges (core and buffer) often take just what another one left.
    bool takesOneAtom(const Cover& cover) {
        for (Atom& atom : m_atoms) {
            if (!atom.whole && atom.shape.vertexCount() == cover.overlap.vertexCount() &&
                normalised(atom.shape) == normalised(cover.overlap)) {
                atom.zones.push_back(cover.zone);
                return true;
            }
        }
        return false;
    }

    [[nodiscard]] const Shape& polygonOf(const Cover& cover) {
        if (!cover.localPolygon.isEmpty() || !m_localPolygonOf) {
            return cover.localPolygon;
        }
        if (!m_madePolygon) {
            m_madePolygon = m_localPolygonOf(cover.zone);
        }
        return *m_madePolygon;
    }

    [[nodiscard]] const Shape& shapeOf(const Atom& atom) const { return atom.whole ? m_patch : atom.shape; }

    static void keepInside(Atom atom, std::uint32_t zone, std::vector<Atom>& next) {
        atom.zones.push_back(zone);
        next.push_back(std::move(atom));
    }

    void split(Atom atom, const Cover& cover, std::vector<Atom>& next) {
        const Shape& shape = shapeOf(atom);
        if (!atom.whole && !shape.box().meets(cover.overlap.box())) {
            next.push_back(std::move(atom));
            return;
        }
        Atom inside;
        inside.zones = atom.zones;
        inside.shape = atom.whole ? cover.overlap : intersection(shape, polygonOf(cover), m_grid);
        inside.measure = measureOf(inside.shape, m_dimension);
        if (inside.measure <= kDust) {
            next.push_back(std::move(atom));
            return;
        }
        Atom outside;
        outside.zones = std::move(atom.zones);
        outside.shape = atom.whole && cover.rest ? *cover.rest : difference(shape, polygonOf(cover), m_grid);
        outside.measure = measureOf(outside.shape, m_dimension);
        if (outside.measure <= kDust) {
            atom.zones = std::move(outside.zones);
            keepInside(std::move(atom), cover.zone, next);
            return;
        }
        keepInside(std::move(inside), cover.zone, next);
        next.push_back(std::move(outside));
    }

    void splitPoints(Atom atom, const Cover& cover, std::vector<Atom>& next) const {
        Atom inside;
        Atom outside;
        for (const Coordinate& point : shapeOf(atom).points) {
            const auto& covered = cover.overlap.points;
            const bool isCovered = std::find(covered.begin(), covered.end(), point) != covered.end();
            (isCovered ? inside : outside).shape.points.push_back(point);
        }
        if (inside.shape.isEmpty()) {
            next.push_back(std::move(atom));
            return;
        }
        if (outside.shape.isEmpty()) {
            keepInside(std::move(atom), cover.zone, next);
            return;
        }
        inside.zones = atom.zones;
        outside.zones = std::move(atom.zones);
        keepInside(std::move(inside), cover.zone, next);
        next.push_back(std::move(outside));
    }

    const Shape& m_patch;
    Dimension m_dimension;
    const LocalPolygonOf& m_localPolygonOf;
    double m_grid;
    std::optional<Shape> m_madePolygon; ///< of the cover that is cut now
    std::vector<Atom> m_atoms;
};

} // namespace

std::vector<Atom> atomsOf(const Shape& patch, double patchMeasure, std::span<const Cover> covers,
                          const LocalPolygonOf& localPolygonOf, double grid) {
    AtomCutter cutter(patch, patchMeasure, localPolygonOf, grid);
    std::vector<std::uint32_t> everywhere;
    for (const Cover& cover : covers) {
        if (cover.whole) {
            everywhere.push_back(cover.zone);
        } else {
            cutter.cut(cover);
        }
    }
    return cutter.take(everywhere);
}

} // namespace geo
