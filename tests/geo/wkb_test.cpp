#include "geo/wkb.hpp"

#include "geo/error.hpp"
#include "geo/geos_handle.hpp"
#include "random_shapes.hpp"

#include <cmath>
#include <cstring>
#include <limits>
#include <string>

#include <gtest/gtest.h>

namespace {

using geo::Shape;
using Bytes = std::vector<std::byte>;

Bytes fromHex(const std::string& hex) {
    Bytes out;
    for (std::size_t i = 0; i + 1 < hex.size(); i += 2) {
        out.push_back(static_cast<std::byte>(std::stoi(hex.substr(i, 2), nullptr, 16)));
    }
    return out;
}

/// What GEOS makes of a WKT, as WKB in a flavour and byte order of its own writer.
Bytes geosWkb(const std::string& wkt, int dimensions, int flavour, int order, int srid = 0) {
    const auto context = geo::geos::context();
    GEOSWKTReader* reader = GEOSWKTReader_create_r(context);
    const geo::geos::GeometryPtr geometry(GEOSWKTReader_read_r(context, reader, wkt.c_str()));
    GEOSWKTReader_destroy_r(context, reader);
    GEOSSetSRID_r(context, geometry.get(), srid);
    GEOSWKBWriter* writer = GEOSWKBWriter_create_r(context);
    GEOSWKBWriter_setOutputDimension_r(context, writer, dimensions);
    GEOSWKBWriter_setFlavor_r(context, writer, flavour);
    GEOSWKBWriter_setByteOrder_r(context, writer, order);
    GEOSWKBWriter_setIncludeSRID_r(context, writer, static_cast<char>(srid != 0));
    std::size_t size = 0;
    unsigned char* raw = GEOSWKBWriter_write_r(context, writer, geometry.get(), &size);
    Bytes out(size);
    std::memcpy(out.data(), raw, size);
    GEOSFree_r(context, raw);
    GEOSWKBWriter_destroy_r(context, writer);
    return out;
}

TEST(Wkb, readsEveryFlavourDimensionAndByteOrder) {
    const Shape expected{{{{{0, 0}, {4, 0}, {4, 4}, {0, 0}}, {{{2, 1}, {3, 1}, {3, 2}, {2, 1}}}},
                          {{{9, 9}, {10, 9}, {10, 10}, {9, 9}}, {}}},
                         {{{1, 2}, {3, 4}}},
                         {{7, 8}, {5, 6}}};
    const std::string flat =
        "GEOMETRYCOLLECTION(MULTIPOLYGON(((0 0,4 0,4 4,0 0),(2 1,3 1,3 2,2 1)),((9 9,10 9,10 10,9 9"
        "))),GEOMETRYCOLLECTION(LINESTRING(1 2,3 4),MULTIPOINT(7 8,5 6)),POLYGON EMPTY)";
    const std::string high =
        "GEOMETRYCOLLECTION Z(MULTIPOLYGON Z(((0 0 5,4 0 5,4 4 5,0 0 5),(2 1 6,3 1 6,3 2 6,2 1 6)),((9 9 "
        "7,10 9 7,10 10 "
        "7,9 9 7))),GEOMETRYCOLLECTION Z(LINESTRING Z(1 2 3,3 4 3),MULTIPOINT Z(7 8 1,5 6 1)))";
    for (const int order : {0, 1}) {
        for (const int flavour : {GEOS_WKB_EXTENDED, GEOS_WKB_ISO}) {
            EXPECT_EQ(geo::shapeFromWkb(geosWkb(flat, 2, flavour, order)), expected);
            EXPECT_EQ(geo::shapeFromWkb(geosWkb(high, 3, flavour, order)), expected);
        }
        EXPECT_EQ(geo::shapeFromWkb(geosWkb(high, 3, GEOS_WKB_EXTENDED, order, 4490)), expected);
    }
}

TEST(Wkb, dropsMeasuresAndReadsSurfaces) {
    const std::string one = "000000000000F03F";
    const std::string two = "0000000000000040";
    // ISO POINT M (2001), POINT ZM (3001), EWKB POINT ZM, POINT EMPTY.
    EXPECT_EQ(geo::shapeFromWkb(fromHex("01D1070000" + one + two + two)).points, (geo::Path{{1, 2}}));
    EXPECT_EQ(geo::shapeFromWkb(fromHex("01B90B0000" + one + two + two + one)).points, (geo::Path{{1, 2}}));
    EXPECT_EQ(geo::shapeFromWkb(fromHex("01010000C0" + one + two + two + one)).points, (geo::Path{{1, 2}}));
    EXPECT_TRUE(geo::shapeFromWkb(fromHex("0101000000000000000000F87F000000000000F87F")).isEmpty());
    const std::string ring = "0100000002000000" + one + one + two + two;
    EXPECT_EQ(geo::shapeFromWkb(fromHex("010F000000010000000103000000" + ring)).polygons.size(), 1U);
    EXPECT_EQ(geo::shapeFromWkb(fromHex("0110000000010000000111000000" + ring)).polygons[0].shell.size(), 2U);
}

TEST(Wkb, refusesBytesThatLie) {
    EXPECT_THROW((void)geo::shapeFromWkb({}), geo::Error);
    EXPECT_THROW((void)geo::shapeFromWkb(fromHex("0201000000")), geo::Error); // byte order 2
    EXPECT_THROW((void)geo::shapeFromWkb(fromHex("0102000000FFFFFFFF")),
                 geo::Error); // four milliard positions
    EXPECT_THROW((void)geo::shapeFromWkb(fromHex("0103000000FFFFFF3F00000000")), geo::Error); // rings
    EXPECT_THROW((void)geo::shapeFromWkb(fromHex("0106000000FFFFFFFF0103000000")), geo::Error);
    EXPECT_THROW((void)geo::shapeFromWkb(fromHex("0108000000"
                                                 "00000000")),
                 geo::Error);                                                 // CircularString
    EXPECT_THROW((void)geo::shapeFromWkb(fromHex("01A10F0000")), geo::Error); // 4001
    Bytes nested;
    for (int i = 0; i < 100'000; ++i) {
        const Bytes level = fromHex("010700000001000000");
        nested.insert(nested.end(), level.begin(), level.end());
    }
    EXPECT_THROW((void)geo::shapeFromWkb(nested), geo::Error);
    // Every cut of an honest geometry is refused, none is read past its end.
    tests::RandomShapes random(5);
    Shape shape;
    shape.polygons = {random.polygon({100, 30}, 1, 12, true)};
    const Bytes whole = geo::wkbFromShape(shape);
    for (std::size_t size = 0; size < whole.size(); ++size) {
        const Bytes cut(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size));
        EXPECT_THROW((void)geo::shapeFromWkb(cut), geo::Error) << size;
    }
}

TEST(Wkb, hostileBytesNeverCrash) {
    tests::RandomShapes random(6);
    Shape shape;
    shape.polygons = {random.polygon({100, 30}, 1, 40, true), random.polygon({105, 30}, 1, 9, true)};
    const Bytes whole = geo::wkbFromShape(shape);
    int read = 0;
    for (int round = 0; round < 20'000; ++round) {
        Bytes bytes = whole;
        for (std::size_t i = 0; i < 1 + random.below(3); ++i) {
            bytes[random.below(random.below(2) == 0 ? 40 : bytes.size())] =
                static_cast<std::byte>(random.below(256));
        }
        try {
            read += geo::shapeFromWkb(bytes).isEmpty() ? 0 : 1;
        } catch (const geo::Error& error) {
            ASSERT_NE(std::string(error.what()).find("WKB"), std::string::npos);
        }
    }
    EXPECT_GT(read, 1000);
}

TEST(Wkb, whatIsWrittenReadsBackHereAndInGeos) {
    tests::RandomShapes random(7);
    const auto context = geo::geos::context();
    for (int round = 0; round < 200; ++round) {
        Shape shape;
        switch (round % 3) {
        case 0:
            shape.polygons = {random.polygon({100, 30}, 1, 4 + random.below(40), true),
                              random.polygon({103, 30}, 1, 4 + random.below(40), true)};
            break;
        case 1:
            shape.lines = {random.star({100, 30}, 1, 5), random.star({100, 30}, 1, 8)};
            break;
        default:
            shape.points.assign(1 + random.below(3), {random.between(0, 1), 30});
        }
        Bytes bytes;
        geo::appendWkb(shape, bytes);
        ASSERT_EQ(geo::shapeFromWkb(bytes), shape);
        const geo::geos::GeometryPtr read(GEOSGeomFromWKB_buf_r(
            context, reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size()));
        ASSERT_TRUE(read);
        ASSERT_EQ(geo::geos::fromGeos(read.get()), shape);
    }
    EXPECT_EQ(geo::wkbFromShape(Shape{}), fromHex("010700000000000000"));
    // Mixed shapes: only what has the highest dimension is written.
    const Shape mixed{{}, {{{0, 0}, {1, 1}}}, {{5, 5}}};
    EXPECT_EQ(geo::shapeFromWkb(geo::wkbFromShape(mixed)), (Shape{{}, mixed.lines, {}}));
}

} // namespace
