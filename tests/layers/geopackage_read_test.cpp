// GeoPackages written through SQL: what the format allows, what it does not, and that reading leaves no
// trace.

#include "geo/wkb.hpp"
#include "layers/sha256.hpp"
#include "tests/support/reading.hpp"
#include "tests/support/temporary_folder.hpp"

#include <gtest/gtest.h>

#include <SQLiteCpp/SQLiteCpp.h>

#include <array>
#include <cstring>

namespace {

namespace fs = std::filesystem;
using layers::ProblemKind;
using layers::Role;

/// Lays out a GeoPackage with one layer `a` in EPSG:4490 and keeps it open.
SQLite::Database geoPackage(const fs::path& file) {
    SQLite::Database db(file.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    db.exec("PRAGMA application_id = 1196444487;"
            "CREATE TABLE gpkg_spatial_ref_sys (srs_name, srs_id INTEGER PRIMARY KEY, organization, "
            "organization_coordsys_id, "
            "definition);"
            "INSERT INTO gpkg_spatial_ref_sys VALUES ('CGCS2000', 4490, 'EPSG', 4490, ''), ('u', 0, 'NONE', "
            "0, 'undefined');"
            "CREATE TABLE gpkg_contents (table_name, data_type, srs_id);"
            "CREATE TABLE gpkg_geometry_columns (table_name, column_name, geometry_type_name, srs_id, z, m);"
            "INSERT INTO gpkg_contents VALUES ('a', 'features', 4490);"
            "INSERT INTO gpkg_geometry_columns VALUES ('a', 'geom', 'GEOMETRY', 4490, 0, 0);"
            "CREATE TABLE a (fid INTEGER PRIMARY KEY, geom BLOB, code REAL, name TEXT, n INTEGER);");
    return db;
}

std::string blobOf(const std::string& wkb, unsigned char flags = 1) {
    std::string blob("GP\0", 3);
    blob += static_cast<char>(flags);
    blob += std::string("\x8a\x11\0\0", 4);
    return blob + wkb;
}

std::string squareBlob(double x, double y) {
    geo::Shape shape;
    shape.polygons.push_back({{{x, y}, {x + .01, y}, {x + .01, y + .01}, {x, y + .01}, {x, y}}, {}});
    const auto wkb = geo::wkbFromShape(shape);
    return blobOf({reinterpret_cast<const char*>(wkb.data()), wkb.size()});
}

void insert(SQLite::Database& db, const std::string& blob, double code, const std::string& name) {
    SQLite::Statement row(db, "INSERT INTO a (geom, code, name, n) VALUES (?, ?, ?, 7)");
    if (!blob.empty()) {
        row.bind(1, blob.data(), static_cast<int>(blob.size()));
    }
    row.bind(2, code);
    row.bind(3, name);
    row.exec();
}

TEST(GeoPackageReading, ValuesComeAsTextWithTheirDigits) {
    const tests::TemporaryFolder folder;
    const fs::path file = folder.path() / "t.gpkg";
    {
        SQLite::Database db = geoPackage(file);
        insert(db, squareBlob(101, 30), 5133220000001.0, "甘孜");
        insert(db, squareBlob(102, 30), 0.1, "\xb8\xca\xd7\xce"); // GBK where the standard wants UTF-8
        insert(db, "", 3, "no geometry");
        insert(db, "not a blob", 4, "bad");
        insert(db, squareBlob(103, 30).substr(0, 60), 5, "cut");
    }
    layers::ReadOptions options = tests::genericOptions(Role::Changes);
    options.mapping = {{"id", "code"}};
    const auto result = tests::patchesOf(file, options);
    ASSERT_EQ(result.records.size(), 2U);
    EXPECT_EQ(result.report.fields, (std::vector<std::string>{"code", "name", "n"}));
    EXPECT_EQ(result.records[0].id, "5133220000001");
    EXPECT_EQ(result.records[0].feature, 1);
    EXPECT_EQ(result.records[1].raw, (std::vector<std::string>{"0.1", "甘孜", "7"}));
    EXPECT_NE(tests::problemOf(result.problems, ProblemKind::EncodingDoubtful), nullptr);
    ASSERT_EQ(result.rejects.size(), 3U);
    EXPECT_EQ(result.rejects[0].id, "3");
    EXPECT_NE(tests::problemOf(result.problems, ProblemKind::GeometryMissing), nullptr);
}

TEST(GeoPackageReading, CurvesAreMadeLinear) {
    const tests::TemporaryFolder folder;
    const fs::path file = folder.path() / "t.gpkg";
    // CURVEPOLYGON with one CIRCULARSTRING ring: the circle around (101.01, 30) through (101, 30)
    std::string wkb("\x01\x0a\0\0\0\x01\0\0\0\x01\x08\0\0\0\x03\0\0\0", 18);
    for (const double v : {101.0, 30.0, 101.02, 30.0, 101.0, 30.0}) {
        std::array<char, sizeof(double)> bytes{};
        std::memcpy(bytes.data(), &v, sizeof(v));
        wkb.append(bytes.data(), bytes.size());
    }
    {
        SQLite::Database db = geoPackage(file);
        insert(db, blobOf(wkb), 1, "circle");
    }
    const auto result = tests::patchesOf(file, tests::genericOptions(Role::Changes));
    ASSERT_EQ(result.records.size(), 1U);
    const geo::Box box = result.records[0].shape.box();
    EXPECT_GT(result.records[0].shape.vertexCount(), 32U);
    EXPECT_NEAR(box.maxX - box.minX, 0.02, 1e-4);
    EXPECT_NEAR(box.maxY - box.minY, 0.02, 1e-4);
}

TEST(GeoPackageReading, AJournalOfAnOpenProjectIsReadAndLeftAlone) {
    const tests::TemporaryFolder folder;
    const fs::path file = folder.path() / "t.gpkg";
    SQLite::Database db = geoPackage(file);
    db.exec("PRAGMA journal_mode = WAL");
    insert(db, squareBlob(101, 30), 1, "in the journal only");
    const fs::path wal = file.string() + "-wal";
    ASSERT_TRUE(fs::exists(wal));
    const std::string before = layers::sha256Of({file, wal});
    const auto result = tests::patchesOf(file, tests::genericOptions(Role::Changes));
    EXPECT_EQ(result.records.size(), 1U);
    EXPECT_EQ(layers::sha256Of({file, wal}), before);
}

TEST(GeoPackageReading, SeveralLayersAskForOneAndEmptyOnesDoNotCount) {
    const tests::TemporaryFolder folder;
    const fs::path file = folder.path() / "t.gpkg";
    {
        SQLite::Database db = geoPackage(file);
        insert(db, squareBlob(101, 30), 1, "x");
        db.exec("CREATE TABLE b (fid INTEGER PRIMARY KEY, geom BLOB, t TEXT);"
                "INSERT INTO gpkg_contents VALUES ('b', 'features', 0);"
                "INSERT INTO gpkg_geometry_columns VALUES ('b', 'geom', 'GEOMETRY', 0, 0, 0);");
    }
    const layers::ReadOptions options = tests::genericOptions(Role::Changes);
    EXPECT_EQ(tests::patchesOf(file, options).report.layer, "a");
    {
        SQLite::Database db(file.string(), SQLite::OPEN_READWRITE);
        db.exec("INSERT INTO b (geom, t) SELECT geom, name FROM a");
    }
    const std::string error = tests::errorOf([&] { tests::patchesOf(file, options); });
    EXPECT_NE(error.find("a, b"), std::string::npos) << error;
    EXPECT_EQ(tests::patchesOf(file, options, "a").records.size(), 1U);
    const std::string crs = tests::errorOf([&] { tests::patchesOf(file, options, "b"); });
    EXPECT_NE(crs.find("--crs"), std::string::npos) << crs;
}

} // namespace
