// What the check tells of geometries among each other: overlaps within a layer, overlaps of patches, features
// far from the counties.

#include "app/check/check_run.hpp"
#include "geo/area.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace {

using layers::Problem;
using layers::ProblemKind;

geo::Shape box(double x, double y, double width, double height) {
    return {{geo::Polygon{{{x, y}, {x + width, y}, {x + width, y + height}, {x, y + height}, {x, y}}, {}}},
            {},
            {}};
}

layers::Patch patch(const std::string& id, geo::Shape shape) {
    layers::Patch p;
    p.id = id;
    p.activity = "A01";
    p.later = layers::parseDate("2026-04-01");
    p.shape = std::move(shape);
    return p;
}

layers::Zone zone(const std::string& name, const std::string& zoneClass, geo::Shape shape,
                  layers::ZoneKind kind = layers::ZoneKind::NatureReserve, std::int32_t input = 1) {
    layers::Zone z;
    z.role = layers::Role::Reserve;
    z.kind = kind;
    z.input = input;
    z.name = name;
    z.zoneClass = zoneClass;
    z.shape = std::move(shape);
    return z;
}

app::CheckResult run(std::vector<layers::Patch> patches, std::vector<layers::Zone> zones,
                     std::vector<layers::County> counties = {}) {
    app::CheckInput input;
    input.inputs.resize(3);
    input.inputs[0].role = layers::Role::Changes;
    input.inputs[0].file = "patches.gpkg";
    input.inputs[1].role = layers::Role::Reserve;
    input.inputs[1].file = "reserve.gpkg";
    input.inputs[2].role = layers::Role::Reserve;
    input.inputs[2].file = "parks.gpkg";
    for (std::size_t i = 0; i < patches.size(); ++i) {
        patches[i].feature = static_cast<std::int64_t>(i) + 1;
    }
    for (std::size_t i = 0; i < zones.size(); ++i) {
        zones[i].feature = static_cast<std::int64_t>(i) + 1;
    }
    input.patches = std::move(patches);
    input.zones = std::move(zones);
    if (!counties.empty()) {
        input.inputs.emplace_back().role = layers::Role::Admin;
        input.inputs.back().file = "counties.geojson";
    }
    input.counties = std::move(counties);
    input.rules = app::defaultRules();
    input.today = *layers::dayFromIso("2026-11-24");
    geo::Progress progress;
    return app::runCheck(std::move(input), progress);
}

std::vector<Problem> problemsOf(const app::CheckResult& result, ProblemKind kind) {
    std::vector<Problem> found;
    std::copy_if(result.problems.begin(), result.problems.end(), std::back_inserter(found),
                 [kind](const Problem& p) { return p.kind == kind; });
    return found;
}

bool says(const Problem& problem, const std::string& text) {
    return (problem.textZh + problem.textEn + problem.doneZh + problem.doneEn).find(text) !=
           std::string::npos;
}

TEST(ZoneOverlaps, AreToldByClassPairAlsoWhereNoPatchLies) {
    const auto result =
        run({patch("1", box(101, 31, 0.001, 0.001))},
            {zone("试验区甲", "实验区", box(100, 30, 0.02, 0.02)),
             zone("核心区乙", "核心区", box(100.01, 30, 0.02, 0.02)),
             zone("试验区丙", "实验区", box(100.03, 30, 0.02, 0.02)), // shares a border only
             zone("试验区丁", "实验区", box(100, 30, 0.02, 0.02)),    // the same as the first
             zone("另一图层", "核心区", box(100, 30, 0.02, 0.02), layers::ZoneKind::NatureReserve, 2)});
    const auto overlaps = problemsOf(result, ProblemKind::ZonesOverlap);
    ASSERT_EQ(overlaps.size(), 2U);
    const double common = geo::ellipsoidalAreaM2(box(100.01, 30, 0.01, 0.02));
    const bool equalFirst = says(overlaps[0], "完全相同");
    const Problem& classes = overlaps[equalFirst ? 1 : 0];
    const Problem& equal = overlaps[equalFirst ? 0 : 1];
    EXPECT_EQ(classes.count, 2);
    EXPECT_EQ(classes.file, "reserve.gpkg");
    EXPECT_EQ(classes.feature, 2) << "the stricter zone stands first";
    EXPECT_TRUE(says(classes, fmt::format("{:.2f}", 2 * common))) << classes.textZh;
    EXPECT_TRUE(says(classes, "较严的自然保护区核心区")) << classes.doneZh;
    ASSERT_TRUE(classes.place);
    EXPECT_TRUE(classes.place->x > 100.01 && classes.place->x < 100.02);
    EXPECT_TRUE(says(equal, "完全相同")) << equal.textZh;
    EXPECT_TRUE(says(equal, "试验区甲 × 试验区丁")) << equal.textZh;
}

TEST(ZoneOverlaps, OtherKindsOfOneLayerAreBothListed) {
    const auto result =
        run({patch("1", box(101, 31, 0.001, 0.001))},
            {zone("公园", "未分区", box(100, 30, 0.02, 0.02), layers::ZoneKind::NaturePark),
             zone("保护区", "实验区", box(100.01, 30, 0.02, 0.02), layers::ZoneKind::NatureReserve)});
    const auto overlaps = problemsOf(result, ProblemKind::ZonesOverlap);
    ASSERT_EQ(overlaps.size(), 1U);
    EXPECT_TRUE(says(overlaps[0], "都列出")) << overlaps[0].doneZh;
}

TEST(ZoneOverlaps, RoundingOfSharedBordersIsNotTold) {
    const auto result = run({patch("1", box(101, 31, 0.001, 0.001))},
                            {zone("甲", "实验区", box(100, 30, 0.02, 0.02)),
                             zone("乙", "核心区", box(100.02 - 1e-10, 30, 0.02, 0.02))});
    EXPECT_TRUE(problemsOf(result, ProblemKind::ZonesOverlap).empty());
}

TEST(CountyOverlaps, AreToldAndCountForOneCounty) {
    const auto county = [](const char* code, const char* name, geo::Shape shape) {
        return layers::County{code, name, {}, std::move(shape)};
    };
    const auto result =
        run({patch("1", box(100.095, 30.01, 0.002, 0.002))}, {zone("甲", "实验区", box(100, 30, 0.2, 0.2))},
            {county("513302", "乙县", box(100.09, 30, 0.11, 0.2)),
             county("513301", "甲县", box(100, 30, 0.1, 0.2)),
             county("513303", "丙县", box(100.2, 30, 0.1, 0.2))}); // shares a border only
    const auto overlaps = problemsOf(result, ProblemKind::ZonesOverlap);
    ASSERT_EQ(overlaps.size(), 1U);
    EXPECT_EQ(overlaps[0].role, "admin");
    EXPECT_EQ(overlaps[0].count, 1);
    EXPECT_TRUE(says(overlaps[0], "甲县 × 乙县")) << overlaps[0].textZh;
    EXPECT_TRUE(says(overlaps[0], fmt::format("{:.2f}", geo::ellipsoidalAreaM2(box(100.09, 30, 0.01, 0.2)))))
        << overlaps[0].textZh;
    ASSERT_EQ(result.results[0].counties.size(), 1U) << "the patch lies in both, and counts in one";
    EXPECT_EQ(result.counties[static_cast<std::size_t>(result.results[0].counties[0].county)].name, "甲县");
}

TEST(PatchOverlaps, AreToldPairByPairAndEachPatchStillCounts) {
    const auto result =
        run({patch("甲", box(100, 30, 0.002, 0.002)), patch("乙", box(100.001, 30, 0.002, 0.002)),
             patch("丙", box(100.003, 30, 0.002, 0.002)), // touches
             patch("丁", box(100, 30, 0.002, 0.002))},    // a duplicate of the first
            {zone("区", "实验区", box(100, 30, 0.02, 0.02))});
    EXPECT_EQ(result.countOf(layers::Bucket::Duplicate), 1);
    EXPECT_EQ(result.countOf(layers::Bucket::Listed), 3);
    const auto overlaps = problemsOf(result, ProblemKind::PatchesOverlap);
    ASSERT_EQ(overlaps.size(), 1U);
    EXPECT_EQ(overlaps[0].feature, 2);
    EXPECT_TRUE(says(overlaps[0], "图斑 乙 与 甲 重叠"));
    EXPECT_TRUE(says(overlaps[0], "50.0%")) << overlaps[0].textZh;
    ASSERT_TRUE(overlaps[0].place);
}

std::vector<layers::County> counties() {
    layers::County county;
    county.code = "513301";
    county.name = "康定市";
    county.shape = box(101, 29.5, 1, 1);
    return {county};
}

TEST(FarFeatures, AreToldWithWhatWouldBringThemHome) {
    const auto result = run(
        {patch("内", box(101.5, 30, 0.001, 0.001)),
         patch("近", box(102.1, 30, 0.001, 0.001)), // 10 km outside
         patch("远", box(30.0, 81.5, 0.001, 0.001)), patch("更远", box(30.1, 85.0, 0.001, 0.001)),
         patch("带号", box(104.5, 30, 0.001, 0.001))}, // one zone of 3° too far east
        {zone("区", "实验区", box(101, 30, 0.02, 0.02)), zone("远区", "实验区", box(98.2, 30, 0.02, 0.02))},
        counties());
    const auto far = problemsOf(result, ProblemKind::FarFromAdmin);
    ASSERT_EQ(far.size(), 3U);
    EXPECT_EQ(far[0].feature, 5);
    EXPECT_TRUE(says(far[0], "西移 3°")) << far[0].textZh;
    ASSERT_TRUE(far[0].place);
    EXPECT_EQ(far[1].count, 2);
    EXPECT_FALSE(says(far[1], "颠倒"));
    EXPECT_EQ(far[2].role, "reserve");
    EXPECT_EQ(far[2].feature, 2);
    EXPECT_TRUE(says(far[2], "东移 3°")) << far[2].textZh;
    const auto outside = problemsOf(result, ProblemKind::OutsideAdmin);
    EXPECT_EQ(outside.size(), 4U) << "each patch outside is told by itself as well";
}

TEST(FarFeatures, SwappedAxesAreRecognised) {
    layers::County county;
    county.code = "1";
    county.name = "县";
    county.shape = box(73, 30, 1, 1); // swapped it is a latitude that exists
    const auto result = run({patch("颠倒", box(30.5, 73.5, 0.001, 0.001))},
                            {zone("区", "实验区", box(73, 30, 0.02, 0.02))}, {county});
    const auto far = problemsOf(result, ProblemKind::FarFromAdmin);
    ASSERT_EQ(far.size(), 1U);
    EXPECT_TRUE(says(far[0], "颠倒")) << far[0].textZh;
    EXPECT_TRUE(says(far[0], "swapped")) << far[0].textEn;
}

} // namespace
