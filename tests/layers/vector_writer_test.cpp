#include "layers/error.hpp"
#include "layers/gbk_text.hpp"
#include "layers/list_columns.hpp"
#include "layers/output_folder.hpp"
#include "layers/utf8.hpp"
#include "layers/vector_writer.hpp"
#include "layers/xml_text.hpp"
#include "tests/support/temporary_folder.hpp"

#include <gdal_priv.h>
#include <gtest/gtest.h>
#include <ogrsf_frmts.h>
#include <pugixml.hpp>

#include <set>

namespace {

namespace fs = std::filesystem;
using layers::Column;
using layers::ColumnType;
using layers::TableSpec;
using layers::Value;
using layers::VectorRow;

TableSpec spec() {
    return {"patches",
            "示例清单",
            {{"number", "XH", "序号", ColumnType::Integer, 5},
             {"task_number", "RWBH", "任务编号", ColumnType::Text, 24},
             {"county", "XIAN", "县(市)", ColumnType::Text, 20},
             {"area_ha", "MJ", "图斑面积(公顷)", ColumnType::Real, 12, 4},
             {"priority", "YXJ", "优先级", ColumnType::Integer, 1},
             {"basis", "YJ", "判定依据", ColumnType::Text, 250},
             {"internal", "", "不写入", ColumnType::Text, 10}},
            layers::GeometryKind::Any};
}

/// 300 characters that a naive cut at 254 bytes would split in the middle: a byte goes before Hanzi of two
/// bytes each.
std::string longBasis() {
    std::string text = "a";
    for (int i = 0; i < 299; ++i) {
        text += i % 10 == 9 ? "；" : "据";
    }
    return text;
}

VectorRow row(std::int64_t number, const std::string& task, const std::string& county, const Value& basis,
              geo::Shape shape) {
    return {{number, task, county, 1.23456, number % 4, basis, std::string("x")}, std::move(shape)};
}

geo::Shape square() {
    geo::Shape shape;
    // Clockwise, with a hole: writers turn rings as their formats want.
    shape.polygons.push_back({{{101, 30}, {101, 31}, {102, 31}, {102, 30}, {101, 30}},
                              {{{101.2, 30.2}, {101.4, 30.2}, {101.4, 30.4}, {101.2, 30.2}}}});
    return shape;
}

geo::Shape road() {
    geo::Shape shape;
    shape.lines.push_back({{101, 30}, {101.123456789, 30.5}});
    return shape;
}

geo::Shape place() {
    geo::Shape shape;
    shape.points.push_back({101.5, 30.25});
    return shape;
}

std::vector<VectorRow> rows() {
    return {row(1, "LS-513301-0001", "康定市", longBasis(), square()),
            row(2, "名<&>\"䶮\"\x01", "泸定县", std::string("𠮷"), road()),
            row(3, "=1+1", "康定市", Value{}, place())};
}

std::vector<VectorRow> areaRows() {
    return {row(1, "LS-513301-0001", "康定市", longBasis(), square()),
            row(2, "LS-513301-0002", "康定市", std::string("𠮷和䶮"), square())};
}

GDALDatasetUniquePtr open(const fs::path& file) {
    GDALAllRegister();
    return GDALDatasetUniquePtr(GDALDataset::Open(file.c_str(), GDAL_OF_VECTOR));
}

std::string cell(const OGRFeature& feature, const char* name) {
    return feature.GetFieldAsString(name);
}

TEST(GbkText, KeepsWhatGbkHasAndNamesWhatItLacks) {
    layers::GbkEncoder encoder;
    const layers::GbkText text = encoder.encode("图斑101°57′36.0″E㎡“〔2022〕—·䶮𠮷€\xFF\x01z");
    EXPECT_EQ(text.utf8, "图斑101°57′36.0″E㎡“〔2022〕—·〓〓〓〓 z");
    EXPECT_EQ(text.replaced, (std::vector<std::string>{"䶮", "𠮷", "€", "\\xFF"}));
    EXPECT_EQ(text.bytes.substr(0, 4), "\xCD\xBC\xB0\xDF");
}

TEST(GbkText, SplitsBetweenCharactersAndAwayFromSpaces) {
    layers::GbkEncoder encoder;
    for (const std::size_t most : {2U, 3U, 5U, 10U, 254U}) {
        for (const std::string& text :
             {longBasis(), std::string("ab 据 据  c据据 d"), std::string(), std::string("据")}) {
            std::string joined;
            const std::vector<std::string> parts = layers::splitForGbk(encoder.encode(text), most);
            for (const std::string& part : parts) {
                EXPECT_LE(encoder.encode(part).bytes.size(), most);
                EXPECT_TRUE(encoder.encode(part).replaced.empty()) << "cut inside a character";
                joined += part;
                if (most >= 10 && !part.empty()) {
                    EXPECT_NE(part.back(), ' ');
                    EXPECT_NE(part.front(), ' ');
                }
            }
            EXPECT_EQ(joined, text);
        }
    }
}

TEST(Shapefile, GdalReadsItInChineseWithoutOptions) {
    const tests::TemporaryFolder folder;
    const fs::path file = folder.path() / "513301_patches.shp";
    const std::vector<layers::Problem> problems =
        layers::writeShapefile(file, spec(), areaRows(), "2026-11-24");
    const GDALDatasetUniquePtr dataset = open(file);
    ASSERT_TRUE(dataset);
    OGRLayer* layer = dataset->GetLayer(0);
    ASSERT_EQ(layer->GetFeatureCount(), 2);
    EXPECT_EQ(layer->GetLayerDefn()->GetFieldIndex("internal"), -1);
    std::vector<OGRFeatureUniquePtr> features;
    for (OGRFeatureUniquePtr& feature : *layer) {
        features.push_back(std::move(feature));
    }
    const OGRFeature& first = *features[0];
    EXPECT_EQ(cell(first, "RWBH"), "LS-513301-0001");
    EXPECT_EQ(cell(first, "XIAN"), "康定市");
    EXPECT_EQ(cell(first, "YJ1") + cell(first, "YJ2") + cell(first, "YJ3"), longBasis());
    EXPECT_EQ(first.GetFieldAsDouble("MJ"), 1.2346);
    EXPECT_EQ(cell(*features[1], "YJ1"), "〓和〓");
    EXPECT_STREQ(layer->GetSpatialRef()->GetAuthorityCode(nullptr), "4490");
    ASSERT_EQ(problems.size(), 1U);
    EXPECT_EQ(problems[0].kind, layers::ProblemKind::CharacterReplaced);
    EXPECT_EQ(problems[0].field, "判定依据");
    EXPECT_EQ(problems[0].feature, 1);
    EXPECT_NE(problems[0].textZh.find("䶮"), std::string::npos);
    EXPECT_NE(problems[0].textZh.find("𠮷"), std::string::npos);
    EXPECT_NE(problems[0].textEn.find("𠮷"), std::string::npos);
}

TEST(Shapefile, BytesAreGbkWithItsMarks) {
    const tests::TemporaryFolder folder;
    (void)layers::writeShapefile(folder.path() / "a.shp", spec(), areaRows(), "2026-11-24");
    const std::string dbf = tests::textOf(folder.path() / "a.dbf");
    ASSERT_GT(dbf.size(), 32U);
    EXPECT_EQ(static_cast<unsigned char>(dbf[29]), 0x4D);
    EXPECT_EQ(dbf[1], 126) << "year since 1900";
    EXPECT_EQ(dbf[2], 11);
    EXPECT_EQ(dbf[3], 24);
    EXPECT_NE(dbf.find("\xBF\xB5\xB6\xA8\xCA\xD0"), std::string::npos) << "康定市 in GBK";
    EXPECT_EQ(tests::textOf(folder.path() / "a.cpg"), "GBK");
    const std::string prj = tests::textOf(folder.path() / "a.prj");
    EXPECT_NE(prj.find("GCS_China_Geodetic_Coordinate_System_2000"), std::string::npos) << prj;
    EXPECT_NE(prj.find("D_China_2000"), std::string::npos) << prj;
    const std::string dictionary = tests::textOf(folder.path() / "a_fields.csv");
    EXPECT_EQ(dictionary.substr(0, 3), "\xEF\xBB\xBF");
    EXPECT_NE(dictionary.find("RWBH,\"任务编号\""), std::string::npos) << dictionary;
    EXPECT_NE(dictionary.find("YJ2,"), std::string::npos) << dictionary;
    // Fields are split between characters: no field ends in half a one.
    const auto byte = [&](std::size_t i) {
        return static_cast<std::size_t>(static_cast<unsigned char>(dbf[i]));
    };
    const std::size_t headerBytes = byte(8) + 256 * byte(9);
    const std::size_t recordBytes = byte(10) + 256 * byte(11);
    for (std::size_t record = 0; record < 2; ++record) {
        std::size_t at = headerBytes + record * recordBytes + 1;
        for (std::size_t field = 32; dbf[field] != '\r'; field += 32) {
            const std::size_t end = at + byte(field + 16);
            while (at < end) {
                at += byte(at) >= 0x81 ? 2 : 1;
            }
            EXPECT_EQ(at, end) << dbf.substr(field, 10);
        }
    }
}

TEST(Shapefile, KindsGoToFilesOfTheirOwn) {
    const tests::TemporaryFolder folder;
    (void)layers::writeShapefile(folder.path() / "a.shp", spec(), rows(), "2026-11-24");
    const std::map<std::string, OGRwkbGeometryType> expected = {
        {"a.shp", wkbPolygon}, {"a_line.shp", wkbLineString}, {"a_point.shp", wkbPoint}};
    for (const auto& [name, type] : expected) {
        const GDALDatasetUniquePtr dataset = open(folder.path() / name);
        ASSERT_TRUE(dataset) << name;
        EXPECT_EQ(dataset->GetLayer(0)->GetGeomType(), type) << name;
        EXPECT_EQ(dataset->GetLayer(0)->GetFeatureCount(), 1) << name;
        EXPECT_EQ(tests::textOf((folder.path() / name).replace_extension(".cpg")), "GBK");
    }
    std::vector<VectorRow> many = {row(1, "a", "b", Value{}, place()), row(2, "c", "d", Value{}, place())};
    many[1].shape.points.push_back({102, 31});
    (void)layers::writeShapefile(folder.path() / "many.shp", spec(), many, "2026-11-24");
    const GDALDatasetUniquePtr dataset = open(folder.path() / "many.shp");
    ASSERT_TRUE(dataset);
    EXPECT_EQ(dataset->GetLayer(0)->GetGeomType(), wkbMultiPoint);
    EXPECT_EQ(dataset->GetLayer(0)->GetFeatureCount(), 2);
}

TEST(Shapefile, EmptyListsAndTheWholeListAreWritten) {
    const tests::TemporaryFolder folder;
    EXPECT_TRUE(layers::writeShapefile(folder.path() / "empty.shp", spec(), {}, "2026-11-24").empty());
    EXPECT_TRUE(open(folder.path() / "empty.shp"));
    const TableSpec list{"list", "", layers::listColumns(), layers::GeometryKind::Area};
    const std::vector<VectorRow> one = {{std::vector<Value>(layers::listColumns().size()), square()}};
    (void)layers::writeShapefile(folder.path() / "list.shp", list, one, "2026-11-24");
    const GDALDatasetUniquePtr dataset = open(folder.path() / "list.shp");
    ASSERT_TRUE(dataset);
    const OGRFeatureDefn* definition = dataset->GetLayer(0)->GetLayerDefn();
    ASSERT_EQ(definition->GetFieldCount(), static_cast<int>(layers::listColumns().size()));
    for (int i = 0; i < definition->GetFieldCount(); ++i) {
        EXPECT_EQ(definition->GetFieldDefn(i)->GetNameRef(),
                  layers::listColumns()[static_cast<std::size_t>(i)].field);
    }
}

TEST(VectorWriters, SameRowsSameBytes) {
    const tests::TemporaryFolder folder;
    for (const char* name : {"one", "two"}) {
        fs::create_directory(folder.path() / name);
        (void)layers::writeShapefile(folder.path() / name / "a.shp", spec(), rows(), "2026-11-24");
        layers::writeKml(folder.path() / name / "a.kml", spec(), rows(), {1, 2, 4});
        layers::writeGpx(folder.path() / name / "a.gpx", spec(), rows(), 1);
        layers::writeGeoJson(folder.path() / name / "a.geojson", spec(), rows());
    }
    std::size_t compared = 0;
    for (const auto& entry : fs::directory_iterator(folder.path() / "one")) {
        EXPECT_EQ(tests::textOf(entry.path()), tests::textOf(folder.path() / "two" / entry.path().filename()))
            << entry.path();
        ++compared;
    }
    EXPECT_GE(compared, 19U);
}

TEST(Kml, IsWellFormedAndCarriesEverything) {
    const tests::TemporaryFolder folder;
    const fs::path file = folder.path() / "a.kml";
    layers::writeKml(file, spec(), rows(), {1, 2, 4});
    pugi::xml_document document;
    const pugi::xml_parse_result parsed = document.load_file(file.c_str());
    ASSERT_TRUE(parsed) << parsed.description();
    const pugi::xml_node root = document.child("kml").child("Document");
    EXPECT_NE(std::string(root.child_value("description")).find("未加偏移"), std::string::npos);
    std::vector<std::string> folders;
    std::set<std::string> styles;
    for (const pugi::xml_node part : root.children("Folder")) {
        folders.emplace_back(part.child_value("name"));
        for (const pugi::xml_node mark : part.children("Placemark")) {
            styles.insert(mark.child_value("styleUrl"));
        }
    }
    EXPECT_EQ(folders, (std::vector<std::string>{"康定市", "泸定县"}));
    EXPECT_EQ(styles, (std::set<std::string>{"#p1", "#p2", "#p3"}));
    const pugi::xml_node road = root.find_child_by_attribute("Style", "id", "p1");
    EXPECT_STREQ(road.child("PolyStyle").child_value("color"), "66005ed5") << "aabbggrr of vermillion";
    const pugi::xml_node second = root.child("Folder").next_sibling("Folder").child("Placemark");
    EXPECT_STREQ(second.child_value("name"), "名<&>\"䶮\"") << "the control character is gone";
    EXPECT_NE(std::string(second.child_value("description")).find("<td>名&lt;&amp;&gt;"), std::string::npos);
    EXPECT_STREQ(second.child("LineString").child_value("coordinates"), "101,30 101.123456789,30.5");
    EXPECT_EQ(tests::textOf(file).find("NetworkLink"), std::string::npos);
    EXPECT_EQ(tests::textOf(file).find("href"), std::string::npos);

    const GDALDatasetUniquePtr dataset = open(file);
    ASSERT_TRUE(dataset);
    EXPECT_EQ(dataset->GetLayerCount(), 2);
    for (const OGRFeatureUniquePtr& feature : *dataset->GetLayerByName("泸定县")) {
        EXPECT_EQ(cell(*feature, "basis"), "𠮷");
    }
}

TEST(Gpx, HasAPlaceInsideEachShape) {
    const tests::TemporaryFolder folder;
    const fs::path file = folder.path() / "a.gpx";
    std::vector<VectorRow> all = rows();
    all[0].values[1] = std::string("一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三");
    layers::writeGpx(file, spec(), all, 1);
    pugi::xml_document document;
    ASSERT_TRUE(document.load_file(file.c_str()));
    EXPECT_STREQ(document.child("gpx").attribute("version").value(), "1.1");
    const GDALDatasetUniquePtr dataset = open(file);
    ASSERT_TRUE(dataset);
    OGRLayer* points = dataset->GetLayerByName("waypoints");
    ASSERT_EQ(points->GetFeatureCount(), 3);
    std::size_t i = 0;
    for (const OGRFeatureUniquePtr& feature : *points) {
        const std::string name = cell(*feature, "name");
        EXPECT_EQ(layers::firstCharacters(name, 30), name);
        if (i == 0) {
            EXPECT_EQ(name, "一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十");
            EXPECT_NE(cell(*feature, "desc").find("九十一二三"), std::string::npos)
                << "the rest stands in desc";
        }
        const OGRPoint* point = feature->GetGeometryRef()->toPoint();
        if (i == 0) {
            EXPECT_TRUE(point->getX() > 101 && point->getX() < 102 && point->getY() > 30 &&
                        point->getY() < 31);
        } else if (i == 2) {
            EXPECT_EQ(point->getX(), 101.5);
            EXPECT_EQ(point->getY(), 30.25);
        }
        ++i;
    }
}

TEST(GeoJson, IsRfc7946) {
    const tests::TemporaryFolder folder;
    const fs::path file = folder.path() / "a.geojson";
    layers::writeGeoJson(file, spec(), rows());
    const std::string text = tests::textOf(file);
    EXPECT_EQ(text.find("\"crs\""), std::string::npos) << "RFC 7946 has no crs member";
    EXPECT_NE(text.find("101.123456789"), std::string::npos) << text;
    const GDALDatasetUniquePtr dataset = open(file);
    ASSERT_TRUE(dataset);
    OGRLayer* layer = dataset->GetLayer(0);
    ASSERT_EQ(layer->GetFeatureCount(), 3);
    for (const OGRFeatureUniquePtr& feature : *layer) {
        if (feature->GetFieldAsInteger("number") == 1) {
            ASSERT_EQ(feature->GetGeometryRef()->getGeometryType(), wkbPolygon);
            const OGRPolygon* area = feature->GetGeometryRef()->toPolygon();
            EXPECT_FALSE(area->getExteriorRing()->isClockwise());
            EXPECT_EQ(area->getNumInteriorRings(), 1);
            EXPECT_EQ(cell(*feature, "basis"), longBasis());
        }
    }
}

TEST(XmlText, EscapesAndCleans) {
    EXPECT_EQ(layers::xmlEscaped("a<b>&\"\x01\x1F\t中𠮷\xFF\xED\xA0\x80\xEF\xBF\xBE"),
              "a&lt;b&gt;&amp;&quot;\t中𠮷\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD");
    EXPECT_EQ(layers::degreesText(101.5), "101.5");
    EXPECT_EQ(layers::degreesText(-0.0000000001), "0");
    EXPECT_EQ(layers::degreesText(30), "30");
    EXPECT_EQ(layers::degreesText(100), "100");
    EXPECT_EQ(layers::firstCharacters("中a𠮷b", 3), "中a𠮷");
}

} // namespace
