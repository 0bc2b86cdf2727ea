#include "layers/shift_evidence.hpp"

#include "geo/geodesic.hpp"
#include "layers/coordinate_text.hpp"
#include "layers/known_places.hpp"
#include "layers/text.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>
#include <utility>

#include <fmt/format.h>

namespace layers {

namespace {

constexpr double kLeastShiftM = 100;
constexpr double kMostShiftM = 700;
constexpr std::size_t kLeastPairs = 3;

bool isOneOf(const std::string& name, std::initializer_list<std::string_view> names) {
    const std::string wanted = folded(name);
    return std::any_of(names.begin(), names.end(), [&](std::string_view n) { return folded(n) == wanted; });
}

double median(std::vector<double> values) {
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

struct Metres {
    double east = 0;
    double north = 0;
    [[nodiscard]] double length() const { return std::hypot(east, north); }
};

Metres between(const geo::Coordinate& from, const geo::Coordinate& to) {
    const geo::MetresPerDegree unit = geo::metresPerDegree((from.y + to.y) / 2);
    return {(to.x - from.x) * unit.lon, (to.y - from.y) * unit.lat};
}

struct Direction {
    const char* zh;
    const char* en;
};

Direction directionOf(const Metres& shift) {
    constexpr std::array<Direction, 8> kNames{{{"北", "north"},
                                               {"东北", "north-east"},
                                               {"东", "east"},
                                               {"东南", "south-east"},
                                               {"南", "south"},
                                               {"西南", "south-west"},
                                               {"西", "west"},
                                               {"西北", "north-west"}}};
    constexpr double kEighth = 45;
    constexpr double kDegrees = 57.29577951308232;
    const double azimuth = std::atan2(shift.east, shift.north) * kDegrees;
    const int eighth = static_cast<int>(std::lround(azimuth / kEighth));
    return kNames.at(static_cast<std::size_t>((eighth + 8) % 8));
}

/// The words that name a service whose coordinates are shifted, or whose files may be.
std::string_view shiftingSource(std::string_view text) {
    const std::string word = folded(text);
    for (const std::string_view name :
         {"奥维", "OVITAL", "高德", "AMAP", "腾讯", "百度", "BAIDU", "GCJ", "BD-09", "BD09", "火星坐标"}) {
        if (word.find(name) != std::string::npos) {
            return name;
        }
    }
    return {};
}

} // namespace

ShiftEvidence::ShiftEvidence(const std::vector<SourceField>& fields, std::string file)
    : m_file(std::move(file)) {
    for (std::size_t n = 0; n < fields.size(); ++n) {
        const std::string& name = fields[n].name;
        const int slot = static_cast<int>(n);
        if (m_lon < 0 && isOneOf(name, {"ZXJD", "中心经度", "中心点经度"})) {
            m_lon = slot;
        } else if (m_lat < 0 && isOneOf(name, {"ZXWD", "中心纬度", "中心点纬度"})) {
            m_lat = slot;
        } else if (isOneOf(name, {"SJY", "SJLY", "数据源", "数据来源", "坐标来源", "坐标系", "坐标系统",
                                  "ZBX", "SOURCE"})) {
            m_sources.push_back(n);
        }
    }
}

void ShiftEvidence::add(const std::vector<std::string>& raw, const geo::Shape& shape) {
    for (const std::size_t field : m_sources) {
        const std::string_view name = field < raw.size() ? shiftingSource(raw[field]) : std::string_view();
        if (!name.empty()) {
            ++m_named;
            m_named1 = m_named1.empty() ? raw[field] : m_named1;
            break;
        }
    }
    const auto lon = static_cast<std::size_t>(m_lon);
    const auto lat = static_cast<std::size_t>(m_lat);
    if (m_lon < 0 || m_lat < 0 || lon >= raw.size() || lat >= raw.size()) {
        return;
    }
    const auto x = parseCoordinate(raw[lon]).value;
    const auto y = parseCoordinate(raw[lat]).value;
    const auto centre = centreOf(shape);
    if (centre && x && y && isInDegrees(x->kind) && isInDegrees(y->kind) && isInChina(x->value, y->value)) {
        m_pairs.push_back({{x->value, y->value}, *centre});
    }
}

void ShiftEvidence::tellShift(ProblemLog& log) const {
    if (m_pairs.size() < kLeastPairs) {
        return;
    }
    std::vector<double> east;
    std::vector<double> north;
    std::vector<double> geometryOff; // from the stated centre as GCJ-02 shows it
    std::vector<double> statedOff;   // from the geometry's centre as GCJ-02 shows it
    for (const Pair& pair : m_pairs) {
        const Metres shift = between(pair.stated, pair.found);
        east.push_back(shift.east);
        north.push_back(shift.north);
        geometryOff.push_back(between(shifted(pair.stated, MapShift::Gcj02), pair.found).length());
        statedOff.push_back(between(pair.stated, shifted(pair.found, MapShift::Gcj02)).length());
    }
    const Metres shift{median(east), median(north)};
    // Constant: four in five lie near the median, within a quarter of its length.
    constexpr double kQuarter = 0.25;
    constexpr std::size_t kOf = 5;
    std::size_t near = 0;
    for (std::size_t n = 0; n < m_pairs.size(); ++n) {
        const Metres off{east[n] - shift.east, north[n] - shift.north};
        near += off.length() <= kQuarter * shift.length() ? 1U : 0U;
    }
    if (shift.length() < kLeastShiftM || shift.length() > kMostShiftM ||
        near * kOf < m_pairs.size() * (kOf - 1)) {
        return;
    }
    constexpr double kFitsM = 30;
    const bool isGeometry = median(geometryOff) <= kFitsM;
    const bool isStated = !isGeometry && median(statedOff) <= kFitsM;
    const Direction direction = directionOf(shift);
    Problem problem;
    problem.kind = ProblemKind::CrsSuspicious;
    problem.severity = Severity::Error;
    problem.count = static_cast<std::int64_t>(near);
    problem.textZh = fmt::format("几何中心相对属性中的中心经纬度一致偏移：中位数 {:.0f} 米，偏{}（东 "
                                 "{:+.0f}，北 {:+.0f}；{} 个图斑中 {} 个）{}",
                                 shift.length(), direction.zh, shift.east, shift.north, m_pairs.size(), near,
                                 isGeometry ? "；几何与 GCJ-02 加偏相符"
                                 : isStated ? "；属性中的经纬度与 GCJ-02 加偏相符"
                                            : "；坐标基准或坐标系可能不对");
    problem.textEn = fmt::format(
        "the geometry lies off the stated centres all the same way: median {:.0f} m to the {} (east {:+.0f}, "
        "north {:+.0f}; {} of {} patches){}",
        shift.length(), direction.en, shift.east, shift.north, near, m_pairs.size(),
        isGeometry ? "; the geometry fits the GCJ-02 shift"
        : isStated ? "; the stated centres fit the GCJ-02 shift"
                   : "; the datum or the system may be wrong");
    problem.doneZh = isGeometry ? "照读，不自动纠偏；确认后可用 --gcj02 反算" : "照读，请核对";
    problem.doneEn = isGeometry ? "read as it is, not shifted back; once that is certain, --gcj02 undoes it"
                                : "read as it is; check it";
    log.add(std::move(problem));
}

void ShiftEvidence::tell(const PositionOptions& positions, ProblemLog& log) const {
    tellShift(log);
    const std::string lower = folded(m_file);
    const bool isOvital = lower.ends_with(".OVKML") || lower.ends_with(".OVKMZ") || lower.ends_with(".OVOBJ");
    if (positions.mapShift != MapShift::None || (m_named == 0 && !isOvital)) {
        return;
    }
    Problem problem;
    problem.kind = ProblemKind::CrsSuspicious;
    problem.count = std::max<std::int64_t>(1, m_named);
    const std::string source = m_named > 0 ? m_named1 : m_file;
    problem.textZh =
        fmt::format("数据来源“{}”常用加偏坐标（GCJ-02 或 BD-09），与真实位置可能相差数百米", source);
    problem.textEn =
        fmt::format("the source \"{}\" often gives shifted coordinates (GCJ-02 or BD-09), hundreds of "
                    "metres off",
                    source);
    problem.doneZh = "照读，不自动纠偏；确认是加偏坐标时用 --gcj02 或 --bd09 反算";
    problem.doneEn = "read as they are; if they are shifted, --gcj02 or --bd09 undoes it";
    log.add(std::move(problem));
}

} // namespace layers
