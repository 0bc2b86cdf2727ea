#include "geo/repair.hpp"

#include "geo/area.hpp"
#include "geo/error.hpp"
#include "geo/geos_handle.hpp"

#include <algorithm>
#include <memory>
#include <utility>

namespace geo {

namespace {

constexpr std::size_t kLeastRing = 4;
constexpr std::size_t kLeastLine = 2;

std::size_t distinctSteps(const Path& path) {
    std::size_t count = path.empty() ? 0 : 1;
    for (std::size_t i = 1; i < path.size(); ++i) {
        count += path[i] != path[i - 1] ? 1 : 0;
    }
    return count;
}

void closeRing(Ring& ring) {
    if (!ring.empty() && ring.front() != ring.back()) {
        ring.push_back(ring.front());
    }
}

bool isTooShort(const Ring& ring) {
    return distinctSteps(ring) < kLeastRing;
}

/// Closes rings and leaves out what cannot hold an area or have a length: such a shell goes with its holes.
Shape closedAndCleared(Shape shape) {
    for (Polygon& polygon : shape.polygons) {
        closeRing(polygon.shell);
        std::for_each(polygon.holes.begin(), polygon.holes.end(), closeRing);
        polygon.holes.erase(std::remove_if(polygon.holes.begin(), polygon.holes.end(), isTooShort),
                            polygon.holes.end());
    }
    const auto isGone = [](const Polygon& polygon) { return isTooShort(polygon.shell); };
    shape.polygons.erase(std::remove_if(shape.polygons.begin(), shape.polygons.end(), isGone),
                         shape.polygons.end());
    const auto hasNoLength = [](const Path& line) { return distinctSteps(line) < kLeastLine; };
    shape.lines.erase(std::remove_if(shape.lines.begin(), shape.lines.end(), hasNoLength), shape.lines.end());
    return shape;
}

struct ParamsDeleter {
    void operator()(GEOSMakeValidParams* params) const {
        GEOSMakeValidParams_destroy_r(geos::context(), params);
    }
};

/// GEOS MakeValid, structure method: parts are united, holes taken out; what collapses to lines or points
/// goes.
Shape madeValid(const Shape& shape) {
    GEOSContextHandle_t context = geos::context();
    const std::unique_ptr<GEOSMakeValidParams, ParamsDeleter> params(GEOSMakeValidParams_create_r(context));
    constexpr int kDropCollapsed = 0;
    if (!params || GEOSMakeValidParams_setMethod_r(context, params.get(), GEOS_MAKE_VALID_STRUCTURE) == 0 ||
        GEOSMakeValidParams_setKeepCollapsed_r(context, params.get(), kDropCollapsed) == 0) {
        throw Error("GEOS MakeValid: " + geos::takeError());
    }
    const geos::GeometryPtr broken = geos::toGeos(shape);
    const geos::GeometryPtr valid(GEOSMakeValidWithParams_r(context, broken.get(), params.get()));
    if (!valid) {
        throw Error(geos::takeError());
    }
    Shape result = geos::fromGeos(valid.get());
    result.lines.clear();
    result.points.clear();
    return result;
}

bool isBeyondRepair(Defect defect) {
    return defect == Defect::NotFinite || defect == Defect::OutOfRange || defect == Defect::Antimeridian ||
           defect == Defect::NoArea;
}

/// The shape by closing and clearing if that is enough, else by GEOS; the polygons only where there are any.
Shape repaired(Shape shape) {
    Shape cleared = closedAndCleared(std::move(shape));
    if (cleared.polygons.empty() || !findPlanarInvalidity(cleared)) {
        return cleared;
    }
    return madeValid(cleared);
}

} // namespace

Repair checkAndRepair(Shape shape) {
    Repair repair;
    const auto found = findInvalidity(shape);
    if (!found) {
        repair.shape = std::move(shape);
        return repair;
    }
    repair.defect = found->defect;
    repair.place = found->place;
    repair.result = RepairResult::Refused;
    if (found->defect != Defect::NotFinite && found->defect != Defect::OutOfRange) {
        repair.areaBeforeM2 = ellipsoidalAreaM2(shape);
    }
    if (isBeyondRepair(found->defect)) {
        return repair;
    }
    try {
        repair.shape = repaired(std::move(shape));
    } catch (const Error& error) {
        repair.detail = error.what();
        return repair;
    }
    if (repair.shape.isEmpty()) {
        return repair; // nothing was left: the first defect says why
    }
    if (const auto left = findInvalidity(repair.shape)) {
        repair.detail = "after repair: " + std::string(defectNameEn(left->defect));
        repair.shape = {};
        return repair;
    }
    repair.areaAfterM2 = ellipsoidalAreaM2(repair.shape);
    repair.result = RepairResult::Repaired;
    return repair;
}

} // namespace geo
