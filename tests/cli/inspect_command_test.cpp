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

TEST(InspectCommand, ThePageIsAWorkbookToo) {
    const tests::TemporaryFolder folder;
    const fs::path book = folder.path() / "体检.xlsx";
    const tests::Ended ended = tests::runProgram(
        {"inspect", (kSample / "zones/reserve.gpkg").string(), "--role", "reserve", "--xlsx", book.string()});
    EXPECT_EQ(ended.status, 0) << ended.err << ended.out;
    EXPECT_EQ(tests::fileText(book).substr(0, 2), "PK");
}

TEST(InspectCommand, NoHostileFileBringsItDown) {
    const fs::path hostile = fs::path(SOURCE_ROOT) / "../shared/data/hostile";
    if (!fs::exists(hostile)) {
        GTEST_SKIP() << "no ../shared/data/hostile beside the project";
    }
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
        EXPECT_EQ(page.at(0).at("refusal").get<std::string>().empty(), ended.status != 1) << entry.path();
    }
    EXPECT_GT(files, 50);
}

} // namespace
