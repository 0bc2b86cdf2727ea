#include "layers/known_places.hpp"

#include "geo/geodesic.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <map>
#include <utility>

#include <fmt/format.h>

namespace layers {

namespace {

constexpr double kSearchM = 700;
constexpr double kLeastShiftM = 100;
constexpr double kFitM = 30;
constexpr double kCellM = 100;
constexpr std::size_t kLeast = 3;
constexpr std::size_t kMostPatches = 5000; ///< compared, evenly picked
constexpr std::size_t kMostNear = 200;     ///< of a place in a crowd says nothing

std::int64_t cellOf(double metres) {
    return static_cast<std::int64_t>(std::floor(metres / kCellM));
}

std::int64_t keyOf(std::int64_t column, std::int64_t row) {
    constexpr unsigned kHalf = 32;
    return static_cast<std::int64_t>((static_cast<std::uint64_t>(column) << kHalf) ^
                                     (static_cast<std::uint64_t>(row) & 0xFFFFFFFFU));
}

std::vector<geo::Coordinate> evenly(const std::vector<geo::Coordinate>& all) {
    if (all.size() <= kMostPatches) {
        return all;
    }
    std::vector<geo::Coordinate> some;
    some.reserve(kMostPatches);
    for (std::size_t n = 0; n < kMostPatches; ++n) {
        some.push_back(all[n * all.size() / kMostPatches]);
    }
    return some;
}

/// Of its fields and their words nothing is used.
bool bearsOnPositions(const Problem& problem) {
    switch (problem.kind) {
    case ProblemKind::FileDamaged:
    case ProblemKind::FeaturesLost:
    case ProblemKind::CrsAssumed:
    case ProblemKind::CrsSuspicious:
    case ProblemKind::GeometryMissing:
    case ProblemKind::GeometryRepaired:
    case ProblemKind::GeometryRejected:
    case ProblemKind::GeometryPartDropped:
    case ProblemKind::GeometryConverted:
    case ProblemKind::DriverAllowed:
        return true;
    default:
        return false;
    }
}

} // namespace

std::optional<geo::Coordinate> centreOf(const geo::Shape& shape) {
    if (shape.polygons.empty()) {
        return shape.points.size() == 1 ? std::optional(shape.points.front()) : std::nullopt;
    }
    double area = 0;
    double x = 0;
    double y = 0;
    const geo::Coordinate origin = shape.polygons.front().shell.front();
    const auto addRing = [&](const geo::Ring& ring, double sign) {
        const double turn = geo::signedArea2(ring) < 0 ? -sign : sign;
        for (std::size_t n = 1; n < ring.size(); ++n) {
            const geo::Coordinate a{ring[n - 1].x - origin.x, ring[n - 1].y - origin.y};
            const geo::Coordinate b{ring[n].x - origin.x, ring[n].y - origin.y};
            const double cross = turn * (a.x * b.y - b.x * a.y);
            area += cross;
            x += cross * (a.x + b.x);
            y += cross * (a.y + b.y);
        }
    };
    for (const geo::Polygon& polygon : shape.polygons) {
        addRing(polygon.shell, 1);
        for (const geo::Ring& hole : polygon.holes) {
            addRing(hole, -1);
        }
    }
    constexpr double kThird = 3;
    if (!(area > 0)) {
        return std::nullopt;
    }
    return geo::Coordinate{origin.x + x / (kThird * area), origin.y + y / (kThird * area)};
}

KnownPlaces::KnownPlaces(std::string name, std::vector<geo::Coordinate> centres, InputReport report,
                         const std::vector<Problem>& problems)
    : m_name(std::move(name)), m_report(std::move(report)), m_centres(std::move(centres)) {
    std::copy_if(problems.begin(), problems.end(), std::back_inserter(m_problems), bearsOnPositions);
    for (Problem& problem : m_problems) {
        problem.role = "known";
    }
    geo::Box box;
    for (const geo::Coordinate& centre : m_centres) {
        box.add(centre);
    }
    if (m_centres.empty()) {
        return;
    }
    const geo::MetresPerDegree unit = geo::metresPerDegree((box.minY + box.maxY) / 2);
    m_lonMetres = unit.lon;
    m_latMetres = unit.lat;
    for (std::size_t n = 0; n < m_centres.size(); ++n) {
        m_cells[keyOf(cellOf(m_centres[n].x * m_lonMetres), cellOf(m_centres[n].y * m_latMetres))].push_back(
            n);
    }
}

geo::Coordinate KnownPlaces::movedBy(const geo::Coordinate& place, const Metres& move) {
    const geo::MetresPerDegree unit = geo::metresPerDegree(place.y);
    return {place.x + move.east / unit.lon, place.y + move.north / unit.lat};
}

/// Calls visit(vector from the place to a known thing) until it returns false.
template <typename Visit>
void KnownPlaces::visitWithin(const geo::Coordinate& place, double metres, Visit&& visit) const {
    // Cells are of one width; away from the middle latitude a metre needs more or less of them.
    const geo::MetresPerDegree unit = geo::metresPerDegree(place.y);
    const double acrossCells = metres * std::max(1.0, m_lonMetres / unit.lon);
    const double x = place.x * m_lonMetres;
    const double y = place.y * m_latMetres;
    for (std::int64_t column = cellOf(x - acrossCells); column <= cellOf(x + acrossCells); ++column) {
        for (std::int64_t row = cellOf(y - metres); row <= cellOf(y + metres); ++row) {
            const auto cell = m_cells.find(keyOf(column, row));
            if (cell == m_cells.end()) {
                continue;
            }
            for (const std::size_t n : cell->second) {
                const Metres there{(m_centres[n].x - place.x) * unit.lon,
                                   (m_centres[n].y - place.y) * unit.lat};
                if (std::hypot(there.east, there.north) <= metres && !visit(there)) {
                    return;
                }
            }
        }
    }
}

bool KnownPlaces::hasWithin(const geo::Coordinate& place, double metres) const {
    bool found = false;
    visitWithin(place, metres, [&](const Metres&) {
        found = true;
        return false;
    });
    return found;
}

/// The vector that leads most patches to something known: the fullest neighbourhood of a grid of vectors.
std::optional<KnownPlaces::Metres>
KnownPlaces::commonestMove(const std::vector<geo::Coordinate>& patches) const {
    std::map<std::pair<int, int>, std::vector<Metres>> votes;
    for (const geo::Coordinate& patch : patches) {
        std::vector<Metres> near;
        visitWithin(patch, kSearchM, [&](const Metres& there) {
            near.push_back(there);
            return near.size() <= kMostNear;
        });
        for (const Metres& there : near) {
            if (near.size() <= kMostNear && std::hypot(there.east, there.north) >= kLeastShiftM) {
                votes[{static_cast<int>(std::floor(there.east / kFitM)),
                       static_cast<int>(std::floor(there.north / kFitM))}]
                    .push_back(there);
            }
        }
    }
    std::size_t most = 0;
    std::optional<Metres> best;
    for (const auto& [cell, own] : votes) {
        std::size_t count = 0;
        Metres sum;
        for (int east = -1; east <= 1; ++east) {
            for (int north = -1; north <= 1; ++north) {
                const auto found = votes.find({cell.first + east, cell.second + north});
                if (found == votes.end()) {
                    continue;
                }
                count += found->second.size();
                for (const Metres& there : found->second) {
                    sum.east += there.east;
                    sum.north += there.north;
                }
            }
        }
        if (count > most) {
            most = count;
            best = Metres{sum.east / static_cast<double>(count), sum.north / static_cast<double>(count)};
        }
    }
    return best;
}

KnownPlaces::Verdict KnownPlaces::judge(const std::vector<geo::Coordinate>& patches) const {
    Verdict verdict;
    const std::optional<Metres> move = commonestMove(patches);
    verdict.move = move.value_or(Metres{0, kSearchM / 2});
    const Metres& m = verdict.move;
    // Turned by 90, 180 and 270 degrees nothing speaks for the vector: what fits then fits by chance.
    const std::array<Metres, 3> turned{{{-m.north, m.east}, {-m.east, -m.north}, {m.north, -m.east}}};
    std::array<std::size_t, 3> chance{};
    for (const geo::Coordinate& patch : patches) {
        verdict.comparable += hasWithin(patch, kSearchM) ? 1U : 0U;
        verdict.inPlace += hasWithin(patch, kFitM) ? 1U : 0U;
        verdict.gcj02 += hasWithin(unshifted(patch, MapShift::Gcj02), kFitM) ? 1U : 0U;
        verdict.bd09 += hasWithin(unshifted(patch, MapShift::Bd09), kFitM) ? 1U : 0U;
        verdict.moved += move && hasWithin(movedBy(patch, m), kFitM) ? 1U : 0U;
        for (std::size_t n = 0; n < turned.size(); ++n) {
            chance.at(n) += hasWithin(movedBy(patch, turned.at(n)), kFitM) ? 1U : 0U;
        }
    }
    verdict.byChance = *std::max_element(chance.begin(), chance.end());
    return verdict;
}

void KnownPlaces::tellShift(const Verdict& verdict, ProblemLog& log) const {
    // GCJ-02 and BD-09 vary over a prefecture, so that no single vector fits as many; a name that explains
    // nearly as much is the better answer.
    constexpr double kNearlyAll = 0.8;
    const std::size_t best = std::max({verdict.gcj02, verdict.bd09, verdict.moved});
    const auto explains = [&](std::size_t count) {
        return static_cast<double>(count) >= kNearlyAll * static_cast<double>(best);
    };
    const MapShift shift = explains(verdict.gcj02) && verdict.gcj02 >= verdict.bd09 ? MapShift::Gcj02
                           : explains(verdict.bd09)                                 ? MapShift::Bd09
                                                                                    : MapShift::None;
    const bool isNamed = shift != MapShift::None;
    const char* option = shift == MapShift::Gcj02 ? "--gcj02" : "--bd09";
    const std::size_t fits = shift == MapShift::Gcj02  ? verdict.gcj02
                             : shift == MapShift::Bd09 ? verdict.bd09
                                                       : verdict.moved;
    Problem problem;
    problem.kind = ProblemKind::CrsSuspicious;
    problem.severity = Severity::Error;
    problem.count = static_cast<std::int64_t>(fits);
    const std::string vector = fmt::format("{:+.0f}, {:+.0f}", -verdict.move.east, -verdict.move.north);
    problem.textZh = fmt::format(
        "与位置可靠的图层“{}”相比整体偏移：{} 个可比图斑中 {} 个{}后与已知位置重合（原位重合 {} 个）", m_name,
        verdict.comparable, fits,
        isNamed ? fmt::format("按 {} 反算", mapShiftName(shift))
                : fmt::format("去掉同一偏移（东、北 {} 米）", vector),
        verdict.inPlace);
    problem.textEn = fmt::format("shifted as a whole against the layer of known position \"{}\": of {} "
                                 "patches near it {} fall on known "
                                 "places once {} ({} lie on them as they are)",
                                 m_name, verdict.comparable, fits,
                                 isNamed ? fmt::format("{} is undone", mapShiftName(shift))
                                         : fmt::format("one shift (east, north {} m) is taken off", vector),
                                 verdict.inPlace);
    problem.doneZh =
        isNamed ? fmt::format("照读，不自动纠偏；确认后可用 {} 反算", option) : "照读，请核对坐标系和基准";
    problem.doneEn = isNamed ? fmt::format("read as they are; once that is certain, {} undoes it", option)
                             : "read as they are; check the coordinate system and the datum";
    log.add(std::move(problem));
}

void KnownPlaces::compare(const std::vector<geo::Coordinate>& patches, const PositionOptions& positions,
                          ProblemLog& log) const {
    const Verdict verdict = judge(evenly(patches));
    const std::size_t best = std::max({verdict.gcj02, verdict.bd09, verdict.moved});
    constexpr std::size_t kShare = 4; // a quarter of the patches that have anything near
    const auto stands = [&](std::size_t count, std::size_t other) {
        return count >= kLeast && count * kShare >= verdict.comparable &&
               count > 2 * std::max(other, verdict.byChance);
    };
    if (stands(best, verdict.inPlace)) {
        tellShift(verdict, log);
        return;
    }
    Problem problem;
    problem.kind = ProblemKind::CrsSuspicious;
    problem.severity = Severity::Info;
    problem.count = static_cast<std::int64_t>(verdict.inPlace);
    if (stands(verdict.inPlace, best)) {
        problem.textZh = fmt::format("与位置可靠的图层“{}”一致：{} 个可比图斑中 {} 个与已知位置重合", m_name,
                                     verdict.comparable, verdict.inPlace);
        problem.textEn = fmt::format("in place against the layer of known position \"{}\": {} of {} patches "
                                     "near it lie on known places",
                                     m_name, verdict.inPlace, verdict.comparable);
    } else {
        problem.count = 1;
        problem.textZh =
            fmt::format("与位置可靠的图层“{}”比较，看不出整体偏移，也不能证明没有：附近有已知位置的图斑 {} "
                        "个，重合 {} 个",
                        m_name, verdict.comparable, verdict.inPlace);
        problem.textEn =
            fmt::format("compared with the layer of known position \"{}\" neither shifted nor proven "
                        "in place: {} patches are near it, {} lie on known places",
                        m_name, verdict.comparable, verdict.inPlace);
    }
    problem.doneZh = positions.mapShift == MapShift::None ? "照读" : "已按选项反算";
    problem.doneEn =
        positions.mapShift == MapShift::None ? "read as they are" : "the shift was undone, as asked";
    log.add(std::move(problem));
}

} // namespace layers
