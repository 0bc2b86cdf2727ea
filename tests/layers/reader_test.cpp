// Profiles, --map, --crs, values and zones, on small files made on purpose.

#include "tests/support/reading.hpp"
#include "tests/support/shapefile_bytes.hpp"
#include "tests/support/temporary_folder.hpp"

#include <gtest/gtest.h>

#include <fstream>

namespace {

namespace fs = std::filesystem;
using layers::ProblemKind;
using layers::Role;

/// A GeoJSON file with one square of 0.01 degrees for each line of properties.
fs::path geoJson(const tests::TemporaryFolder& folder, const std::vector<std::string>& properties,
                 const std::string& crs = "EPSG::4490") {
    std::string text =
        R"({"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:)" + crs +
        R"("}},"features":[)";
    double x = 101;
    for (const std::string& p : properties) {
        const auto at = [&](double dx, double dy) {
            return "[" + std::to_string(x + dx) + "," + std::to_string(30 + dy) + "]";
        };
        text += (x > 101 ? "," : "") + std::string(R"({"type":"Feature","properties":{)") + p +
                R"(},"geometry":{"type":"Polygon","coordinates":[[)" + at(0, 0) + "," + at(.01, 0) + "," +
                at(.01, .01) + "," + at(0, .01) + "," + at(0, 0) + "]]}}";
        x += 0.02;
    }
    fs::path file = folder.path() / "layer.geojson";
    std::ofstream(file) << text << "]}";
    return file;
}

layers::ReadOptions plainOptions(Role role) {
    layers::ReadOptions options;
    options.role = role;
    return options;
}

TEST(LayerRefs, AColonInThePathOfAFileDoesNoHarm) {
    const tests::TemporaryFolder folder;
    const fs::path odd = folder.path() / "a:b.gpkg";
    std::ofstream(odd) << "x";
    EXPECT_EQ(layers::parseLayerRef(odd.string()).file, odd);
    EXPECT_EQ(layers::parseLayerRef("x.gpkg:layer").layer, "layer");
    EXPECT_EQ(layers::parseLayerRef("x.gpkg").layer, "");
}

TEST(Reading, AColumnOfAnotherUnitIsToldOnce) {
    const tests::TemporaryFolder folder;
    const std::string same = R"("变化类型":"采石采矿","前时相":"2023-06","后时相":"2024年6月",)";
    const fs::path file = geoJson(folder, {R"("图斑编号":"1",)" + same + R"("面积":"1590.3")",
                                           R"("图斑编号":"2",)" + same + R"("面积":"1589.7")",
                                           R"("图斑编号":"3",)" + same + R"("面积":"7")"});
    const auto result = tests::patchesOf(file, plainOptions(Role::Changes));
    std::vector<layers::Problem> told;
    std::copy_if(result.problems.begin(), result.problems.end(), std::back_inserter(told),
                 [](const layers::Problem& p) { return p.kind == ProblemKind::AreaDiffers; });
    ASSERT_EQ(told.size(), 2U);
    EXPECT_EQ(told[0].count, 2);
    EXPECT_NE(told[0].textZh.find("按亩"), std::string::npos) << told[0].textZh;
    EXPECT_NE(told[0].doneEn.find("unit: mu"), std::string::npos);
    EXPECT_EQ(told[1].count, 1);
    EXPECT_NE(told[1].textEn.find("patch 3"), std::string::npos) << told[1].textEn;
}

TEST(Reading, ChangesByAShippedProfile) {
    const tests::TemporaryFolder folder;
    const fs::path file = geoJson(
        folder,
        {R"("图斑编号":"0007","变化类型":"采石采矿","前时相":"2023-06","后时相":"2024年6月","面积":"约106公顷")",
         R"("图斑编号":"0008","变化类型":"没见过的词","前时相":"2023-06","后时相":"昨天","面积":"0.0106")",
         R"("图斑编号":"0007","变化类型":"没见过的词","前时相":null,"后时相":"","面积":"很大")"});
    const auto result = tests::patchesOf(file, plainOptions(Role::Changes));
    ASSERT_EQ(result.records.size(), 3U);
    const layers::Patch& patch = result.records[0];
    EXPECT_EQ(result.report.profile, "bench-changes");
    EXPECT_EQ(result.report.crs, "EPSG:4490");
    EXPECT_EQ(patch.id, "0007");
    EXPECT_EQ(patch.activity, "A01");
    EXPECT_EQ(patch.earlier.first, layers::dayFromIso("2023-06-01"));
    EXPECT_EQ(patch.later.last, layers::dayFromIso("2024-06-30"));
    EXPECT_NEAR(patch.statedAreaM2.value_or(0), 1060000, 1);
    EXPECT_EQ(patch.raw.size(), result.report.fields.size());
    EXPECT_EQ(result.records[1].activity, "A99");
    const layers::Problem* unknown = tests::problemOf(result.problems, ProblemKind::ValueUnknown);
    ASSERT_NE(unknown, nullptr);
    EXPECT_EQ(unknown->count, 2);
    EXPECT_NE(unknown->textZh.find("没见过的词"), std::string::npos);
    EXPECT_NE(tests::problemOf(result.problems, ProblemKind::DuplicateId), nullptr);
    EXPECT_NE(tests::problemOf(result.problems, ProblemKind::AreaDiffers), nullptr);
    EXPECT_NE(tests::problemOf(result.problems, ProblemKind::ValueUnreadable), nullptr);
    EXPECT_FALSE(result.report.sha256.empty());
    for (const layers::Problem& problem : result.problems) {
        EXPECT_EQ(problem.role, "changes");
        EXPECT_EQ(problem.file, "layer.geojson");
    }
}

TEST(Reading, NoProfileFitsIsAnErrorThatNamesTheWayOut) {
    const tests::TemporaryFolder folder;
    const fs::path file = geoJson(folder, {R"("foo":1,"bar":"x")"});
    const std::string error = tests::errorOf([&] { tests::patchesOf(file, plainOptions(Role::Changes)); });
    EXPECT_NE(error.find("--profile generic"), std::string::npos) << error;
    EXPECT_NE(error.find("foo, bar"), std::string::npos) << error;
}

TEST(Reading, MapOverridesAndUnknownNamesAreErrors) {
    const tests::TemporaryFolder folder;
    const fs::path file = geoJson(folder, {R"("foo":12,"bar":"公路")"});
    layers::ReadOptions options = plainOptions(Role::Changes);
    options.mapping = {{"id", "foo"}, {"activity", "bar"}, {"batch", "const:2026B1"}};
    const auto result = tests::patchesOf(file, options);
    EXPECT_EQ(result.records.at(0).id, "12");
    EXPECT_EQ(result.records.at(0).activity, "A06");
    EXPECT_EQ(result.records.at(0).batch, "2026B1");
    options.mapping["id"] = "nothere";
    EXPECT_NE(tests::errorOf([&] { tests::patchesOf(file, options); }).find("nothere"), std::string::npos);
    options.mapping = {{"colour", "foo"}};
    EXPECT_NE(tests::errorOf([&] { tests::patchesOf(file, options); }).find("colour"), std::string::npos);
}

TEST(Reading, ReserveClassesAndWhatIsNoZone) {
    const tests::TemporaryFolder folder;
    const std::string start =
        R"("保护区编号":"ZR001","保护区名称":"示例自然保护区","级别":"国家级","功能区":")";
    const fs::path file = geoJson(folder, {start + R"(核心区")", start + R"(非保护地")"});
    const auto result = tests::zonesOf(file, plainOptions(Role::Reserve));
    ASSERT_EQ(result.records.size(), 1U);
    EXPECT_EQ(result.records[0].kind, layers::ZoneKind::NatureReserve);
    EXPECT_EQ(result.records[0].zoneClass, "核心区");
    EXPECT_EQ(result.records[0].level, "国家级");
    EXPECT_EQ(result.report.features, 2);
    EXPECT_NE(tests::problemOf(result.problems, ProblemKind::ZoneLeftOut), nullptr);
}

TEST(Reading, UnknownClassWordsOfZonesAreListedWithCounts) {
    const tests::TemporaryFolder folder;
    const std::string start =
        R"("保护区编号":"ZR001","保护区名称":"示例自然保护区","级别":"国家级","功能区":")";
    const fs::path file = geoJson(folder, {start + R"(甲区")", start + R"(甲区")", start + R"(")"});
    const std::string error = tests::errorOf([&] { tests::zonesOf(file, plainOptions(Role::Reserve)); });
    EXPECT_NE(error.find("“甲区” ×2"), std::string::npos) << error;
    EXPECT_NE(error.find("空白"), std::string::npos) << error;
    EXPECT_NE(error.find("--map reserve.class="), std::string::npos) << error;
}

TEST(Reading, AMissingKindIsNeverGuessed) {
    const tests::TemporaryFolder folder;
    const fs::path file = geoJson(folder, {R"("mc":"某地","fq":"核心区")"});
    layers::ReadOptions options = plainOptions(Role::Reserve);
    options.mapping = {{"name", "mc"}, {"class", "fq"}};
    const std::string error = tests::errorOf([&] { tests::zonesOf(file, options); });
    EXPECT_NE(error.find("--map reserve.kind="), std::string::npos) << error;
    options.mapping["kind"] = "const:NR";
    EXPECT_EQ(tests::zonesOf(file, options).records.at(0).zoneClass, "核心区");
}

TEST(Crs, MissingNamesTheOptionAndWhereTheDataWouldFall) {
    const tests::TemporaryFolder folder;
    tests::ShapefileBytes shapefile;
    shapefile.columns = {{"MC", 'C', 5}};
    shapefile.rows = {{"a"}};
    shapefile.x = 34500000; // 3-degree zone 34, on its meridian 102
    shapefile.y = 3320113.398;
    shapefile.side = 100;
    const fs::path file = folder.path() / "t.shp";
    shapefile.write(file);
    layers::ReadOptions options = tests::genericOptions(Role::Changes);
    const std::string error = tests::errorOf([&] { tests::patchesOf(file, options); });
    EXPECT_NE(error.find("--crs changes=EPSG:n"), std::string::npos) << error;
    EXPECT_NE(error.find("EPSG:4522"), std::string::npos) << error;
    EXPECT_NE(error.find("102.0000"), std::string::npos) << error;
    options.crs = "EPSG:4522";
    const auto result = tests::patchesOf(file, options);
    EXPECT_NEAR(result.records.at(0).shape.box().minX, 102.0, 1e-6);
    EXPECT_NEAR(result.records.at(0).shape.box().minY, 30.0, 1e-6);
    EXPECT_NE(tests::problemOf(result.problems, ProblemKind::CrsAssumed), nullptr);
}

TEST(Crs, SixDigitEastingsAskForTheMeridian) {
    const tests::TemporaryFolder folder;
    tests::ShapefileBytes shapefile;
    shapefile.columns = {{"MC", 'C', 5}};
    shapefile.rows = {{"a"}};
    shapefile.x = 500000;
    shapefile.y = 3320113.398;
    shapefile.side = 100;
    shapefile.write(folder.path() / "t.shp");
    const std::string error = tests::errorOf(
        [&] { tests::patchesOf(folder.path() / "t.shp", tests::genericOptions(Role::Changes)); });
    EXPECT_NE(error.find("EPSG:4543"), std::string::npos) << error;
    EXPECT_NE(error.find("EPSG:4542"), std::string::npos) << error;
    EXPECT_NE(error.find("EPSG:4507"), std::string::npos) << error;
}

TEST(Crs, AConflictWithTheFilesOwnIsAnErrorUnlessEqual) {
    const tests::TemporaryFolder folder;
    const fs::path file = geoJson(folder, {R"("a":"b")"});
    layers::ReadOptions options = tests::genericOptions(Role::Changes);
    options.crs = "EPSG:4522";
    const std::string error = tests::errorOf([&] { tests::patchesOf(file, options); });
    EXPECT_NE(error.find("EPSG:4490"), std::string::npos) << error;
    options.crs = "EPSG:4490";
    EXPECT_EQ(tests::patchesOf(file, options).records.size(), 1U);
}

TEST(Crs, Xian80IsRefusedAndTheOptionNamed) {
    const tests::TemporaryFolder folder;
    const fs::path file = geoJson(folder, {R"("a":"b")"}, "EPSG::4610");
    const std::string error =
        tests::errorOf([&] { tests::patchesOf(file, tests::genericOptions(Role::Changes)); });
    EXPECT_NE(error.find("--crs changes=EPSG:n"), std::string::npos) << error;
}

TEST(Crs, DataOutsideChinaAreSuspicious) {
    const tests::TemporaryFolder folder;
    tests::ShapefileBytes shapefile;
    shapefile.columns = {{"MC", 'C', 5}};
    shapefile.rows = {{"a"}};
    shapefile.x = 30; // longitude and latitude swapped
    shapefile.y = 80;
    shapefile.write(folder.path() / "t.shp");
    layers::ReadOptions options = tests::genericOptions(Role::Changes);
    options.crs = "EPSG:4490";
    const auto result = tests::patchesOf(folder.path() / "t.shp", options);
    const layers::Problem* suspicious = tests::problemOf(result.problems, ProblemKind::CrsSuspicious);
    ASSERT_NE(suspicious, nullptr);
    EXPECT_NE(suspicious->textEn.find("swapped"), std::string::npos);
}

TEST(Reading, TheSameForAnyNumberOfThreads) {
    const tests::TemporaryFolder folder;
    constexpr std::size_t kPatches = 900;
    std::vector<std::string> properties;
    properties.reserve(kPatches);
    for (std::size_t n = 0; n < kPatches; ++n) {
        properties.push_back(
            "\"图斑编号\":\"" + std::to_string(n / 2) + "\",\"变化类型\":\"词" + std::to_string(n % 3) +
            "\",\"前时相\":\"2023\",\"后时相\":\"2024\",\"面积\":" + std::to_string(n * 5000));
    }
    const fs::path file = geoJson(folder, properties);
    layers::ReadOptions options = plainOptions(Role::Changes);
    options.threads = 1;
    const auto one = tests::patchesOf(file, options);
    options.threads = 4;
    const auto four = tests::patchesOf(file, options);
    ASSERT_EQ(one.records.size(), four.records.size());
    for (std::size_t n = 0; n < one.records.size(); ++n) {
        EXPECT_EQ(one.records[n].feature, four.records[n].feature);
        EXPECT_EQ(one.records[n].shape, four.records[n].shape);
    }
    ASSERT_EQ(one.problems.size(), four.problems.size());
    for (std::size_t n = 0; n < one.problems.size(); ++n) {
        EXPECT_EQ(one.problems[n].textZh, four.problems[n].textZh);
        EXPECT_EQ(one.problems[n].feature, four.problems[n].feature);
        EXPECT_EQ(one.problems[n].count, four.problems[n].count);
    }
}

TEST(Reading, CancelEndsIt) {
    const tests::TemporaryFolder folder;
    const fs::path file = geoJson(folder, {R"("a":"b")"});
    geo::Progress progress;
    progress.cancel();
    EXPECT_THROW(
        static_cast<void>(layers::readPatches({file, {}}, tests::genericOptions(Role::Changes), progress)),
        geo::Cancelled);
}

TEST(Reading, WhatIsNotThereOrNotSupportedIsSaid) {
    const layers::ReadOptions options = tests::genericOptions(Role::Changes);
    EXPECT_NE(tests::errorOf([&] { tests::patchesOf("nowhere.shp", options); }).find("nowhere.shp"),
              std::string::npos);
    const tests::TemporaryFolder folder;
    std::ofstream(folder.path() / "a.xyz") << "0";
    const std::string error = tests::errorOf([&] { tests::patchesOf(folder.path() / "a.xyz", options); });
    EXPECT_NE(error.find("GeoPackage"), std::string::npos) << error;
    EXPECT_NE(tests::errorOf([&] {
                  tests::patchesOf(geoJson(folder, {R"("a":1)"}), options, "other");
              }).find("other"),
              std::string::npos);
}

TEST(Counties, CodesThatDifferInCaseOnlyAreOne) {
    const tests::TemporaryFolder folder;
    const fs::path file =
        geoJson(folder, {R"("adcode":"5133a1","name":"甲")", R"("adcode":"5133A1","name":"甲")",
                         R"("adcode":"５１３３０１","name":"乙")"});
    const auto result = tests::countiesOf(file, plainOptions(Role::Admin));
    ASSERT_EQ(result.records.size(), 3U);
    EXPECT_EQ(result.records[0].code, "5133A1");
    EXPECT_EQ(result.records[2].code, "513301");
    const layers::Problem* told = tests::problemOf(result.problems, ProblemKind::ValueSubstituted);
    ASSERT_NE(told, nullptr);
    EXPECT_NE(told->textEn.find("5133a1"), std::string::npos);
    EXPECT_NE(tests::problemOf(result.problems, ProblemKind::DuplicateId), nullptr);
}

TEST(Geometry, CollectionsKeepTheirPolygons) {
    const tests::TemporaryFolder folder;
    const fs::path file = folder.path() / "c.geojson";
    std::ofstream(file)
        << R"({"type":"Feature","properties":{},"geometry":{"type":"GeometryCollection","geometries":[
        {"type":"Point","coordinates":[101,30]},
        {"type":"Polygon","coordinates":[[[101,30],[101.01,30],[101.01,30.01],[101,30.01],[101,30]]]}]}})";
    const auto result = tests::patchesOf(file, tests::genericOptions(Role::Changes));
    ASSERT_EQ(result.records.size(), 1U);
    EXPECT_EQ(result.records[0].shape.polygons.size(), 1U);
    EXPECT_TRUE(result.records[0].shape.points.empty());
    EXPECT_NE(tests::problemOf(result.problems, ProblemKind::GeometryPartDropped), nullptr);
}

TEST(Geometry, ARepairIsTold) {
    const tests::TemporaryFolder folder;
    const fs::path file = folder.path() / "c.geojson";
    std::ofstream(file) << R"({"type":"Feature","properties":{},"geometry":{"type":"Polygon","coordinates":
        [[[101,30],[101.01,30.01],[101.01,30],[101,30.01],[101,30]]]}})";
    const auto result = tests::patchesOf(file, tests::genericOptions(Role::Changes));
    ASSERT_EQ(result.records.size(), 1U);
    EXPECT_EQ(result.report.invalid, 1);
    EXPECT_EQ(result.report.repaired, 1);
    const layers::Problem* repair = tests::problemOf(result.problems, ProblemKind::GeometryRepaired);
    ASSERT_NE(repair, nullptr);
    EXPECT_EQ(repair->severity, layers::Severity::Warning);
    ASSERT_TRUE(repair->place && repair->areaAfterM2);
    EXPECT_NEAR(repair->place->x, 101.005, 1e-6);
    EXPECT_GT(*repair->areaAfterM2, 100000);
}

} // namespace
