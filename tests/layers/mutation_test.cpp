// Files with bytes changed, cut out or cut off at random (fixed seeds): whatever comes, the reader ends with
// records, rejects or a layers::Error, and loses nothing in silence.

#include "geo/wkb.hpp"
#include "tests/support/reading.hpp"
#include "tests/support/shapefile_bytes.hpp"
#include "tests/support/temporary_folder.hpp"

#include <gtest/gtest.h>

#include <SQLiteCpp/SQLiteCpp.h>

#include <fstream>
#include <random>

namespace {

namespace fs = std::filesystem;

constexpr int kRounds = 250;

/// One to four faults in a file's bytes.
std::string mutated(std::string bytes, std::mt19937& random) {
    const auto at = [&](std::size_t size) {
        return std::uniform_int_distribution<std::size_t>(0, size - 1)(random);
    };
    const std::size_t faults = 1 + at(4);
    for (std::size_t n = 0; n < faults && !bytes.empty(); ++n) {
        const std::size_t place = at(bytes.size());
        switch (at(5)) {
        case 0:
            bytes[place] = static_cast<char>(at(256));
            break;
        case 1:
            bytes[place] = '\xff';
            break;
        case 2:
            bytes.resize(place);
            break;
        case 3:
            bytes.erase(place, at(40) + 1);
            break;
        default:
            bytes.insert(place, bytes.substr(at(bytes.size()), at(40)));
            break;
        }
    }
    return bytes;
}

void write(const fs::path& file, const std::string& bytes) {
    std::ofstream(file, std::ios::binary | std::ios::trunc) << bytes;
}

/// Reads as patches, with the system given; every feature must be accounted for.
void readSafely(const fs::path& file) {
    layers::ReadOptions options = tests::genericOptions(layers::Role::Changes);
    options.crs = "EPSG:4490";
    options.threads = 1;
    layers::ReadResult<layers::Patch> result;
    const std::string error = tests::errorOf([&] { result = tests::patchesOf(file, options); });
    if (!error.empty()) {
        EXPECT_GT(error.size(), 20U);
        return;
    }
    EXPECT_EQ(result.report.features,
              static_cast<std::int64_t>(result.records.size() + result.rejects.size()));
    for (const layers::Patch& patch : result.records) {
        EXPECT_FALSE(patch.shape.isEmpty());
        EXPECT_EQ(patch.raw.size(), result.report.fields.size());
    }
}

TEST(Mutations, Shapefiles) {
    const tests::TemporaryFolder folder;
    tests::ShapefileBytes shapefile;
    shapefile.columns = {{"TBBH", 'C', 10}, {"MJ", 'N', 8}, {"RQ", 'D', 8}};
    shapefile.rows = {{"a", "1", "20240101"}, {"b", "2", ""}, {"\xbf\xb5\xb6\xa8", "3", ""}, {"d", "4", ""}};
    const fs::path shp = folder.path() / "t.shp";
    std::mt19937 random(20260101); // NOLINT: the same faults in every run
    for (int round = 0; round < kRounds; ++round) {
        shapefile.write(shp);
        fs::path member = shp;
        member.replace_extension(std::array{".shp", ".shx", ".dbf"}[static_cast<std::size_t>(round % 3)]);
        write(member, mutated(tests::textOf(member), random));
        SCOPED_TRACE(round);
        readSafely(shp);
    }
}

TEST(Mutations, GeoJson) {
    const tests::TemporaryFolder folder;
    const fs::path file = folder.path() / "t.geojson";
    const std::string good =
        R"({"type":"FeatureCollection","features":[{"type":"Feature","id":7,"properties":{"a":"甘孜","b":[1,{"c":null}]},)"
        R"("geometry":{"type":"Polygon","coordinates":[[[101,30],[101.01,30],[101.01,30.01],[101,30]]]}},)"
        R"({"type":"Feature","properties":null,"geometry":{"type":"GeometryCollection","geometries":[)"
        R"({"type":"LineString","coordinates":[[101,30],[102,31]]},{"type":"Point","coordinates":[101,30,5]}]}}]})";
    std::mt19937 random(20260102); // NOLINT: the same faults in every run
    for (int round = 0; round < 4 * kRounds; ++round) {
        write(file, mutated(good, random));
        SCOPED_TRACE(round);
        readSafely(file);
    }
}

TEST(Mutations, GeoPackages) {
    const tests::TemporaryFolder folder;
    const fs::path file = folder.path() / "t.gpkg";
    {
        SQLite::Database db(file.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
        db.exec(
            "PRAGMA page_size = 512;"
            "CREATE TABLE gpkg_spatial_ref_sys (srs_name, srs_id INTEGER PRIMARY KEY, organization, "
            "organization_coordsys_id, definition);"
            "CREATE TABLE gpkg_contents (table_name, data_type, srs_id);"
            "CREATE TABLE gpkg_geometry_columns (table_name, column_name, geometry_type_name, srs_id, z, m);"
            "INSERT INTO gpkg_contents VALUES ('a', 'features', 0);"
            "INSERT INTO gpkg_geometry_columns VALUES ('a', 'geom', 'GEOMETRY', 0, 0, 0);"
            "CREATE TABLE a (fid INTEGER PRIMARY KEY, geom BLOB, name TEXT);");
        geo::Shape shape;
        shape.polygons.push_back({{{101, 30}, {101.01, 30}, {101.01, 30.01}, {101, 30}}, {}});
        const auto wkb = geo::wkbFromShape(shape);
        std::string blob("GP\0\1\0\0\0\0", 8);
        blob.append(reinterpret_cast<const char*>(wkb.data()), wkb.size());
        for (int n = 0; n < 40; ++n) {
            SQLite::Statement row(db, "INSERT INTO a (geom, name) VALUES (?, '图斑')");
            row.bind(1, blob.data(), static_cast<int>(blob.size()));
            row.exec();
        }
    }
    const std::string good = tests::textOf(file);
    std::mt19937 random(20260103); // NOLINT: the same faults in every run
    for (int round = 0; round < kRounds; ++round) {
        write(file, mutated(good, random));
        SCOPED_TRACE(round);
        readSafely(file);
    }
}

TEST(Mutations, Kml) {
    const tests::TemporaryFolder folder;
    const fs::path file = folder.path() / "t.kml";
    const std::string good =
        R"(<?xml version="1.0" encoding="UTF-8"?><kml xmlns="http://www.opengis.net/kml/2.2"><Document><Folder><name>康定</name>)"
        R"(<Placemark><name>LD-1</name><Polygon><outerBoundaryIs><LinearRing><coordinates>101,30 101.01,30 101.01,30.01 101,30)"
        R"(</coordinates></LinearRing></outerBoundaryIs></Polygon></Placemark></Folder><Folder><name>b</name><Placemark>)"
        R"(<MultiGeometry><Point><coordinates>101,30</coordinates></Point></MultiGeometry></Placemark></Folder></Document></kml>)";
    write(file, good);
    readSafely(file);
    const auto all = tests::patchesOf(file, tests::genericOptions(layers::Role::Changes));
    EXPECT_EQ(all.records.size(), 2U); // folders are headings: all placemarks are read
    std::mt19937 random(20260104);     // NOLINT: the same faults in every run
    for (int round = 0; round < kRounds; ++round) {
        write(file, mutated(good, random));
        SCOPED_TRACE(round);
        readSafely(file);
    }
}

} // namespace
