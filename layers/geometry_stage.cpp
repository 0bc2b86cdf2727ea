#include "layers/geometry_stage.hpp"

#include "geo/area.hpp"
#include "geo/error.hpp"
#include "geo/geodesic.hpp"
#include "geo/long_edges.hpp"
#include "geo/repair.hpp"
#include "layers/stored_geometry.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace layers {

namespace {

constexpr std::size_t kRingLeast = 4;
constexpr double kMostEdgeM = 1000;

/// Drops rings that cannot be rings: fewer than four positions. What goes is told in `dropped`.
void dropShortRings(geo::Shape& shape, std::size_t& dropped) {
    const auto isShort = [&](const geo::Ring& ring) {
        dropped += ring.size() < kRingLeast ? 1U : 0U;
        return ring.size() < kRingLeast;
    };
    for (geo::Polygon& polygon : shape.polygons) {
        std::erase_if(polygon.holes, isShort);
    }
    std::erase_if(shape.polygons, [&](const geo::Polygon& polygon) { return isShort(polygon.shell); });
}

/// In a projected system: all points within a millimetre of one line, the grain of survey coordinates. Such a
/// polygon has no area, and the transformation would bend it into a sliver with some. (The signed area does
/// not tell: a bow tie's two halves cancel.)
bool isFlat(const geo::Polygon& polygon, double metresPerUnit) {
    constexpr double kLeastWidthM = 0.001;
    const geo::Ring& ring = polygon.shell;
    if (ring.size() < kRingLeast || ring.front() != ring.back()) {
        return false; // another defect's affair
    }
    const geo::Coordinate& origin = ring.front();
    geo::Coordinate far{0, 0};
    double farthest2 = 0;
    for (const geo::Coordinate& c : ring) {
        const geo::Coordinate step{c.x - origin.x, c.y - origin.y};
        if (const double distance2 = step.x * step.x + step.y * step.y; distance2 > farthest2) {
            farthest2 = distance2;
            far = step;
        }
    }
    const double length = std::sqrt(farthest2);
    return std::all_of(ring.begin(), ring.end(), [&](const geo::Coordinate& c) {
        const double across = (c.x - origin.x) * far.y - (c.y - origin.y) * far.x; // distance × length
        return std::abs(across) * metresPerUnit <= kLeastWidthM * length;
    });
}

/// Area of the polygons, in the metres of the place; for telling what is nearly nothing.
double roughAreaM2(const geo::Shape& shape) {
    constexpr double kMostLatitude = 89;
    double area = 0;
    for (const geo::Polygon& polygon : shape.polygons) {
        const geo::MetresPerDegree metres =
            geo::metresPerDegree(std::clamp(polygon.shell.front().y, -kMostLatitude, kMostLatitude));
        area += std::abs(geo::signedArea2(polygon.shell)) / 2 * metres.lon * metres.lat;
    }
    return area;
}

/// Keeps the parts of the highest dimension; how many others went.
std::size_t keepHighest(geo::Shape& shape) {
    const std::size_t before = shape.partCount();
    if (!shape.polygons.empty()) {
        shape.lines.clear();
        shape.points.clear();
    } else if (!shape.lines.empty()) {
        shape.points.clear();
    }
    return before - shape.partCount();
}

/// A line that leaps over more than half the globe crosses the 180° meridian and would be read the wrong way
/// round.
bool leapsOverAntimeridian(const geo::Shape& shape) {
    constexpr double kHalfGlobe = 180;
    return std::any_of(shape.lines.begin(), shape.lines.end(), [](const geo::Path& line) {
        return std::adjacent_find(line.begin(), line.end(),
                                  [](const geo::Coordinate& a, const geo::Coordinate& b) {
                                      return std::abs(a.x - b.x) > kHalfGlobe;
                                  }) != line.end();
    });
}

/// Every position is 0, 0: a place that was never filled in. Stored coordinates, before any transformation.
bool isAllZero(const geo::Shape& shape) {
    const geo::Box box = shape.box();
    return !box.isEmpty() && box.minX == 0 && box.maxX == 0 && box.minY == 0 && box.maxY == 0;
}

Problem featureProblem(const RawFeature& feature, ProblemKind kind, std::string zh, std::string en) {
    Problem problem;
    problem.kind = kind;
    problem.feature = feature.id;
    problem.textZh = std::move(zh);
    problem.textEn = std::move(en);
    return problem;
}

void refuse(CheckedGeometry& result, ProblemKind kind, std::string zh, std::string en) {
    result.kind = kind;
    result.reasonZh = std::move(zh);
    result.reasonEn = std::move(en);
}

void reportRepair(const RawFeature& feature, const geo::Repair& repair, const Settings& settings,
                  CheckedGeometry& result) {
    const bool closed = repair.defect == geo::Defect::UnclosedRing;
    Problem problem = featureProblem(
        feature, ProblemKind::GeometryRepaired,
        fmt::format("几何无效：{}{}", geo::defectNameZh(repair.defect), closed ? "，环未闭合" : ""),
        fmt::format("invalid geometry: {}", geo::defectNameEn(repair.defect)));
    problem.place = repair.place;
    problem.areaBeforeM2 = repair.areaBeforeM2;
    problem.areaAfterM2 = repair.areaAfterM2;
    const std::string areas = fmt::format("{:.2f} -> {:.2f} m²", repair.areaBeforeM2, repair.areaAfterM2);
    problem.doneZh = fmt::format("{}，面积 {}", closed ? "已闭合环" : "已修复", areas);
    problem.doneEn = fmt::format("{}, area {}", closed ? "ring closed" : "repaired", areas);
    const double change = std::abs(repair.areaAfterM2 - repair.areaBeforeM2);
    const bool large =
        change > settings.repairReportM2 ||
        change > settings.repairReportShare * std::max(repair.areaBeforeM2, repair.areaAfterM2);
    problem.severity = large ? Severity::Warning : Severity::Info;
    result.problems.push_back(std::move(problem));
}

} // namespace

GeometryStage::GeometryStage(const std::string& crs, Settings settings, const PositionOptions& positions)
    : m_crs(crs), m_positions(positions), m_settings(settings) {
    auto transform = std::make_unique<geo::Transform>(crs, positions.datum);
    m_identity = transform->isIdentity() && positions.mapShift == MapShift::None;
    m_metresPerUnit = transform->source().geographic ? 0 : transform->source().metresPerUnit;
    m_free.push_back(std::move(transform));
}

geo::Shape GeometryStage::transformed(geo::Shape shape, bool& hadLongEdges) const {
    if (m_identity) {
        return shape;
    }
    if (m_metresPerUnit > 0) {
        hadLongEdges = geo::splitLongEdges(shape, kMostEdgeM / m_metresPerUnit);
    }
    std::unique_ptr<geo::Transform> transform;
    {
        const std::lock_guard lock(m_mutex);
        if (!m_free.empty()) {
            transform = std::move(m_free.back());
            m_free.pop_back();
        }
    }
    if (!transform) {
        transform = std::make_unique<geo::Transform>(m_crs, m_positions.datum);
    }
    shape = transform->apply(std::move(shape));
    if (m_positions.mapShift != MapShift::None) {
        shape = unshifted(std::move(shape), m_positions.mapShift);
    }
    const std::lock_guard lock(m_mutex);
    m_free.push_back(std::move(transform));
    return shape;
}

CheckedGeometry GeometryStage::check(RawFeature& feature) const {
    CheckedGeometry result;
    if (feature.geometry == RawFeature::Geometry::None) {
        refuse(result, ProblemKind::GeometryMissing, "要素没有几何", "the feature has no geometry");
        return result;
    }
    if (feature.geometry == RawFeature::Geometry::Damaged) {
        refuse(result, ProblemKind::GeometryRejected, feature.faultZh, feature.faultEn);
        return result;
    }
    const bool isWkb = feature.geometry == RawFeature::Geometry::Wkb;
    const WkbKind kind = isWkb ? wkbKind(feature.wkb) : WkbKind();
    result.feature = feature.id;
    result.hadZ = feature.hasZ || kind.hasZ;
    result.hadM = feature.hasM || kind.hasM;
    result.wasCurved = feature.isCurved || isCurve(kind.type);
    geo::Shape shape;
    std::size_t flat = 0;
    try {
        shape = isWkb ? decodedShape(feature.wkb) : std::move(feature.shape);
        if (isAllZero(shape)) {
            refuse(result, ProblemKind::GeometryMissing, "坐标为 0, 0（未填写）",
                   "the coordinates are 0, 0 (not filled in)");
            return result;
        }
        if (m_settings.leastAreaM2 > 0 && m_metresPerUnit > 0 && !shape.polygons.empty()) {
            const auto flatOne = [&](const geo::Polygon& polygon) {
                return isFlat(polygon, m_metresPerUnit);
            };
            flat = static_cast<std::size_t>(
                std::count_if(shape.polygons.begin(), shape.polygons.end(), flatOne));
            if (flat == shape.partCount()) {
                result.invalid = true;
                result.shape = transformed(std::move(shape), result.hadLongEdges);
                refuse(result, ProblemKind::GeometryRejected,
                       "面积几乎为零：各点在一条线上（偏离不到 1 毫米）",
                       "practically no area: its points lie within a millimetre of one line");
                return result;
            }
            if (flat > 0) {
                std::erase_if(shape.polygons, flatOne);
            }
        }
        shape = transformed(std::move(shape), result.hadLongEdges);
    } catch (const geo::Error& e) {
        refuse(result, ProblemKind::GeometryRejected, std::string("几何无法读取：") + e.what(),
               std::string("the geometry cannot be read: ") + e.what());
        return result;
    }
    feature.wkb = {};
    if (shape.isEmpty()) {
        refuse(result, ProblemKind::GeometryMissing, "几何为空", "the geometry is empty");
        return result;
    }
    const std::size_t lower = keepHighest(shape);
    std::size_t shortRings = 0;
    dropShortRings(shape, shortRings);
    if (shape.isEmpty()) {
        result.invalid = true;
        refuse(result, ProblemKind::GeometryRejected, "环的点数太少（少于 4 个）",
               "the ring has too few positions (fewer than 4)");
        return result;
    }
    if (leapsOverAntimeridian(shape)) {
        result.invalid = true;
        result.shape = std::move(shape);
        refuse(result, ProblemKind::GeometryRejected,
               std::string("几何跨 180° 经线：") + std::string(geo::defectNameZh(geo::Defect::Antimeridian)),
               "the geometry crosses the 180° meridian");
        return result;
    }
    geo::Repair repair = geo::checkAndRepair(std::move(shape));
    if (lower > 0) {
        Problem problem =
            featureProblem(feature, ProblemKind::GeometryPartDropped, "几何集合中含较低维度的部分",
                           "the collection holds parts of a lower dimension");
        problem.doneZh = fmt::format("去掉 {} 个部分，只保留最高维度的部分", lower);
        problem.doneEn = fmt::format("{} parts dropped, those of the highest dimension kept", lower);
        result.problems.push_back(std::move(problem));
    }
    if (shortRings > 0) {
        Problem problem =
            featureProblem(feature, ProblemKind::GeometryRepaired, "有面积为零的环（少于 4 个点）",
                           "rings without area (fewer than 4 positions)");
        problem.severity = Severity::Info; // they had no area that could be lost
        problem.doneZh = fmt::format("去掉 {} 个环", shortRings);
        problem.doneEn = fmt::format("{} rings dropped", shortRings);
        result.problems.push_back(std::move(problem));
    }
    if (flat > 0) {
        Problem problem = featureProblem(
            feature, ProblemKind::GeometryRepaired, "有面积几乎为零的部分（各点在一条线上，偏离不到 1 毫米）",
            "parts with practically no area (their points lie within a millimetre of one line)");
        problem.severity = Severity::Info;
        problem.doneZh = fmt::format("去掉 {} 个部分", flat);
        problem.doneEn = fmt::format("{} parts dropped", flat);
        result.problems.push_back(std::move(problem));
    }
    result.invalid = shortRings > 0 || flat > 0 || repair.result != geo::RepairResult::Unchanged;
    if (repair.result == geo::RepairResult::Refused) {
        result.shape = std::move(repair.shape);
        refuse(result, ProblemKind::GeometryRejected,
               fmt::format("几何不能使用：{}{}{}", geo::defectNameZh(repair.defect),
                           repair.detail.empty() ? "" : "，", repair.detail),
               fmt::format("the geometry cannot be used: {}{}{}", geo::defectNameEn(repair.defect),
                           repair.detail.empty() ? "" : ", ", repair.detail));
        return result;
    }
    // The exact area is asked for only where the rough one is near the limit.
    constexpr double kRough = 2;
    if (m_settings.leastAreaM2 > 0 && !repair.shape.polygons.empty() &&
        roughAreaM2(repair.shape) < kRough * m_settings.leastAreaM2) {
        const double area = geo::ellipsoidalAreaM2(repair.shape);
        if (area < m_settings.leastAreaM2) {
            result.invalid = true;
            result.shape = std::move(repair.shape);
            refuse(result, ProblemKind::GeometryRejected,
                   fmt::format("面积几乎为零：{:.4f} 平方米，小于 {} 平方米（least_area_m2）", area,
                               m_settings.leastAreaM2),
                   fmt::format("practically no area: {:.4f} m², less than {} m² (least_area_m2)", area,
                               m_settings.leastAreaM2));
            return result;
        }
    }
    if (repair.result == geo::RepairResult::Repaired) {
        reportRepair(feature, repair, m_settings, result);
    }
    result.repaired = result.invalid;
    result.usable = true;
    result.shape = std::move(repair.shape);
    return result;
}

} // namespace layers
