// Real polygons with the figures of an independent tool (shapely on GEOS, geodesic areas):
// expected_overlaps.json.

#include "tests/support/program.hpp"
#include "tests/support/shared_data.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

/// Areas of the two may differ by this share: another ellipsoid (WGS 84), other edges (geodesics), other
/// repairs.
constexpr double kAreaShare = 1e-5;

struct Pair {
    const char* key;
    const char* changes;
    const char* zones;
    const char* zoneName;
};

class RealData : public testing::TestWithParam<Pair> {};

TEST_P(RealData, PairsAreEqualAndAreasAgree) {
    SKIP_WITHOUT_SHARED();
    const fs::path data = tests::sharedFolder() / "data";
    const Json expected = Json::parse(tests::fileText(data / "expected_overlaps.json")).at(GetParam().key);
    const tests::TemporaryFolder folder;
    const tests::Ended ended = tests::runProgram(
        {"check", (data / GetParam().changes).string(), "--reserve", (data / GetParam().zones).string(),
         "--profile", "generic", "--map", std::string("reserve.name=") + GetParam().zoneName, "--map",
         "reserve.kind=const:NR", "--date", "2026-06-30", "--out", (folder.path() / "out").string(),
         "--format", "json"});
    ASSERT_TRUE(ended.status == 0 || ended.status == 3) << ended.status << "\n" << ended.err;
    const Json run = Json::parse(ended.out);
    const Json& overlap = run.at("overlaps").at("reserve");
    EXPECT_EQ(overlap.at("pairs").get<int>(), expected.at("pairs_with_area").at("gt0").get<int>());
    const double area = expected.at("sum_overlap_m2").get<double>();
    EXPECT_NEAR(overlap.at("area_m2").get<double>(), area, area * kAreaShare);
    EXPECT_EQ(run.at("patches").at("read").get<int>(), expected.at("change").at("features").get<int>());
    EXPECT_EQ(run.at("inputs").at(0).at("invalid").get<int>(),
              expected.at("change").at("invalid").get<int>());
    EXPECT_EQ(run.at("engine").at("full").get<int>(), 0);
    EXPECT_TRUE(run.at("valid").get<bool>());
    EXPECT_EQ(run.at("inputs").at(1).at("features").get<int>(),
              expected.at("zones").at("features").get<int>());
}

INSTANTIATE_TEST_SUITE_P(
    Pairs, RealData,
    testing::Values(Pair{"mapbiomas_alerta_x_terras_indigenas", "mapbiomas-alerta-xingu/Alertas_Outros.shp",
                         "mapbiomas-alerta-xingu/TerraIn_filtrado.shp", "terrai_nom"},
                    Pair{"amazon_mining_2021_x_indigenous_territories",
                         "amazon-mining/amazon_mining_new_2021.geojson",
                         "amazon-mining/indigenous_territories.geojson", "name_field"},
                    Pair{"amazon_mining_2021_x_conservation_units",
                         "amazon-mining/amazon_mining_new_2021.geojson", "cnuc-brazil/cnuc.shp", "nome_uc"}),
    [](const auto& tested) { return std::string(tested.param.key); });

} // namespace
