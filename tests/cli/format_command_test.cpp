// Containers and drivers through the whole command: what opens, what stays shut, and what an archive made to
// swell costs.

#include "tests/support/program.hpp"
#include "tests/support/sample_files.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <fstream>

namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

constexpr long kMostMib = 1024;
constexpr double kMostSeconds = 60; // on a busy machine; on a quiet one seven

std::vector<std::string> formatCheck(const std::string& input, const fs::path& out,
                                     const std::vector<std::string>& more = {}) {
    std::vector<std::string> arguments{
        "check",     input,
        "--redline", (fs::path(SOURCE_ROOT) / "sample_data/zones/redline.gpkg").string(),
        "--date",    "2026-09-30",
        "--batch",   "格式",
        "--profile", "generic",
        "--only",    "csv",
        "--out",     out.string()};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return arguments;
}

const std::vector<tests::SampleFeature> kSquare{
    {"甲", "POLYGON ((101 30,101.01 30,101.01 30.01,101 30.01,101 30))"}};

TEST(FormatCommand, AZippedShapefileWithChineseNamesGoesThrough) {
    const tests::TemporaryFolder folder;
    const fs::path home = folder.path() / "测试 目录（1）";
    fs::create_directories(home / "in");
    tests::SampleLayer how;
    how.layerOptions = {"ENCODING=UTF-8"};
    tests::writeWithOgr(home / "in" / "a.shp", "ESRI Shapefile", kSquare, how);
    // "图斑/" in GBK, and a second layer beside it
    tests::writeZip(home / "图斑①.zip", tests::entriesOf(home / "in", "\xCD\xBC\xB0\xDF/"));
    const tests::Ended ended =
        tests::runProgram(formatCheck((home / "图斑①.zip").string() + ":图斑/a", folder.path() / "out"));
    ASSERT_EQ(ended.status, 0) << ended.err;
    const Json run = Json::parse(tests::fileText(folder.path() / "out/run.json"));
    EXPECT_EQ(run.at("patches").at("read"), 1);
    EXPECT_NE(run.dump().find("图斑①.zip"), std::string::npos);
}

TEST(FormatCommand, ADriverOutsideTheListOpensByTheOptionOnly) {
    const tests::TemporaryFolder folder;
    tests::writeWithOgr(folder.path() / "a.fgb", "FlatGeobuf", kSquare);
    const fs::path vrt = folder.path() / "a.vrt";
    std::ofstream(vrt) << "<OGRVRTDataSource><OGRVRTLayer name=\"zones\"><SrcDataSource relativeToVRT=\"1\">"
                          "a.fgb</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>";
    const tests::Ended shut = tests::runProgram(formatCheck(vrt.string(), folder.path() / "out"));
    EXPECT_EQ(shut.status, 1);
    EXPECT_NE(shut.err.find("--allow-driver OGR_VRT"), std::string::npos) << shut.err;
    const tests::Ended open =
        tests::runProgram(formatCheck(vrt.string(), folder.path() / "out", {"--allow-driver", "VRT"}));
    EXPECT_EQ(open.status, 0) << open.err;
    EXPECT_NE(tests::fileText(folder.path() / "out/run.json").find("driver_allowed"), std::string::npos);
}

/// A small archive whose member swells to `bytes` of `filling`.
fs::path swelling(const fs::path& folder, const std::string& archive, const std::string& member,
                  const std::string& head, const std::string& filling, std::size_t bytes,
                  const std::string& tail) {
    std::string text = head;
    text.reserve(bytes + head.size() + tail.size());
    while (text.size() < bytes) {
        text += filling;
    }
    tests::writeZip(folder / archive, {{member, text + tail, {}}});
    return folder / archive;
}

TEST(FormatCommand, ArchivesThatSwellCostNeitherMuchMemoryNorTime) {
    const tests::TemporaryFolder folder;
    constexpr std::size_t kBytes = std::size_t{250} << 20U; // just under what is unpacked whatever the ratio
    constexpr std::size_t kMore = std::size_t{300} << 20U;
    constexpr std::size_t kTags = std::size_t{17} << 20U;
    constexpr std::size_t kLet = std::size_t{63} << 20U;
    constexpr std::size_t kLetTags = std::size_t{15} << 20U;
    const std::string kmlHead =
        "<?xml version=\"1.0\"?><kml xmlns=\"http://www.opengis.net/kml/2.2\"><Document>"
        "<Placemark><LineString><coordinates>";
    const std::string kmlTail = "</coordinates></LineString></Placemark></Document></kml>";
    const std::string placemark =
        "<Placemark><name>x</name><Point><coordinates>101,30</coordinates></Point></Placemark>";
    const struct {
        fs::path file;
        const char* said;
        int status = 1;
    } rows[] = {
        {swelling(folder.path(), "a.kmz", "doc.kml", kmlHead, "101,30 ", kBytes, kmlTail), "at most 64 MiB"},
        {swelling(folder.path(), "b.kmz", "doc.kml",
                  "<kml xmlns=\"http://www.opengis.net/kml/2.2\"><Document>", placemark, kBytes,
                  "</Document></kml>"),
         "at most 64 MiB"},
        {swelling(folder.path(), "e.kmz", "doc.kml",
                  "<kml xmlns=\"http://www.opengis.net/kml/2.2\"><Document>", "<a/>", kTags,
                  "</Document></kml>"),
         "4 million tags"},
        // Just what is let through: one line of points, tags only.
        {swelling(folder.path(), "f.kmz", "doc.kml", kmlHead, "101,30 ", kLet, kmlTail), "", 3},
        {swelling(folder.path(), "g.kmz", "doc.kml",
                  "<kml xmlns=\"http://www.opengis.net/kml/2.2\"><Document>", "<a/>", kLetTags,
                  "</Document></kml>"),
         ""},
        {swelling(folder.path(), "c.kmz", "doc.kml", kmlHead, "101,30 ", kMore, kmlTail), "like a zip bomb"},
        {swelling(folder.path(), "d.zip", "a.dxf", "", "0\nPOINT\n", kMore, ""), "like a zip bomb"},
    };
    for (const auto& row : rows) {
        const tests::Ended ended =
            tests::runProgram(formatCheck(row.file.string(), folder.path() / "out", {"--overwrite"}));
        EXPECT_LT(ended.peakMib, kMostMib) << row.file;
        EXPECT_LT(ended.seconds, kMostSeconds) << row.file;
        EXPECT_EQ(ended.status, row.status) << row.file << ended.err.substr(0, 500);
        EXPECT_NE(ended.err.find(row.said), std::string::npos) << ended.err.substr(0, 500);
    }
}

} // namespace
