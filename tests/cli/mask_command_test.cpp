// Change masks through the whole command: a large one in bounded memory, cancelled, and what is said of it.

#include "tests/support/mask_file.hpp"
#include "tests/support/program.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <chrono>

namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

constexpr int kSide = 20000;
constexpr int kSquares = 3000;
constexpr double kSquareM2 = 1600;
/// The bound that the user guide states is 1 GB; a mask of small pieces needs far less.
constexpr long kMostMib = 300;

std::vector<std::string> maskCheck(const fs::path& mask, const fs::path& out,
                                   std::vector<std::string> more = {}) {
    std::vector<std::string> arguments{
        "check",     mask.string(),
        "--redline", (fs::path(SOURCE_ROOT) / "sample_data/zones/redline.gpkg").string(),
        "--date",    "2026-09-30",
        "--batch",   "掩膜",
        "--only",    "csv",
        "--out",     out.string()};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return arguments;
}

const Json* problemOf(const Json& run, const std::string& kind) {
    for (const Json& problem : run.at("problems").at("list")) {
        if (problem.at("kind") == kind) {
            return &problem;
        }
    }
    return nullptr;
}

TEST(MaskCommand, FourHundredMillionPixelsGoThroughInBoundedMemory) {
    const tests::TemporaryFolder folder;
    const fs::path mask = folder.path() / "变化.tif";
    const std::int64_t single = tests::writeLargeMask(mask, kSide, kSquares);
    const tests::Ended ended = tests::runProgram(maskCheck(mask, folder.path() / "out"));
    ASSERT_EQ(ended.status, 0) << ended.err;
    EXPECT_LT(ended.peakMib, kMostMib);
    RecordProperty("seconds", std::to_string(ended.seconds));
    RecordProperty("peakMib", std::to_string(ended.peakMib));
    const Json run = Json::parse(tests::fileText(folder.path() / "out/run.json"));
    EXPECT_EQ(run.at("patches").at("read"), kSquares);
    const Json* dropped = problemOf(run, "below_least_area");
    ASSERT_NE(dropped, nullptr);
    EXPECT_EQ(dropped->at("count"), single);
    const Json* made = problemOf(run, "mask_vectorised");
    ASSERT_NE(made, nullptr);
    EXPECT_EQ(made->at("area_after_m2"), kSquares * kSquareM2);

    tests::RunOptions options;
    options.interruptAfter = std::chrono::milliseconds(500);
    const tests::Ended cancelled =
        tests::runProgram(maskCheck(mask, folder.path() / "cancelled", {"--progress", "jsonl"}), options);
    EXPECT_EQ(cancelled.status, 130) << cancelled.err;
    EXPECT_LT(cancelled.seconds, 1.5);
    EXPECT_FALSE(fs::exists(folder.path() / "cancelled"));
    EXPECT_NE(cancelled.err.find("\"total\":20000"), std::string::npos) << "progress counts rows";

    // By corners the checkerboard is one piece, which is refused before it fills the memory.
    const tests::Ended eight =
        tests::runProgram(maskCheck(mask, folder.path() / "eight", {"--connect", "8"}));
    EXPECT_EQ(eight.status, 1);
    EXPECT_NE(eight.err.find("--connect 4"), std::string::npos) << eight.err;
    EXPECT_LT(eight.peakMib, kMostMib);
}

TEST(MaskCommand, OptionsDecideWhatAPatchIs) {
    const tests::TemporaryFolder folder;
    const fs::path mask = folder.path() / "m.tif";
    tests::MaskFile file{.width = 4, .height = 4};
    file.pixels = {1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 3}; // pixels of 4 m²
    tests::writeMask(mask, file);
    const auto read = [&](const std::vector<std::string>& more) {
        fs::remove_all(folder.path() / "out");
        const tests::Ended ended = tests::runProgram(maskCheck(mask, folder.path() / "out", more));
        EXPECT_EQ(ended.status, 0) << ended.err;
        return Json::parse(tests::fileText(folder.path() / "out/run.json"));
    };
    EXPECT_EQ(read({"--min-area", "0"}).at("patches").at("read"), 3);
    EXPECT_EQ(read({"--min-area", "0", "--connect", "8"}).at("patches").at("read"), 2);
    const Json run = read({"--min-area", "5", "--connect", "8"});
    EXPECT_EQ(run.at("patches").at("read"), 1);
    EXPECT_EQ(run.at("settings").at("mask_least_area_m2"), 5);
    EXPECT_EQ(run.at("inputs").at(0).at("profile"), "mask");

    const tests::Ended none = tests::runProgram(maskCheck(mask, folder.path() / "none"));
    EXPECT_EQ(none.status, 1) << "all pieces are below 200 m²";
    EXPECT_NE(none.err.find("--min-area"), std::string::npos) << none.err;
    EXPECT_EQ(tests::runProgram(maskCheck(mask, folder.path() / "none", {"--connect", "6"})).status, 2);
}

} // namespace
