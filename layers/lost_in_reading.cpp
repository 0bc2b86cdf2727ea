#include "layers/lost_in_reading.hpp"

#include "layers/ogr_handle.hpp"

#include <cmath>
#include <utility>

#include <fmt/format.h>

namespace layers {

void LostInReading::add(Counted& counted, std::int64_t feature) {
    counted.first = counted.features == 0 ? feature : counted.first;
    ++counted.features;
}

void LostInReading::count(const CheckedGeometry& geometry) {
    const std::int64_t feature = geometry.feature;
    if (geometry.hadZ) {
        add(m_z, feature);
    }
    if (geometry.hadM) {
        add(m_m, feature);
    }
    if (geometry.wasCurved) {
        add(m_curved, feature);
    }
    if (geometry.hadLongEdges) {
        add(m_longEdges, feature);
    }
}

void LostInReading::tell(ProblemLog& log) const {
    const auto say = [&](const Counted& counted, ProblemKind kind, BothLanguages what, BothLanguages done) {
        if (counted.features == 0) {
            return;
        }
        Problem problem = makeProblem(kind, Severity::Info, std::move(what), std::move(done));
        problem.feature = counted.first;
        problem.count = counted.features;
        log.add(std::move(problem));
    };
    say(m_z, ProblemKind::GeometryPartDropped, {"几何带高程 Z", "the geometries have heights (Z)"},
        {"去掉 Z，按平面核查", "Z is left out, the check is in the plane"});
    say(m_m, ProblemKind::GeometryPartDropped, {"几何带测量值 M", "the geometries have measures (M)"},
        {"去掉 M", "M is left out"});
    constexpr double kHalfTurn = 180;
    constexpr double kPercent = 100;
    const double off = kPercent * (1 - std::cos(ogr::kArcStep / 2 * std::acos(-1.0) / kHalfTurn));
    say(m_curved, ProblemKind::GeometryConverted, {"几何含圆弧", "the geometries have arcs"},
        {fmt::format("圆弧按每段不超过 {} 度化为折线，偏差不超过半径的 {:.4f} %", ogr::kArcStep, off),
         fmt::format(
             "arcs are made of straight pieces of at most {} degree, off by at most {:.4f} % of the radius",
             ogr::kArcStep, off)});
    say(m_longEdges, ProblemKind::GeometryConverted,
        {"投影坐标中的直边长于 1 公里，换成经纬度后是曲线",
         "straight edges of projected coordinates are longer than 1 km and curves in longitude and latitude"},
        {"转换前按不超过 1 公里加点，偏差约 1 厘米以内",
         "positions are added every kilometre before they are transformed, off by about 1 cm at most"});
}

} // namespace layers
