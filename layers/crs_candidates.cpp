#include "layers/crs_candidates.hpp"

#include "geo/error.hpp"
#include "geo/transform.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>

namespace layers {

namespace {

constexpr double kPrefixStepM = 1e6; ///< the zone number stands before the six digits of an easting
constexpr double kLeastMetres = 1e5; ///< coordinates of a survey in metres start here, in China
constexpr double kMostNorthingM = 6.1e6;
constexpr int kLeast6Zone = 13;
constexpr int kMost6Zone = 23;
constexpr int kLeast3Zone = 25;
constexpr int kMost3Zone = 45;
constexpr int kFirstMeridian = 75;
constexpr int kLastMeridian = 135;
constexpr int kDegrees3 = 3;
constexpr int kDegrees6 = 6;

/// First codes of a family's rows; the others follow one by one.
struct FamilyCodes {
    int geographic;
    int zone6;     ///< zone 13
    int meridian6; ///< CM 75E
    int zone3;     ///< zone 25
    int meridian3; ///< CM 75E
};
constexpr std::array<FamilyCodes, 3> kFamilies{
    {{4490, 4491, 4502, 4513, 4534}, {4610, 2327, 2338, 2349, 2370}, {4214, 21413, 21453, 2401, 2422}}};

const FamilyCodes& codesOf(CrsFamily family) {
    return kFamilies.at(static_cast<std::size_t>(family));
}

/// A candidate and where it leads.
struct Landing {
    int epsg = 0;
    std::string name;
    geo::Box box;
    std::vector<std::string> counties;
};

std::optional<Landing> landingOf(int epsg, const FirstLook& look, const std::vector<County>* counties) {
    try {
        const geo::Transform transform("EPSG:" + std::to_string(epsg));
        geo::Path corners{{look.extent.minX, look.extent.minY}, {look.extent.maxX, look.extent.maxY}};
        transform.apply(corners);
        Landing landing{epsg, transform.source().name, {}, {}};
        for (const geo::Coordinate& corner : corners) {
            if (!std::isfinite(corner.x) || !std::isfinite(corner.y)) {
                return std::nullopt;
            }
            landing.box.add(corner);
        }
        if (counties != nullptr) {
            geo::Path centres = look.centres;
            transform.apply(centres);
            landing.counties = countiesAt(centres, *counties);
        }
        return landing;
    } catch (const geo::Error&) {
        return std::nullopt;
    }
}

/// " → 康定市, 泸定县", or that no county is there; nothing without a county layer.
std::string countyText(const std::vector<std::string>& names, const std::vector<County>* counties) {
    if (counties == nullptr || counties->empty()) {
        return {};
    }
    if (names.empty()) {
        return " → 不在县界图层内 / outside the county layer";
    }
    constexpr std::size_t kShown = 6;
    const std::size_t shown = std::min(names.size(), kShown);
    const auto end = names.begin() + static_cast<std::ptrdiff_t>(shown);
    return fmt::format(" → {}{}", fmt::join(names.begin(), end, ", "),
                       names.size() > shown ? fmt::format(" … ({})", names.size()) : "");
}

std::string line(const std::string& code, const Landing& landing, const std::vector<County>* counties) {
    return fmt::format("\n  {} -> {} °E, °N{}", code, boxText(landing.box, 4),
                       countyText(landing.counties, counties));
}

/// A hint where latitude stands before longitude: degrees of China, the other way round.
std::string swappedDegrees(const FirstLook& look, const std::vector<County>* counties) {
    const geo::Box& box = look.extent;
    const geo::Box swapped{box.minY, box.minX, box.maxY, box.maxX};
    if (kChinaBox.contains(box) || !kChinaBox.contains(swapped)) {
        return {};
    }
    std::string text = "\n  经纬度可能颠倒 / longitude and latitude may be swapped";
    if (counties != nullptr) {
        geo::Path centres = look.centres;
        for (geo::Coordinate& c : centres) {
            std::swap(c.x, c.y);
        }
        text += countyText(countiesAt(centres, *counties), counties);
    }
    return text;
}

std::string inDegrees(const FirstLook& look, const std::vector<County>* counties) {
    const geo::Box& box = look.extent;
    Landing landing{geographicEpsg(CrsFamily::Cgcs2000), {}, box, {}};
    if (counties != nullptr) {
        landing.counties = countiesAt(look.centres, *counties);
    }
    return line("EPSG:4490", landing, counties) + swappedDegrees(look, counties) +
           "\n  WGS 84 (EPSG:4326) 视同 CGCS2000；1980 西安 (EPSG:4610)、1954 北京 (EPSG:4214) 须另给 "
           "--datum / WGS 84 counts as equal; Xian 1980 and Beijing 1954 need --datum as well";
}

std::string withPrefix(int zone, const FirstLook& look, const std::vector<County>* counties) {
    std::string text;
    if (const auto epsg = zoneEpsg(CrsFamily::Cgcs2000, zone)) {
        if (const auto landing = landingOf(*epsg, look, counties)) {
            text += line(fmt::format("EPSG:{} ({})", *epsg, landing->name), *landing, counties);
        }
    }
    return text +
           fmt::format(
               "\n  同一带号的 1980 西安 (EPSG:{0})、1954 北京 (EPSG:{1}) 相距可达百米，须另给 --datum 或 "
               "--plane / the same zone of Xian 1980 (EPSG:{0}) and Beijing 1954 (EPSG:{1}) is up to "
               "100 m off and needs --datum or --plane as well",
               zoneEpsg(CrsFamily::Xian80, zone).value_or(0),
               zoneEpsg(CrsFamily::Beijing54, zone).value_or(0));
}

std::string withoutPrefix(const FirstLook& look, const std::vector<County>* counties) {
    std::string text =
        "\n  六位横坐标不含带号，带宽、中央经线和基准须由数据提供方说明；各中央经线 / six-digit "
        "eastings tell neither zone nor datum: ask the supplier; by meridian:";
    const bool choose = counties != nullptr && !counties->empty();
    std::string others;
    int left = 0;
    for (int meridian = kFirstMeridian; meridian <= kLastMeridian; meridian += kDegrees3) {
        const auto three = meridianEpsg(CrsFamily::Cgcs2000, ZoneWidth::Three, meridian);
        const auto landing = landingOf(three.value_or(0), look, counties);
        if (!landing) {
            continue;
        }
        // 3° and 6° zones of one meridian have the same coordinates.
        const auto six = meridianEpsg(CrsFamily::Cgcs2000, ZoneWidth::Six, meridian);
        const std::string code = fmt::format("{}°E: EPSG:{} (3°){}", meridian, *three,
                                             six ? fmt::format(" / EPSG:{} (6°)", *six) : "");
        if (choose && landing->counties.empty()) {
            others += fmt::format("{}{}", others.empty() ? "" : ", ", meridian);
            ++left;
        } else {
            text += line(code, *landing, counties);
        }
    }
    if (left > 0) {
        text +=
            fmt::format("\n  其余 {0} 条中央经线（{1}）：不在县界图层内 / the other {0} meridians: outside "
                        "the county layer",
                        left, others);
    }
    return text;
}

bool isEvenOddInside(const geo::Ring& ring, const geo::Coordinate& p) {
    bool inside = false;
    for (std::size_t n = 1; n < ring.size(); ++n) {
        const geo::Coordinate& a = ring[n - 1];
        const geo::Coordinate& b = ring[n];
        if ((a.y > p.y) != (b.y > p.y) && p.x < a.x + (p.y - a.y) / (b.y - a.y) * (b.x - a.x)) {
            inside = !inside;
        }
    }
    return inside;
}

/// Good enough to name a county in a message.
bool holds(const geo::Shape& shape, const geo::Coordinate& p) {
    return std::any_of(shape.polygons.begin(), shape.polygons.end(), [&](const geo::Polygon& polygon) {
        return isEvenOddInside(polygon.shell, p) &&
               std::none_of(polygon.holes.begin(), polygon.holes.end(),
                            [&](const geo::Ring& hole) { return isEvenOddInside(hole, p); });
    });
}

} // namespace

int geographicEpsg(CrsFamily family) {
    return codesOf(family).geographic;
}

std::optional<int> zoneEpsg(CrsFamily family, int zone) {
    if (zone >= kLeast6Zone && zone <= kMost6Zone) {
        return codesOf(family).zone6 + zone - kLeast6Zone;
    }
    if (zone >= kLeast3Zone && zone <= kMost3Zone) {
        return codesOf(family).zone3 + zone - kLeast3Zone;
    }
    return std::nullopt;
}

std::optional<int> meridianEpsg(CrsFamily family, ZoneWidth width, int meridianDeg) {
    const int step = width == ZoneWidth::Three ? kDegrees3 : kDegrees6;
    const int from = meridianDeg - kFirstMeridian;
    if (from < 0 || meridianDeg > kLastMeridian || from % step != 0) {
        return std::nullopt;
    }
    const FamilyCodes& codes = codesOf(family);
    return (width == ZoneWidth::Three ? codes.meridian3 : codes.meridian6) + from / step;
}

int zonePrefix(double eastingM) {
    if (!(eastingM > 0 && eastingM < (kMost3Zone + 1) * kPrefixStepM)) {
        return 0;
    }
    const int prefix = static_cast<int>(std::floor(eastingM / kPrefixStepM));
    return zoneEpsg(CrsFamily::Cgcs2000, prefix) ? prefix : 0;
}

bool isLonLat(const geo::Box& box) {
    return box.minX >= -360 && box.maxX <= 360 && box.minY >= -90 && box.maxY <= 90;
}

std::string boxText(const geo::Box& box, int decimals) {
    constexpr double kReadable = 1e9;
    const auto text = [&](double value) {
        return std::abs(value) < kReadable ? fmt::format("{:.{}f}", value, decimals)
                                           : fmt::format("{:.3g}", value);
    };
    return fmt::format("{} … {}, {} … {}", text(box.minX), text(box.maxX), text(box.minY), text(box.maxY));
}

std::vector<std::string> countiesAt(const geo::Path& lonLat, const std::vector<County>& counties) {
    std::vector<std::string> names;
    for (const County& county : counties) {
        const geo::Box box = county.shape.box();
        const bool isThere = std::any_of(lonLat.begin(), lonLat.end(), [&](const geo::Coordinate& c) {
            return box.contains(c) && holds(county.shape, c);
        });
        if (isThere) {
            names.push_back(county.name);
        }
    }
    return names;
}

std::string crsCandidates(const FirstLook& look, const std::vector<County>* counties) {
    const geo::Box& box = look.extent;
    if (box.isEmpty() || !std::isfinite(box.minX) || !std::isfinite(box.maxX)) {
        return {};
    }
    if (isLonLat(box)) {
        return inDegrees(look, counties);
    }
    if (const int zone = zonePrefix(box.minX); zone > 0) {
        return withPrefix(zone, look, counties);
    }
    if (box.minX > kLeastMetres && box.maxX < kPrefixStepM && box.minY > kLeastMetres) {
        return withoutPrefix(look, counties);
    }
    std::string text = swappedDegrees(look, counties); // a longitude is no latitude
    const bool isNorthing = box.minX > kPrefixStepM && box.maxX < kMostNorthingM;
    if (isNorthing && (zonePrefix(box.minY) > 0 || (box.minY > kLeastMetres && box.maxY < kPrefixStepM))) {
        text += "\n  横纵坐标可能颠倒（测量上 X 为北） / easting and northing may be swapped (surveyors call "
                "north X)";
    }
    constexpr double kKilo = 1000;
    if (box.minX > kLeastMetres / kKilo && box.minY > kPrefixStepM / kKilo &&
        box.maxY < kMostNorthingM / kKilo) {
        text += "\n  单位可能是千米而不是米 / the unit may be kilometres, not metres";
    }
    return text;
}

} // namespace layers
