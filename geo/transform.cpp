#include "geo/transform.hpp"

#include "geo/crs_handle.hpp"
#include "geo/datum_shift_handle.hpp"
#include "geo/error.hpp"

#include <cmath>
#include <limits>
#include <map>
#include <utility>

namespace geo {

namespace {

constexpr double kNotANumber = std::numeric_limits<double>::quiet_NaN();

[[noreturn]] void refuseDatum(const CrsInfo& info) {
    throw Error(
        "坐标系“" + info.name + "”的基准（" + info.datum +
        "）与 CGCS2000 "
        "的关系未知：没有可靠的转换，只有误差可达数十米的概略转换。请用 --datum 角色=dx,dy,dz,rx,ry,rz,s "
        "给出七参数，或用 "
        "--plane 角色=dE,dN,旋转角,尺度 给出平面四参数，或先把数据转换到 CGCS2000（EPSG:4490）。 / The datum "
        "of \"" +
        info.name + "\" (" + info.datum +
        ") is not known to equal CGCS2000: there is no reliable transformation, only a ballpark one that may "
        "be tens of metres off. Convert the data to CGCS2000 (EPSG:4490) first, or give your own parameters: "
        "seven with --datum ROLE=dx,dy,dz,rx,ry,rz,s or four plane ones with --plane "
        "ROLE=dE,dN,rotation,scale. If the file names its system wrongly, name the right one with --crs "
        "ROLE=EPSG:n.");
}

/// Marks what PROJ could not compute.
void markFailures(Path& path) {
    constexpr double kHalfTurn = 180;
    constexpr double kQuarterTurn = 90;
    for (Coordinate& c : path) {
        if (!(std::abs(c.x) <= kHalfTurn && std::abs(c.y) <= kQuarterTurn)) {
            c = {kNotANumber, kNotANumber};
        }
    }
}

} // namespace

struct Transform::Impl {
    projlib::Context context;
    CrsInfo info;
    projlib::PjPtr inverse;    ///< to the system's own longitude, latitude; empty for a geographic system
    double degreesPerUnit = 1; ///< of that longitude and latitude
    projlib::PjPtr plane;      ///< four parameters, before the projection is undone
    projlib::PjPtr space;      ///< seven parameters, on longitude and latitude in degrees

    Impl(const std::string& definition, const DatumShift& shift) {
        const projlib::Crs crs = projlib::readCrs(context, definition);
        info = crs.info;
        if (!info.equalWithinM && shift.kind == DatumShift::Kind::None) {
            refuseDatum(info);
        }
        constexpr double kRelative = 1e-9; // files write the degree with 12 to 16 digits
        if (std::abs(crs.degreesPerUnit - 1) > kRelative) {
            degreesPerUnit = crs.degreesPerUnit;
        }
        if (shift.kind == DatumShift::Kind::Seven) {
            space = projlib::sevenParameterShift(context, crs, shift);
        }
        projlib::PjPtr shifted;
        if (shift.kind == DatumShift::Kind::Plane) {
            plane = projlib::planeShift(context, crs, shift);
            shifted = projlib::sameProjectionOnCgcs2000(context, crs);
        }
        if (info.geographic) {
            return;
        }
        unproject(shifted ? shifted.get() : crs.crs.get());
    }

    /// Sets `inverse` up for a projected system.
    void unproject(const PJ* system) {
        const projlib::PjPtr geodetic(proj_crs_get_geodetic_crs(context.get(), system));
        // To the system's own datum: the inverse projection alone, and no operation between datums that count
        // as equal.
        const projlib::PjPtr raw(
            proj_create_crs_to_crs_from_pj(context.get(), system, geodetic.get(), nullptr, nullptr));
        if (raw) {
            inverse.reset(proj_normalize_for_visualization(context.get(), raw.get()));
        }
        // PROJ hands out an object without a computation where it does not know the projection.
        const char* computation = inverse ? proj_pj_info(inverse.get()).definition : nullptr;
        if (computation == nullptr || *computation == '\0') {
            throw Error("PROJ 不能计算坐标系“" + info.name +
                        "”的投影 / PROJ cannot compute the projection of \"" + info.name +
                        "\": " + context.takeMessage() +
                        ". 请用 --crs 角色=EPSG:代码 指明 / name the right one with --crs ROLE=EPSG:n.");
        }
    }

    static void run(PJ* operation, Path& path, PJ_DIRECTION direction) {
        if (operation == nullptr || path.empty()) {
            return;
        }
        proj_errno_reset(operation);
        proj_trans_generic(operation, direction, &path.front().x, sizeof(Coordinate), path.size(),
                           &path.front().y, sizeof(Coordinate), path.size(), nullptr, 0, 0, nullptr, 0, 0);
    }

    void scale(Path& path, double factor) const {
        if (degreesPerUnit != 1) {
            for (Coordinate& c : path) {
                c = {c.x * factor, c.y * factor};
            }
        }
    }
};

Transform::Transform(const std::string& definition, const DatumShift& shift)
    : m_impl(std::make_unique<Impl>(definition, shift)) {}
Transform::~Transform() = default;
Transform::Transform(Transform&&) noexcept = default;
Transform& Transform::operator=(Transform&&) noexcept = default;

const CrsInfo& Transform::source() const {
    return m_impl->info;
}

bool Transform::isIdentity() const {
    return !m_impl->inverse && !m_impl->space && m_impl->degreesPerUnit == 1;
}

void Transform::apply(Path& path) const {
    if (!isIdentity()) {
        Impl::run(m_impl->plane.get(), path, PJ_FWD);
        Impl::run(m_impl->inverse.get(), path, PJ_FWD);
        m_impl->scale(path, m_impl->degreesPerUnit);
        markFailures(path);
        if (m_impl->space) {
            Impl::run(m_impl->space.get(), path, PJ_FWD);
            markFailures(path);
        }
    }
}

Shape Transform::apply(Shape shape) const {
    if (isIdentity()) {
        return shape;
    }
    for (Polygon& polygon : shape.polygons) {
        apply(polygon.shell);
        for (Ring& hole : polygon.holes) {
            apply(hole);
        }
    }
    for (Path& line : shape.lines) {
        apply(line);
    }
    apply(shape.points);
    return shape;
}

Path Transform::applyInverse(Path path) const {
    if (!isIdentity()) {
        Impl::run(m_impl->space.get(), path, PJ_INV);
        m_impl->scale(path, 1 / m_impl->degreesPerUnit);
        Impl::run(m_impl->inverse.get(), path, PJ_INV);
        Impl::run(m_impl->plane.get(), path, PJ_INV);
        for (Coordinate& c : path) {
            if (!std::isfinite(c.x) || !std::isfinite(c.y)) {
                c = {kNotANumber, kNotANumber};
            }
        }
    }
    return path;
}

CrsInfo describeCrs(const std::string& definition) {
    projlib::Context context;
    return projlib::readCrs(context, definition).info;
}

Path projected(const Path& lonLat, int epsg) {
    // Reading a definition costs milliseconds; each thread keeps those it used.
    thread_local std::map<int, Transform> made;
    const auto found = made.find(epsg);
    const Transform& transform =
        found != made.end() ? found->second
                            : made.emplace(epsg, Transform("EPSG:" + std::to_string(epsg))).first->second;
    return transform.applyInverse(lonLat);
}

} // namespace geo
