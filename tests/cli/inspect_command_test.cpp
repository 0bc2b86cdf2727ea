// The import doctor's page: what it says of a file, for people and for programs, and the profile it suggests.

#include "tests/support/program.hpp"
#include "tests/support/shared_data.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <fstream>

namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

const fs::path kSample = fs::path(SOURCE_ROOT) / "sample_data";

Json inspected(const std::vector<std::string>& more, int status) {
    std::vector<std::string> arguments{"inspect", "--format", "json"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    const tests::Ended ended = tests::runProgram(arguments);
    EXPECT_EQ(ended.status, status) << ended.err;
    return Json::parse(ended.out);
}

TEST(InspectCommand, SaysWhatACheckWouldTakeAndDecide) {
    const auto before = tests::folderContents(kSample);
    const Json page = inspected({(kSample / "batch1/patches.shp").string(), "--crs", "EPSG:4522"}, 3);
    ASSERT_EQ(page.size(), 1U);
    const Json& layer = page.at(0);
    EXPECT_EQ(layer.at("role"), "changes");
    EXPECT_TRUE(layer.at("role_guessed").get<bool>());
    EXPECT_EQ(layer.at("encoding"), "GB18030");
    EXPECT_EQ(layer.at("crs"), "EPSG:4522");
    EXPECT_EQ(layer.at("refusal"), "");
    EXPECT_EQ(layer.at("features").get<int>(),
              layer.at("usable").get<int>() + layer.at("rejected").get<int>());
    EXPECT_GT(layer.at("rejected").get<int>(), 0);
    int targets = 0;
    for (const Json& field : layer.at("fields")) {
        EXPECT_LE(field.at("samples").size(), 5U);
        targets += field.at("target").get<std::string>().empty() ? 0 : 1;
        EXPECT_FALSE(field.at("guess").get<bool>());
    }
    EXPECT_GE(targets, 4);
    EXPECT_TRUE(before == tests::folderContents(kSample));
}

TEST(InspectCommand, GoesOnWhereACheckWouldStop) {
    // No .prj: a check refuses; the page still tells fields, values and where the data would fall.
    const tests::Ended ended = tests::runProgram({"inspect", (kSample / "batch1/patches.shp").string()});
    EXPECT_EQ(ended.status, 1);
    for (const char* words : {"不能直接使用", "EPSG:4522", "GB18030", "TBBH", "编码样例"}) {
        EXPECT_NE(ended.out.find(words), std::string::npos) << words << "\n" << ended.out;
    }
    // With the counties at hand it tells where each candidate falls by name.
    const tests::Ended named =
        tests::runProgram({"inspect", (kSample / "batch1/patches.shp").string(), "--admin",
                           (kSample / "admin/ganzi_counties.geojson").string()});
    EXPECT_NE(named.out.find("康定市"), std::string::npos) << named.out;
}

TEST(InspectCommand, UnknownWordsAreCounted) {
    const tests::TemporaryFolder folder;
    const fs::path file = folder.path() / "patches.geojson";
    std::ofstream(file) << R"({"type":"FeatureCollection","features":[
 {"type":"Feature","properties":{"TBBH":"001","YJLX":"采石场","BHQK":"说不清"},"geometry":{"type":"Point","coordinates":[101,30]}},
 {"type":"Feature","properties":{"TBBH":"002","YJLX":"飞碟场","BHQK":"说不清"},"geometry":{"type":"Point","coordinates":[101.1,30]}}]})";
    const Json page = inspected({file.string(), "--role", "changes", "--map", "id=TBBH", "--map",
                                 "activity=YJLX", "--map", "change=BHQK"},
                                0);
    const Json& fields = page.at(0).at("fields");
    const auto unknown = [&](const std::string& name) {
        for (const Json& field : fields) {
            if (field.at("name") == name) {
                return field.at("unknown").dump();
            }
        }
        return std::string();
    };
    EXPECT_EQ(unknown("BHQK"), R"([{"count":2,"word":"说不清"}])");
    EXPECT_EQ(unknown("YJLX"), R"([{"count":1,"word":"飞碟场"}])");
    EXPECT_EQ(unknown("TBBH"), "[]");
}

TEST(InspectCommand, TheSuggestedProfileIsTakenByACheck) {
    const tests::TemporaryFolder folder;
    const fs::path file = folder.path() / "图斑①.geojson";
    // Names that no shipped profile's signature has together, but that are synonyms one by one.
    std::ofstream(file) << R"({"type":"FeatureCollection","features":[
 {"type":"Feature","properties":{"点位编号":"007","YJLX":"采石场","说明":"x"},"geometry":{"type":"Point","coordinates":[101.01,30.01]}}]})";
    const fs::path profile = folder.path() / "我的方案.yaml";
    const tests::Ended ended = tests::runProgram(
        {"inspect", file.string(), "--role", "changes", "--suggest-profile", profile.string()});
    EXPECT_EQ(ended.status, 1) << "no profile fits, so a check would refuse it";
    const std::string text = tests::fileText(profile);
    EXPECT_NE(text.find("activity: {from: \"YJLX\", dictionary: activity}"), std::string::npos) << text;
    const Json page = inspected({file.string(), "--role", "changes", "--profile", profile.string()}, 0);
    EXPECT_EQ(page.at(0).at("profile"), "my-changes");
    EXPECT_EQ(page.at(0).at("usable"), 1);
    EXPECT_EQ(tests::runProgram({"inspect", file.string(), "--suggest-profile", profile.string()}).status, 1)
        << "a file that exists is not overwritten";
    EXPECT_EQ(text, tests::fileText(profile));
}

/// run.json of a check with the profile, or without one where it is empty.
Json checked(const fs::path& changes, const fs::path& out, std::vector<std::string> more) {
    std::vector<std::string> arguments{
        "check",  changes.string(), "--redline", (kSample / "zones/redline.gpkg").string(),
        "--date", "2026-09-30",     "--out",     out.string()};
    arguments.insert(arguments.end(), more.begin(), more.end());
    const tests::Ended ended = tests::runProgram(arguments);
    EXPECT_TRUE(ended.status == 0 || ended.status == 3) << ended.err;
    return Json::parse(tests::fileText(out / "run.json"));
}

TEST(InspectCommand, ACheckByTheSuggestedProfileIsTheSameCheck) {
    const tests::TemporaryFolder folder;
    const fs::path changes = kSample / "batch1/patches.shp";
    const fs::path profile = folder.path() / "p.yaml";
    const tests::Ended page = tests::runProgram({"inspect", changes.string(), "--role", "changes", "--crs",
                                                 "EPSG:4522", "--suggest-profile", profile.string()});
    EXPECT_NE(tests::fileText(profile).find("unit: ha"), std::string::npos) << "MJ is in hectares there";
    const std::vector<std::string> crs{"--crs", "changes=EPSG:4522"};
    std::vector<std::string> own = crs;
    own.insert(own.end(), {"--profile", profile.string()});
    checked(changes, folder.path() / "a", crs);
    checked(changes, folder.path() / "b", own);
    EXPECT_EQ(tests::fileText(folder.path() / "a/核查清单.csv"),
              tests::fileText(folder.path() / "b/核查清单.csv"));
    // A field that fills two of ours stands twice.
    const fs::path zones = folder.path() / "z.yaml";
    static_cast<void>(tests::runProgram({"inspect", (kSample / "zones/reserve.gpkg").string(), "--role",
                                         "reserve", "--suggest-profile", zones.string()}));
    const std::string text = tests::fileText(zones);
    EXPECT_NE(text.find("  kind: {from: \"BHDLX\""), std::string::npos) << text;
    EXPECT_NE(text.find("  type: {from: \"BHDLX\""), std::string::npos) << text;
}

TEST(InspectCommand, OtherFieldsOfTheSameMeaningAreNamedInTheSuggestion) {
    const tests::TemporaryFolder folder;
    const fs::path file = folder.path() / "t.csv";
    std::ofstream(file)
        << "TBBH,图斑编号,YJLX,经度,纬度,HSX,后时相\n1,甲,道路,101.1,30.1,20240315,20250315\n";
    const fs::path profile = folder.path() / "p.yaml";
    static_cast<void>(tests::runProgram({"inspect", file.string(), "--role", "changes", "--crs", "EPSG:4490",
                                         "--suggest-profile", profile.string()}));
    const std::string text = tests::fileText(profile);
    EXPECT_NE(text.find("perhaps: 图斑编号"), std::string::npos) << text;
    EXPECT_NE(text.find("perhaps: 后时相"), std::string::npos) << text;
}

TEST(InspectCommand, FieldsThatMapLeavesOutAreTold) {
    const tests::TemporaryFolder folder;
    const fs::path file = folder.path() / "t.csv";
    std::ofstream(file) << "TBBH,类别,经度,纬度,HSX,MJ\nSL01,道路,101.1,30.1,20240315,1.2\n";
    // Spelled as check spells it: both are taken.
    const tests::Ended ended = tests::runProgram({"inspect", file.string(), "--role", "changes", "--crs",
                                                  "changes=EPSG:4490", "--map", "changes.activity=类别"});
    EXPECT_EQ(ended.status, 0) << ended.err;
    for (const char* told :
         {"--map changes.id=TBBH", "--map changes.later=HSX", "--map changes.area=MJ", "须给 --date"}) {
        EXPECT_NE(ended.out.find(told), std::string::npos) << told << ended.out;
    }
}

TEST(InspectCommand, AnOptionOfAnotherRoleIsRefused) {
    const tests::TemporaryFolder folder;
    const fs::path file = folder.path() / "t.csv";
    std::ofstream(file) << "TBBH,YJLX,经度,纬度,HSX\nSL01,道路,101.1,30.1,20240315\n";
    for (const std::vector<std::string>& options :
         std::vector<std::vector<std::string>>{{"--crs", "redline=EPSG:4490"},
                                               {"--role", "changes", "--crs", "redline=EPSG:4490"},
                                               {"--crs", "EPSG:4490", "--map", "water.name=YJLX"},
                                               {"--crs", "EPSG:4490", "--encoding", "admin=GBK"}}) {
        std::vector<std::string> arguments{"inspect", file.string()};
        arguments.insert(arguments.end(), options.begin(), options.end());
        const tests::Ended ended = tests::runProgram(arguments);
        EXPECT_EQ(ended.status, 2) << ended.out;
        EXPECT_NE(ended.err.find(options.back()), std::string::npos) << ended.err;
        EXPECT_NE(ended.err.find("the role changes"), std::string::npos) << ended.err;
    }
    const tests::Ended own = tests::runProgram({"inspect", file.string(), "--crs", "changes=EPSG:4490"});
    EXPECT_EQ(own.status, 0) << own.err;
}

TEST(InspectCommand, ThePageIsAWorkbookToo) {
    const tests::TemporaryFolder folder;
    const fs::path book = folder.path() / "体检.xlsx";
    const tests::Ended ended = tests::runProgram(
        {"inspect", (kSample / "zones/reserve.gpkg").string(), "--role", "reserve", "--xlsx", book.string()});
    EXPECT_EQ(ended.status, 0) << ended.err << ended.out;
    EXPECT_EQ(tests::fileText(book).substr(0, 2), "PK");
}

TEST(InspectCommand, NoHostileFileBringsItDown) {
    SKIP_WITHOUT_SHARED();
    const fs::path hostile = tests::sharedFolder() / "data/hostile";
    int files = 0;
    for (const fs::directory_entry& entry : fs::recursive_directory_iterator(hostile)) {
        const std::string extension = entry.path().extension().string();
        if (!entry.is_regular_file() || extension == ".md" || extension == ".csv" || extension == ".xml") {
            continue;
        }
        if (extension == ".dbf" || extension == ".shx" || extension == ".prj" || extension == ".cpg") {
            continue; // members of a .shp
        }
        ++files;
        const tests::Ended ended = tests::runProgram({"inspect", entry.path().string(), "--format", "json"});
        EXPECT_TRUE(ended.status == 0 || ended.status == 1 || ended.status == 3)
            << entry.path() << ": " << ended.status << " " << ended.err;
        EXPECT_LT(ended.seconds, 10) << entry.path();
        EXPECT_LT(ended.peakMib, 1024) << entry.path();
        const Json page = Json::parse(ended.out, nullptr, false);
        ASSERT_TRUE(page.is_array()) << entry.path();
        const Json& layer = page.at(0);
        const bool isTaken = layer.at("refusal").get<std::string>().empty() &&
                             (layer.at("usable") > 0 || layer.at("rejected") == 0);
        EXPECT_EQ(isTaken, ended.status != 1) << entry.path();
    }
    EXPECT_GT(files, 50);
}

} // namespace
