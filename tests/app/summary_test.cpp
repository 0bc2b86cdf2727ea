// 汇总表 and 核查说明 of the sample check.

#include "app/check/list_rows.hpp"
#include "app/report/summary.hpp"
#include "app/report/workbook.hpp"
#include "tests/support/sample_result.hpp"

#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>

namespace {

using layers::Value;

app::CheckResult sample() {
    app::CheckResult result = tests::sampleResult();
    result.rules.activities = {{"A01", "采石采矿"}};
    app::orderAndNumber(result);
    return result;
}

std::int64_t whole(const Value& value) {
    return std::get<std::int64_t>(value);
}
double real(const Value& value) {
    return std::get<double>(value);
}

std::vector<Value> lineOf(const app::SummaryTable& table, const std::string& label) {
    const auto line = std::find_if(table.rows.begin(), table.rows.end(),
                                   [&](const auto& row) { return row.front() == Value(label); });
    EXPECT_NE(line, table.rows.end()) << label;
    return line == table.rows.end() ? std::vector<Value>{} : *line;
}

bool holdsText(const std::vector<app::ExplanationLine>& lines, const std::string& text) {
    return std::any_of(lines.begin(), lines.end(), [&](const app::ExplanationLine& line) {
        return line.text.find(text) != std::string::npos || line.label == text;
    });
}

/// Column numbers of the first table.
enum Column {
    Total = 1,
    ListedCount,
    ListedHa,
    RedLineCount,
    RedLineHa,
    CoreCount,
    CoreHa,
    ParkCount = 10,
    WaterFirstCount = 12,
    Prohibited = 18,
    NeedsCheck,
    Restricted,
    NeedsPermit,
    Priority1,
    Priority2,
    Priority3,
    Near,
    Duplicate,
    ColumnCount
};

TEST(Summary, TotalsAreSumsOfPrintedValuesInEveryTable) {
    for (const app::SummaryTable& table : app::summaryTables(sample())) {
        ASSERT_FALSE(table.rows.empty());
        for (std::size_t c = 0; c < table.decimals.size(); ++c) {
            if (table.decimals[c] < 0) {
                continue;
            }
            std::int64_t units = 0;
            std::int64_t count = 0;
            for (std::size_t r = 0; r + 1 < table.rows.size(); ++r) {
                if (table.decimals[c] == 0) {
                    count += whole(table.rows[r][c]);
                } else {
                    units += std::llround(real(table.rows[r][c]) * 1e4);
                }
            }
            if (table.decimals[c] == 0) {
                EXPECT_EQ(count, whole(table.rows.back()[c])) << table.title << " column " << c;
            } else {
                EXPECT_EQ(units, std::llround(real(table.rows.back()[c]) * 1e4))
                    << table.title << " column " << c;
            }
        }
    }
}

TEST(Summary, EveryRowIsAsWideAsItsHeader) {
    for (const app::SummaryTable& table : app::summaryTables(sample())) {
        for (const auto& header : table.headers) {
            EXPECT_EQ(header.size(), table.decimals.size()) << table.title;
        }
        for (const auto& row : table.rows) {
            EXPECT_EQ(row.size(), table.decimals.size()) << table.title;
        }
    }
}

TEST(Summary, ByCountyCountsEveryPatchReadOnce) {
    const app::CheckResult result = sample();
    const app::SummaryTable table = app::summaryTables(result)[0];
    ASSERT_EQ(table.decimals.size(), static_cast<std::size_t>(ColumnCount));
    EXPECT_EQ(whole(table.rows.back()[Total]), 11); // nine patches and two rejects
    const std::vector<Value> kangding = lineOf(table, "康定市");
    EXPECT_EQ(whole(kangding[Total]), 5);
    EXPECT_EQ(whole(kangding[ListedCount]), 3);
    EXPECT_EQ(whole(kangding[RedLineCount]), 3);
    EXPECT_EQ(whole(kangding[CoreCount]), 1);
    EXPECT_EQ(whole(kangding[Prohibited]), 1);
    EXPECT_EQ(whole(kangding[NeedsPermit]), 2);
    EXPECT_EQ(whole(kangding[Priority1]), 1);
    EXPECT_EQ(whole(kangding[Priority3]), 2);
    EXPECT_EQ(whole(kangding[Near]), 1);
    EXPECT_EQ(whole(kangding[Duplicate]), 1);
    // De-duplicated: the reserve lies in the red line, and is counted once.
    EXPECT_DOUBLE_EQ(real(kangding[ListedHa]), real(kangding[RedLineHa]));
    EXPECT_LT(real(kangding[CoreHa]), real(kangding[RedLineHa]));
    const std::vector<Value> luding = lineOf(table, "泸定县");
    EXPECT_EQ(whole(luding[WaterFirstCount]), 1);
    EXPECT_EQ(real(luding[ListedHa]), 0); // a point
    EXPECT_EQ(whole(lineOf(table, "行政区外")[Restricted]), 1);
    EXPECT_EQ(whole(lineOf(table, "数据错误(未核查)")[Total]), 2);
    EXPECT_EQ(table.notes.front(),
              "注：同一图斑涉及多类管控区的分别计入各类，分类之和不等于合计；合计已去重。");
}

TEST(Summary, AgreesWithTheListsTotals) {
    const app::CheckResult result = sample();
    const auto tables = app::summaryTables(result);
    const app::PrintedTotals totals = app::printedTotals(result);
    EXPECT_DOUBLE_EQ(real(tables[0].rows.back()[ListedHa]), totals.coveredHa);
    EXPECT_DOUBLE_EQ(real(tables[1].rows.back()[3]), totals.coveredHa);
    EXPECT_EQ(whole(tables[1].rows.back()[2]), static_cast<std::int64_t>(result.listed.size()));
}

TEST(Summary, APatchAcrossCountiesCountsOnceAndItsAreaIsSplit) {
    app::CheckResult result = sample();
    app::PatchResult& patch = result.results[1]; // wholly in the red line
    const double measure = patch.overlay.measure;
    patch.counties = {{0, measure * 0.75, measure * 0.75, {measure * 0.75}},
                      {1, measure * 0.25, measure * 0.25, {measure * 0.25}}};
    const app::SummaryTable before = app::summaryTables(sample())[0];
    const app::SummaryTable after = app::summaryTables(result)[0];
    const std::vector<Value> luding = lineOf(after, "泸定县");
    EXPECT_EQ(whole(luding[ListedCount]), 1); // the point alone
    EXPECT_NEAR(real(luding[RedLineHa]), measure / 4 / 1e4, 1e-4);
    EXPECT_EQ(after.rows.back(), before.rows.back());
}

TEST(Summary, TheStricterClassTakesWhatTwoClassesOfAKindCover) {
    app::CheckResult result = sample();
    // The middle atom of the first patch: an experimental zone laid over the core zone by mistake.
    layers::Zone general = result.zones[tests::sample::kReserve];
    general.zoneClass = "实验区";
    result.zones.push_back(general);
    const auto number = static_cast<std::uint32_t>(result.zones.size() - 1);
    app::PatchResult& patch = result.results[0];
    patch.overlay.overlaps.push_back(patch.overlay.overlaps[0]);
    patch.overlay.overlaps.back().zone = number;
    patch.certainty.push_back(layers::Certainty::Certain);
    patch.findings.push_back({number, 2, 0, 0, layers::Certainty::Certain});
    patch.overlay.atoms[0].zones.push_back(number); // under core and general
    patch.overlay.atoms[1].zones.push_back(number); // under general alone
    const std::vector<Value> line = lineOf(app::summaryTables(result)[0], "康定市");
    const std::vector<Value> before = lineOf(app::summaryTables(sample())[0], "康定市");
    EXPECT_EQ(real(line[CoreHa]), real(before[CoreHa]));
    constexpr std::size_t kGeneralHa = CoreHa + 2;
    EXPECT_NEAR(real(line[kGeneralHa]), patch.overlay.atoms[1].measure / 1e4, 1e-4);
    EXPECT_EQ(real(line[ListedHa]), real(before[ListedHa]));
}

TEST(Summary, ByPlaceNamesReservesAndWaterSources) {
    const app::SummaryTable table = app::summaryTables(sample())[2];
    ASSERT_EQ(table.rows.size(), 3U);
    EXPECT_EQ(table.rows[0][0], Value(std::string("示例自然保护区")));
    EXPECT_EQ(table.rows[0][1], Value(std::string("自然保护区(国家级)")));
    EXPECT_EQ(whole(table.rows[0][2]), 1);
    EXPECT_EQ(table.rows[1][0], Value(std::string("示例水源地")));
}

TEST(Summary, SaysWhenTheRunIsNotToBeTrusted) {
    app::CheckResult result = sample();
    result.zonesIncomplete = true;
    result.faults.push_back({"某合计", 1, 2});
    for (const app::SummaryTable& table : app::summaryTables(result)) {
        EXPECT_EQ(table.notes[0].find("结果无效"), 0U);
        EXPECT_EQ(table.notes[1].find("管控区不完整"), 0U);
    }
    const auto lines = app::explanation(result);
    EXPECT_EQ(lines[0].label, "结果无效");
    EXPECT_TRUE(holdsText(lines, "管控区不完整"));
    EXPECT_TRUE(holdsText(lines, "某合计"));
}

TEST(Summary, HeaderCellsGrowTogether) {
    const auto spans = app::headerSpans({{"县", "红线", "", "保护区", "", "", ""},
                                         {"", "", "", "核心", "", "一般", ""},
                                         {"", "处", "公顷", "处", "公顷", "处", "公顷"}});
    const auto find = [&](const std::string& text) {
        return *std::find_if(spans.begin(), spans.end(), [&](const auto& span) { return span.text == text; });
    };
    EXPECT_EQ(find("县").lastRow, 2U);
    EXPECT_EQ(find("县").lastColumn, 0U);
    EXPECT_EQ(find("红线").lastRow, 1U);
    EXPECT_EQ(find("红线").lastColumn, 2U);
    EXPECT_EQ(find("保护区").lastRow, 0U);
    EXPECT_EQ(find("保护区").lastColumn, 6U);
    EXPECT_EQ(find("核心").lastColumn, 4U);
    EXPECT_EQ(find("核心").lastRow, 1U);
}

TEST(Explanation, TellsWhatASignerMustKnow) {
    app::CheckResult result = sample();
    result.rules.name = "默认规则";
    result.rules.version = "1";
    result.rules.fileName = "default";
    result.rules.sha256 = std::string(64, 'f');
    result.countiesOfInput = {{}, {0, 1}, {0}, {}, {}};
    result.judgements[2].confidence = layers::Confidence::Expert;
    result.residualM2 = 2.5e-7;
    const auto lines = app::explanation(result);
    for (const char* text :
         {"以实地核查为准", "读入 11 = 清单 5 + 临界 2 + 不涉及 1 + 重复 1 + 错误 2(闭合)", "2.50e-07",
          "sha256 aaaa", "坐标系 EPSG:4490(from the file)", "编码 UTF-8(from the file)",
          "字段对应 id=TBBH，activity=HDLX", "版本 2022，示例函〔2022〕1号，批复 2022-10-01",
          "生态保护红线 示例红线.gpkg(图层 示例红线)：康定市、泸定县", "有图斑而没有自然保护地数据：泸定县",
          "有图斑而没有饮用水水源保护区数据：康定市、泸定县", "临界距离(near_m) = 50 m",
          "默认规则，版本 1，文件 default", "依据待核的规则 1 条、线索 1 条：XX-98",
          "国土调查办发〔2008〕32号", "面积下限 = max(0, 面积 − e·L)",
          "e = √(图斑误差² + 边界误差²) = 7.07 米", "EcoRedline " ECOREDLINE_VERSION}) {
        EXPECT_TRUE(holdsText(lines, text)) << text;
    }
}

} // namespace
