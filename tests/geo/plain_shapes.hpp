#pragma once

#include "geo/geos_handle.hpp"
#include "geo/shape.hpp"
#include "geo/zone_index.hpp"

#include <string>
#include <utility>
#include <vector>

namespace tests {

/// Shapes of a few corners, for cases that a reader can draw.
[[nodiscard]] inline geo::Ring rectangleRing(double minX, double minY, double maxX, double maxY) {
    return {{minX, minY}, {maxX, minY}, {maxX, maxY}, {minX, maxY}, {minX, minY}};
}
[[nodiscard]] inline geo::Shape rectangle(double minX, double minY, double maxX, double maxY) {
    return {{{rectangleRing(minX, minY, maxX, maxY), {}}}, {}, {}};
}
[[nodiscard]] inline geo::Shape withHole(geo::Shape shape, geo::Ring hole) {
    shape.polygons.front().holes.push_back(std::move(hole));
    return shape;
}
[[nodiscard]] inline geo::Shape line(geo::Path path) {
    return {{}, {std::move(path)}, {}};
}
[[nodiscard]] inline geo::Shape point(double x, double y) {
    return {{}, {}, {{x, y}}};
}
[[nodiscard]] inline geo::Shape together(geo::Shape a, const geo::Shape& b) {
    a.polygons.insert(a.polygons.end(), b.polygons.begin(), b.polygons.end());
    a.lines.insert(a.lines.end(), b.lines.begin(), b.lines.end());
    a.points.insert(a.points.end(), b.points.begin(), b.points.end());
    return a;
}

[[nodiscard]] inline geo::ZoneIndex zonesOf(std::vector<geo::Shape> shapes) {
    return geo::ZoneIndex(std::move(shapes), 1);
}
[[nodiscard]] inline std::string wkt(const geo::Shape& shape) {
    const geo::geos::GeometryPtr geometry = geo::geos::toGeos(shape);
    GEOSWKTWriter* writer = GEOSWKTWriter_create_r(geo::geos::context());
    GEOSWKTWriter_setTrim_r(geo::geos::context(), writer, 1);
    constexpr int kDigits = 17;
    GEOSWKTWriter_setRoundingPrecision_r(geo::geos::context(), writer, kDigits);
    char* text = GEOSWKTWriter_write_r(geo::geos::context(), writer, geometry.get());
    std::string out(text);
    GEOSFree_r(geo::geos::context(), text);
    GEOSWKTWriter_destroy_r(geo::geos::context(), writer);
    return out;
}
[[nodiscard]] inline geo::Shape shapeFromWkt(const std::string& text) {
    GEOSWKTReader* reader = GEOSWKTReader_create_r(geo::geos::context());
    const geo::geos::GeometryPtr geometry(GEOSWKTReader_read_r(geo::geos::context(), reader, text.c_str()));
    GEOSWKTReader_destroy_r(geo::geos::context(), reader);
    return geo::geos::fromGeos(geometry.get());
}

/// GEOS MakeValid by the structure method, areas only.
[[nodiscard]] inline geo::Shape madeValid(const geo::Shape& shape) {
    const geo::geos::GeometryPtr geometry = geo::geos::toGeos(shape);
    GEOSMakeValidParams* params = GEOSMakeValidParams_create_r(geo::geos::context());
    GEOSMakeValidParams_setMethod_r(geo::geos::context(), params, GEOS_MAKE_VALID_STRUCTURE);
    const geo::geos::GeometryPtr valid(
        GEOSMakeValidWithParams_r(geo::geos::context(), geometry.get(), params));
    GEOSMakeValidParams_destroy_r(geo::geos::context(), params);
    geo::Shape out = geo::geos::fromGeos(valid.get());
    out.lines.clear();
    out.points.clear();
    return out;
}

} // namespace tests
