// GCJ-02 and BD-09: the formula against published values, the inverse, and the signs of a shift in data.

#include "geo/geodesic.hpp"
#include "layers/gcj02.hpp"
#include "tests/support/reading.hpp"
#include "tests/support/shapefile_bytes.hpp"
#include "tests/support/temporary_folder.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>

namespace {

using layers::MapShift;
using layers::ProblemKind;

TEST(MapShift, EqualsPublishedValues) {
    struct Case {
        geo::Coordinate wgs;
        geo::Coordinate gcj;
    };
    // The test values of eviltransform.
    for (const Case& c : {Case{{121.5272106, 31.1774276}, {121.531541859215, 31.17530398364597}},
                          Case{{113.912316, 22.543847}, {113.9171764808363, 22.540796131694766}},
                          Case{{116.377817, 39.911954}, {116.38404722455657, 39.91334545536069}}}) {
        const geo::Coordinate there = layers::shifted(c.wgs, MapShift::Gcj02);
        EXPECT_NEAR(there.x, c.gcj.x, 1e-9);
        EXPECT_NEAR(there.y, c.gcj.y, 1e-9);
        const geo::Coordinate back = layers::unshifted(c.gcj, MapShift::Gcj02);
        EXPECT_NEAR(back.x, c.wgs.x, 1e-9);
        EXPECT_NEAR(back.y, c.wgs.y, 1e-9);
    }
    // GCJ-02 into BD-09, the example of coordtransform.
    const geo::Coordinate wgs = layers::unshifted({116.404, 39.915}, MapShift::Gcj02);
    const geo::Coordinate baidu = layers::shifted(wgs, MapShift::Bd09);
    EXPECT_NEAR(baidu.x, 116.41036949371029, 1e-8);
    EXPECT_NEAR(baidu.y, 39.92133699351021, 1e-8);
}

TEST(MapShift, RoundTripsEverywhereInChina) {
    std::mt19937 random(20261124);
    std::uniform_real_distribution<double> lon(73, 135);
    std::uniform_real_distribution<double> lat(3.5, 53.5);
    for (int n = 0; n < 20000; ++n) {
        const geo::Coordinate place{lon(random), lat(random)};
        for (const MapShift shift : {MapShift::Gcj02, MapShift::Bd09}) {
            const geo::Coordinate back = layers::unshifted(layers::shifted(place, shift), shift);
            ASSERT_NEAR(back.x, place.x, 1e-9);
            ASSERT_NEAR(back.y, place.y, 1e-9);
        }
    }
}

TEST(MapShift, LiesSouthSouthEastInGanzi) {
    for (const geo::Coordinate& town : {geo::Coordinate{101.9565, 30.0543}, {99.1, 30.0}, {98.1, 33.0}}) {
        const auto line = geo::geodesicLine(town, layers::shifted(town, MapShift::Gcj02));
        EXPECT_GT(line.distanceM, 220);
        EXPECT_LT(line.distanceM, 370);
        EXPECT_GT(line.azimuthDeg, 145);
        EXPECT_LT(line.azimuthDeg, 180);
    }
}

TEST(MapShift, NothingOutsideAndNothingForNaN) {
    EXPECT_EQ(layers::shifted({-60, 10}, MapShift::Gcj02), (geo::Coordinate{-60, 10}));
    EXPECT_EQ(layers::unshifted({-60, 10}, MapShift::Bd09), (geo::Coordinate{-60, 10}));
    EXPECT_TRUE(std::isnan(layers::unshifted({std::nan(""), 10}, MapShift::Gcj02).x));
}

/// Squares whose attributes state where their middle is, each moved by `move`.
class Batch {
  public:
    explicit Batch(std::size_t count, const std::string& source = "卫星影像") {
        m_shapefile.columns = {{"ZXJD", 'C', 20}, {"ZXWD", 'C', 20}, {"SJY", 'C', 40}};
        m_shapefile.rows.assign(count, {"", "", source});
        m_shapefile.cpg = "UTF-8";
    }
    template <typename Move>
    layers::ReadResult<layers::Patch> read(const layers::ReadOptions& options, Move move) {
        m_shapefile.write(m_folder.path() / "t.shp");
        layers::ReadOptions plain = tests::genericOptions(layers::Role::Changes);
        plain.crs = "EPSG:4490";
        const auto as = tests::patchesOf(m_folder.path() / "t.shp", plain);
        for (std::size_t n = 0; n < as.records.size(); ++n) {
            const geo::Box box = as.records[n].shape.box();
            const geo::Coordinate stated =
                move(geo::Coordinate{(box.minX + box.maxX) / 2, (box.minY + box.maxY) / 2}, n);
            m_shapefile.rows[n][0] = std::to_string(stated.x);
            m_shapefile.rows[n][1] = std::to_string(stated.y);
        }
        m_shapefile.write(m_folder.path() / "t.shp");
        return tests::patchesOf(m_folder.path() / "t.shp", options);
    }

  private:
    tests::TemporaryFolder m_folder;
    tests::ShapefileBytes m_shapefile;
};

layers::ReadOptions options() {
    layers::ReadOptions made = tests::genericOptions(layers::Role::Changes);
    made.crs = "EPSG:4490";
    return made;
}

TEST(ShiftEvidence, GeometryInGcj02IsKnownByItsStatedCentres) {
    const auto undo = [](const geo::Coordinate& c, std::size_t) {
        return layers::unshifted(c, MapShift::Gcj02);
    };
    const auto result = Batch(6).read(options(), undo);
    const auto* told = tests::problemOf(result.problems, ProblemKind::CrsSuspicious);
    ASSERT_NE(told, nullptr);
    EXPECT_NE(told->textEn.find("fits the GCJ-02 shift"), std::string::npos) << told->textEn;
    EXPECT_NE(told->textEn.find("the geometry fits"), std::string::npos) << told->textEn;
    EXPECT_NE(told->textEn.find("to the south"), std::string::npos) << told->textEn;
    EXPECT_NE(told->doneEn.find("--gcj02"), std::string::npos);
    EXPECT_EQ(told->count, 6);
    EXPECT_NEAR(result.records[0].shape.box().minX, 101.0, 1e-12) << "nothing is corrected unasked";
}

TEST(ShiftEvidence, TheOptionUndoesItAndSaysSo) {
    const auto undo = [](const geo::Coordinate& c, std::size_t) {
        return layers::unshifted(c, MapShift::Gcj02);
    };
    layers::ReadOptions asked = options();
    asked.positions.mapShift = MapShift::Gcj02;
    const auto result = Batch(6).read(asked, undo);
    EXPECT_EQ(tests::problemOf(result.problems, ProblemKind::CrsSuspicious), nullptr);
    bool told = false;
    for (const auto& p : result.problems) {
        told = told || (p.kind == ProblemKind::CrsAssumed && p.textEn.find("GCJ-02") != std::string::npos);
    }
    EXPECT_TRUE(told);
    EXPECT_NE(result.report.crsReason.find("GCJ-02 undone (--gcj02)"), std::string::npos);
    const geo::Coordinate corner = layers::unshifted({101.0, 30.0}, MapShift::Gcj02);
    double off = 1;
    for (const geo::Coordinate& c : result.records[0].shape.polygons.at(0).shell) {
        off = std::min(off, std::hypot(c.x - corner.x, c.y - corner.y));
    }
    EXPECT_LT(off, 1e-9);
}

TEST(ShiftEvidence, StatedCentresInGcj02AreToldApart) {
    const auto shift = [](const geo::Coordinate& c, std::size_t) {
        return layers::shifted(c, MapShift::Gcj02);
    };
    const auto result = Batch(6).read(options(), shift);
    const auto* told = tests::problemOf(result.problems, ProblemKind::CrsSuspicious);
    ASSERT_NE(told, nullptr);
    EXPECT_NE(told->textEn.find("the stated centres fit"), std::string::npos) << told->textEn;
}

TEST(ShiftEvidence, AnotherConstantShiftIsAWrongDatum) {
    const auto west = [](const geo::Coordinate& c, std::size_t) {
        return geo::Coordinate{c.x - 0.0015, c.y};
    };
    const auto result = Batch(5).read(options(), west);
    const auto* told = tests::problemOf(result.problems, ProblemKind::CrsSuspicious);
    ASSERT_NE(told, nullptr);
    EXPECT_NE(told->textEn.find("to the east"), std::string::npos) << told->textEn;
    EXPECT_NE(told->textEn.find("datum or the system may be wrong"), std::string::npos) << told->textEn;
}

TEST(ShiftEvidence, SmallScatteredOrFewShiftsSayNothing) {
    const auto none = [](const auto& result) {
        return tests::problemOf(result.problems, ProblemKind::CrsSuspicious) == nullptr;
    };
    const auto gcj = [](const geo::Coordinate& c, std::size_t) {
        return layers::unshifted(c, MapShift::Gcj02);
    };
    EXPECT_TRUE(none(Batch(2).read(options(), gcj))) << "two are no batch";
    const auto little = [](const geo::Coordinate& c, std::size_t) {
        return geo::Coordinate{c.x + 0.0002, c.y};
    };
    EXPECT_TRUE(none(Batch(6).read(options(), little)));
    const auto scattered = [](const geo::Coordinate& c, std::size_t n) {
        return geo::Coordinate{c.x + 0.003 * std::cos(2.0 * static_cast<double>(n)),
                               c.y + 0.003 * std::sin(2.0 * static_cast<double>(n))};
    };
    EXPECT_TRUE(none(Batch(9).read(options(), scattered)));
    const auto far = [](const geo::Coordinate& c, std::size_t) { return geo::Coordinate{c.x + 0.1, c.y}; };
    EXPECT_TRUE(none(Batch(6).read(options(), far))) << "ten kilometres are no shift of a map service";
}

TEST(ShiftEvidence, SourcesThatShiftAreNamed) {
    const auto keep = [](const geo::Coordinate& c, std::size_t) { return c; };
    for (const char* source : {"奥维互动地图", "高德", "腾讯地图", "百度地图", "GCJ-02"}) {
        const auto result = Batch(2, source).read(options(), keep);
        const auto* told = tests::problemOf(result.problems, ProblemKind::CrsSuspicious);
        ASSERT_NE(told, nullptr) << source;
        EXPECT_NE(told->textZh.find(source), std::string::npos);
        EXPECT_EQ(told->count, 2);
    }
    EXPECT_EQ(tests::problemOf(Batch(2).read(options(), keep).problems, ProblemKind::CrsSuspicious), nullptr);
}

} // namespace
