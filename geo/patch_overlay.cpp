#include "geo/patch_overlay.hpp"

#include "geo/clean_split.hpp"
#include "geo/error.hpp"
#include "geo/interior_point.hpp"
#include "geo/localise.hpp"
#include "geo/measure.hpp"
#include "geo/overlay.hpp"
#include "geo/zone_contact.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

namespace geo {

namespace {

/// Search boxes in degrees reach a little further than the metres asked for; nearestZone decides.
constexpr double kReachSlack = 1.02;
/// Grid of snap-rounding, as a share of the coordinates' size: a micrometre in degrees.
constexpr double kGridShare = 1e-13;
/// Pieces narrower than that share of the coordinates' size are rounding: a tenth of a millimetre in degrees.
constexpr double kSliverShare = 1e-11;
/// How far areas that say the same may differ: ten micrometres along the outline, and the area's own
/// rounding.
constexpr double kProofM2PerM = 1e-5;
constexpr double kProofShare = 1e-9;

/// How one zone was settled: the overlap, if there is any, and what the atoms need of it.
struct Settled {
    ZoneOverlap overlap;
    Cover cover;
};

/// The overlay of one patch: what overlayPatch does, step by step.
class PatchWork {
  public:
    /// @param whyFull reason for full overlays that the method demands
    PatchWork(const Shape& patch, const ZoneIndex& zones, const OverlayOptions& options,
              const PatchOutline& outline, std::string whyFull = {})
        : m_patch(patch), m_zones(zones), m_options(options), m_outline(outline),
          m_dimension(patch.dimension()), m_whyFull(std::move(whyFull)),
          m_grid(options.method == OverlayOptions::Method::SnapRounded ? kGridShare * magnitude() : 0) {}

    PatchOverlay run() {
        m_result.measure = measureOf(m_patch, m_dimension);
        m_result.perimeterM = m_dimension == Dimension::Area ? geodesicPerimeterM(m_patch) : 0;
        std::vector<Cover> covers;
        m_candidates = m_zones.candidates(searchBox());
        if (m_options.concerns) {
            std::erase_if(m_candidates, [this](const ZoneIndex::Candidate& candidate) {
                return !m_options.concerns(candidate.zone);
            });
        }
        for (const ZoneIndex::Candidate& candidate : m_candidates) {
            std::optional<Settled> settled;
            if (meetsPatchBox(candidate)) {
                settled = settle(candidate);
                m_result.outsidePairs += settled ? 0 : 1;
            }
            if (settled) {
                covers.push_back(std::move(settled->cover));
                m_result.overlaps.push_back(std::move(settled->overlap));
            } else {
                lookNear(candidate);
            }
        }
        std::sort(m_result.near.begin(), m_result.near.end(), [](const NearZone& a, const NearZone& b) {
            return a.distanceM != b.distanceM ? a.distanceM < b.distanceM : a.zone < b.zone;
        });
        if (m_options.wantAtoms) {
            addAtoms(covers);
        }
        m_result.overlaps.shrink_to_fit();
        m_result.atoms.shrink_to_fit();
        return std::move(m_result);
    }

    /// Whether exact location confirms what GEOS cut: see overlayPatch. True where GEOS was not asked.
    [[nodiscard]] bool isProven(const PatchOverlay& result) const {
        if (!m_askedGeos || m_dimension != Dimension::Area || !m_options.wantAtoms) {
            return true;
        }
        const double limit = kProofM2PerM * (result.perimeterM + 1) + kProofShare * result.measure;
        if (std::abs(result.residual) > limit) {
            return false;
        }
        return std::all_of(result.atoms.begin(), result.atoms.end(),
                           [this](const Atom& atom) { return isWhereItIsSaidToBe(atom); }) &&
               std::all_of(result.overlaps.begin(), result.overlaps.end(), [&](const ZoneOverlap& overlap) {
                   return std::abs(overlap.measure - sumOfAtoms(result, overlap.zone)) <= limit;
               });
    }

  private:
    static double sumOfAtoms(const PatchOverlay& result, std::uint32_t zone) {
        double sum = 0;
        for (const Atom& atom : result.atoms) {
            sum += std::binary_search(atom.zones.begin(), atom.zones.end(), zone) ? atom.measure : 0;
        }
        return sum;
    }

    [[nodiscard]] bool isWhereItIsSaidToBe(const Atom& atom) const {
        const Shape& pieces = atom.whole ? m_patch : atom.shape;
        return std::all_of(pieces.polygons.begin(), pieces.polygons.end(), [&](const Polygon& piece) {
            if (isSliver(piece)) {
                return true; // as wide as rounding: it may lie on either side
            }
            const Coordinate place = interiorPoint(piece);
            return m_outline.locate(place) != Location::Outside &&
                   std::all_of(
                       m_candidates.begin(), m_candidates.end(), [&](const ZoneIndex::Candidate& candidate) {
                           const bool isIn =
                               std::binary_search(atom.zones.begin(), atom.zones.end(), candidate.zone);
                           const Location location = locate(candidate, place);
                           return location == Location::Boundary || (location == Location::Inside) == isIn;
                       });
        });
    }

    [[nodiscard]] bool isSliver(const Polygon& piece) const {
        double length = 0;
        for (std::size_t i = 0; i + 1 < piece.shell.size(); ++i) {
            length +=
                std::hypot(piece.shell[i + 1].x - piece.shell[i].x, piece.shell[i + 1].y - piece.shell[i].y);
        }
        double area2 = std::abs(signedArea2(piece.shell));
        for (const Ring& hole : piece.holes) {
            area2 -= std::abs(signedArea2(hole));
        }
        return area2 <= kSliverShare * magnitude() * length;
    }

    [[nodiscard]] Box searchBox() const {
        const Box& box = m_outline.box();
        if (m_options.maxNearDistanceM <= 0) {
            return box;
        }
        const MetresPerDegree low = metresPerDegree(box.minY);
        const MetresPerDegree high = metresPerDegree(box.maxY);
        const double reachM = m_options.maxNearDistanceM * kReachSlack;
        return box.grown(reachM / std::min(low.lon, high.lon), reachM / std::min(low.lat, high.lat));
    }

    [[nodiscard]] bool meetsPatchBox(const ZoneIndex::Candidate& candidate) const {
        const IndexedZone& zone = m_zones.zone(candidate.zone);
        return std::any_of(candidate.rings.begin(), candidate.rings.end(), [&](std::uint32_t ring) {
            return zone.isShell(ring) && zone.rings[ring].box().meets(m_outline.box());
        });
    }

    [[nodiscard]] double magnitude() const {
        const Box& box = m_outline.box();
        return std::max({std::abs(box.minX), std::abs(box.minY), std::abs(box.maxX), std::abs(box.maxY)});
    }

    /// Of the candidate's rings only those that may hold the place matter: even-odd over shells and holes.
    [[nodiscard]] Location locate(const ZoneIndex::Candidate& candidate, const Coordinate& place) const {
        const IndexedZone& zone = m_zones.zone(candidate.zone);
        bool inside = false;
        for (const std::uint32_t ring : candidate.rings) {
            if (!zone.rings[ring].box().contains(place)) {
                continue;
            }
            const Location location = zone.rings[ring].locate(place);
            if (location == Location::Boundary) {
                return location;
            }
            inside = inside != (location == Location::Inside);
        }
        return inside ? Location::Inside : Location::Outside;
    }

    std::optional<Settled> settle(const ZoneIndex::Candidate& candidate) {
        if (m_dimension == Dimension::Point) {
            return byParts(candidate);
        }
        if (m_options.method != OverlayOptions::Method::Localised) {
            return fullOverlay(candidate, m_whyFull);
        }
        if (m_dimension == Dimension::Line) {
            return boundaryMeets(m_zones, candidate, m_outline) ? localOverlay(candidate)
                                                                : byParts(candidate);
        }
        thread_local CleanSplit cleanSplit;
        const IndexedZone& zone = m_zones.zone(candidate.zone);
        switch (cleanSplit.scan(m_patch, m_outline, zone, candidate.rings)) {
        case CleanSplit::Contact::None:
            return byParts(candidate);
        case CleanSplit::Contact::Clean:
            return measured(candidate, settledBy(cleanSplit.split(zone)));
        case CleanSplit::Contact::Other:
            break;
        }
        return localOverlay(candidate);
    }

    /// No boundary meets the patch, so that each of its parts lies wholly inside or wholly outside: one place
    /// decides.
    std::optional<Settled> byParts(const ZoneIndex::Candidate& candidate) {
        Shape inside;
        const auto keep = [&](const auto& parts, auto& kept, const auto& placeOf) {
            for (const auto& part : parts) {
                if (locate(candidate, placeOf(part)) != Location::Outside) {
                    kept.push_back(part);
                }
            }
        };
        keep(m_patch.polygons, inside.polygons, [](const Polygon& p) { return p.shell.front(); });
        keep(m_patch.lines, inside.lines, [](const Path& p) { return p.front(); });
        keep(m_patch.points, inside.points, [](const Coordinate& p) { return p; });
        if (inside.isEmpty()) {
            return std::nullopt;
        }
        Settled settled;
        settled.overlap.path = OverlayPath::Inside;
        settled.overlap.whole = inside.partCount() == m_patch.partCount();
        if (!settled.overlap.whole) {
            settled.cover.localPolygon = inside;
            settled.overlap.shape = std::move(inside);
        }
        return measured(candidate, std::move(settled));
    }

    [[nodiscard]] static Settled settledBy(CleanSplit::Pieces pieces) {
        Settled settled;
        settled.overlap.path = OverlayPath::Localised;
        settled.overlap.shape = std::move(pieces.inside);
        settled.overlap.boundaryLengthM = pieces.boundaryLengthM;
        settled.cover.rest = std::move(pieces.outside);
        return settled;
    }

    std::optional<Settled> localOverlay(const ZoneIndex::Candidate& candidate) {
        LocalView local = localise(m_zones, candidate, m_outline.box());
        if (local.view != View::Localised) {
            return fullOverlay(candidate, local.reason);
        }
        Settled settled;
        m_askedGeos = true;
        try {
            settled.overlap.shape = intersection(m_patch, local.polygon);
        } catch (const Error& error) {
            return fullOverlay(candidate, error.what());
        }
        settled.overlap.path = OverlayPath::Localised;
        settled.cover.localPolygon = std::move(local.polygon);
        return measured(candidate, std::move(settled));
    }

    std::optional<Settled> fullOverlay(const ZoneIndex::Candidate& candidate, std::string reason) {
        Settled settled;
        m_askedGeos = true;
        settled.cover.localPolygon = m_zones.shape(candidate.zone);
        settled.overlap.shape = intersection(m_patch, settled.cover.localPolygon, m_grid);
        settled.overlap.path = OverlayPath::Full;
        std::optional<Settled> found = measured(candidate, std::move(settled));
        if (found && !reason.empty()) {
            m_result.fullReasons.emplace_back(candidate.zone, std::move(reason));
        }
        return found;
    }

    /// Measures what was found; nothing where it has no measure (the patch touches the zone, no more).
    std::optional<Settled> measured(const ZoneIndex::Candidate& candidate, Settled settled) {
        ZoneOverlap& overlap = settled.overlap;
        overlap.zone = candidate.zone;
        if (!overlap.whole) {
            overlap.measure = measureOf(overlap.shape, m_dimension);
            if (m_dimension != Dimension::Point && overlap.measure <= 0) {
                return std::nullopt;
            }
            overlap.whole = !settled.cover.rest && isWholePatch(overlap);
        }
        if (overlap.whole) {
            overlap.shape = {};
            overlap.measure = m_result.measure;
            overlap.perimeterM = m_result.perimeterM;
        } else if (m_dimension == Dimension::Area) {
            overlap.perimeterM = geodesicPerimeterM(overlap.shape);
        }
        const bool knowsBoundary = overlap.path == OverlayPath::Inside || settled.cover.rest.has_value();
        if (m_dimension == Dimension::Area && !knowsBoundary) {
            overlap.boundaryLengthM = boundaryLengthInsideM(m_zones, candidate, m_outline);
        }
        settled.cover.zone = candidate.zone;
        settled.cover.whole = overlap.whole;
        // The copy has no spare capacity, and it is what a run keeps by the hundred thousand.
        settled.cover.overlap = std::move(overlap.shape);
        overlap.shape = settled.cover.overlap;
        return settled;
    }

    [[nodiscard]] bool isWholePatch(const ZoneOverlap& overlap) const {
        return overlap.shape.partCount() == m_patch.partCount() &&
               overlap.shape.vertexCount() <= m_patch.vertexCount() &&
               normalised(overlap.shape) == normalised(m_patch);
    }

    void lookNear(const ZoneIndex::Candidate& candidate) {
        const double limitM = m_options.nearDistanceM ? m_options.nearDistanceM(candidate.zone) : 0;
        if (limitM <= 0) {
            return;
        }
        if (std::optional<NearZone> near = nearestZone(m_zones, candidate, m_outline, limitM)) {
            m_result.near.push_back(*near);
        }
    }

    [[nodiscard]] Shape localPolygon(std::uint32_t zone) const {
        const auto candidate = std::lower_bound(
            m_candidates.begin(), m_candidates.end(), zone,
            [](const ZoneIndex::Candidate& c, std::uint32_t number) { return c.zone < number; });
        if (m_options.method != OverlayOptions::Method::Localised) {
            return m_zones.shape(zone);
        }
        LocalView local = localise(m_zones, *candidate, m_outline.box());
        return local.view == View::Localised ? std::move(local.polygon) : m_zones.shape(zone);
    }

    void addAtoms(std::vector<Cover>& covers) {
        // Several partial covers are cut against each other by GEOS, however cleanly each was settled.
        m_askedGeos = m_askedGeos || std::count_if(covers.begin(), covers.end(),
                                                   [](const Cover& cover) { return !cover.whole; }) > 1;
        m_result.atoms = atomsOf(
            m_patch, m_result.measure, covers, [this](std::uint32_t zone) { return localPolygon(zone); },
            m_grid);
        double sum = 0;
        for (const Atom& atom : m_result.atoms) {
            sum += atom.measure;
            m_result.uncovered += atom.zones.empty() ? atom.measure : 0;
        }
        m_result.residual = m_result.measure - sum;
    }

    const Shape& m_patch;
    const ZoneIndex& m_zones;
    const OverlayOptions& m_options;
    const PatchOutline& m_outline;
    Dimension m_dimension;
    std::string m_whyFull;
    double m_grid = 0;
    bool m_askedGeos = false;
    std::vector<ZoneIndex::Candidate> m_candidates;
    PatchOverlay m_result;
};

} // namespace

PatchOverlay overlayPatch(const Shape& patch, const ZoneIndex& zones, const OverlayOptions& options) {
    if (patch.isEmpty()) {
        return {};
    }
    thread_local PatchOutline outline;
    outline.assign(patch);
    PatchWork work(patch, zones, options, outline);
    PatchOverlay result = work.run();
    if (options.method != OverlayOptions::Method::Localised || work.isProven(result)) {
        return result;
    }
    for (const auto method : {OverlayOptions::Method::Plain, OverlayOptions::Method::SnapRounded}) {
        OverlayOptions other = options;
        other.method = method;
        try {
            PatchWork again(patch, zones, other, outline, "exact location contradicts the localised overlay");
            PatchOverlay second = again.run();
            if (again.isProven(second)) {
                return second;
            }
        } catch (const Error&) {
            continue; // the next way, or the first answer
        }
    }
    result.isProven = false;
    for (const ZoneOverlap& overlap : result.overlaps) {
        result.fullReasons.emplace_back(overlap.zone,
                                        "exact location contradicts every overlay of this patch");
    }
    return result;
}

} // namespace geo
