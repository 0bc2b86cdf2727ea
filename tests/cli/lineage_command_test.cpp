// A batch that comes after another: batch add compares, batch lineage lists.

#include "tests/support/program.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <fstream>

#include <fmt/format.h>

namespace {

namespace fs = std::filesystem;

using Json = nlohmann::json;

/// Squares by their western side, 0.001 degrees wide.
std::string squares(const std::vector<std::pair<std::string, double>>& places) {
    std::string features;
    for (const auto& [id, west] : places) {
        features += fmt::format(
            R"({}{{"type":"Feature","properties":{{"TBBH":"{}"}},"geometry":{{"type":"Polygon","coordinates":)"
            R"([[[{},30],[{},30],[{},30.001],[{},30.001],[{},30]]]}}}})",
            features.empty() ? "" : ",", id, west, west + 0.001, west + 0.001, west, west);
    }
    return R"({"type":"FeatureCollection","features":[)" + features + "]}";
}

class LineageCommand : public testing::Test {
  protected:
    [[nodiscard]] tests::Ended addBatch(const std::string& name,
                                        const std::vector<std::pair<std::string, double>>& places) const {
        const fs::path file = m_folder.path() / (name + ".geojson");
        std::ofstream(file) << squares(places);
        return tests::runProgram({"batch", "add", m_project, file.string(), "--name", name, "--profile",
                                  "generic", "--map", "id=TBBH", "--crs", "EPSG:4490", "--format", "json"});
    }

    tests::TemporaryFolder m_folder;
    std::string m_project = (m_folder.path() / "台账.ecoredline").string();
};

TEST_F(LineageCommand, ANewBatchKnowsTheEarlierOnes) {
    ASSERT_EQ(tests::runProgram({"project", "new", m_project}).status, 0);
    const tests::Ended first = addBatch("2025年第1批", {{"A1", 101.0}, {"A2", 101.1}});
    ASSERT_EQ(first.status, 0) << first.err;
    EXPECT_EQ(Json::parse(first.out)["lineage"]["related"], 0);
    const tests::Ended second = addBatch("2026年第1批", {{"B1", 101.0001}, {"B2", 101.1005}, {"A2", 101.2}});
    ASSERT_EQ(second.status, 0) << second.err;
    EXPECT_EQ(Json::parse(second.out)["lineage"]["related"], 2);

    const tests::Ended listed =
        tests::runProgram({"batch", "lineage", m_project, "2026B1", "--format", "json"});
    ASSERT_EQ(listed.status, 0) << listed.err;
    const Json json = Json::parse(listed.out);
    ASSERT_EQ(json["rows"].size(), 3U) << listed.out;
    EXPECT_EQ(json["rows"][0]["relation"], "repeated");
    EXPECT_EQ(json["rows"][0]["old_patch_id"], "A1");
    EXPECT_NEAR(json["rows"][0]["share_new"].get<double>(), 0.9, 1e-6);
    EXPECT_EQ(json["rows"][1]["relation"], "partial");
    EXPECT_EQ(json["rows"][2]["relation"], "same_id");

    const tests::Ended partial =
        tests::runProgram({"batch", "lineage", m_project, "2026年第1批", "--relation", "partial"});
    EXPECT_EQ(partial.status, 0);
    EXPECT_NE(partial.out.find("与2025B1-A2部分重叠"), std::string::npos) << partial.out;
    EXPECT_EQ(partial.out.find("重复"), std::string::npos) << partial.out;
    EXPECT_EQ(tests::runProgram({"batch", "lineage", m_project, "2026B1", "--relation", "cousin"}).status, 2);
    EXPECT_EQ(tests::runProgram({"batch", "lineage", m_project, "2031B1"}).status, 1);
}

} // namespace
