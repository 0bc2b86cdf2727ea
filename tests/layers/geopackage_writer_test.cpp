#include "layers/error.hpp"
#include "layers/geopackage_writer.hpp"
#include "layers/sha256.hpp"
#include "tests/support/temporary_folder.hpp"

#include <SQLiteCpp/SQLiteCpp.h>
#include <gdal_priv.h>
#include <gtest/gtest.h>
#include <ogrsf_frmts.h>

#include <random>

namespace {

namespace fs = std::filesystem;
using layers::ColumnType;
using layers::GeometryKind;
using layers::GeoPackageWriter;
using layers::TableSpec;
using layers::Value;

const std::string kDate = "2026-11-24";

TableSpec areas() {
    return {"patches",
            "图斑",
            {{"patch_id", "", ""},
             {"area_m2", "", "", ColumnType::Real},
             {"count", "", "", ColumnType::Integer},
             {"quoted \"name\"", "", ""}},
            GeometryKind::Area};
}

geo::Shape square(double x, double y, double size) {
    geo::Shape shape;
    shape.polygons.push_back({{{x, y}, {x + size, y}, {x + size, y + size}, {x, y + size}, {x, y}}, {}});
    return shape;
}

/// Rows all over the place: squares, some without geometry, in a fixed pseudo-random order.
void writeMany(const fs::path& file, std::int64_t count) {
    GeoPackageWriter writer(file, kDate);
    writer.beginTable(areas());
    writer.beginTable({"notes", "说明", {{"text", "", ""}}, GeometryKind::None});
    writer.useTable("patches");
    std::mt19937 random(7); // NOLINT: the same numbers in every run
    for (std::int64_t i = 0; i < count; ++i) {
        const double x = 100 + static_cast<double>(random() % 100000) * 1e-5;
        const double y = 30 + static_cast<double>(random() % 100000) * 1e-5;
        const geo::Shape shape = square(x, y, 1e-5);
        const std::vector<Value> row = {"TB-" + std::to_string(i), static_cast<double>(i) / 3, i, Value{}};
        writer.addRow(row, i % 10 == 9 ? nullptr : &shape);
    }
    writer.useTable("notes");
    writer.addRow(std::vector<Value>{std::string("一行")}, nullptr);
    writer.addStyle("patches", "<qgis/>", "示例");
    writer.addInfo("schema_version", "1");
    writer.finish();
}

TEST(GeoPackageWriter, OgrReadsBackEveryCell) {
    const tests::TemporaryFolder place;
    const fs::path file = place.path() / "结果.gpkg";
    constexpr std::int64_t kCount = 5000;
    writeMany(file, kCount);
    GDALAllRegister();
    const GDALDatasetUniquePtr dataset(GDALDataset::Open(file.c_str(), GDAL_OF_VECTOR));
    ASSERT_TRUE(dataset);
    OGRLayer* layer = dataset->GetLayerByName("patches");
    ASSERT_NE(layer, nullptr);
    EXPECT_EQ(layer->GetGeomType(), wkbMultiPolygon);
    EXPECT_EQ(layer->GetFeatureCount(), kCount);
    EXPECT_STREQ(layer->GetSpatialRef()->GetAuthorityCode(nullptr), "4490");
    EXPECT_STREQ(layer->GetFIDColumn(), "fid");
    EXPECT_TRUE(layer->TestCapability(OLCFastSpatialFilter));
    OGREnvelope extent;
    ASSERT_EQ(layer->GetExtent(&extent), OGRERR_NONE);
    std::int64_t i = 0;
    OGREnvelope seen;
    for (const OGRFeatureUniquePtr& feature : *layer) {
        ASSERT_EQ(feature->GetFID(), i + 1);
        ASSERT_EQ(feature->GetFieldAsString("patch_id"), "TB-" + std::to_string(i));
        ASSERT_EQ(feature->GetFieldAsDouble("area_m2"), static_cast<double>(i) / 3);
        ASSERT_EQ(feature->GetFieldAsInteger64("count"), i);
        ASSERT_TRUE(feature->IsFieldNull(feature->GetFieldIndex("quoted \"name\"")));
        const OGRGeometry* geometry = feature->GetGeometryRef();
        ASSERT_EQ(geometry == nullptr, i % 10 == 9);
        if (geometry != nullptr) {
            OGREnvelope box;
            geometry->getEnvelope(&box);
            seen.Merge(box);
        }
        ++i;
    }
    EXPECT_EQ(extent.MinX, seen.MinX);
    EXPECT_EQ(extent.MaxX, seen.MaxX);
    EXPECT_EQ(extent.MinY, seen.MinY);
    EXPECT_EQ(extent.MaxY, seen.MaxY);
    EXPECT_EQ(dataset->GetLayerByName("notes")->GetFeatureCount(), 1);
    EXPECT_EQ(dataset->GetLayerByName("run_info")->GetFeatureCount(), 1);
}

TEST(GeoPackageWriter, SpatialIndexIsSoundAndFindsWhatAScanFinds) {
    const tests::TemporaryFolder place;
    for (const std::int64_t count : {0, 1, 40, 57, 58, 3000, 20000}) {
        const fs::path file = place.path() / (std::to_string(count) + ".gpkg");
        writeMany(file, count);
        SQLite::Database database(file.string(), SQLite::OPEN_READONLY);
        EXPECT_EQ(database.execAndGet("SELECT rtreecheck('rtree_patches_geom')").getString(), "ok") << count;
        EXPECT_EQ(database.execAndGet("PRAGMA integrity_check").getString(), "ok") << count;
        EXPECT_EQ(database.execAndGet("SELECT count(*) FROM rtree_patches_geom").getInt64(),
                  count - count / 10);

        const GDALDatasetUniquePtr dataset(GDALDataset::Open(file.c_str(), GDAL_OF_VECTOR));
        ASSERT_TRUE(dataset);
        OGRLayer* layer = dataset->GetLayerByName("patches");
        std::vector<OGREnvelope> boxes;
        for (const OGRFeatureUniquePtr& feature : *layer) {
            if (const OGRGeometry* geometry = feature->GetGeometryRef()) {
                geometry->getEnvelope(&boxes.emplace_back());
            }
        }
        for (int step = 0; step < 10; ++step) {
            OGREnvelope window;
            window.MinX = 100 + step * 0.09;
            window.MinY = 30.9 - step * 0.09;
            window.MaxX = window.MinX + 0.05;
            window.MaxY = window.MinY + 0.05;
            layer->SetSpatialFilterRect(window.MinX, window.MinY, window.MaxX, window.MaxY);
            const auto meets = [&](const OGREnvelope& box) { return window.Intersects(box) != 0; };
            EXPECT_EQ(layer->GetFeatureCount(), std::count_if(boxes.begin(), boxes.end(), meets))
                << count << " rows, window " << step;
        }
    }
}

TEST(GeoPackageWriter, SameRowsSameBytes) {
    const tests::TemporaryFolder place;
    writeMany(place.path() / "a.gpkg", 12000);
    writeMany(place.path() / "b.gpkg", 12000);
    EXPECT_EQ(layers::sha256Of({place.path() / "a.gpkg"}), layers::sha256Of({place.path() / "b.gpkg"}));
}

TEST(GeoPackageWriter, LayoutIsTheStandardsOwnAfterwards) {
    const tests::TemporaryFolder place;
    const fs::path file = place.path() / "a.gpkg";
    writeMany(file, 100);
    {
        SQLite::Database database(file.string(), SQLite::OPEN_READONLY);
        const std::string sql =
            database.execAndGet("SELECT sql FROM sqlite_master WHERE name = 'patches'").getString();
        EXPECT_NE(sql.find("PRIMARY KEY AUTOINCREMENT"), std::string::npos) << sql;
        EXPECT_EQ(
            database
                .execAndGet(
                    "SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'patches'")
                .getInt(),
            8);
        EXPECT_EQ(database.execAndGet("SELECT seq FROM sqlite_sequence WHERE name = 'patches'").getInt(),
                  100);
        EXPECT_EQ(database.execAndGet("SELECT last_change FROM gpkg_contents WHERE table_name = 'patches'")
                      .getString(),
                  "2026-11-24T00:00:00.000Z");
        EXPECT_EQ(database.execAndGet("SELECT styleQML FROM layer_styles WHERE f_table_name = 'patches'")
                      .getString(),
                  "<qgis/>");
        EXPECT_EQ(database.execAndGet("PRAGMA application_id").getInt(), 0x47504B47);
    }
    // Whoever edits the file afterwards keeps index and counts in step: the triggers work.
    {
        const GDALDatasetUniquePtr dataset(GDALDataset::Open(file.c_str(), GDAL_OF_VECTOR | GDAL_OF_UPDATE));
        ASSERT_TRUE(dataset);
        OGRLayer* layer = dataset->GetLayerByName("patches");
        OGRFeatureUniquePtr feature(OGRFeature::CreateFeature(layer->GetLayerDefn()));
        OGRGeometry* geometry = nullptr;
        const char* wkt = "MULTIPOLYGON(((110 35,111 35,111 36,110 35)))";
        ASSERT_EQ(OGRGeometryFactory::createFromWkt(wkt, nullptr, &geometry), OGRERR_NONE);
        feature->SetGeometryDirectly(geometry);
        ASSERT_EQ(layer->CreateFeature(feature.get()), OGRERR_NONE);
        EXPECT_EQ(feature->GetFID(), 101);
        ASSERT_EQ(layer->DeleteFeature(1), OGRERR_NONE);
    }
    SQLite::Database database(file.string(), SQLite::OPEN_READONLY);
    EXPECT_EQ(database.execAndGet("SELECT rtreecheck('rtree_patches_geom')").getString(), "ok");
    EXPECT_EQ(database.execAndGet("SELECT feature_count FROM gpkg_ogr_contents WHERE table_name = 'patches'")
                  .getInt(),
              100);
    EXPECT_EQ(database.execAndGet("SELECT count(*) FROM rtree_patches_geom WHERE minx > 109").getInt(), 1);
}

TEST(GeoPackageWriter, PointsLinesAndMixedLayers) {
    const tests::TemporaryFolder place;
    const fs::path file = place.path() / "a.gpkg";
    {
        GeoPackageWriter writer(file, kDate);
        writer.beginTable({"points", "", {}, GeometryKind::Point});
        geo::Shape point;
        point.points.push_back({101.5, 30.5});
        writer.addRow({}, &point);
        writer.beginTable({"any", "", {}, GeometryKind::Any}); // after rows: the layout is opened anew
        geo::Shape line;
        line.lines.push_back({{101, 30}, {102, 31}});
        const geo::Shape area = square(100, 30, 1);
        writer.addRow({}, &point);
        writer.addRow({}, &line);
        writer.addRow({}, &area);
        EXPECT_THROW(writer.useTable("points"), layers::Error);
        EXPECT_THROW(writer.useTable("missing"), layers::Error);
        EXPECT_THROW(writer.addRow(std::vector<Value>{Value{}}, nullptr), layers::Error);
        writer.finish();
    }
    const GDALDatasetUniquePtr dataset(GDALDataset::Open(file.c_str(), GDAL_OF_VECTOR));
    ASSERT_TRUE(dataset);
    EXPECT_EQ(dataset->GetLayerByName("points")->GetGeomType(), wkbPoint);
    OGRLayer* any = dataset->GetLayerByName("any");
    EXPECT_EQ(any->GetGeomType(), wkbUnknown);
    std::vector<std::string> names;
    for (const OGRFeatureUniquePtr& feature : *any) {
        names.emplace_back(feature->GetGeometryRef()->getGeometryName());
    }
    EXPECT_EQ(names, (std::vector<std::string>{"POINT", "MULTILINESTRING", "MULTIPOLYGON"}));
    SQLite::Database database(file.string(), SQLite::OPEN_READONLY);
    EXPECT_EQ(database.execAndGet("SELECT rtreecheck('rtree_points_geom')").getString(), "ok");
    EXPECT_EQ(database.execAndGet("SELECT minx <= 101.5 AND maxx >= 101.5 FROM rtree_points_geom").getInt(),
              1);
}

TEST(GeoPackageWriter, SaysWhatWentWrong) {
    const tests::TemporaryFolder place;
    std::ofstream(place.path() / "there.gpkg") << "x";
    EXPECT_THROW(GeoPackageWriter(place.path() / "there.gpkg", kDate), layers::Error);
    try {
        GeoPackageWriter writer(place.path() / "no" / "folder.gpkg", kDate);
        FAIL();
    } catch (const layers::Error& error) {
        EXPECT_NE(std::string(error.what()).find("folder.gpkg"), std::string::npos) << error.what();
    }
    GeoPackageWriter writer(place.path() / "b.gpkg", kDate);
    writer.beginTable(areas());
    writer.addStyle("missing", "<qgis/>", "");
    EXPECT_THROW(writer.finish(), layers::Error);
}

TEST(GeoPackageWriter, AnUnfinishedWriterStopsQuietly) {
    const tests::TemporaryFolder place;
    GeoPackageWriter writer(place.path() / "a.gpkg", kDate);
    writer.beginTable(areas());
    const geo::Shape shape = square(100, 30, 1);
    for (int i = 0; i < 10000; ++i) {
        writer.addRow(std::vector<Value>{std::string("x"), 1.0, std::int64_t{1}, Value{}}, &shape);
    }
}

} // namespace
