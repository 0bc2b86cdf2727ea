// Shapefiles made on purpose and real ones: encodings, damaged members, ring nesting.

#include "layers/encoding.hpp"
#include "layers/shp_geometry.hpp"
#include "tests/support/ogr_shapes.hpp"
#include "tests/support/reading.hpp"
#include "tests/support/shapefile_bytes.hpp"
#include "tests/support/shared_data.hpp"
#include "tests/support/temporary_folder.hpp"

#include <gtest/gtest.h>

#include <fstream>

namespace {

namespace fs = std::filesystem;
using layers::ProblemKind;
using layers::Role;

// 康定市, 采石场 in GBK and UTF-8
const std::string kKangdingGbk = "\xbf\xb5\xb6\xa8\xca\xd0";
const std::string kKangding = "康定市";
const std::string kNameGbk = "\xc3\xfb\xb3\xc6"; // 名称

tests::ShapefileBytes gbkShapefile() {
    tests::ShapefileBytes shapefile;
    shapefile.columns = {{kNameGbk, 'C', 20}, {"TBBH", 'C', 10}};
    shapefile.rows = {{kKangdingGbk, "0001"}, {"\xb5\xa4\xb0\xcd\xcf\xd8", "0002"}};
    return shapefile;
}

struct EncodingCase {
    const char* name;
    std::uint8_t driver;
    const char* cpg;
    const char* given;
    const char* reason;
};

class GbkTable : public testing::TestWithParam<EncodingCase> {};

TEST_P(GbkTable, ComesOutAsChinese) {
    const tests::TemporaryFolder folder;
    tests::ShapefileBytes shapefile = gbkShapefile();
    shapefile.languageDriver = GetParam().driver;
    shapefile.cpg = GetParam().cpg;
    shapefile.write(folder.path() / "t.shp");
    layers::ReadOptions options = tests::genericOptions(Role::Changes);
    options.crs = "EPSG:4490";
    options.encoding = GetParam().given;
    const auto result = tests::patchesOf(folder.path() / "t.shp", options);
    ASSERT_EQ(result.records.size(), 2U);
    EXPECT_EQ(result.report.fields, (std::vector<std::string>{"名称", "TBBH"}));
    EXPECT_EQ(result.records[0].raw, (std::vector<std::string>{kKangding, "0001"}));
    EXPECT_EQ(result.records[1].raw[0], "丹巴县");
    EXPECT_EQ(result.report.encoding, "GB18030");
    EXPECT_EQ(result.report.encodingReason, GetParam().reason);
}

INSTANTIATE_TEST_SUITE_P(Reasons, GbkTable,
                         testing::Values(EncodingCase{"cpg", 0, "GBK\r\n", "", "from .cpg"},
                                         EncodingCase{"cpg936", 0, "936", "", "from .cpg"},
                                         EncodingCase{"driver", 0x4D, "", "", "language driver of the .dbf"},
                                         EncodingCase{"bytes", 0, "", "", "from the bytes"},
                                         EncodingCase{"user", 0x03, "UTF-8", "gb2312",
                                                      "given by --encoding"}),
                         [](const auto& tested) { return std::string(tested.param.name); });

TEST(ShapefileEncoding, GuessIsToldWithSamples) {
    const tests::TemporaryFolder folder;
    gbkShapefile().write(folder.path() / "t.shp");
    layers::ReadOptions options = tests::genericOptions(Role::Changes);
    options.crs = "EPSG:4490";
    const auto result = tests::patchesOf(folder.path() / "t.shp", options);
    const layers::Problem* guess = tests::problemOf(result.problems, ProblemKind::EncodingGuessed);
    ASSERT_NE(guess, nullptr);
    EXPECT_NE(guess->textZh.find(kKangding), std::string::npos);
}

TEST(ShapefileEncoding, UnusableCpgIsToldAndTheBytesDecide) {
    const tests::TemporaryFolder folder;
    tests::ShapefileBytes shapefile = gbkShapefile();
    shapefile.cpg = "UTF-16";
    shapefile.write(folder.path() / "t.shp");
    layers::ReadOptions options = tests::genericOptions(Role::Changes);
    options.crs = "EPSG:4490";
    const auto result = tests::patchesOf(folder.path() / "t.shp", options);
    const layers::Problem* doubt = tests::problemOf(result.problems, ProblemKind::EncodingDoubtful);
    ASSERT_NE(doubt, nullptr);
    EXPECT_NE(doubt->textEn.find("UTF-16"), std::string::npos);
    EXPECT_EQ(result.records[0].raw[0], kKangding);
}

TEST(ShapefileEncoding, Utf8CutByAFullColumnIsStillUtf8) {
    const tests::TemporaryFolder folder;
    tests::ShapefileBytes shapefile;
    shapefile.columns = {{"MC", 'C', 8}};
    shapefile.rows = {{"康定"}, {"丹巴"}, {"雅江"},
                      {"道孚"}, {"炉霍"}, {"康定市"}}; // the last needs nine bytes
    shapefile.write(folder.path() / "t.shp");
    layers::ReadOptions options = tests::genericOptions(Role::Changes);
    options.crs = "EPSG:4490";
    const auto result = tests::patchesOf(folder.path() / "t.shp", options);
    EXPECT_EQ(result.report.encoding, "UTF-8");
    EXPECT_EQ(result.records[0].raw[0], "康定");
    EXPECT_EQ(result.records[5].raw[0], "康定");
}

TEST(Encoding, NamesOfEveryday) {
    EXPECT_EQ(layers::encodingFromName("utf8"), "UTF-8");
    EXPECT_EQ(layers::encodingFromName("\xEF\xBB\xBFUTF-8"), "UTF-8");
    EXPECT_EQ(layers::encodingFromName("ANSI 936"), "GB18030");
    EXPECT_EQ(layers::encodingFromName("cp936"), "GB18030");
    EXPECT_EQ(layers::encodingFromName("1252"), "CP1252");
    EXPECT_EQ(layers::encodingFromName("88591"), "ISO-8859-1");
    EXPECT_EQ(layers::encodingFromName("UTF-16"), "");
    EXPECT_EQ(layers::encodingFromName("no such thing"), "");
    EXPECT_EQ(layers::encodingFromLanguageDriver(0x4D), "GB18030");
    EXPECT_EQ(layers::encodingFromLanguageDriver(0x57), "");
}

TEST(Encoding, Utf8IsCheckedStrictly) {
    EXPECT_TRUE(layers::isUtf8("甘孜𠮷 abc"));
    EXPECT_FALSE(layers::isUtf8(kKangdingGbk));
    EXPECT_FALSE(layers::isUtf8("\xC0\x80"));         // overlong
    EXPECT_FALSE(layers::isUtf8("\xED\xA0\x80"));     // surrogate
    EXPECT_FALSE(layers::isUtf8("\xF4\x90\x80\x80")); // beyond U+10FFFF
    EXPECT_FALSE(layers::isUtf8("\xE7\x94"));         // cut
}

TEST(DbfValues, NumbersKeepTheirDigitsAndBadOnesAreTold) {
    const tests::TemporaryFolder folder;
    tests::ShapefileBytes shapefile;
    shapefile.columns = {{"BH", 'N', 20}, {"MJ", 'N', 12}, {"RQ", 'D', 8}};
    shapefile.rows = {{"  51332200000000000001", "   1.2300", "20240315"},
                      {"", "    NaN", "00000000"},
                      {"7.000", "68,500,", ""},
                      {"****", "68,500", ""}};
    shapefile.rows[0][0] = "51332200000000000001";
    shapefile.write(folder.path() / "t.shp");
    layers::ReadOptions options = tests::genericOptions(Role::Changes);
    options.crs = "EPSG:4490";
    options.mapping = {{"id", "BH"}, {"later", "RQ"}};
    const auto result = tests::patchesOf(folder.path() / "t.shp", options);
    ASSERT_EQ(result.records.size(), 4U);
    EXPECT_EQ(result.records[0].id, "51332200000000000001");
    EXPECT_EQ(result.records[0].raw[1], "1.2300");
    EXPECT_EQ(result.records[0].later.first, layers::dayFromIso("2024-03-15"));
    EXPECT_EQ(result.records[1].id, "1"); // the feature's number stands in
    EXPECT_FALSE(result.records[1].later.first.has_value());
    EXPECT_EQ(result.records[1].raw[1], "NaN");
    EXPECT_EQ(result.records[2].id, "7");
    EXPECT_EQ(result.records[3].raw[0], "");
    const layers::Problem* bad = tests::problemOf(result.problems, ProblemKind::ValueUnreadable);
    ASSERT_NE(bad, nullptr);
    EXPECT_EQ(bad->field, "MJ");
    EXPECT_NE(tests::problemOf(result.problems, ProblemKind::ValueSubstituted), nullptr);
}

TEST(DbfValues, TwoColumnsOfOneNameAreToldApart) {
    const tests::TemporaryFolder folder;
    tests::ShapefileBytes shapefile;
    shapefile.columns = {{"MC", 'C', 5}, {"mc", 'C', 5}};
    shapefile.rows = {{"a", "b"}};
    shapefile.write(folder.path() / "t.shp");
    layers::ReadOptions options = tests::genericOptions(Role::Changes);
    options.crs = "EPSG:4490";
    const auto result = tests::patchesOf(folder.path() / "t.shp", options);
    EXPECT_EQ(result.report.fields, (std::vector<std::string>{"MC", "mc_2"}));
    EXPECT_NE(tests::problemOf(result.problems, ProblemKind::FieldAmbiguous), nullptr);
}

TEST(RingNesting, IslandInAHoleInAShellWhicheverWayRingsRun) {
    const auto square = [](double from, double to, bool reversed) {
        geo::Ring ring{{from, from}, {from, to}, {to, to}, {to, from}, {from, from}};
        if (reversed) {
            std::reverse(ring.begin(), ring.end());
        }
        return ring;
    };
    for (int turns = 0; turns < 8; ++turns) {
        std::vector<geo::Ring> rings{square(4, 6, (turns & 1) != 0), square(0, 10, (turns & 2) != 0),
                                     square(2, 8, (turns & 4) != 0)};
        const auto polygons = layers::polygonsFromRings(rings);
        ASSERT_EQ(polygons.size(), 2U) << turns;
        EXPECT_EQ(polygons[0].shell, rings[0]);
        EXPECT_TRUE(polygons[0].holes.empty());
        EXPECT_EQ(polygons[1].shell, rings[1]);
        ASSERT_EQ(polygons[1].holes.size(), 1U);
        EXPECT_EQ(polygons[1].holes[0], rings[2]);
    }
}

TEST(RealShapefiles, GeometryEqualsWhatOgrReads) {
    SKIP_WITHOUT_SHARED();
    const fs::path data = tests::sharedFolder() / "data";
    for (const char* name :
         {"admin-ganzi/ganzi_counties_utf8.shp", "mapbiomas-alerta-xingu/Alertas_Outros.shp",
          "cnuc-brazil/cnuc.shp", "hostile/06-encoding/nts_chinese_encoding.shp",
          "hostile/13-holes/nts_nested_polygons.shp"}) {
        layers::ReadOptions options = tests::genericOptions(Role::Changes);
        options.crs = std::string(name).starts_with("hostile") ? "EPSG:4490" : "";
        const auto ours = tests::patchesOf(data / name, options);
        const auto theirs = tests::shapesOfFile(data / name);
        ASSERT_EQ(ours.records.size(), theirs.size()) << name;
        for (std::size_t n = 0; n < theirs.size(); ++n) {
            EXPECT_EQ(ours.records[n].feature, theirs[n].id) << name;
            if (ours.report.repaired == 0) {
                EXPECT_EQ(geo::normalised(ours.records[n].shape), geo::normalised(theirs[n].shape))
                    << name << ' ' << n;
            }
        }
    }
}

class GanziCounties : public testing::TestWithParam<const char*> {};

TEST_P(GanziCounties, AreReadAsCounties) {
    SKIP_WITHOUT_SHARED();
    layers::ReadOptions options;
    options.role = Role::Admin;
    const auto result =
        tests::countiesOf(tests::sharedFolder() / "data" / "admin-ganzi" / GetParam(), options);
    ASSERT_EQ(result.records.size(), 18U);
    EXPECT_EQ(result.report.invalid, 0);
    EXPECT_EQ(result.records[0].code, "513301");
    EXPECT_EQ(result.records[0].name, "康定市");
    geo::Box all;
    for (const layers::County& county : result.records) {
        all.add(county.shape.box());
    }
    EXPECT_NEAR(all.minX, 97.3480, 0.001);
    EXPECT_NEAR(all.maxX, 102.4935, 0.001);
    EXPECT_NEAR(all.minY, 27.9654, 0.001);
    EXPECT_NEAR(all.maxY, 34.2118, 0.001);
}

INSTANTIATE_TEST_SUITE_P(Files, GanziCounties,
                         testing::Values("ganzi_counties_utf8.shp", "ganzi_counties_gbk.shp",
                                         "ganzi_counties_cgcs2000_zone34.shp",
                                         "ganzi_counties_wgs84.geojson"));

} // namespace
