// What the main job must never do: remove an input or somebody's files, mix two runs, lose a grave finding,
// take an option and not heed it.

#include "tests/support/program.hpp"

#include <SQLiteCpp/SQLiteCpp.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <cstdlib>
#include <fstream>

namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

void write(const fs::path& file, const std::string& text) {
    fs::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary) << text;
}

/// A square of `size` degrees as a feature.
std::string square(double x, double y, double size, const std::string& properties) {
    const Json ring = {{x, y}, {x + size, y}, {x + size, y + size}, {x, y + size}, {x, y}};
    return Json{{"type", "Feature"},
                {"properties", Json::parse(properties)},
                {"geometry", {{"type", "Polygon"}, {"coordinates", Json::array({ring})}}}}
        .dump();
}

std::string collection(const std::vector<std::string>& features) {
    std::string text = R"({"type": "FeatureCollection", "features": [)";
    for (const std::string& feature : features) {
        text += (&feature == features.data() ? "" : ",") + feature;
    }
    return text + "]}";
}

/// One red-line square from 101 to 101.05 °E, 30 to 30.05 °N, and patches of the caller's.
class CheckSafety : public ::testing::Test {
  protected:
    void SetUp() override {
        write(folder() / "zones.geojson", collection({square(101, 30, 0.05, R"({"名称": "示例红线"})")}));
        write(folder() / "patches.geojson",
              patches({square(101.01, 30.01, 0.001, patchOf("P1", "A01", "新增"))}));
    }
    [[nodiscard]] static std::string patchOf(const std::string& id, const std::string& activity,
                                             const std::string& change,
                                             const std::string& later = "2026-09-01") {
        return Json{{"TBBH", id}, {"YJLX", activity}, {"BHQK", change}, {"HSX", later}}.dump();
    }
    [[nodiscard]] static std::string patches(const std::vector<std::string>& features) {
        return collection(features);
    }
    [[nodiscard]] const fs::path& folder() const { return m_folder.path(); }
    [[nodiscard]] tests::Ended check(std::vector<std::string> more, const std::string& out = "out") const {
        std::vector<std::string> arguments{"check",     (folder() / "patches.geojson").string(),
                                           "--redline", (folder() / "zones.geojson").string(),
                                           "--profile", SOURCE_ROOT "/tests/cli/safety_profile.yaml",
                                           "--out",     (folder() / out).string()};
        arguments.insert(arguments.end(), more.begin(), more.end());
        return tests::runProgram(arguments);
    }
    [[nodiscard]] Json runOf(const std::string& out = "out") const {
        return Json::parse(tests::fileText(folder() / out / "run.json"));
    }
    [[nodiscard]] std::string cell(const std::string& sql) const {
        SQLite::Database results((folder() / "out/results.gpkg").string());
        return results.execAndGet(sql).getString();
    }

  private:
    tests::TemporaryFolder m_folder;
};

TEST_F(CheckSafety, AnInputAmongTheOutputsStopsTheRun) {
    ASSERT_EQ(check({}).status, 0);
    fs::rename(folder() / "zones.geojson", folder() / "out/field/zones.geojson");
    const auto before = tests::folderContents(folder());
    const tests::Ended ended = tests::runProgram(
        {"check", (folder() / "patches.geojson").string(), "--redline",
         (folder() / "out/field/zones.geojson").string(), "--profile",
         SOURCE_ROOT "/tests/cli/safety_profile.yaml", "--overwrite", "--out", (folder() / "out").string()});
    EXPECT_EQ(ended.status, 1);
    EXPECT_NE(ended.err.find("zones.geojson"), std::string::npos) << ended.err;
    EXPECT_TRUE(before == tests::folderContents(folder()));
}

TEST_F(CheckSafety, AJoinedTableIsAnInputToo) {
    ASSERT_EQ(check({}).status, 0);
    const auto before = tests::folderContents(folder());
    const tests::Ended ended =
        check({"--overwrite", "--join", (folder() / "out/核查清单.csv").string(), "--on", "TBBH=原图斑编号"});
    EXPECT_EQ(ended.status, 1);
    EXPECT_NE(ended.err.find("核查清单.csv"), std::string::npos) << ended.err;
    EXPECT_TRUE(before == tests::folderContents(folder()));
}

TEST_F(CheckSafety, SomebodysFilesInTheFieldFolderAreKept) {
    ASSERT_EQ(check({}).status, 0);
    write(folder() / "out/field/现场照片/IMG_1.jpg", "photo");
    const auto before = tests::folderContents(folder());
    const tests::Ended ended = check({"--overwrite"});
    EXPECT_EQ(ended.status, 1);
    EXPECT_NE(ended.err.find("现场照片"), std::string::npos) << ended.err;
    EXPECT_TRUE(before == tests::folderContents(folder()));
    fs::remove_all(folder() / "out/field/现场照片");
    EXPECT_EQ(check({"--overwrite"}).status, 0);
}

TEST_F(CheckSafety, AGeoPackageInUseIsNotReplaced) {
    ASSERT_EQ(check({}).status, 0);
    write(folder() / "out/results.gpkg-wal", "pages of another program");
    const tests::Ended ended = check({"--overwrite"});
    EXPECT_EQ(ended.status, 1);
    EXPECT_NE(ended.err.find("results.gpkg-wal"), std::string::npos) << ended.err;
}

TEST_F(CheckSafety, OutputsOfTwoRunsAreNotMixed) {
    ASSERT_EQ(check({}).status, 0);
    const tests::Ended ended = check({"--overwrite", "--only", "gpkg"});
    EXPECT_EQ(ended.status, 1);
    EXPECT_NE(ended.err.find("核查清单.xlsx"), std::string::npos) << ended.err;
}

TEST_F(CheckSafety, AGraverFindingOutlivesBeingADuplicate) {
    write(folder() / "patches.geojson",
          patches({square(101.01, 30.01, 0.001, patchOf("mild", "A01", "减少")),
                   square(101.01, 30.01, 0.001, patchOf("grave", "A01", "新增")),
                   square(101.01, 30.01, 0.001, patchOf("again", "A01", "减少"))}));
    ASSERT_EQ(check({}).status, 0);
    EXPECT_EQ(cell("select group_concat(bucket) from (select bucket from patches order by fid)"),
              "listed,listed,duplicate");
    EXPECT_EQ(cell("select verdict from patches where patch_id = 'grave'"), "疑似禁止");
    EXPECT_NE(
        cell("select group_concat(done_zh) from problems where kind = 'duplicate_patch'").find("都保留"),
        std::string::npos);
}

TEST_F(CheckSafety, WordsThatDenyARecoveryAreNoRecovery) {
    std::vector<std::string> features;
    const std::vector<std::string> words{"未拆除",   "拒不拆除", "尚未恢复",
                                         "恢复采矿", "拆除重建", "部分拆除"};
    for (std::size_t i = 0; i < words.size(); ++i) {
        features.push_back(square(101.01 + 0.002 * static_cast<double>(i), 30.01, 0.001,
                                  patchOf(words[i], "A01", words[i])));
    }
    write(folder() / "patches.geojson", patches(features));
    ASSERT_EQ(check({}).status, 0);
    EXPECT_EQ(cell("select count(*) from patches where verdict = '疑似禁止'"), std::to_string(words.size()));
    EXPECT_EQ(cell("select group_concat(change) from (select change from patches where patch_id = '未拆除')"),
              "未拆除");
}

TEST_F(CheckSafety, ZonesOutOfForceAreNoFindings) {
    write(folder() / "zones.geojson",
          collection({square(101, 30, 0.05, R"({"名称": "已失效", "止": "2020-12-31"})"),
                      square(101, 30, 0.05, R"({"名称": "今天才有", "起": "2026-11-01"})")}));
    ASSERT_EQ(check({}).status, 0);
    EXPECT_EQ(cell("select zone_name from patches"), "今天才有");
    EXPECT_EQ(cell("select count(*) from problems where kind = 'zone_out_of_force'"), "1");
    EXPECT_NE(tests::fileText(folder() / "out/核查清单.csv").find("管控区在判定基准日不在有效期"),
              std::string::npos);
}

TEST_F(CheckSafety, AClassOfAnotherKindStopsTheRun) {
    write(folder() / "reserve.geojson",
          collection({square(101, 30, 0.05, R"({"名称": "示例", "类型": "风景名胜区", "分区": "核心区"})")}));
    const tests::Ended ended = check({"--reserve", (folder() / "reserve.geojson").string()});
    EXPECT_EQ(ended.status, 1);
    EXPECT_NE(ended.err.find("核心景区"), std::string::npos) << ended.err; // what it should have been
}

TEST_F(CheckSafety, ImagesOfTheFutureAreTold) {
    write(folder() / "patches.geojson",
          patches({square(101.01, 30.01, 0.001, patchOf("P1", "A01", "新增", "2099-01-01"))}));
    ASSERT_EQ(check({}).status, 0);
    EXPECT_EQ(cell("select count(*) from problems where kind = 'date_suspicious'"), "1");
}

TEST_F(CheckSafety, OptionsThatWouldBeIgnoredAreRefused) {
    EXPECT_EQ(check({"--crs", "water=EPSG:4490"}).status, 2);
    EXPECT_EQ(check({"--map", "water.name=x"}).status, 2);
    EXPECT_EQ(check({"--encoding", "water=GBK"}).status, 2);
    EXPECT_EQ(check({"--gcj02", "water"}).status, 2);
    EXPECT_EQ(check({"--crs", "redline=EPSG:4490", "--crs", "redline=EPSG:4326"}).status, 2);
    EXPECT_EQ(check({"--batch", "a\nb"}).status, 2);
    const std::string zones = (folder() / "zones.geojson").string();
    EXPECT_EQ(check({"--redline", zones, zones}).status, 2);
    EXPECT_FALSE(fs::exists(folder() / "out"));
}

TEST_F(CheckSafety, APlaceToGoLiesInTheCoveredPart) {
    const Json two = {{{101.01, 30.01}, {101.012, 30.01}, {101.012, 30.012}, {101.01, 30.01}},
                      {{102.01, 30.01}, {102.019, 30.01}, {102.019, 30.019}, {102.01, 30.01}}};
    const Json feature = {{"type", "Feature"},
                          {"properties", Json::parse(patchOf("P1", "A01", "新增"))},
                          {"geometry", {{"type", "MultiPolygon"}, {"coordinates", {{two[0]}, {two[1]}}}}}};
    write(folder() / "patches.geojson", patches({feature.dump()}));
    ASSERT_EQ(check({}).status, 0);
    EXPECT_LT(std::atof(cell("select longitude from patches").c_str()), 101.5);
}

} // namespace
