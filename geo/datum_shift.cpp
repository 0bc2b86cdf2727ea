#include "geo/datum_shift_handle.hpp"
#include "geo/error.hpp"

#include <cmath>
#include <locale>
#include <sstream>

namespace geo::projlib {

namespace {

constexpr double kPpm = 1e-6;
constexpr double kZonePrefixM = 1e6; ///< 带号 stands before the six digits of an easting

/// PROJ reads numbers with a point whatever the locale.
std::ostringstream pipelineText() {
    std::ostringstream text;
    text.imbue(std::locale::classic());
    constexpr int kAllDigits = 17;
    text.precision(kAllDigits);
    return text;
}

PjPtr made(Context& context, const std::string& pipeline) {
    PjPtr pj(proj_create(context.get(), pipeline.c_str()));
    if (!pj) {
        throw Error("转换参数不能使用 / these parameters of transformation cannot be used: " +
                    context.takeMessage());
    }
    return pj;
}

struct Ellipsoid {
    double majorM = 0;
    double inverseFlattening = 0;
};

Ellipsoid ellipsoidOf(Context& context, const PJ* crs) {
    Ellipsoid found;
    const PjPtr pj(proj_get_ellipsoid(context.get(), crs));
    if (!pj || proj_ellipsoid_get_parameters(context.get(), pj.get(), &found.majorM, nullptr, nullptr,
                                             &found.inverseFlattening) == 0) {
        throw Error("坐标系没有椭球参数 / the coordinate system names no ellipsoid");
    }
    return found;
}

} // namespace

PjPtr sevenParameterShift(Context& context, const Crs& crs, const DatumShift& shift) {
    const PjPtr meridian(proj_get_prime_meridian(context.get(), crs.geodetic.get()));
    double longitude = 0;
    if (!meridian ||
        proj_prime_meridian_get_parameters(context.get(), meridian.get(), &longitude, nullptr, nullptr) ==
            0 ||
        longitude != 0) {
        throw Error("坐标系的本初子午线不是格林尼治，不能用七参数 / the prime meridian of this system is not "
                    "Greenwich: seven parameters cannot be used");
    }
    const Ellipsoid from = ellipsoidOf(context, crs.geodetic.get());
    const auto& p = shift.parameters;
    std::ostringstream text = pipelineText();
    text << "+proj=pipeline +step +proj=unitconvert +xy_in=deg +xy_out=rad"
         << " +step +proj=cart +a=" << from.majorM << " +rf=" << from.inverseFlattening
         << " +step +proj=helmert +x=" << p[0] << " +y=" << p[1] << " +z=" << p[2] << " +rx=" << p[3]
         << " +ry=" << p[4] << " +rz=" << p[5] << " +s=" << p[6] << " +convention=position_vector"
         << " +step +inv +proj=cart +ellps=GRS80" // CGCS2000 has the figures of GRS 80
         << " +step +proj=unitconvert +xy_in=rad +xy_out=deg";
    return made(context, text.str());
}

PjPtr planeShift(Context& context, const Crs& crs, const DatumShift& shift) {
    if (crs.info.geographic) {
        throw Error("四参数用于投影坐标，而“" + crs.info.name +
                    "”是经纬度；请改用七参数 --datum / four plane parameters are for projected coordinates, "
                    "and these are longitude and latitude: give seven with --datum");
    }
    const auto& p = shift.parameters;
    const double prefix =
        std::floor(crs.info.falseEastingM / kZonePrefixM) * kZonePrefixM / crs.info.metresPerUnit;
    std::ostringstream text = pipelineText();
    text << "+proj=pipeline +step +proj=affine +xoff=" << -prefix << " +step +proj=helmert +x=" << p[0]
         << " +y=" << p[1] << " +theta=" << p[2] << " +s=" << 1 + p[3] * kPpm
         << " +step +proj=affine +xoff=" << prefix;
    return made(context, text.str());
}

PjPtr sameProjectionOnCgcs2000(Context& context, const Crs& crs) {
    const PjPtr conversion(proj_crs_get_coordoperation(context.get(), crs.crs.get()));
    const PjPtr axes(proj_crs_get_coordinate_system(context.get(), crs.crs.get()));
    const PjPtr cgcs2000(proj_create(context.get(), "EPSG:4490"));
    PjPtr target;
    if (conversion && axes && cgcs2000) {
        target.reset(proj_create_projected_crs(context.get(), (crs.info.name + " on CGCS2000").c_str(),
                                               cgcs2000.get(), conversion.get(), axes.get()));
    }
    if (!target) {
        throw Error(
            "不能在 CGCS2000 上建立“" + crs.info.name +
            "”的投影 / the projection of this system cannot be set up on CGCS2000: " + context.takeMessage());
    }
    return target;
}

} // namespace geo::projlib
