#include "layers/crs_doubts.hpp"

#include "layers/text.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include <fmt/format.h>

namespace layers {

namespace {

constexpr double kKilo = 1000;
constexpr double kLeastEastingM = 1e5;
constexpr double kMostEastingM = 1e6;
constexpr double kPlainFalseEastingM = 500000;

constexpr double kWidestZoneM = 1e6; ///< from the central meridian, far beyond any use of a zone

/// Of a system with the false easting of Gauss-Krüger zones: too far from the meridian to be meant.
bool isFarOff(const geo::CrsInfo& info, double x) {
    const bool isZone = zonePrefix(info.falseEastingM) > 0 || info.falseEastingM == kPlainFalseEastingM;
    return !info.geographic && isZone && std::abs(x * info.metresPerUnit - info.falseEastingM) > kWidestZoneM;
}

/// Some position, stored and transformed, is one that data of China can have.
bool anyInChina(const geo::Transform& transform, const geo::Path& stored) {
    geo::Path lonLat = stored;
    transform.apply(lonLat);
    for (std::size_t n = 0; n < stored.size(); ++n) {
        if (kChinaBox.contains(lonLat[n]) && !isFarOff(transform.source(), stored[n].x)) {
            return true;
        }
    }
    return false;
}

template <typename Change>
bool wouldLand(const geo::Transform& transform, geo::Path path, Change change) {
    for (geo::Coordinate& c : path) {
        c = change(c);
    }
    return anyInChina(transform, path);
}

/// What the eastings say of their zone against what the system says.
std::optional<CrsDoubt> prefixDoubt(const geo::CrsInfo& info, const FirstLook& look) {
    const double unit = info.metresPerUnit;
    const int own = zonePrefix(info.falseEastingM);
    const int first = zonePrefix(look.extent.minX * unit);
    const int last = zonePrefix(look.extent.maxX * unit);
    const bool isPlain = look.extent.minX * unit > kLeastEastingM && look.extent.maxX * unit < kMostEastingM;
    if (own > 0 && first > 0 && (first != own || last != own)) {
        const int other = first != own ? first : last;
        return CrsDoubt{
            fmt::format("横坐标的带号 {} 与坐标系的带号 {} 不符（该带号为 EPSG:{}）", other, own,
                        zoneEpsg(CrsFamily::Cgcs2000, other).value_or(0)),
            fmt::format("the eastings carry zone number {} but the system is of zone {} (zone {} is EPSG:{})",
                        other, own, other, zoneEpsg(CrsFamily::Cgcs2000, other).value_or(0)),
            false};
    }
    if (own > 0 && isPlain) {
        return CrsDoubt{fmt::format("坐标系的横坐标带带号 {}，数据的横坐标却没有带号", own),
                        fmt::format("the system's eastings carry zone number {}, the data's carry none", own),
                        false};
    }
    if (info.falseEastingM == kPlainFalseEastingM && first > 0 && first == last) {
        return CrsDoubt{
            fmt::format("数据的横坐标带带号 {}，坐标系却是不带带号的", first),
            fmt::format("the data's eastings carry zone number {}, the system's carry none", first), false};
    }
    return std::nullopt;
}

/// What a system's name and 带号 say against its own parameters: a .prj that somebody edited by hand.
std::optional<CrsDoubt> contradiction(const geo::CrsInfo& info) {
    constexpr int kFirst3Zone = 25;
    constexpr double kNear = 1e-6;
    const int zone = zonePrefix(info.falseEastingM);
    const int meridian = zone >= kFirst3Zone ? zone * 3 : zone * 6 - 3;
    if (zone > 0 && info.centralMeridianDeg && std::abs(*info.centralMeridianDeg - meridian) > kNear) {
        return CrsDoubt{
            fmt::format("坐标系自相矛盾：假东距带带号 {}（中央经线应为 {}°），中央经线却是 {:.10g}°", zone,
                        meridian, *info.centralMeridianDeg),
            fmt::format("the system contradicts itself: its false easting carries zone {} (central "
                        "meridian {}°), its central meridian is {:.10g}°",
                        zone, meridian, *info.centralMeridianDeg),
            false};
    }
    const std::string name = folded(info.name);
    const bool isGauss =
        zone > 0 || name.find("GAUSS") != std::string::npos || name.find("GK") != std::string::npos;
    if (isGauss && info.centralMeridianDeg && std::abs(info.meridianScale - 1) > kNear) {
        return CrsDoubt{
            fmt::format("坐标系自相矛盾：高斯-克吕格投影的尺度应为 1，却是 {}", info.meridianScale),
            fmt::format("the system contradicts itself: a Gauss-Krueger projection has scale 1, not {}",
                        info.meridianScale),
            false};
    }
    const auto names = [&](std::string_view part) { return name.find(part) != std::string::npos; };
    // With the year: a city's own system on CGCS2000 may be called after the city.
    const bool namesOldDatum = ((names("XIAN") || names("西安")) && names("80")) ||
                               ((names("BEIJING") || names("北京")) && names("54"));
    if (namesOldDatum && info.datum.find("2000") != std::string::npos) {
        return CrsDoubt{fmt::format("坐标系自相矛盾：名称为“{}”，基准却是 {}", info.name, info.datum),
                        fmt::format("the system contradicts itself: it is called \"{}\", its datum is {}",
                                    info.name, info.datum),
                        false};
    }
    return std::nullopt;
}

std::optional<CrsDoubt> placeDoubt(const geo::Transform& transform, const FirstLook& look) {
    const geo::Path& centres = look.centres;
    const bool isInChina = std::any_of(centres.begin(), centres.end(), [](const geo::Coordinate& c) {
        return kChinaBox.contains(c) || kChinaBox.contains(geo::Coordinate{c.y, c.x});
    });
    if (look.isAllDegrees() && isInChina) {
        return CrsDoubt{"坐标系是投影坐标系，坐标却像是经纬度（度）",
                        "the system is projected but the coordinates look like degrees", false};
    }
    const auto swap = [](const geo::Coordinate& c) { return geo::Coordinate{c.y, c.x}; };
    if (wouldLand(transform, centres, swap)) {
        return CrsDoubt{"横纵坐标可能颠倒（测量上 X 为北）：对换后落在中国范围内",
                        "easting and northing may be swapped: the other way round the data lie in China",
                        false};
    }
    const auto toMetres = [](const geo::Coordinate& c) { return geo::Coordinate{c.x * kKilo, c.y * kKilo}; };
    if (wouldLand(transform, centres, toMetres)) {
        return CrsDoubt{"坐标的单位可能是千米而不是米：乘以 1000 后落在中国范围内",
                        "the coordinates may be kilometres, not metres: times 1000 they lie in China", false};
    }
    return std::nullopt;
}

} // namespace

std::optional<CrsDoubt> doubtOf(const geo::Transform& transform, const FirstLook& look) {
    const geo::CrsInfo& info = transform.source();
    if (info.geographic || look.features == 0) {
        return std::nullopt;
    }
    std::optional<CrsDoubt> doubt = contradiction(info);
    if (!doubt) {
        doubt = prefixDoubt(info, look);
    }
    if (!doubt && !anyInChina(transform, look.centres)) {
        doubt = placeDoubt(transform, look);
    }
    if (doubt) {
        geo::Path landed = look.centres;
        transform.apply(landed);
        doubt->leadsNowhere = std::none_of(landed.begin(), landed.end(), [](const geo::Coordinate& c) {
            return std::isfinite(c.x) && std::isfinite(c.y);
        });
    }
    return doubt;
}

void OutsideChina::add(std::int64_t feature, const geo::Box& lonLat) {
    constexpr std::size_t kNamed = 5;
    m_all.add(lonLat);
    if (lonLat.isEmpty() || kChinaBox.contains(lonLat)) {
        return;
    }
    m_outside.add(lonLat);
    ++m_count;
    if (m_first.size() < kNamed) {
        m_first.push_back(feature);
    }
}

void OutsideChina::tell(ProblemLog& log) const {
    if (m_count == 0) {
        return;
    }
    const geo::Box swapped{m_all.minY, m_all.minX, m_all.maxY, m_all.maxX};
    const bool isSwapped = kChinaBox.contains(swapped) && !kChinaBox.meets(m_all);
    const bool isMore = m_count > static_cast<std::int64_t>(m_first.size());
    const std::string which = fmt::format("{}{}", fmt::join(m_first, ", "), isMore ? " …" : "");
    Problem problem = makeProblem(
        ProblemKind::CrsSuspicious, Severity::Error,
        {fmt::format("{} 个要素不全在中国范围内（范围 {}）：{}{}", m_count, boxText(m_outside, 4), which,
                     isSwapped ? "；经纬度可能颠倒" : ""),
         fmt::format("{} features do not all lie in China ({}): {}{}", m_count, boxText(m_outside, 4), which,
                     isSwapped ? "; longitude and latitude may be swapped" : "")},
        {"照读，请核对坐标和坐标系", "read as they are; check the coordinates and their system"});
    problem.feature = m_first.front();
    problem.count = m_count;
    log.add(std::move(problem));
}

} // namespace layers
