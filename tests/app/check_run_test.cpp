// The run from records to findings, on squares whose overlaps can be worked out by hand.

#include "app/check/certainty.hpp"
#include "app/check/check_run.hpp"
#include "app/check/closing.hpp"
#include "app/check/duplicates.hpp"
#include "geo/area.hpp"
#include "geo/geodesic.hpp"
#include "layers/error.hpp"

#include <gtest/gtest.h>

namespace {

using layers::Bucket;
using layers::Certainty;

constexpr double kStep = 0.001; // degrees: about 96 m by 111 m at 30° N

geo::Shape square(double x, double y, double size = kStep) {
    geo::Shape shape;
    shape.polygons.push_back({{{x, y}, {x + size, y}, {x + size, y + size}, {x, y + size}, {x, y}}, {}});
    return shape;
}

layers::Patch patch(const std::string& id, geo::Shape shape, const std::string& activity = "A01") {
    layers::Patch p;
    p.id = id;
    p.activity = activity;
    p.change = layers::Change::New;
    p.later = layers::parseDate("2026-04-01");
    p.shape = std::move(shape);
    return p;
}

layers::Zone zone(layers::Role role, layers::ZoneKind kind, const std::string& zoneClass, geo::Shape shape) {
    layers::Zone z;
    z.role = role;
    z.kind = kind;
    z.input = 1;
    z.id = zoneClass;
    z.name = "示例" + zoneClass;
    z.zoneClass = zoneClass;
    z.originalClass = zoneClass;
    z.shape = std::move(shape);
    return z;
}

app::CheckInput inputOf(std::vector<layers::Patch> patches, std::vector<layers::Zone> zones) {
    app::CheckInput input;
    layers::InputReport changes;
    changes.role = layers::Role::Changes;
    changes.file = "patches.gpkg";
    changes.features = static_cast<std::int64_t>(patches.size());
    layers::InputReport redline;
    redline.role = layers::Role::RedLine;
    redline.file = "redline.gpkg";
    redline.features = static_cast<std::int64_t>(zones.size());
    input.inputs = {changes, redline};
    for (std::size_t i = 0; i < patches.size(); ++i) {
        patches[i].feature = static_cast<std::int64_t>(i) + 1;
    }
    input.patches = std::move(patches);
    input.zones = std::move(zones);
    input.rules = app::defaultRules();
    input.today = *layers::dayFromIso("2026-11-24");
    return input;
}

app::CheckResult run(app::CheckInput input) {
    geo::Progress progress;
    return app::runCheck(std::move(input), progress);
}

TEST(CheckRun, EachPatchFallsIntoOneBucket) {
    const geo::MetresPerDegree metres = geo::metresPerDegree(30.0);
    const geo::Shape big = square(100.0, 30.0, 0.01);
    const double tenMetres = 10.0 / metres.lon;
    const double halfMetre = 0.5 / metres.lon;
    app::CheckInput input =
        inputOf({patch("inside", square(100.004, 30.004)), patch("again", square(100.004, 30.004)),
                 patch("edge", square(100.01 - halfMetre, 30.004)),
                 patch("near", square(100.01 + tenMetres, 30.002)), patch("clear", square(100.1, 30.1))},
                {zone(layers::Role::RedLine, layers::ZoneKind::RedLine, "红线", big)});
    const app::CheckResult result = run(std::move(input));
    ASSERT_EQ(result.results.size(), 5U);
    EXPECT_EQ(result.results[0].bucket, Bucket::Listed);
    EXPECT_EQ(result.results[1].bucket, Bucket::Duplicate);
    EXPECT_EQ(result.results[1].duplicateOf, 0);
    EXPECT_EQ(result.results[2].bucket, Bucket::Near); // 擦边: half a metre wide, half a percent
    EXPECT_EQ(result.results[2].certainty.at(0), Certainty::Edge);
    EXPECT_EQ(result.results[3].bucket, Bucket::Near);
    ASSERT_EQ(result.results[3].overlay.near.size(), 1U);
    EXPECT_NEAR(result.results[3].overlay.near[0].distanceM, 10.0, 0.01);
    EXPECT_NEAR(result.results[3].overlay.near[0].azimuthDeg, 270.0, 0.01);
    EXPECT_EQ(result.results[4].bucket, Bucket::Clear);
    EXPECT_TRUE(result.faults.empty());
    // Every readable patch counts in the pairs, duplicates and slivers too.
    EXPECT_EQ(result.pairSums[0].pairs, 3);
}

TEST(CheckRun, PartsAddUpWhereZonesOverlap) {
    app::CheckInput input =
        inputOf({patch("p", square(100.0005, 30.0))},
                {zone(layers::Role::RedLine, layers::ZoneKind::RedLine, "红线", square(100.0, 30.0)),
                 zone(layers::Role::Reserve, layers::ZoneKind::NatureReserve, "核心保护区",
                      square(100.00075, 30.0, 0.01))});
    const app::CheckResult result = run(std::move(input));
    const app::PatchResult& p = result.results.at(0);
    ASSERT_EQ(p.overlay.overlaps.size(), 2U);
    const double area = geo::ellipsoidalAreaM2(square(100.0005, 30.0));
    EXPECT_NEAR(p.overlay.measure, area, 1e-6);
    EXPECT_NEAR(p.overlay.overlaps[0].measure, area / 2, 1e-3);
    EXPECT_NEAR(p.overlay.overlaps[1].measure, area * 0.75, 1e-3);
    EXPECT_NEAR(p.covered, area, 1e-3); // the two overlap by a quarter; nothing is counted twice
    EXPECT_EQ(p.overlay.atoms.size(), 3U);
    EXPECT_LT(std::abs(p.overlay.residual), 1e-4);
    ASSERT_EQ(p.findings.size(), 2U);
    EXPECT_EQ(p.findings[0].zone, 1U); // the reserve's core goes before the red line
    EXPECT_EQ(result.judgements[p.findings[0].atDate].ruleId, "NR-01");
    EXPECT_EQ(result.judgements[p.findings[1].atDate].ruleId, "EC-01");
}

TEST(CheckRun, WithoutAnyDateItSaysWhatToDo) {
    layers::Patch undated = patch("p", square(100, 30));
    undated.later = layers::DateText{};
    app::CheckInput input =
        inputOf({undated}, {zone(layers::Role::RedLine, layers::ZoneKind::RedLine, "红线", square(100, 30))});
    app::CheckInput dated = input;
    try {
        (void)run(std::move(input));
        FAIL() << "no date, yet it ran";
    } catch (const layers::Error& error) {
        EXPECT_NE(std::string(error.what()).find("--date"), std::string::npos);
        EXPECT_NE(std::string(error.what()).find("changes.later"), std::string::npos);
    }
    dated.date = layers::dayFromIso("2026-04-01");
    EXPECT_EQ(run(std::move(dated)).results.at(0).date, layers::dayFromIso("2026-04-01"));
}

TEST(CheckRun, CountiesShareAPatchAndTheSharesAddUp) {
    app::CheckInput input =
        inputOf({patch("across", square(100.0, 30.0)), patch("outside", square(100.0, 40.0))},
                {zone(layers::Role::RedLine, layers::ZoneKind::RedLine, "红线", square(99.99, 29.99, 0.02))});
    layers::County west{"513301", "康定市", "甘孜州", square(99.0, 29.5, 1.0007)};
    layers::County east{"513322", "泸定县", "甘孜州",
                        square(100.0005, 29.5, 1.0)}; // overlaps its neighbour a little
    input.counties = {east, west};
    const app::CheckResult result = run(std::move(input));
    EXPECT_TRUE(result.faults.empty());
    const app::PatchResult& across = result.results[0];
    ASSERT_EQ(across.counties.size(), 2U);
    EXPECT_EQ(result.counties[static_cast<std::size_t>(across.counties[0].county)].name, "康定市");
    EXPECT_NEAR(across.counties[0].measure, across.overlay.measure * 0.7,
                0.01); // the lower code takes the overlap
    EXPECT_NEAR(across.counties[0].measure + across.counties[1].measure, across.overlay.measure, 1e-6);
    EXPECT_NEAR(across.counties[0].covered + across.counties[1].covered, across.covered, 1e-6);
    ASSERT_EQ(result.results[1].counties.size(), 1U);
    EXPECT_EQ(result.results[1].counties[0].county, -1);
    EXPECT_EQ(
        std::count_if(result.problems.begin(), result.problems.end(),
                      [](const layers::Problem& p) { return p.kind == layers::ProblemKind::OutsideAdmin; }),
        1);
}

TEST(CheckRun, PointsAndLinesAreJudged) {
    geo::Shape inside;
    inside.points = {{100.005, 30.005}};
    geo::Shape closeInside;
    closeInside.points = {{100.0001, 30.005}}; // about ten metres from the boundary, accuracy 30 m
    geo::Shape closeOutside;
    closeOutside.points = {{99.9999, 30.005}};
    geo::Shape road;
    road.lines = {{{99.995, 30.005}, {100.005, 30.005}}};
    const app::CheckResult result = run(
        inputOf({patch("in", inside), patch("doubtful", closeInside), patch("near", closeOutside),
                 patch("road", road, "A06")},
                {zone(layers::Role::RedLine, layers::ZoneKind::RedLine, "红线", square(100.0, 30.0, 0.01))}));
    EXPECT_EQ(result.results[0].bucket, Bucket::Listed);
    EXPECT_EQ(result.results[0].certainty.at(0), Certainty::Certain);
    EXPECT_EQ(result.results[1].certainty.at(0), Certainty::Doubtful);
    EXPECT_EQ(result.results[2].bucket, Bucket::Near);
    EXPECT_EQ(result.results[3].bucket, Bucket::Listed);
    EXPECT_NEAR(result.results[3].overlay.overlaps.at(0).measure,
                geo::geodesicLengthM({100, 30.005}, {100.005, 30.005}), 1e-3);
    EXPECT_NEAR(result.results[3].covered, result.results[3].overlay.measure / 2, 1e-3);
    EXPECT_EQ(result.pairSums[0].pairs, 0); // pairs count areas
}

TEST(CheckRun, TheNumberOfThreadsChangesNothing) {
    std::vector<layers::Patch> patches;
    for (int i = 0; i < 500; ++i) {
        patches.push_back(
            patch("p" + std::to_string(i), square(100.0 + 0.00037 * i, 30.0 + 0.00023 * (i % 37))));
    }
    const std::vector<layers::Zone> zones{
        zone(layers::Role::RedLine, layers::ZoneKind::RedLine, "红线", square(100.02, 30.0, 0.05)),
        zone(layers::Role::Water, layers::ZoneKind::WaterSource, "一级", square(100.05, 30.002, 0.01))};
    app::CheckInput one = inputOf(patches, zones);
    one.threads = 1;
    app::CheckInput two = inputOf(patches, zones);
    two.threads = 2;
    const app::CheckResult a = run(std::move(one));
    const app::CheckResult b = run(std::move(two));
    ASSERT_EQ(a.results.size(), b.results.size());
    for (std::size_t i = 0; i < a.results.size(); ++i) {
        EXPECT_EQ(a.results[i].bucket, b.results[i].bucket);
        EXPECT_EQ(a.results[i].covered, b.results[i].covered);
        ASSERT_EQ(a.results[i].overlay.overlaps.size(), b.results[i].overlay.overlaps.size());
        for (std::size_t k = 0; k < a.results[i].overlay.overlaps.size(); ++k) {
            EXPECT_EQ(a.results[i].overlay.overlaps[k].measure, b.results[i].overlay.overlaps[k].measure);
            EXPECT_EQ(a.results[i].overlay.overlaps[k].shape, b.results[i].overlay.overlaps[k].shape);
        }
    }
    EXPECT_EQ(a.taskNumbers, b.taskNumbers);
    EXPECT_EQ(a.pairSums[0].areaM2, b.pairSums[0].areaM2);
}

TEST(CheckRun, ACancelledRunStops) {
    app::CheckInput input =
        inputOf({patch("p", square(100, 30))},
                {zone(layers::Role::RedLine, layers::ZoneKind::RedLine, "红线", square(100, 30))});
    geo::Progress progress;
    progress.cancel();
    EXPECT_THROW((void)app::runCheck(std::move(input), progress), geo::Cancelled);
}

TEST(Certainty, FollowsTheFormula) {
    const layers::Settings settings; // e = √(5² + 5²)
    geo::ZoneOverlap overlap;
    overlap.measure = 1000;
    overlap.perimeterM = 140;
    overlap.boundaryLengthM = 100;
    const app::AreaRange range = app::areaRange(overlap, 1200, settings);
    EXPECT_NEAR(range.leastM2, 1000 - 707.10678, 1e-4);
    EXPECT_NEAR(range.mostM2, 1200, 1e-9);
    EXPECT_EQ(app::certaintyOf(overlap, 1200, geo::Dimension::Area, settings), Certainty::Certain);
    overlap.boundaryLengthM = 1000; // the least is 0
    EXPECT_EQ(app::certaintyOf(overlap, 1200, geo::Dimension::Area, settings), Certainty::Doubtful);
    overlap.measure = 50;
    overlap.perimeterM = 100;
    EXPECT_EQ(app::certaintyOf(overlap, 100000, geo::Dimension::Area, settings), Certainty::Edge);
}

TEST(Certainty, EachToleranceAloneMakesAHit) {
    const layers::Settings settings;
    EXPECT_TRUE(app::countsAsHit(100.0, 1e9, 1e9, settings));
    EXPECT_FALSE(app::countsAsHit(99.9, 1e9, 1e9, settings));
    EXPECT_TRUE(app::countsAsHit(50, 1000, 1e9, settings)); // 5 % of the patch
    EXPECT_FALSE(app::countsAsHit(49.9, 1000, 1e9, settings));
    EXPECT_TRUE(app::countsAsHit(50, 1e9, 20, settings)); // 5 m wide
    EXPECT_FALSE(app::countsAsHit(50, 1e9, 20.1, settings));
    EXPECT_FALSE(app::countsAsHit(0, 1000, 0, settings));
}

TEST(Duplicates, TheFirstStaysAndChainsDoNotRun) {
    const double sliver = kStep * 0.04;
    std::vector<layers::Patch> patches{patch("a", square(100, 30)), patch("b", square(100 + sliver, 30)),
                                       patch("c", square(100 + 2 * sliver, 30)),
                                       patch("d", square(100.5, 30))};
    std::vector<double> measures;
    for (const layers::Patch& p : patches) {
        measures.push_back(geo::ellipsoidalAreaM2(p.shape));
    }
    geo::Progress progress;
    const std::vector<app::Duplicate> found = app::findDuplicates(patches, measures, 0.95, 1, progress);
    ASSERT_EQ(found.size(), 1U); // b repeats a; c shares 96 % with b only, which is gone
    EXPECT_EQ(found[0].patch, 1);
    EXPECT_EQ(found[0].of, 0);
    EXPECT_NEAR(found[0].share, 0.96, 1e-3);
}

TEST(Duplicates, AnotherStartAndDirectionIsTheSameGeometry) {
    geo::Shape turned;
    turned.polygons.push_back(
        {{{100.001, 30.001}, {100.001, 30}, {100, 30}, {100, 30.001}, {100.001, 30.001}}, {}});
    std::vector<layers::Patch> patches{patch("a", square(100, 30)), patch("b", turned)};
    patches[0].shape.polygons[0].shell = {
        {100, 30}, {100.001, 30}, {100.001, 30.001}, {100, 30.001}, {100, 30}};
    geo::Progress progress;
    const auto found = app::findDuplicates(patches, {1.0e4, 1.0e4}, 0.95, 2, progress);
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].share, 1.0);
}

TEST(Duplicates, ManyCopiesAreNotComparedPairByPair) {
    // Pair by pair this takes minutes and hundreds of gigabytes.
    constexpr std::int32_t kCopies = 200000;
    geo::Shape point;
    point.points = {{102, 30}};
    const double sliver = kStep * 0.04;
    std::vector<layers::Patch> patches{patch("a", square(100, 30)), patch("b", square(100 + sliver, 30)),
                                       patch("c", square(100 + sliver, 30))};
    for (std::int32_t n = 0; n < kCopies; ++n) {
        patches.push_back(patch(std::to_string(n), point));
    }
    std::vector<double> measures(patches.size(), 0);
    for (std::size_t n = 0; n < 3; ++n) {
        measures[n] = geo::ellipsoidalAreaM2(patches[n].shape);
    }
    geo::Progress progress;
    const std::vector<app::Duplicate> found = app::findDuplicates(patches, measures, 0.95, 2, progress);
    ASSERT_EQ(found.size(), static_cast<std::size_t>(kCopies) + 1);
    EXPECT_EQ(found[0].of, 0);
    EXPECT_EQ(found[1].of, 0) << "a copy of a duplicate repeats what that one repeats";
    EXPECT_NEAR(found[1].share, 0.96, 1e-3);
    EXPECT_EQ(found[2].of, 3);
    EXPECT_EQ(found.back().of, 3);
    EXPECT_EQ(found.back().share, 1.0);
}

TEST(Closing, AMissingPieceIsAFault) {
    app::CheckResult result =
        run(inputOf({patch("p", square(100, 30))},
                    {zone(layers::Role::RedLine, layers::ZoneKind::RedLine, "红线", square(100.0005, 30))}));
    ASSERT_TRUE(result.faults.empty());
    result.results[0].overlay.atoms.pop_back();
    app::closeSums(result);
    ASSERT_EQ(result.faults.size(), 1U);
    result.faults.clear();
    result.inputs[0].features += 1; // a feature that vanished
    app::closeSums(result);
    EXPECT_EQ(result.faults.size(), 2U);
}

} // namespace
