#include "layers/profile.hpp"
#include "layers/reader.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <string>

#include <gtest/gtest.h>

namespace {

using layers::ProblemKind;
using layers::Role;

layers::LayerRef sample(const std::string& name) {
    return layers::parseLayerRef(std::string(SOURCE_ROOT) + "/sample_data/" + name);
}

layers::ReadOptions optionsOf(Role role, const std::string& crs = "") {
    layers::ReadOptions options;
    options.role = role;
    options.crs = crs;
    options.threads = 1;
    return options;
}

template <typename Result>
std::int64_t countOf(const Result& result, ProblemKind kind) {
    std::int64_t count = 0;
    for (const layers::Problem& problem : result.problems) {
        count += problem.kind == kind ? problem.count : 0;
    }
    return count;
}

/// All coordinates lie in and around the prefecture: a wrong CRS or swapped axes would show.
void expectInGanzi(const geo::Shape& shape) {
    constexpr geo::Box kAround{97.0, 27.5, 103.2, 34.8};
    EXPECT_TRUE(kAround.contains(shape.box()));
}

TEST(SampleData, FirstBatchIsReadWithTheCrsOfTheUser) {
    geo::Progress progress;
    const auto result =
        layers::readPatches(sample("batch1/patches.shp"), optionsOf(Role::Changes, "EPSG:4522"), progress);
    EXPECT_EQ(result.report.profile, "platform-changes");
    EXPECT_EQ(result.report.crs, "EPSG:4522");
    EXPECT_EQ(result.report.encoding, "GB18030");
    EXPECT_EQ(result.records.size() + result.rejects.size(), 152U);
    EXPECT_EQ(result.rejects.size(), 2U); // without area, without geometry
    EXPECT_GE(countOf(result, ProblemKind::GeometryRepaired), 3);
    EXPECT_GE(countOf(result, ProblemKind::AreaDiffers), 1); // one is stated in 亩
    EXPECT_EQ(countOf(result, ProblemKind::ValueUnreadable), 0);
    std::set<std::string> activities;
    std::set<layers::Change> changes;
    bool before = false;
    bool after = false;
    const layers::Day newLaw = *layers::dayFromIso("2026-03-15");
    for (const layers::Patch& patch : result.records) {
        expectInGanzi(patch.shape);
        activities.insert(patch.activity);
        changes.insert(patch.change);
        ASSERT_TRUE(patch.earlier.first && patch.later.last) << patch.id;
        before = before || *patch.later.last < newLaw;
        after = after || *patch.later.first >= newLaw;
        EXPECT_EQ(patch.batch, "2026年第1批");
    }
    EXPECT_EQ(activities,
              (std::set<std::string>{"A01", "A02", "A03", "A05", "A06", "A07", "A08", "A09", "A10"}));
    EXPECT_EQ(changes, (std::set<layers::Change>{layers::Change::New, layers::Change::Grown,
                                                 layers::Change::Reduced}));
    EXPECT_TRUE(before && after);
}

TEST(SampleData, SecondBatchHoldsPolygonsRoadsAndPoints) {
    geo::Progress progress;
    const std::map<std::string, std::pair<std::string, std::size_t>> layersOfIt{
        {"patches", {"names-changes", 127}},
        {"roads", {"platform-roads", 18}},
        {"points", {"names-changes", 14}}};
    std::set<std::string> activities;
    for (const auto& [layer, expected] : layersOfIt) {
        const auto result =
            layers::readPatches(sample("batch2/patches.gpkg:" + layer), optionsOf(Role::Changes), progress);
        EXPECT_EQ(result.report.profile, expected.first) << layer;
        EXPECT_EQ(result.records.size(), expected.second) << layer;
        EXPECT_TRUE(result.rejects.empty()) << layer;
        EXPECT_EQ(countOf(result, ProblemKind::AreaDiffers), 0) << layer;
        EXPECT_EQ(countOf(result, ProblemKind::ValueUnreadable), 0) << layer;
        for (const layers::Patch& patch : result.records) {
            expectInGanzi(patch.shape);
            EXPECT_TRUE(patch.later.first.has_value()) << patch.id;
            activities.insert(patch.activity);
        }
    }
    EXPECT_EQ(activities.size(), 15U); // A01 … A14 and A99
}

TEST(SampleData, ZonesAreOfEveryKindAndClass) {
    geo::Progress progress;
    const std::map<Role, std::pair<std::string, std::string>> files{
        {Role::RedLine, {"zones/redline.gpkg", "names-redline"}},
        {Role::Reserve, {"zones/reserve.gpkg", "reserve-platform"}},
        {Role::Water, {"zones/water.gpkg", "water-office"}}};
    std::set<std::string> classes;
    for (const auto& [role, expected] : files) {
        const auto result = layers::readZones(sample(expected.first), optionsOf(role), progress);
        EXPECT_EQ(result.report.profile, expected.second);
        EXPECT_EQ(result.report.invalid, 0);
        EXPECT_EQ(result.report.features, static_cast<std::int64_t>(result.records.size()));
        for (const layers::Zone& zone : result.records) {
            expectInGanzi(zone.shape);
            EXPECT_TRUE(zone.name.starts_with("示例")) << zone.name;
            EXPECT_TRUE(zone.approval.starts_with("示例批复")) << zone.approval;
            EXPECT_TRUE(zone.approved.first.has_value()) << zone.name;
            classes.insert(std::string(layers::zoneKindCode(zone.kind)) + " " + zone.zoneClass);
        }
    }
    const std::set<std::string> all{"ECR 红线",      "NR 核心区",     "NR 缓冲区",   "NR 实验区",
                                    "NR 核心保护区", "NR 一般控制区", "ZG 湿地公园", "FJ 核心景区",
                                    "FJ 其他景区",   "DWS 一级",      "DWS 二级",    "DWS 准"};
    EXPECT_EQ(classes, all);
}

TEST(SampleData, CountiesAreTheEighteen) {
    geo::Progress progress;
    const auto result =
        layers::readCounties(sample("admin/ganzi_counties.geojson"), optionsOf(Role::Admin), progress);
    EXPECT_EQ(result.report.profile, "admin-adcode");
    EXPECT_EQ(result.records.size(), 18U);
    EXPECT_TRUE(std::any_of(result.records.begin(), result.records.end(), [](const layers::County& county) {
        return county.code == "513301" && county.name == "康定市";
    }));
}

} // namespace
