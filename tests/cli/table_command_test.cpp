// Tables through the whole command: coordinates in CSV, attributes apart from geometry, a million points.

#include "tests/support/program.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <array>
#include <cstdint>
#include <cstdio>
#include <fstream>

namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

const fs::path kSample = fs::path(SOURCE_ROOT) / "sample_data";

std::vector<std::string> check(const fs::path& changes, const fs::path& out,
                               std::vector<std::string> more = {}) {
    std::vector<std::string> arguments{"check",     changes.string(),
                                       "--redline", (kSample / "zones/redline.gpkg").string(),
                                       "--reserve", (kSample / "zones/reserve.gpkg").string(),
                                       "--water",   (kSample / "zones/water.gpkg").string(),
                                       "--date",    "2026-09-30",
                                       "--only",    "csv",
                                       "--out",     out.string()};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return arguments;
}

fs::path write(const tests::TemporaryFolder& folder, const std::string& name, const std::string& text) {
    fs::path file = folder.path() / name;
    std::ofstream(file, std::ios::binary) << text;
    return file;
}

Json runOf(const fs::path& out) {
    return Json::parse(tests::fileText(out / "run.json"));
}

/// Texts of the problems of one kind in run.json.
std::string problemsOf(const Json& run, const std::string& kind) {
    std::string texts;
    for (const Json& problem : run.at("problems").at("list")) {
        if (problem.at("kind") == kind) {
            texts += problem.dump() + "\n";
        }
    }
    return texts;
}

TEST(TableCommand, ATableGoesThroughWithItsRejects) {
    const tests::TemporaryFolder folder;
    const fs::path csv = write(folder, "点位 清单（1）.csv",
                               "疑似问题点位\n点位编号,问题类型,经度,纬度,监测时间\n0001,采石采矿,101°57′36."
                               "5″,30°03′00.2″,2024年3月\n"
                               "0002,道路,101°75′,30.1,2024.3\n");
    const fs::path out = folder.path() / "out";
    const tests::Ended ended = tests::runProgram(check(csv, out, {"--crs", "changes=EPSG:4490"}));
    ASSERT_EQ(ended.status, 3) << ended.err;
    const Json run = runOf(out);
    EXPECT_EQ(run.at("patches").at("read"), 2);
    EXPECT_EQ(run.at("patches").at("rejected"), 1);
    EXPECT_NE(problemsOf(run, "geometry_rejected").find("第 4 行"), std::string::npos) << run.at("problems");
    EXPECT_EQ(run.at("inputs").at(0).at("profile"), "names-changes");
}

TEST(TableCommand, SwappedColumnsStopTheRunAndMapSettlesIt) {
    const tests::TemporaryFolder folder;
    const fs::path csv = write(
        folder, "a.csv", "点位编号,问题类型,经度,纬度\n1,道路,30.0512,101.9612\n2,道路,30.0612,101.9712\n");
    const fs::path out = folder.path() / "out";
    const std::vector<std::string> crs{"--crs", "changes=EPSG:4490"};
    const tests::Ended refused = tests::runProgram(check(csv, out, crs));
    EXPECT_EQ(refused.status, 1);
    EXPECT_NE(refused.err.find("--map changes.lon=纬度 --map changes.lat=经度"), std::string::npos)
        << refused.err;
    EXPECT_FALSE(fs::exists(out));
    std::vector<std::string> more = crs;
    more.insert(more.end(), {"--map", "changes.lon=纬度", "--map", "changes.lat=经度"});
    const tests::Ended ended = tests::runProgram(check(csv, out, more));
    EXPECT_EQ(ended.status, 0) << ended.err;
}

TEST(TableCommand, AttributesApartFromGeometry) {
    const tests::TemporaryFolder folder;
    const fs::path layer = write(
        folder, "图斑.geojson",
        R"({"type":"FeatureCollection","features":[{"type":"Feature","properties":{"BSM":"01"},"geometry":)"
        R"({"type":"Point","coordinates":[101.96,30.05]}},{"type":"Feature","properties":{"BSM":"02"},)"
        R"("geometry":{"type":"Point","coordinates":[101.97,30.05]}}]})");
    const fs::path table = write(folder, "属性.csv", "编号,TBBH,YJLX\n01,T-1,采石采矿\n03,T-3,道路\n");
    const fs::path out = folder.path() / "out";
    const tests::Ended ended =
        tests::runProgram(check(layer, out, {"--join", table.string(), "--on", "BSM=编号"}));
    ASSERT_EQ(ended.status, 0) << ended.err;
    const Json run = runOf(out);
    EXPECT_EQ(run.at("inputs").at(0).at("profile"), "platform-changes") << "it knows the joined columns";
    EXPECT_NE(problemsOf(run, "table_joined").find("BSM = 编号"), std::string::npos);
    const std::string unmatched = problemsOf(run, "join_unmatched");
    EXPECT_NE(unmatched.find("02"), std::string::npos) << unmatched;
    EXPECT_NE(unmatched.find("03"), std::string::npos) << unmatched;
    EXPECT_EQ(tests::runProgram(check(layer, out, {"--join", table.string()})).status, 2);
    EXPECT_EQ(tests::runProgram(check(layer, out, {"--on", "BSM"})).status, 2);
    EXPECT_EQ(tests::runProgram(check(layer, out, {"--join", table.string(), "--on", "BSM="})).status, 2);
    const tests::Ended wrong =
        tests::runProgram(check(layer, out, {"--overwrite", "--join", table.string(), "--on", "BSM"}));
    EXPECT_EQ(wrong.status, 1);
    EXPECT_NE(wrong.err.find("编号, TBBH, YJLX"), std::string::npos) << wrong.err;
}

/// A million rows over Ganzi; every hundred-thousandth cannot be read.
class AMillionPoints : public testing::Test {
  protected:
    static constexpr int kRows = 1000000;
    static constexpr int kBadEvery = 100000;

    AMillionPoints() : m_csv(m_folder.path() / "百万点.csv") {
        std::ofstream out(m_csv, std::ios::binary);
        out << "图斑编号,活动类型,经度,纬度,前时相,后时相,备注\n";
        std::uint32_t random = 1;
        const auto next = [&random](std::uint32_t below) {
            random = random * 1664525U + 1013904223U; // Numerical Recipes' generator: the same on every run
            return (random >> 8U) % below;
        };
        std::array<char, 200> line{};
        for (int n = 0; n < kRows; ++n) {
            const unsigned minutes = n % kBadEvery == 0 ? 60U : next(60);
            const int length = std::snprintf(
                line.data(), line.size(),
                "%08d,道路,%u°%02u′%06.3f″,%u.%07u,2023-05,2024-06,甘孜州第%d个点\n", n, 100U + next(2),
                minutes, next(59999) / 1000.0, 29U + next(3), next(10000000), n);
            out.write(line.data(), length);
        }
    }

    tests::TemporaryFolder m_folder;
    fs::path m_csv;
};

TEST_F(AMillionPoints, GoThroughInBoundedMemory) {
    constexpr long kMostMib = 1800; // 1.4 kB a row for the records, and room for another allocator's ways
    const fs::path out = m_folder.path() / "out";
    const tests::Ended ended = tests::runProgram(check(m_csv, out, {"--crs", "changes=EPSG:4490"}));
    ASSERT_EQ(ended.status, 3) << ended.err;
    EXPECT_LT(ended.peakMib, kMostMib);
    RecordProperty("peakMib", static_cast<int>(ended.peakMib));
    const Json patches = runOf(out).at("patches");
    EXPECT_EQ(patches.at("read"), kRows);
    EXPECT_EQ(patches.at("rejected"), kRows / kBadEvery);
}

TEST_F(AMillionPoints, CanBeCancelledWhileTheyAreRead) {
    const fs::path out = m_folder.path() / "out";
    tests::RunOptions options;
    options.interruptWhenStderrHas = "百万点";
    const tests::Ended ended =
        tests::runProgram(check(m_csv, out, {"--crs", "changes=EPSG:4490", "--progress", "jsonl"}), options);
    EXPECT_EQ(ended.status, 130) << ended.err;
    EXPECT_LT(ended.seconds, 5);
    EXPECT_EQ(std::distance(fs::directory_iterator(m_folder.path()), fs::directory_iterator()), 1)
        << "something is left behind";
}

} // namespace
