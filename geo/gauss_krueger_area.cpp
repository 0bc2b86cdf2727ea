#include "geo/area.hpp"

#include "geo/ellipsoid.hpp"
#include "geo/error.hpp"
#include "geo/proj_handle.hpp"

#include <cmath>
#include <map>
#include <string>

namespace geo {

namespace {

/// Gauss-Krüger on CGCS2000, radians in, metres out.
class GaussKrueger {
  public:
    explicit GaussKrueger(double centralMeridianDeg) {
        const std::string definition = "+proj=tmerc +lat_0=0 +k=1 +x_0=500000 +y_0=0 +ellps=GRS80 +lon_0=" +
                                       std::to_string(centralMeridianDeg);
        m_projection.reset(proj_create(m_context.get(), definition.c_str()));
        if (!m_projection) {
            throw Error(
                "无法建立高斯-克吕格投影 / cannot make the Gauss-Krueger projection, central meridian " +
                std::to_string(centralMeridianDeg) + ": " + m_context.takeMessage());
        }
    }

    [[nodiscard]] double ringAreaM2(const Ring& ring) {
        Ring plane;
        plane.reserve(ring.size());
        for (const Coordinate& c : ring) {
            const PJ_COORD in =
                proj_coord(c.x * ellipsoid::kRadiansPerDegree, c.y * ellipsoid::kRadiansPerDegree, 0, 0);
            const PJ_COORD out = proj_trans(m_projection.get(), PJ_FWD, in);
            if (!std::isfinite(out.xy.x) || !std::isfinite(out.xy.y)) {
                throw Error("位置不在投影带范围内，无法计算平面面积 / a position lies outside the "
                            "Gauss-Krueger zone: " +
                            std::to_string(c.x) + ", " + std::to_string(c.y));
            }
            plane.push_back({out.xy.x, out.xy.y});
        }
        return std::abs(signedArea2(plane)) / 2;
    }

  private:
    projlib::Context m_context;
    projlib::PjPtr m_projection;
};

/// Making a projection costs as much as projecting ten thousand positions, so each thread keeps those it
/// used.
GaussKrueger& gaussKrueger(double centralMeridianDeg) {
    thread_local std::map<double, GaussKrueger> made;
    return made.try_emplace(centralMeridianDeg, centralMeridianDeg).first->second;
}

} // namespace

double gaussKruegerAreaM2(const Shape& shape, double centralMeridianDeg) {
    if (!(std::abs(centralMeridianDeg) <= 180)) {
        throw Error("中央子午线无效 / no central meridian: " + std::to_string(centralMeridianDeg));
    }
    GaussKrueger& projection = gaussKrueger(centralMeridianDeg);
    double area = 0;
    for (const Polygon& polygon : shape.polygons) {
        area += projection.ringAreaM2(polygon.shell);
        for (const Ring& hole : polygon.holes) {
            area -= projection.ringAreaM2(hole);
        }
    }
    return area;
}

} // namespace geo
