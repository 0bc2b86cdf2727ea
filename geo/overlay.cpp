#include "geo/overlay.hpp"

#include "geo/error.hpp"
#include "geo/geos_handle.hpp"

#include <utility>

namespace geo {

namespace {

Shape onlyDimension(Shape shape, Dimension dimension) {
    if (dimension != Dimension::Area) {
        shape.polygons.clear();
    }
    if (dimension != Dimension::Line) {
        shape.lines.clear();
    }
    if (dimension != Dimension::Point) {
        shape.points.clear();
    }
    return shape;
}

/// GEOS answers NULL where it refuses; the reason stands with the context only.
Shape shapeOrRefusal(const geos::GeometryPtr& result, const char* operation) {
    if (!result) {
        throw Error(std::string("GEOS 叠加失败 / GEOS refuses the ") + operation + ": " + geos::takeError());
    }
    return geos::fromGeos(result.get());
}

} // namespace

Shape intersection(const Shape& a, const Shape& b, double grid) {
    if (a.isEmpty() || b.isEmpty()) {
        return {};
    }
    const geos::GeometryPtr left = geos::toGeos(a);
    const geos::GeometryPtr right = geos::toGeos(b);
    const geos::GeometryPtr result(
        grid > 0 ? GEOSIntersectionPrec_r(geos::context(), left.get(), right.get(), grid)
                 : GEOSIntersection_r(geos::context(), left.get(), right.get()));
    return onlyDimension(shapeOrRefusal(result, "intersection"), a.dimension());
}

Shape difference(const Shape& a, const Shape& b, double grid) {
    if (a.isEmpty() || b.isEmpty()) {
        return onlyDimension(a, a.dimension());
    }
    const geos::GeometryPtr left = geos::toGeos(a);
    const geos::GeometryPtr right = geos::toGeos(b);
    const geos::GeometryPtr result(grid > 0
                                       ? GEOSDifferencePrec_r(geos::context(), left.get(), right.get(), grid)
                                       : GEOSDifference_r(geos::context(), left.get(), right.get()));
    return onlyDimension(shapeOrRefusal(result, "difference"), a.dimension());
}

Shape unionOf(const std::vector<Shape>& shapes) {
    Shape all;
    for (const Shape& shape : shapes) {
        all.polygons.insert(all.polygons.end(), shape.polygons.begin(), shape.polygons.end());
    }
    if (all.isEmpty()) {
        return {};
    }
    const geos::GeometryPtr collected = geos::toGeos(all);
    const geos::GeometryPtr result(GEOSUnaryUnion_r(geos::context(), collected.get()));
    return onlyDimension(shapeOrRefusal(result, "union"), Dimension::Area);
}

} // namespace geo
