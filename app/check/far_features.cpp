#include "app/check/far_features.hpp"

#include "app/check/problem_about.hpp"
#include "geo/geodesic.hpp"
#include "geo/nearest.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>

namespace app {

namespace {

using layers::Problem;
using layers::ProblemKind;

constexpr double kMetresPerKm = 1000.0;
/// Search boxes in degrees reach a little further than the metres asked for.
constexpr double kReachSlack = 1.02;

struct Hint {
    bool swapped = false;
    int degrees = 0; ///< to the east, of the right position
    friend auto operator<=>(const Hint&, const Hint&) = default;
};

/// Far features of one input with one hint.
struct Far {
    std::int64_t count = 0;
    std::int64_t feature = 0; ///< the first one
    geo::Coordinate place;
    double nearestM = 0;
    double farthestM = 0;
};

class Surroundings {
  public:
    Surroundings(const geo::ZoneIndex& counties, double reachM) : m_counties(counties), m_reachM(reachM) {
        for (std::size_t county = 0; county < counties.size(); ++county) {
            m_box.add(counties.zone(county).box);
        }
    }

    [[nodiscard]] bool holds(const geo::Coordinate& place) const {
        const auto candidates = m_counties.candidates({place.x, place.y, place.x, place.y});
        return std::any_of(candidates.begin(), candidates.end(), [&](const auto& candidate) {
            return m_counties.locate(candidate.zone, place) != geo::Location::Outside;
        });
    }

    /// Metres from the place to the box around all counties when no county is within reach; else nothing.
    [[nodiscard]] std::optional<double> farBy(const geo::Coordinate& place) const {
        if (std::abs(place.y) < 89.0) {
            const geo::MetresPerDegree metres = geo::metresPerDegree(place.y);
            const geo::Box around = geo::Box{place.x, place.y, place.x, place.y}.grown(
                kReachSlack * m_reachM / metres.lon, kReachSlack * m_reachM / metres.lat);
            geo::Shape point;
            point.points.push_back(place);
            for (const auto& candidate : m_counties.candidates(around)) {
                if (m_counties.locate(candidate.zone, place) != geo::Location::Outside ||
                    geo::nearestZone(m_counties, candidate, point, m_reachM)) {
                    return std::nullopt;
                }
            }
        }
        const geo::Coordinate nearest{std::clamp(place.x, m_box.minX, m_box.maxX),
                                      std::clamp(place.y, m_box.minY, m_box.maxY)};
        return std::max(m_reachM, geo::geodesicLengthM(place, nearest));
    }

    [[nodiscard]] Hint hintFor(const geo::Coordinate& place) const {
        if (holds({place.y, place.x})) {
            return {true, 0};
        }
        constexpr int kZoneDegrees = 3;
        constexpr int kMostZones = 20;
        for (int zones = 1; zones <= kMostZones; ++zones) {
            for (const int degrees : {zones * kZoneDegrees, -zones * kZoneDegrees}) {
                if (holds({place.x + degrees, place.y})) {
                    return {false, degrees};
                }
            }
        }
        return {};
    }

  private:
    const geo::ZoneIndex& m_counties;
    double m_reachM;
    geo::Box m_box;
};

void tell(CheckResult& result, std::int32_t inputNumber, const Hint& hint, const Far& far) {
    Problem problem = aboutInput(result, inputNumber, ProblemKind::FarFromAdmin, layers::Severity::Warning);
    problem.feature = far.feature;
    problem.place = far.place;
    problem.count = far.count;
    const double fromKm = far.nearestM / kMetresPerKm;
    const double toKm = far.farthestM / kMetresPerKm;
    problem.textZh = fmt::format("{} 个要素远离行政区划（至少 {:.0f}–{:.0f} 公里），首个位于 {:.4f}, {:.4f}",
                                 far.count, fromKm, toKm, far.place.x, far.place.y);
    problem.textEn =
        fmt::format("{} features lie far from the counties ({:.0f} to {:.0f} km at least), the first "
                    "at {:.4f}, {:.4f}",
                    far.count, fromKm, toKm, far.place.x, far.place.y);
    if (hint.swapped) {
        problem.textZh += "；经纬度（或 X、Y）对调后落在行政区内，可能颠倒";
        problem.textEn += "; with longitude and latitude (or X and Y) swapped they would lie inside";
    } else if (hint.degrees != 0) {
        problem.textZh += fmt::format("；向{}移 {}° 后落在行政区内，可能带号或中央经线有误",
                                      hint.degrees > 0 ? "东" : "西", std::abs(hint.degrees));
        problem.textEn += fmt::format("; moved {}° {} they would lie inside: wrong zone or central meridian?",
                                      std::abs(hint.degrees), hint.degrees > 0 ? "east" : "west");
    }
    problem.doneZh = "照常核查，不计入任何县；请核对坐标系";
    problem.doneEn = "checked all the same, counts for no county; check the coordinate system";
    result.problems.push_back(std::move(problem));
}

} // namespace

void noteFarFeatures(CheckResult& result, const geo::ZoneIndex& zones, const geo::ZoneIndex& counties) {
    const Surroundings surroundings(counties, result.settings.farFromAdminM);
    std::map<std::pair<std::int32_t, Hint>, Far> groups;
    const auto add = [&](std::int32_t input, std::int64_t feature, const geo::Coordinate& place) {
        const std::optional<double> distance = surroundings.farBy(place);
        if (!distance) {
            return;
        }
        Far& far = groups[{input, surroundings.hintFor(place)}];
        if (far.count++ == 0) {
            far.feature = feature;
            far.place = place;
            far.nearestM = *distance;
        }
        far.nearestM = std::min(far.nearestM, *distance);
        far.farthestM = std::max(far.farthestM, *distance);
    };
    for (std::size_t i = 0; i < result.patches.size(); ++i) {
        const std::vector<CountyPart>& parts = result.results[i].counties;
        if (!parts.empty() && parts.front().county < 0) {
            add(result.patches[i].input, result.patches[i].feature, result.results[i].place);
        }
    }
    for (std::size_t i = 0; i < result.zones.size(); ++i) {
        const geo::Box& box = zones.zone(i).box;
        // A zone that reaches near a county belongs there: only one whose box lies apart is looked at.
        if (!box.isEmpty() && counties.candidates(box).empty()) {
            const geo::Coordinate corner = zones.zone(i).rings.front().coordinates().front();
            add(result.zones[i].input, result.zones[i].feature, corner);
        }
    }
    for (const auto& [key, far] : groups) {
        tell(result, key.first, key.second, far);
    }
}

} // namespace app
