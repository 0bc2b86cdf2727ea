// Encoding, datum and shifted coordinates through the whole command.

#include "tests/support/program.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <fstream>

namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

const fs::path kSample = fs::path(SOURCE_ROOT) / "sample_data";

std::vector<std::string> check(const fs::path& changes, const fs::path& out,
                               const std::vector<std::string>& more) {
    std::vector<std::string> arguments{"check",     changes.string(),
                                       "--redline", (kSample / "zones/redline.gpkg").string(),
                                       "--admin",   (kSample / "admin/ganzi_counties.geojson").string(),
                                       "--date",    "2026-09-30",
                                       "--only",    "csv",
                                       "--out",     out.string()};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return arguments;
}

fs::path batch1() {
    return kSample / "batch1/patches.shp";
}

Json runOf(const fs::path& out) {
    return Json::parse(tests::fileText(out / "run.json"));
}

/// The report of the input in that role.
Json inputOf(const Json& run, const std::string& role) {
    for (const Json& input : run.at("inputs")) {
        if (input.at("role") == role) {
            return input;
        }
    }
    return {};
}

TEST(DoctorCommand, CandidatesNameTheCountiesOfTheAdminLayer) {
    const tests::TemporaryFolder folder;
    const tests::Ended ended = tests::runProgram(check(batch1(), folder.path() / "out", {}));
    EXPECT_EQ(ended.status, 1);
    EXPECT_NE(ended.err.find("EPSG:4522"), std::string::npos) << ended.err;
    EXPECT_NE(ended.err.find("→ 康定市"), std::string::npos) << ended.err;
    EXPECT_FALSE(fs::exists(folder.path() / "out"));
}

TEST(DoctorCommand, InputsKeepTheirOrderAlthoughCountiesAreReadFirst) {
    const tests::TemporaryFolder folder;
    const fs::path out = folder.path() / "out";
    const tests::Ended ended = tests::runProgram(check(batch1(), out, {"--crs", "changes=EPSG:4522"}));
    ASSERT_EQ(ended.status, 3) << ended.err;
    std::vector<std::string> roles;
    const Json run = runOf(out);
    for (const Json& input : run.at("inputs")) {
        roles.push_back(input.at("role"));
    }
    EXPECT_EQ(roles, (std::vector<std::string>{"changes", "redline", "admin"}));
}

TEST(DoctorCommand, TheGivenEncodingWins) {
    const tests::TemporaryFolder folder;
    const fs::path out = folder.path() / "out";
    const tests::Ended ended =
        tests::runProgram(check(batch1(), out, {"--crs", "changes=EPSG:4522", "--encoding", "changes=GBK"}));
    ASSERT_EQ(ended.status, 3) << ended.err;
    const Json input = inputOf(runOf(out), "changes");
    EXPECT_EQ(input.at("encoding"), "GB18030");
    EXPECT_EQ(input.at("encoding_reason"), "given by --encoding");
}

TEST(DoctorCommand, AnotherDatumNeedsParameters) {
    const tests::TemporaryFolder folder;
    const fs::path out = folder.path() / "out";
    const std::vector<std::string> xian{"--crs", "changes=EPSG:2358"};
    const tests::Ended refused = tests::runProgram(check(batch1(), out, xian));
    EXPECT_EQ(refused.status, 1);
    for (const char* option : {"--datum", "--plane"}) {
        EXPECT_NE(refused.err.find(option), std::string::npos) << refused.err;
    }
    EXPECT_FALSE(fs::exists(out));
    struct Case {
        std::vector<std::string> options;
        const char* says; ///< in run.json
    };
    for (const Case& c :
         {Case{{"--datum", "changes=10,100,40,0.1,-0.2,0.3,-1.5"}, "坐标基准由用户参数转换（--datum）"},
          Case{{"--plane", "changes=60,-4,0.5,k=1.000001"}, "坐标基准由用户参数转换（--plane）"},
          Case{{"--crs-as-is", "changes"}, "坐标基准未统一，结果仅供参考"}}) {
        const fs::path folderOfCase = folder.path() / c.options[0];
        std::vector<std::string> options = xian;
        options.insert(options.end(), c.options.begin(), c.options.end());
        const tests::Ended ended = tests::runProgram(check(batch1(), folderOfCase, options));
        ASSERT_EQ(ended.status, 3) << ended.err;
        const std::string run = tests::fileText(folderOfCase / "run.json");
        EXPECT_NE(run.find(c.says), std::string::npos) << c.says;
        const std::string reason = inputOf(Json::parse(run), "changes").at("crs_reason");
        EXPECT_NE(reason.find("datum"), std::string::npos) << reason;
    }
}

TEST(DoctorCommand, ShiftedCoordinatesAreUndoneOnlyWhenAsked) {
    const tests::TemporaryFolder folder;
    const fs::path csv = folder.path() / "t.csv";
    std::ofstream(csv, std::ios::binary) << "点位编号,问题类型,经度,纬度\n0001,采石采矿,101.9565,30.0543\n"
                                            "0002,道路,101.9,30.1\n";
    const std::vector<std::string> plain{"--crs", "changes=EPSG:4490", "--profile", "generic"};
    const auto listed = [&](const std::string& option) {
        std::vector<std::string> options = plain;
        if (!option.empty()) {
            options.insert(options.end(), {option, "changes"});
        }
        options.insert(options.end(), {"--only", "gpkg"});
        const fs::path out = folder.path() / ("out" + option);
        const tests::Ended ended = tests::runProgram(check(csv, out, options));
        EXPECT_EQ(ended.status, 0) << ended.err;
        return inputOf(runOf(out), "changes").at("crs_reason").get<std::string>();
    };
    EXPECT_EQ(listed("").find("undone"), std::string::npos);
    EXPECT_NE(listed("--gcj02").find("GCJ-02 undone (--gcj02)"), std::string::npos);
    EXPECT_NE(listed("--bd09").find("BD-09 undone (--bd09)"), std::string::npos);
}

TEST(DoctorCommand, PatchesJudgedByTheDateOptionAreCounted) {
    const tests::TemporaryFolder folder;
    const fs::path csv = folder.path() / "t.csv";
    std::ofstream(csv, std::ios::binary)
        << "图斑编号,活动类型,经度,纬度,后时相\n1,采石采矿,101.9565,30.0543,2025-03-01\n"
           "2,道路,101.9,30.1,\n3,道路,101.8,30.1,2024.1\n";
    const fs::path out = folder.path() / "out";
    const tests::Ended ended = tests::runProgram(check(csv, out, {"--crs", "changes=EPSG:4490"}));
    ASSERT_EQ(ended.status, 0) << ended.err;
    const Json problems = runOf(out).at("problems").at("list");
    const auto told = std::find_if(problems.begin(), problems.end(),
                                   [](const Json& p) { return p.at("kind") == "date_missing"; });
    ASSERT_NE(told, problems.end()) << problems.dump();
    EXPECT_EQ(told->at("count"), 2);
    EXPECT_EQ(told->at("feature"), 3) << "as a spreadsheet counts rows";
    EXPECT_NE(told->at("done_en").get<std::string>().find("2026-09-30"), std::string::npos);
}

TEST(DoctorCommand, WrongUsageIsTwo) {
    const tests::TemporaryFolder folder;
    struct Case {
        std::vector<std::string> options;
        const char* says;
    };
    for (const Case& c :
         {Case{{"--datum", "changes=1,2"}, "dx,dy,dz"}, Case{{"--datum", "1,2,3"}, "ROLE=VALUE"},
          Case{{"--plane", "changes=1,2,3,k=2"}, "k="}, Case{{"--gcj02", "patches"}, "patches"},
          Case{{"--gcj02", "changes", "--bd09", "changes"}, "--bd09"},
          Case{{"--datum", "changes=1,2,3", "--plane", "changes=1,2,3,4"}, "--plane"}}) {
        const tests::Ended ended = tests::runProgram(check(batch1(), folder.path() / "out", c.options));
        EXPECT_EQ(ended.status, 2) << ended.err;
        EXPECT_NE(ended.err.find(c.says), std::string::npos) << ended.err;
    }
}

/// Points in a line as GeoJSON, moved by so many degrees.
fs::path points(const tests::TemporaryFolder& folder, const std::string& name, double east, double north) {
    Json features = Json::array();
    for (int n = 0; n < 12; ++n) {
        features.push_back({{"type", "Feature"},
                            {"properties", {{"TBBH", std::to_string(n)}, {"YJLX", "道路"}}},
                            {"geometry",
                             {{"type", "Point"},
                              {"coordinates", {101.0 + n * 0.031 + east, 30.0 + n * n * 0.0017 + north}}}}});
    }
    const fs::path file = folder.path() / name;
    std::ofstream(file) << Json{{"type", "FeatureCollection"}, {"features", features}}.dump();
    return file;
}

TEST(DoctorCommand, AShiftAgainstALayerOfKnownPositionIsTold) {
    const tests::TemporaryFolder folder;
    const fs::path known = points(folder, "上一批.geojson", 0, 0);
    const fs::path shifted = points(folder, "图斑.geojson", 0.0012, -0.0025);
    const fs::path out = folder.path() / "out";
    const std::vector<std::string> generic{"--profile", "generic", "--batch",
                                           "偏移",      "--known", known.string()};
    const tests::Ended ended = tests::runProgram(check(shifted, out, generic));
    ASSERT_EQ(ended.status, 0) << ended.err;
    const Json input = inputOf(runOf(out), "known");
    EXPECT_EQ(input.at("file"), "上一批.geojson");
    EXPECT_EQ(input.at("sha256").get<std::string>().size(), 64U);
    EXPECT_EQ(input.at("crs"), "EPSG:4326");
    EXPECT_EQ(input.at("features"), 12);
    const Json listed = runOf(out).at("problems").at("list");
    EXPECT_TRUE(std::any_of(listed.begin(), listed.end(), [](const Json& problem) {
        return problem.at("role") == "known" && problem.at("kind") == "crs_assumed" &&
               problem.at("file") == "上一批.geojson";
    })) << listed;
    const std::string problems = runOf(out).at("problems").dump();
    EXPECT_NE(problems.find("shifted as a whole against the layer of known position"), std::string::npos)
        << problems;
    EXPECT_NE(problems.find("one shift (east, north +1"), std::string::npos) << problems;
    const tests::Ended page = tests::runProgram(
        {"inspect", known.string(), "--role", "changes", "--profile", "generic", "--known", known.string()});
    EXPECT_EQ(page.status, 0) << page.err;
    EXPECT_NE(page.out.find("与位置可靠的图层“上一批.geojson”一致"), std::string::npos) << page.out;
    std::vector<std::string> ofARole = generic;
    ofARole.insert(ofARole.end(), {"--known-crs", "redline=EPSG:4490"});
    const tests::Ended refused = tests::runProgram(check(shifted, folder.path() / "other", ofARole));
    EXPECT_EQ(refused.status, 1);
    EXPECT_NE(refused.err.find("redline=EPSG:4490"), std::string::npos) << refused.err;
}

TEST(DoctorCommand, TheJoinedTableHasItsOwnEncoding) {
    const tests::TemporaryFolder folder;
    const fs::path layer = points(folder, "图斑.geojson", 0, 0);
    // "编号,备注" and "1,砂石场" in Big5.
    const fs::path table = folder.path() / "表.csv";
    std::ofstream(table, std::ios::binary)
        << "\xBD\x73\xB8\xB9,\xB3\xC6\xB5\xF9\n1,\xAC\xE2\xA5\xDB\xB3\xF5\n";
    const tests::Ended page =
        tests::runProgram({"inspect", layer.string(), "--role", "changes", "--profile", "generic", "--format",
                           "json", "--join", table.string(), "--on", "TBBH=編號", "--join-encoding", "Big5"});
    ASSERT_EQ(page.status, 0) << page.err << page.out;
    const std::string fields = Json::parse(page.out).at(0).at("fields").dump();
    EXPECT_NE(fields.find("備註"), std::string::npos) << fields;
    EXPECT_NE(fields.find("砂石場"), std::string::npos) << fields;
    EXPECT_EQ(tests::runProgram({"inspect", layer.string(), "--join-encoding", "GBK"}).status, 2);
}

TEST(DoctorCommand, WhatTheUserSettledIsKeptInTheSuggestedProfile) {
    const tests::TemporaryFolder folder;
    const fs::path profile = folder.path() / "西安80.yaml";
    // Xian 1980 / 3-degree zone 34; parameters of a made-up local adjustment.
    const std::vector<std::string> settled{
        "inspect", batch1().string(),           "--role",     "changes", "--crs", "EPSG:2358",
        "--datum", "-12.5,8,3.25,0,0,0.5,-1.5", "--encoding", "GBK"};
    std::vector<std::string> first = settled;
    first.insert(first.end(), {"--format", "json", "--suggest-profile", profile.string()});
    const tests::Ended suggested = tests::runProgram(first);
    const std::string text = tests::fileText(profile);
    EXPECT_NE(text.find("encoding: \"GBK\"\n"), std::string::npos) << text << suggested.err;
    EXPECT_NE(text.find("datum: \"-12.5,8,3.25,0,0,0.5,-1.5\"\n"), std::string::npos) << text;
    const tests::Ended again =
        tests::runProgram({"inspect", batch1().string(), "--role", "changes", "--crs", "EPSG:2358",
                           "--profile", profile.string(), "--format", "json"});
    const Json before = Json::parse(suggested.out).at(0);
    const Json after = Json::parse(again.out).at(0);
    EXPECT_EQ(after.at("refusal"), "");
    EXPECT_EQ(after.at("encoding"), "GB18030");
    EXPECT_EQ(after.at("extent"), before.at("extent")) << "the parameters did the same";
}

} // namespace
