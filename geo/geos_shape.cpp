#include "geo/error.hpp"
#include "geo/geos_handle.hpp"

#include <array>
#include <cmath>

namespace geo::geos {

namespace {

static_assert(sizeof(Coordinate) == 2 * sizeof(double), "coordinates are copied as runs of doubles");
constexpr int kNoOrdinate = 0;

[[noreturn]] void refuse(const char* what) {
    throw Error(std::string("GEOS 无法建立几何 / GEOS cannot make ") + what + ": " + takeError());
}

GEOSCoordSequence* sequenceOf(const Path& path) {
    constexpr double kNothing = 0;
    const double* numbers = path.empty() ? &kNothing : &path.front().x;
    GEOSCoordSequence* sequence = GEOSCoordSeq_copyFromBuffer_r(
        context(), numbers, static_cast<unsigned int>(path.size()), kNoOrdinate, kNoOrdinate);
    if (sequence == nullptr) {
        refuse("a coordinate sequence");
    }
    return sequence;
}

GeometryPtr ringOf(const Ring& ring) {
    // The call owns the sequence, also when it refuses.
    GeometryPtr made(GEOSGeom_createLinearRing_r(context(), sequenceOf(ring)));
    if (!made) {
        refuse("a ring (is it closed, has it four positions?)");
    }
    return made;
}

GeometryPtr polygonOf(const Polygon& polygon) {
    GeometryPtr shell = ringOf(polygon.shell);
    std::vector<GeometryPtr> owned;
    std::vector<GEOSGeometry*> holes;
    owned.reserve(polygon.holes.size());
    holes.reserve(polygon.holes.size());
    for (const Ring& hole : polygon.holes) {
        owned.push_back(ringOf(hole));
    }
    for (GeometryPtr& hole : owned) {
        holes.push_back(hole.release());
    }
    GeometryPtr made(GEOSGeom_createPolygon_r(context(), shell.release(), holes.data(),
                                              static_cast<unsigned int>(holes.size())));
    if (!made) {
        refuse("a polygon");
    }
    return made;
}

GeometryPtr lineOf(const Path& line) {
    GeometryPtr made(GEOSGeom_createLineString_r(context(), sequenceOf(line)));
    if (!made) {
        refuse("a line (has it two positions?)");
    }
    return made;
}

GeometryPtr pointOf(const Coordinate& point) {
    GeometryPtr made(GEOSGeom_createPointFromXY_r(context(), point.x, point.y));
    if (!made) {
        refuse("a point");
    }
    return made;
}

template <typename Part, typename Make>
GeometryPtr partsOf(const std::vector<Part>& parts, int multiType, Make make) {
    if (parts.size() == 1) {
        return make(parts.front());
    }
    std::vector<GeometryPtr> owned;
    owned.reserve(parts.size());
    for (const Part& part : parts) {
        owned.push_back(make(part));
    }
    std::vector<GEOSGeometry*> loose;
    loose.reserve(owned.size());
    for (GeometryPtr& part : owned) {
        loose.push_back(part.release());
    }
    GeometryPtr made(GEOSGeom_createCollection_r(context(), multiType, loose.data(),
                                                 static_cast<unsigned int>(loose.size())));
    if (!made) {
        refuse("a geometry of several parts");
    }
    return made;
}

Path pathOf(const GEOSGeometry* geometry) {
    const GEOSCoordSequence* sequence = GEOSGeom_getCoordSeq_r(context(), geometry);
    unsigned int size = 0;
    if (sequence == nullptr || GEOSCoordSeq_getSize_r(context(), sequence, &size) == 0) {
        throw Error("GEOS: " + takeError());
    }
    Path out(size);
    if (size > 0 &&
        GEOSCoordSeq_copyToBuffer_r(context(), sequence, &out.front().x, kNoOrdinate, kNoOrdinate) == 0) {
        throw Error("GEOS: " + takeError());
    }
    return out;
}

Polygon polygonFrom(const GEOSGeometry* geometry) {
    Polygon out;
    out.shell = pathOf(GEOSGetExteriorRing_r(context(), geometry));
    const int holes = GEOSGetNumInteriorRings_r(context(), geometry);
    out.holes.reserve(static_cast<std::size_t>(holes));
    for (int i = 0; i < holes; ++i) {
        out.holes.push_back(pathOf(GEOSGetInteriorRingN_r(context(), geometry, i)));
    }
    return out;
}

void addTo(Shape& shape, const GEOSGeometry* geometry) {
    if (geometry == nullptr) {
        throw Error("GEOS: " + takeError());
    }
    if (GEOSisEmpty_r(context(), geometry) != 0) {
        return;
    }
    switch (GEOSGeomTypeId_r(context(), geometry)) {
    case GEOS_POLYGON:
        shape.polygons.push_back(polygonFrom(geometry));
        break;
    case GEOS_LINESTRING:
    case GEOS_LINEARRING:
        shape.lines.push_back(pathOf(geometry));
        break;
    case GEOS_POINT:
        shape.points.push_back(pathOf(geometry).front());
        break;
    default:
        for (int i = 0; i < GEOSGetNumGeometries_r(context(), geometry); ++i) {
            addTo(shape, GEOSGetGeometryN_r(context(), geometry, i));
        }
    }
}

} // namespace

bool looksCounterClockwise(const Ring& ring) {
    GEOSCoordSequence* sequence = sequenceOf(ring);
    char isCcw = 0;
    const int done = GEOSCoordSeq_isCCW_r(context(), sequence, &isCcw);
    GEOSCoordSeq_destroy_r(context(), sequence);
    return done != 0 && isCcw == 1;
}

GeometryPtr toGeos(const Shape& shape) {
    switch (shape.dimension()) {
    case Dimension::Area:
        return partsOf(shape.polygons, GEOS_MULTIPOLYGON, polygonOf);
    case Dimension::Line:
        return partsOf(shape.lines, GEOS_MULTILINESTRING, lineOf);
    case Dimension::Point:
        return partsOf(shape.points, GEOS_MULTIPOINT, pointOf);
    case Dimension::Empty:
        break;
    }
    GeometryPtr made(GEOSGeom_createEmptyCollection_r(context(), GEOS_GEOMETRYCOLLECTION));
    if (!made) {
        refuse("an empty geometry");
    }
    return made;
}

Shape fromGeos(const GEOSGeometry* geometry) {
    Shape shape;
    addTo(shape, geometry);
    return shape;
}

} // namespace geo::geos
