#include "app/cartography/area_figures.hpp"

#include "app/check/list_words.hpp"
#include "app/check/printed_areas.hpp"
#include "app/check/rounding.hpp"
#include "app/check/zone_order.hpp"
#include "geo/area.hpp"
#include "geo/geodesic.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>

#include <fmt/format.h>

namespace app {

namespace {

constexpr double kSecondsPerDegree = 3600;

/// Lists rings and adds them up. Running sums are rounded, and what an edge adds is the difference of two of
/// them: no edge is off by more than a unit, and all add up to the unit.
class Listing {
  public:
    explicit Listing(AreaFigures& figures) : m_figures(figures) {}

    void add(geo::Ring ring, std::size_t part, std::size_t hole) {
        if (ring.empty()) {
            return;
        }
        const bool isCounterClockwise = geo::ellipsoidalRingAreaM2(ring) >= 0;
        if (isCounterClockwise != (hole == 0)) {
            std::reverse(ring.begin(), ring.end());
        }
        AreaRing listed;
        listed.part = part;
        listed.hole = hole;
        listed.originDeg = ring.front().x;
        const std::int64_t before = m_running;
        const std::vector<geo::EdgeArea> edges = geo::ellipsoidalEdgeAreasM2(ring);
        for (std::size_t i = 0; i < edges.size(); ++i) {
            m_sumM2 += edges[i].trapezoidM2 + edges[i].slantM2;
            m_figures.slantM2 += edges[i].slantM2;
            const std::int64_t running = toUnits(m_sumM2, kStatementUnitsPerM2);
            listed.edges.push_back({ring[i], (ring[i + 1].y - ring[i].y) * kSecondsPerDegree,
                                    ((ring[i].x + ring[i + 1].x) / 2 - listed.originDeg) * kSecondsPerDegree,
                                    running - m_running, running});
            m_running = running;
            m_figures.longestEdgeM =
                std::max(m_figures.longestEdgeM, geo::geodesicLengthM(ring[i], ring[i + 1]));
        }
        listed.units = m_running - before;
        m_figures.units = m_running;
        m_figures.rings.push_back(std::move(listed));
    }

  private:
    AreaFigures& m_figures;
    double m_sumM2 = 0;
    std::int64_t m_running = 0;
};

/// 自然保护区核心保护区(名称)+生态保护红线(名称): the zones that cover a piece.
std::string zonesText(const CheckResult& result, const std::vector<std::uint32_t>& zones) {
    std::vector<std::string> texts;
    for (const std::uint32_t number : zones) {
        const layers::Zone& zone = result.zones[number];
        std::string text(layers::zoneKindNameZh(zone.kind));
        if (zone.kind != layers::ZoneKind::RedLine) {
            text += classText(zone.kind, zone.zoneClass);
        }
        addOnce(texts, zone.name.empty() ? text : fmt::format("{}({})", text, zone.name));
    }
    return fmt::format("{}", fmt::join(texts, " + "));
}

void addRounding(const CheckResult& result, std::size_t patch, AreaFigures& figures) {
    const PatchResult& found = result.results[patch];
    const PrintedPatch printed = printedPatch(result, patch);
    figures.totals = {{"图斑面积", found.overlay.measure, printed.units},
                      {"涉及管控区(去重)", found.covered, printed.covered},
                      {"未涉及管控区", found.overlay.uncovered, printed.units - printed.covered}};
    for (const PrintedPiece& piece : printed.pieces) {
        const geo::Atom& atom = found.overlay.atoms[piece.atom];
        if (atom.zones.empty()) {
            continue;
        }
        const auto part =
            std::find_if(found.counties.begin(), found.counties.end(),
                         [&](const CountyPart& county) { return county.county == piece.county; });
        const bool isSplit = found.counties.size() > 1 && part != found.counties.end();
        const double areaM2 =
            isSplit && piece.atom < part->atoms.size() ? part->atoms[piece.atom] : atom.measure;
        std::string what = zonesText(result, atom.zones);
        if (isSplit) {
            what = fmt::format("{}：{}", countyWords(result, piece.county).name, what);
        }
        figures.pieces.push_back({std::move(what), areaM2, piece.units});
    }
    const auto isChanged = [](const RoundedArea& area) {
        return area.printedM2 != toUnits(area.areaM2, kAreaUnitsPerM2);
    };
    figures.isAdjusted = std::any_of(figures.totals.begin(), figures.totals.end(), isChanged) ||
                         std::any_of(figures.pieces.begin(), figures.pieces.end(), isChanged);
}

/// Where the patch lies in its Gauss-Krüger zone, and what areas are stretched by there.
void addProjection(const geo::Shape& shape, const geo::Coordinate& place, AreaFigures& figures) {
    constexpr double kRadians = std::numbers::pi / 180;
    const double meridian = geo::centralMeridian3Deg(place.x);
    figures.meridianDeg = static_cast<int>(std::lround(meridian));
    figures.gaussKruegerM2 = geo::gaussKruegerAreaM2(shape, meridian);
    figures.fromMeridianDeg = place.x - meridian;
    const geo::MetresPerDegree metres = geo::metresPerDegree(place.y);
    figures.fromMeridianM = figures.fromMeridianDeg * metres.lon;
    // R² = M N of the place.
    const double radius2 = metres.lat / kRadians * metres.lon / (kRadians * std::cos(place.y * kRadians));
    figures.areaScale = 1 + figures.fromMeridianM * figures.fromMeridianM / radius2;
}

} // namespace

std::string statementText(std::int64_t units) {
    constexpr std::int64_t kUnits = 10000;
    const std::int64_t size = units < 0 ? -units : units;
    return fmt::format("{}{}.{:04}", units < 0 ? "-" : "", size / kUnits, size % kUnits);
}

std::size_t AreaFigures::vertexCount() const {
    return std::accumulate(rings.begin(), rings.end(), std::size_t{0},
                           [](std::size_t sum, const AreaRing& ring) { return sum + ring.edges.size(); });
}

AreaFigures areaFigures(const CheckResult& result, std::size_t patch) {
    const geo::Shape& shape = result.patches[patch].shape;
    AreaFigures figures;
    Listing listing(figures);
    for (std::size_t i = 0; i < shape.polygons.size(); ++i) {
        listing.add(shape.polygons[i].shell, i + 1, 0);
        for (std::size_t k = 0; k < shape.polygons[i].holes.size(); ++k) {
            listing.add(shape.polygons[i].holes[k], i + 1, k + 1);
        }
    }
    figures.geodesicM2 = geo::geodesicAreaM2(shape);
    addProjection(shape, result.results[patch].place, figures);
    addRounding(result, patch, figures);
    return figures;
}

} // namespace app
