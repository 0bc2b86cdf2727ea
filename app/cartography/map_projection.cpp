#include "app/cartography/map_projection.hpp"

#include "geo/area.hpp"

#include <algorithm>
#include <cmath>

namespace app {

namespace {

constexpr int kFirstMeridian = 75;
constexpr int kLastMeridian = 135;
constexpr int kFirstCode = 4534; // CGCS2000 / 3-degree Gauss-Kruger CM 75E
constexpr int kZoneWidth = 3;

std::string codeOf(int meridian) {
    return "EPSG:" + std::to_string(kFirstCode + (meridian - kFirstMeridian) / kZoneWidth);
}

} // namespace

int MapProjection::meridianOf(double longitudeDeg) {
    const double meridian = geo::centralMeridian3Deg(longitudeDeg);
    return std::clamp(static_cast<int>(std::lround(meridian)), kFirstMeridian, kLastMeridian);
}

MapProjection::MapProjection(double longitudeDeg)
    : m_meridian(meridianOf(longitudeDeg)), m_transform(codeOf(m_meridian)) {}

geo::Path MapProjection::project(geo::Path lonLat) const {
    return m_transform.applyInverse(std::move(lonLat));
}
geo::Coordinate MapProjection::project(const geo::Coordinate& lonLat) const {
    return m_transform.applyInverse({lonLat}).front();
}
geo::Path MapProjection::unproject(geo::Path metres) const {
    m_transform.apply(metres);
    return metres;
}
geo::Coordinate MapProjection::unproject(const geo::Coordinate& metres) const {
    geo::Path path{metres};
    m_transform.apply(path);
    return path.front();
}

} // namespace app
