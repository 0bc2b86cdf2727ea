// Where the machine does not play along: a full disk, a folder that cannot be written, a file that somebody
// changes meanwhile, paths with Chinese, spaces and brackets. Clear errors, inputs as they were, nothing
// left.

#include "tests/support/mounted.hpp"
#include "tests/support/program.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <cstdlib>
#include <fstream>

namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

const fs::path kSample = fs::path(SOURCE_ROOT) / "sample_data";

/// Arguments of a check of the sample data, its inputs below `inputs`.
std::vector<std::string> sampleCheck(const fs::path& inputs, const fs::path& patches, const fs::path& out) {
    return {"check",     patches.string(),
            "--redline", (inputs / "zones/redline.gpkg").string(),
            "--reserve", (inputs / "zones/reserve.gpkg").string(),
            "--water",   (inputs / "zones/water.gpkg").string(),
            "--admin",   (inputs / "admin/ganzi_counties.geojson").string(),
            "--crs",     "changes=EPSG:4522",
            "--date",    "2026-09-30",
            "--batch",   "环境",
            "--out",     out.string()};
}

class Environment : public testing::Test {
  protected:
    [[nodiscard]] const fs::path& folder() const { return m_folder.path(); }
    /// A copy of the sample data below a folder that can be treated badly.
    [[nodiscard]] fs::path copyOfSample(const std::string& name) const {
        fs::path copy = folder() / name;
        fs::create_directories(copy);
        fs::copy(kSample, copy, fs::copy_options::recursive);
        return copy;
    }

  private:
    tests::TemporaryFolder m_folder;
};

TEST_F(Environment, AFullDiskLeavesNothingAndSaysSo) {
    if (const std::string why = tests::whyNoMounts(); !why.empty()) {
        GTEST_SKIP() << why;
    }
    const fs::path small = folder() / "小盘";
    fs::create_directories(small);
    const auto before = tests::folderContents(kSample);
    int full = 0;
    bool fitted = false;
    // Growing disks, so that the disk is full in one output after another.
    for (int kib = 16; kib <= (64 << 10) && !fitted; kib = kib * 3 / 2) {
        SCOPED_TRACE(kib);
        const tests::Ended ended =
            tests::runMounted("mount -t tmpfs -o size=" + std::to_string(kib) + "k none \"$1\"", small,
                              sampleCheck(kSample, kSample / "batch1/patches.shp", small / "结果"));
        fitted = ended.status == 3; // the sample holds patches that are rejected
        if (fitted) {
            continue;
        }
        ++full;
        EXPECT_EQ(ended.status, 1) << ended.err;
        EXPECT_NE(ended.err.find("磁盘"), std::string::npos) << ended.err;
        EXPECT_EQ(ended.out, "") << "something was left on the full disk";
    }
    EXPECT_TRUE(fitted);
    EXPECT_GE(full, 5);
    EXPECT_TRUE(before == tests::folderContents(kSample));
}

TEST_F(Environment, AFullTemporaryDiskStopsUnpackingWithAMessage) {
    if (const std::string why = tests::whyNoMounts(); !why.empty()) {
        GTEST_SKIP() << why;
    }
    const fs::path small = folder() / "tmp";
    fs::create_directories(small);
    ASSERT_EQ(std::system(("cd '" + (kSample / "batch1").string() + "' && python3 -m zipfile -c '" +
                           (folder() / "图斑.zip").string() + "' patches.*")
                              .c_str()),
              0);
    setenv("TMPDIR", small.c_str(), 1);
    const tests::Ended ended =
        tests::runMounted("mount -t tmpfs -o size=8k none \"$1\"", small,
                          sampleCheck(kSample, folder() / "图斑.zip", folder() / "out"));
    unsetenv("TMPDIR");
    EXPECT_EQ(ended.status, 1) << ended.err;
    EXPECT_NE(ended.err.find("磁盘"), std::string::npos) << ended.err;
    EXPECT_EQ(ended.out, "") << "unpacked files were left";
    EXPECT_FALSE(fs::exists(folder() / "out"));
}

TEST_F(Environment, InputsInAReadOnlyFolderAreReadAndNothingElse) {
    if (const std::string why = tests::whyNoMounts(); !why.empty()) {
        GTEST_SKIP() << why;
    }
    const fs::path inputs = copyOfSample("只读 目录（1）");
    const char* readOnly = "mount --bind \"$1\" \"$1\" && mount -o remount,bind,ro \"$1\"";
    const auto before = tests::folderContents(inputs);
    const tests::Ended read = tests::runMounted(
        readOnly, inputs, sampleCheck(inputs, inputs / "batch1/patches.shp", folder() / "结果"));
    EXPECT_EQ(read.status, 3) << read.err;
    EXPECT_TRUE(fs::exists(folder() / "结果/核查清单.xlsx"));
    const tests::Ended written = tests::runMounted(
        readOnly, inputs, sampleCheck(inputs, inputs / "batch1/patches.shp", inputs / "结果"));
    EXPECT_EQ(written.status, 1);
    EXPECT_NE(written.err.find("结果"), std::string::npos) << written.err;
    EXPECT_NE(written.err.find("权限"), std::string::npos) << written.err;
    EXPECT_TRUE(before == tests::folderContents(inputs));
}

TEST_F(Environment, PathsOfChineseSpacesAndBracketsGoThrough) {
    const fs::path inputs = copyOfSample("测试 目录（1）");
    for (const auto& entry : fs::directory_iterator(inputs / "batch1")) {
        if (entry.path().stem() == "patches") {
            fs::rename(entry.path(), inputs / ("图斑①" + entry.path().extension().string()));
        }
    }
    ASSERT_TRUE(fs::exists(inputs / "图斑①.shp"));
    const fs::path out = inputs / "结果 [一] & 'b' \"c\" #%";
    const tests::Ended ended = tests::runProgram(sampleCheck(inputs, inputs / "图斑①.shp", out));
    ASSERT_EQ(ended.status, 3) << ended.err;
    const Json run = Json::parse(tests::fileText(out / "run.json"));
    EXPECT_NE(run.at("inputs").dump().find("图斑①.shp"), std::string::npos);
    for (const char* name : {"核查清单.xlsx", "核查清单.csv", "results.gpkg", "timings.json"}) {
        EXPECT_TRUE(fs::exists(out / name)) << name;
    }
}

/// Many points, so that reading takes long enough to meddle with the file.
void writePoints(const fs::path& file, int count) {
    std::ofstream out(file, std::ios::binary);
    out << "点位编号,问题类型,经度,纬度\n";
    for (int n = 0; n < count; ++n) {
        out << n << ",道路," << 101 + n % 1000 * 1e-4 << ',' << 30 + n / 1000 * 1e-4 << '\n';
    }
}

TEST_F(Environment, AFileThatChangesWhileItIsReadStopsTheRun) {
    constexpr int kCount = 400'000;
    const fs::path csv = folder() / "点位.csv";
    const std::vector<std::string> arguments{"check",      csv.string(),
                                             "--redline",  (kSample / "zones/redline.gpkg").string(),
                                             "--crs",      "changes=EPSG:4490",
                                             "--date",     "2026-09-30",
                                             "--batch",    "改动",
                                             "--only",     "csv",
                                             "--progress", "jsonl",
                                             "--out",      (folder() / "out").string()};
    const std::vector<std::pair<const char*, std::function<void()>>> meddlings{
        {"longer", [&] { std::ofstream(csv, std::ios::app) << "x,道路,101,30\n"; }},
        {"cut off", [&] { fs::resize_file(csv, fs::file_size(csv) / 2); }},
        {"another one", [&] {
             writePoints(folder() / "new.csv", 10);
             fs::rename(folder() / "new.csv", csv);
         }}};
    for (const auto& [name, meddle] : meddlings) {
        SCOPED_TRACE(name);
        writePoints(csv, kCount);
        tests::RunOptions options;
        options.interruptWhenStderrHas = "点位.csv";
        bool met = false;
        options.insteadOfInterrupt = [&met, &meddle = meddle] {
            meddle();
            met = true;
        };
        const tests::Ended ended = tests::runProgram(arguments, options);
        ASSERT_TRUE(met);
        EXPECT_EQ(ended.status, 1) << ended.err;
        EXPECT_NE(ended.err.find("点位.csv"), std::string::npos) << ended.err;
        EXPECT_NE(ended.err.find("读取期间"), std::string::npos) << ended.err;
        EXPECT_FALSE(fs::exists(folder() / "out"));
    }
}

} // namespace
