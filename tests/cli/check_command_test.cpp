// The main job as a whole command: statuses, what lies in the folder, agreement of the outputs,
// repeatability.

#include "tests/support/program.hpp"
#include "tests/support/shared_data.hpp"

#include <SQLiteCpp/SQLiteCpp.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <fstream>

namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

const fs::path kSample = fs::path(SOURCE_ROOT) / "sample_data";

std::vector<std::string> sampleCheck(const fs::path& out, std::vector<std::string> more = {}) {
    std::vector<std::string> arguments{"check",     (kSample / "batch1/patches.shp").string(),
                                       "--crs",     "changes=EPSG:4522",
                                       "--batch",   "2026年第1批",
                                       "--redline", (kSample / "zones/redline.gpkg").string(),
                                       "--reserve", (kSample / "zones/reserve.gpkg").string(),
                                       "--water",   (kSample / "zones/water.gpkg").string(),
                                       "--admin",   (kSample / "admin/ganzi_counties.geojson").string(),
                                       "--date",    "2026-09-30",
                                       "--out",     out.string()};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return arguments;
}

std::vector<std::pair<std::string, std::string>> withoutTimings(const fs::path& folder) {
    std::vector<std::pair<std::string, std::string>> contents = tests::folderContents(folder);
    std::erase_if(contents, [](const auto& file) { return file.first == "timings.json"; });
    return contents;
}

TEST(CheckCommand, WritesEverythingAndTheNumbersAgree) {
    const tests::TemporaryFolder folder;
    const fs::path out = folder.path() / "结果 目录（1）";
    const tests::Ended ended = tests::runProgram(sampleCheck(out));
    ASSERT_EQ(ended.status, 3) << ended.err; // the sample holds patches that cannot be used
    for (const char* name :
         {"核查清单.xlsx", "核查清单.csv", "results.gpkg", "field", "run.json", "timings.json"}) {
        EXPECT_TRUE(fs::exists(out / name)) << name;
    }
    EXPECT_EQ(std::distance(fs::directory_iterator(folder.path()), fs::directory_iterator()), 1)
        << "temporaries left";
    const Json run = Json::parse(tests::fileText(out / "run.json"));
    const Json& patches = run.at("patches");
    const int read = patches.at("read").get<int>();
    EXPECT_EQ(read, patches.at("listed").get<int>() + patches.at("near").get<int>() +
                        patches.at("clear").get<int>() + patches.at("duplicate").get<int>() +
                        patches.at("rejected").get<int>());
    for (const char* bucket : {"listed", "near", "clear", "duplicate", "rejected"}) {
        EXPECT_GT(patches.at(bucket).get<int>(), 0) << bucket << ": the sample should show every case";
    }
    SQLite::Database results((out / "results.gpkg").string());
    const auto count = [&](const std::string& table, const std::string& where) {
        return results.execAndGet("select count(*) from " + table + " where " + where).getInt();
    };
    EXPECT_EQ(count("patches", "1"), read - patches.at("rejected").get<int>());
    EXPECT_EQ(count("rejects", "1"), patches.at("rejected").get<int>());
    for (const char* bucket : {"listed", "near", "clear", "duplicate"}) {
        EXPECT_EQ(count("patches", std::string("bucket = '") + bucket + "'"), patches.at(bucket).get<int>());
    }
    for (const char* role : {"redline", "reserve", "water"}) {
        EXPECT_EQ(count("overlaps o join patches p on p.fid = o.patch",
                        std::string("o.zone_role = '") + role + "' and o.area_m2 > 0"),
                  run.at("overlaps").at(role).at("pairs").get<int>())
            << role;
    }
    std::istringstream csv(tests::fileText(out / "核查清单.csv"));
    std::string line;
    int lines = 0;
    while (std::getline(csv, line)) {
        lines += line.empty() ? 0 : 1;
    }
    EXPECT_EQ(lines, patches.at("listed").get<int>() + 1);
}

TEST(CheckCommand, TwoRunsAndAnyThreadsGiveTheSameBytes) {
    const tests::TemporaryFolder folder;
    ASSERT_EQ(tests::runProgram(sampleCheck(folder.path() / "a", {"--threads", "1"})).status, 3);
    ASSERT_EQ(tests::runProgram(sampleCheck(folder.path() / "b", {"--threads", "2"})).status, 3);
    ASSERT_EQ(tests::runProgram(sampleCheck(folder.path() / "c", {"--threads", "2"})).status, 3);
    const auto a = withoutTimings(folder.path() / "a");
    const auto b = withoutTimings(folder.path() / "b");
    const auto c = withoutTimings(folder.path() / "c");
    ASSERT_EQ(a.size(), b.size());
    for (std::size_t i = 0; i < a.size(); ++i) {
        EXPECT_EQ(a[i].first, b[i].first);
        EXPECT_TRUE(a[i].second == b[i].second) << a[i].first << " differs between 1 and 2 threads";
        EXPECT_TRUE(b[i].second == c[i].second) << a[i].first << " differs between two runs";
    }
}

TEST(CheckCommand, InputsStayAsTheyAre) {
    const auto before = tests::folderContents(kSample);
    const tests::TemporaryFolder folder;
    ASSERT_EQ(tests::runProgram(sampleCheck(folder.path() / "a", {"--only", "gpkg"})).status, 3);
    EXPECT_TRUE(before == tests::folderContents(kSample));
}

TEST(CheckCommand, RefusesToOverwriteUnlessAsked) {
    const tests::TemporaryFolder folder;
    const fs::path out = folder.path() / "out";
    ASSERT_EQ(tests::runProgram(sampleCheck(out, {"--only", "csv"})).status, 3);
    const auto before = tests::folderContents(out);
    const tests::Ended refused = tests::runProgram(sampleCheck(out, {"--only", "csv"}));
    EXPECT_EQ(refused.status, 1);
    EXPECT_NE(refused.err.find("--overwrite"), std::string::npos);
    EXPECT_TRUE(before == tests::folderContents(out));
    EXPECT_EQ(tests::runProgram(sampleCheck(out, {"--only", "csv", "--overwrite"})).status, 3);
}

TEST(CheckCommand, OnlyWritesWhatWasAskedFor) {
    const tests::TemporaryFolder folder;
    ASSERT_EQ(tests::runProgram(sampleCheck(folder.path() / "o", {"--only", "gpkg,csv"})).status, 3);
    EXPECT_TRUE(fs::exists(folder.path() / "o/results.gpkg"));
    EXPECT_TRUE(fs::exists(folder.path() / "o/核查清单.csv"));
    EXPECT_FALSE(fs::exists(folder.path() / "o/核查清单.xlsx"));
    EXPECT_FALSE(fs::exists(folder.path() / "o/field"));
}

TEST(CheckCommand, WrongUsageIsTwoAndNamesTheFault) {
    const tests::TemporaryFolder folder;
    const std::string out = (folder.path() / "out").string();
    const std::string patches = (kSample / "batch1/patches.shp").string();
    const std::string zones = (kSample / "zones/redline.gpkg").string();
    struct Case {
        std::vector<std::string> arguments;
        const char* says;
    };
    const std::vector<Case> cases{
        {{"check", patches, "--out", out}, "--redline"},
        {{"check", patches, "--redline", zones}, "--out"},
        {{"check", patches, "--redline", zones, "--out", out, "--date", "2026-02-30"}, "2026-02-30"},
        {{"check", patches, "--redline", zones, "--out", out, "--crs", "EPSG:4522"}, "ROLE=VALUE"},
        {{"check", patches, "--redline", zones, "--out", out, "--crs", "patches=EPSG:4522"}, "patches"},
        {{"check", patches, "--redline", zones, "--out", out, "--map", "changes=x"}, "ROLE.FIELD"},
        {{"check", patches, "--redline", zones, "--out", out, "--only", "pdf"}, "pdf"},
        {{"check", patches, "--redline", zones, "--out", out, "--threads", "-3"}, "threads"},
        {{"chek"}, ""},
        {{}, ""},
    };
    for (const Case& c : cases) {
        const tests::Ended ended = tests::runProgram(c.arguments);
        EXPECT_EQ(ended.status, 2) << ended.err;
        EXPECT_NE(ended.err.find(c.says), std::string::npos) << ended.err;
        EXPECT_TRUE(ended.out.empty());
        EXPECT_FALSE(fs::exists(out));
    }
}

TEST(CheckCommand, AMissingCrsIsAskedForWithCandidates) {
    const tests::TemporaryFolder folder;
    const tests::Ended ended = tests::runProgram({"check", (kSample / "batch1/patches.shp").string(),
                                                  "--redline", (kSample / "zones/redline.gpkg").string(),
                                                  "--out", (folder.path() / "out").string()});
    EXPECT_EQ(ended.status, 1);
    EXPECT_NE(ended.err.find("--crs changes="), std::string::npos) << ended.err;
    EXPECT_NE(ended.err.find("4522"), std::string::npos) << ended.err;
    EXPECT_FALSE(fs::exists(folder.path() / "out"));
}

TEST(CheckCommand, AFaultInTheSumsEndsWithFourAndMarksTheOutputs) {
    const tests::TemporaryFolder folder;
    tests::RunOptions options;
    options.program = FAULTY_PROGRAM;
    const tests::Ended ended = tests::runProgram(sampleCheck(folder.path() / "out"), options);
    EXPECT_EQ(ended.status, 4) << ended.err;
    EXPECT_NE(ended.out.find("结果无效"), std::string::npos) << ended.out;
    const Json run = Json::parse(tests::fileText(folder.path() / "out/run.json"));
    EXPECT_FALSE(run.at("valid").get<bool>());
    EXPECT_EQ(run.at("closing_faults").size(), 1U);
}

TEST(CheckCommand, CancelledItLeavesNothing) {
    const tests::TemporaryFolder folder;
    int cancelled = 0;
    for (const char* stage : {"\"stage\"", "overlay", "GeoPackage"}) {
        tests::RunOptions options;
        options.interruptWhenStderrHas = stage;
        const tests::Ended ended =
            tests::runProgram(sampleCheck(folder.path() / "out", {"--progress", "jsonl"}), options);
        // A run so short may end before the signal arrives; then it is whole.
        if (ended.status == 130) {
            ++cancelled;
            EXPECT_FALSE(fs::exists(folder.path() / "out"));
            EXPECT_EQ(std::distance(fs::directory_iterator(folder.path()), fs::directory_iterator()), 0);
        } else {
            EXPECT_EQ(ended.status, 3) << ended.err;
            fs::remove_all(folder.path() / "out");
        }
    }
    EXPECT_GE(cancelled, 1) << "the signal never came in time, so nothing was tested";
}

TEST(CheckCommand, CtrlCEndsALongRunWithinTwoSeconds) {
    SKIP_WITHOUT_SHARED();
    const fs::path mining = tests::sharedFolder() / "data/amazon-mining";
    const tests::TemporaryFolder folder;
    tests::RunOptions options;
    options.interruptAfter = std::chrono::milliseconds(150);
    const tests::Ended ended = tests::runProgram(
        {"check", (mining / "amazon_mining_new_2021.geojson").string(), "--reserve",
         (mining / "indigenous_territories.geojson").string(), "--profile", "generic", "--map",
         "reserve.kind=const:NR", "--date", "2026-06-30", "--out", (folder.path() / "out").string()},
        options);
    EXPECT_EQ(ended.status, 130) << ended.out;
    EXPECT_LT(ended.seconds, 2.15);
    EXPECT_TRUE(fs::is_empty(folder.path()));
}

TEST(CheckCommand, SettingsAndRulesFilesAreNamedWithTheirFaults) {
    const tests::TemporaryFolder folder;
    std::ofstream(folder.path() / "settings.yaml") << "hit_area_m2: 50\nhit_aera_m2: 3\n";
    const tests::Ended ended = tests::runProgram(
        sampleCheck(folder.path() / "out", {"--settings", (folder.path() / "settings.yaml").string()}));
    EXPECT_EQ(ended.status, 1);
    EXPECT_NE(ended.err.find("settings.yaml"), std::string::npos) << ended.err;
    EXPECT_NE(ended.err.find("hit_aera_m2"), std::string::npos) << ended.err;
    EXPECT_NE(ended.err.find(":2"), std::string::npos) << ended.err;
}

} // namespace
