// Rows, order and numbers of the list, cell by cell, on the sample check.

#include "app/check/list_rows.hpp"
#include "app/check/list_words.hpp"
#include "app/check/printed_areas.hpp"
#include "app/check/responsibility.hpp"
#include "app/check/zone_order.hpp"
#include "tests/support/sample_result.hpp"

#include <cmath>
#include <numeric>

#include <gtest/gtest.h>

namespace {

using layers::ListColumn;
using layers::Value;

app::CheckResult numberedSample() {
    app::CheckResult result = tests::sampleResult();
    result.rules.activities = {{"A01", "采石采矿"}, {"A10", "其他人工设施"}};
    app::orderAndNumber(result);
    return result;
}

/// The row of a patch, found by its number.
layers::ListRow rowOf(const app::CheckResult& result, std::int32_t patch) {
    for (std::size_t n = 0; n < result.listed.size(); ++n) {
        if (result.listed[n] == patch) {
            return app::listRow(result, n);
        }
    }
    ADD_FAILURE() << "patch " << patch << " is not listed";
    return layers::ListRow(static_cast<std::size_t>(ListColumn::Count));
}

const Value& cell(const layers::ListRow& row, ListColumn column) {
    return row[static_cast<std::size_t>(column)];
}
std::string text(const layers::ListRow& row, ListColumn column) {
    const auto* value = std::get_if<std::string>(&cell(row, column));
    return value == nullptr ? "(blank)" : *value;
}
double real(const layers::ListRow& row, ListColumn column) {
    const auto* value = std::get_if<double>(&cell(row, column));
    return value == nullptr ? std::nan("") : *value;
}
bool isBlank(const layers::ListRow& row, ListColumn column) {
    return std::holds_alternative<std::monostate>(cell(row, column));
}

TEST(ListRows, AreOrderedAndNumberedByCounty) {
    const app::CheckResult result = numberedSample();
    EXPECT_EQ(result.listed, (std::vector<std::int32_t>{8, 0, 1, 6, 5}));
    EXPECT_EQ(result.taskNumbers,
              (std::vector<std::string>{"LS-000000-0001", "LS-513301-0001", "LS-513301-0002",
                                        "LS-513301-0003", "LS-513322-0001"}));
}

TEST(ListRows, EveryTieOfTheOrderIsBroken) {
    app::CheckResult result = tests::sampleResult();
    // Six copies of one patch differ in one key each: priority, kind, zone name, area, id; the last only in
    // input order.
    const layers::Patch patch = result.patches[1];
    const app::PatchResult found = result.results[1];
    result.patches.assign(7, patch);
    result.results.assign(7, found);
    result.judgements[0].priority = 3;
    for (layers::Finding& finding : result.results[5].findings) {
        finding.atDate = 1; // priority 1
    }
    result.zones.push_back(result.zones[tests::sample::kReserve]);
    result.results[4].findings[0].zone = 4; // a reserve goes before a red line
    result.zones.push_back(result.zones[tests::sample::kRedLine]);
    result.zones.back().name = "A";
    result.results[3].findings[0].zone = 5;
    result.results[2].overlay.measure *= 2;
    result.patches[1].id = "+1"; // before "="
    app::orderAndNumber(result);
    EXPECT_EQ(result.listed, (std::vector<std::int32_t>{5, 4, 3, 2, 1, 0, 6}));
}

TEST(ListRows, MoreThanFourDigitsWhenNeeded) {
    app::CheckResult result = tests::sampleResult();
    const layers::Patch patch = result.patches[1];
    const app::PatchResult found = result.results[1];
    constexpr std::size_t kMany = 10001;
    result.patches.assign(kMany, patch);
    result.results.assign(kMany, found);
    app::orderAndNumber(result);
    EXPECT_EQ(result.taskNumbers[9], "LS-513301-0010");
    EXPECT_EQ(result.taskNumbers.back(), "LS-513301-10001");
}

TEST(ListRows, WithoutCountiesTheCodeIsZeros) {
    app::CheckResult result = tests::sampleResult();
    result.counties.clear();
    for (app::PatchResult& patch : result.results) {
        patch.counties.clear();
    }
    app::orderAndNumber(result);
    const layers::ListRow row = app::listRow(result, 0);
    EXPECT_EQ(text(row, ListColumn::TaskNumber), "LS-000000-0001");
    EXPECT_EQ(text(row, ListColumn::CountyCode), "000000");
    EXPECT_TRUE(isBlank(row, ListColumn::County));
    EXPECT_EQ(text(row, ListColumn::Responsible).find("属地县(市)人民政府"), 0U);
}

TEST(ListRows, AnAreaInTwoKindsOfZones) {
    const app::CheckResult result = numberedSample();
    const layers::ListRow row = rowOf(result, 0);
    EXPECT_EQ(cell(row, ListColumn::Number), Value(std::int64_t{2}));
    EXPECT_EQ(text(row, ListColumn::TaskNumber), "LS-513301-0001");
    EXPECT_EQ(text(row, ListColumn::PatchId), "TB-0001");
    EXPECT_EQ(text(row, ListColumn::Batch), "2026年第2批");
    EXPECT_EQ(text(row, ListColumn::City), "甘孜州");
    EXPECT_EQ(text(row, ListColumn::County), "康定市");
    EXPECT_EQ(text(row, ListColumn::CountyCode), "513301");
    EXPECT_EQ(text(row, ListColumn::ZoneKind), "自然保护区;生态保护红线");
    EXPECT_EQ(text(row, ListColumn::ZoneName), "示例自然保护区;示例红线=A1");
    EXPECT_EQ(text(row, ListColumn::Level), "国家级");
    EXPECT_EQ(text(row, ListColumn::ZoneClass), "核心保护区");
    EXPECT_EQ(text(row, ListColumn::OriginalClass), "核心区");
    EXPECT_EQ(text(row, ListColumn::Activity), "采石场");
    EXPECT_EQ(text(row, ListColumn::Change), "新增");
    EXPECT_EQ(text(row, ListColumn::Earlier), "2026-03-12");
    EXPECT_EQ(text(row, ListColumn::Later), "2026-09-05");
    EXPECT_DOUBLE_EQ(real(row, ListColumn::Longitude), 101.9615);
    EXPECT_DOUBLE_EQ(real(row, ListColumn::Latitude), 30.051);
    EXPECT_EQ(text(row, ListColumn::Dms), "101°57′41.4″E, 30°03′03.6″N");
    // 0.003° by 0.002° from 30.050°N: half in the reserve, two thirds in the red line.
    const double areaM2 = geo::ellipsoidalAreaM2(result.patches[0].shape);
    EXPECT_DOUBLE_EQ(real(row, ListColumn::AreaHa), std::round(areaM2) / 1e4);
    EXPECT_DOUBLE_EQ(real(row, ListColumn::CoveredHa), std::round(areaM2 * 2 / 3) / 1e4);
    EXPECT_DOUBLE_EQ(real(row, ListColumn::CoveredShare), 66.67);
    EXPECT_NEAR(real(row, ListColumn::StrictestHa), areaM2 / 2 / 1e4, 1e-4);
    EXPECT_EQ(text(row, ListColumn::Verdict), "疑似禁止");
    EXPECT_EQ(cell(row, ListColumn::Priority), Value(std::int64_t{1}));
    EXPECT_EQ(text(row, ListColumn::Basis), tests::sample::longBasis());
    EXPECT_EQ(text(row, ListColumn::OtherZones),
              "生态保护红线(示例红线=A1) " + app::fixedText(real(row, ListColumn::CoveredHa), 4) + "公顷");
    EXPECT_TRUE(isBlank(row, ListColumn::History));
    EXPECT_EQ(text(row, ListColumn::Hints), "按原功能区换算;面积不符(原1.2公顷)");
    EXPECT_EQ(text(row, ListColumn::Responsible), "康定市人民政府;州林草局");
    EXPECT_EQ(text(row, ListColumn::Partners),
              "州生态环境局;保护地管理机构;州农牧局;州自然资源局;州发展改革委;州交通局;州水利局");
    for (auto i = static_cast<std::size_t>(ListColumn::Deadline); i < row.size(); ++i) {
        EXPECT_TRUE(std::holds_alternative<std::monostate>(row[i])) << i;
    }
}

TEST(ListRows, ALineHasLengthsInItsHintsAndNoAreas) {
    const layers::ListRow row = rowOf(numberedSample(), 6);
    for (const ListColumn column : {ListColumn::AreaHa, ListColumn::CoveredHa, ListColumn::StrictestHa}) {
        EXPECT_TRUE(isBlank(row, column));
    }
    EXPECT_DOUBLE_EQ(real(row, ListColumn::CoveredShare), 50.0);
    EXPECT_EQ(text(row, ListColumn::Hints), "线状:全长964.4米,涉及482.2米;生态保护红线482.2米");
}

TEST(ListRows, APointHasNoMeasureAtAll) {
    const layers::ListRow row = rowOf(numberedSample(), 5);
    for (const ListColumn column :
         {ListColumn::AreaHa, ListColumn::CoveredHa, ListColumn::StrictestHa, ListColumn::CoveredShare}) {
        EXPECT_TRUE(isBlank(row, column));
    }
    EXPECT_EQ(text(row, ListColumn::PatchId), "00000000000000000006");
    EXPECT_EQ(text(row, ListColumn::ZoneClass), "一级保护区");
    EXPECT_EQ(text(row, ListColumn::Verdict), "疑似需核实");
    EXPECT_EQ(text(row, ListColumn::Hints), "疑似压边;仅兜底规则;点位(精度半径30米)");
    EXPECT_EQ(text(row, ListColumn::Responsible), "泸定县人民政府;州生态环境局");
}

TEST(ListRows, TodaysLawIsSaidWhereItDiffers) {
    const layers::ListRow row = rowOf(numberedSample(), 8);
    EXPECT_EQ(text(row, ListColumn::Basis), "HX142 第2类;现行:疑似禁止,HX142 一(一)");
    EXPECT_EQ(text(row, ListColumn::County), "行政区外");
}

TEST(ListRows, HintsTellWhatTheRunLacksAndWhatIsNear) {
    app::CheckResult result = tests::sampleResult();
    result.zonesIncomplete = true;
    result.faults.push_back({"test", 1, 2});
    app::PatchResult& patch = result.results[1];
    patch.overlay.near = {{tests::sample::kWater, 8.5, 90, {}, {}}, {tests::sample::kReserve, 30, 0, {}, {}}};
    patch.overlay.overlaps.push_back(patch.overlay.overlaps.front());
    patch.overlay.overlaps.back().zone = tests::sample::kWetland;
    patch.certainty.push_back(layers::Certainty::Edge);
    patch.counties.push_back({1, patch.overlay.measure / 4, 0, {}});
    patch.counties.push_back({-1, patch.overlay.measure / 8, 0, {}});
    result.zones[tests::sample::kRedLine].approved =
        layers::parseDate("2026-04-01"); // after the earlier image
    result.judgements[3].confidence = layers::Confidence::Expert;
    app::orderAndNumber(result);
    EXPECT_EQ(
        text(rowOf(result, 1), ListColumn::Hints),
        "结果无效(合计不闭合);管控区不完整;擦边:自然公园湿地公园;依据待核;边界10米内:"
        "饮用水水源保护区一级保护区;"
        "边界50米内:自然保护区核心区;跨县:泸定县(25.00%);部分在行政区外(12.50%);历史遗留可能(活动早于批复)");
}

TEST(ListRows, WhatIsPrintedOfAPatchAddsUp) {
    app::CheckResult result = tests::sampleResult();
    app::PatchResult& patch = result.results[0];
    // A third of every atom lies in the second county.
    patch.counties = {{0, patch.overlay.measure * 2 / 3, patch.covered * 2 / 3, {}},
                      {1, patch.overlay.measure / 3, patch.covered / 3, {}}};
    for (const geo::Atom& atom : patch.overlay.atoms) {
        const double inside = atom.zones.empty() ? 0 : atom.measure;
        patch.counties[0].atoms.push_back(inside * 2 / 3);
        patch.counties[1].atoms.push_back(inside / 3);
    }
    const app::PrintedPatch printed = app::printedPatch(result, 0);
    ASSERT_EQ(printed.pieces.size(), 5U); // two covered atoms in two counties, the rest in one piece
    const std::int64_t sum =
        std::accumulate(printed.pieces.begin(), printed.pieces.end(), std::int64_t{0},
                        [](std::int64_t s, const auto& piece) { return s + piece.units; });
    EXPECT_EQ(sum, printed.units);
    EXPECT_EQ(app::unitsWhere(result, 0, printed, [](std::uint32_t) { return true; }), printed.covered);
}

TEST(ListRows, DegreesMinutesSecondsCarryOver) {
    EXPECT_EQ(app::degreesMinutesSeconds({101.96, 30.05}), "101°57′36.0″E, 30°03′00.0″N");
    EXPECT_EQ(app::degreesMinutesSeconds({101.9999999, 29.99999}), "102°00′00.0″E, 30°00′00.0″N");
    EXPECT_EQ(app::degreesMinutesSeconds({-0.5, -10.0}), "0°30′00.0″W, 10°00′00.0″S");
}

TEST(ListRows, FindingKeysAreStableAndTellFindingsApart) {
    const app::CheckResult result = numberedSample();
    const auto& findings = result.results[0].findings;
    const std::string key = app::findingKey(result, 0, findings[0]);
    EXPECT_EQ(key.size(), 64U);
    EXPECT_EQ(key, app::findingKey(tests::sampleResult(), 0, findings[0]));
    EXPECT_NE(key, app::findingKey(result, 0, findings[1]));
    app::CheckResult moved = numberedSample();
    moved.patches[0].shape.polygons[0].shell[1].x += 1e-9;
    EXPECT_NE(key, app::findingKey(moved, 0, findings[0]));
}

TEST(ListRows, ShareOfAnOverlap) {
    const app::CheckResult result = numberedSample();
    EXPECT_NEAR(*app::overlapShare(result, 0, 0), 0.5, 1e-9);
    EXPECT_EQ(app::overlapShare(result, 5, 0), std::nullopt);
}

TEST(ListRows, CodesBecomeNames) {
    app::CheckResult result = numberedSample();
    layers::Patch patch = result.patches[0];
    patch.activityText = "04";
    EXPECT_EQ(app::activityText(result, patch), "采石采矿");
    patch.activityText = "";
    patch.activity = "A99";
    EXPECT_EQ(app::activityText(result, patch), "不明");
    patch.later = layers::parseDate("2024年上半年");
    EXPECT_EQ(app::dateText(patch.later), "2024年上半年");
}

TEST(ListRows, KindsInTheirOrder) {
    using layers::ZoneKind;
    const std::vector<std::pair<ZoneKind, std::string>> order = {
        {ZoneKind::NationalPark, "核心保护区"}, {ZoneKind::NatureReserve, "实验区"},
        {ZoneKind::WaterSource, "一级"},        {ZoneKind::NaturePark, "湿地公园"},
        {ZoneKind::WaterSource, "二级"},        {ZoneKind::RedLine, "红线"},
        {ZoneKind::WaterSource, "准"}};
    for (std::size_t i = 0; i + 1 < order.size(); ++i) {
        EXPECT_LT(app::kindOrder(order[i].first, order[i].second),
                  app::kindOrder(order[i + 1].first, order[i + 1].second));
    }
    EXPECT_EQ(app::classTier(ZoneKind::NatureReserve, "缓冲区"), app::ClassTier::Core);
    EXPECT_EQ(app::classTier(ZoneKind::NatureReserve, "实验区"), app::ClassTier::General);
    EXPECT_EQ(app::classTier(ZoneKind::WaterSource, "准"), app::ClassTier::Outer);
}

} // namespace
