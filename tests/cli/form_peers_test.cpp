// The shipped forms as openpyxl reads them: merged header cells, values, totals.

#include "tests/support/project_story.hpp"

#include <cmath>
#include <cstdlib>

namespace {

using Json = tests::ProjectStory::Json;

class FormPeers : public testing::Test {
  protected:
    void SetUp() override {
        if (std::system("/usr/bin/python3 -c 'import openpyxl' >/dev/null 2>&1") != 0) {
            GTEST_SKIP() << "python3-openpyxl is not installed";
        }
        story.addZones();
        story.addBatch2();
        story.newRun("2026B2");
    }
    /// The only sheet of a shipped form's workbook.
    [[nodiscard]] Json sheetOf(const std::string& form, const std::string& name) const {
        const std::filesystem::path out = story.folder() / form;
        EXPECT_EQ(story.start("list", "export", {"--batch", "2026B2", "--form", form, "--out", out.string()})
                      .status,
                  0);
        const std::string read = (story.folder() / "read.json").string();
        const std::string command = "/usr/bin/python3 " SOURCE_ROOT "/tests/app/read_workbook.py '" +
                                    (out / (name + ".xlsx")).string() + "' >'" + read + "'";
        EXPECT_EQ(std::system(command.c_str()), 0);
        const Json sheets = Json::parse(tests::fileText(read)).at("sheets");
        EXPECT_EQ(sheets.size(), 1U);
        return sheets.begin().value();
    }
    /// Totals of results.gpkg's list as `case list` gives them are those of the list's CSV; here its columns.
    static std::int64_t sum(const Json& rows, std::size_t first, std::size_t count, std::size_t column,
                            double scale) {
        std::int64_t units = 0;
        for (std::size_t r = first; r < first + count; ++r) {
            units += rows[r][column].is_number() ? std::llround(rows[r][column].get<double>() * scale) : 0;
        }
        return units;
    }
    static bool isMerged(const Json& sheet, const std::string& range) {
        const Json& merged = sheet.at("merged");
        return std::find(merged.begin(), merged.end(), range) != merged.end();
    }
    tests::ProjectStory story;
};

TEST_F(FormPeers, ThePlatformTable) {
    const Json sheet = sheetOf("platform", "平台表");
    const Json& rows = sheet.at("rows");
    EXPECT_EQ(rows[0][0], "自然保护地人类活动遥感监测核实情况表");
    EXPECT_NE(rows[1][0].get<std::string>().find("以实地核查为准"), std::string::npos);
    // Three header rows from row 3 on: blocks, 时相 over its two columns, the others down to the last row.
    for (const char* range :
         {"A1:Y1", "A2:Y2", "A3:A5", "B3:N3", "D4:E4", "B4:B5", "O3:V3", "W3:X3", "Y3:Y5"}) {
        EXPECT_TRUE(isMerged(sheet, range)) << range << "\n" << sheet.at("merged");
    }
    EXPECT_EQ(rows[2][1], "遥感监测结果");
    EXPECT_EQ(rows[3][3], "时相");
    EXPECT_EQ(rows[4][3], "前时相");
    EXPECT_EQ(rows[2][14], "保护地初步核实情况");
    EXPECT_EQ(rows[2][22], "省级复核情况");
    EXPECT_EQ(sheet.at("freeze"), "A6");
    EXPECT_EQ(sheet.at("repeat"), "$3:$5");
    EXPECT_TRUE(sheet.at("formulas").empty());
    ASSERT_EQ(sheet.at("drop_downs").size(), 1U);
    EXPECT_NE(sheet.at("drop_downs")[0].get<std::string>().find("\"有,无\""), std::string::npos);

    const Json list = story.run({"list"}, "case", {"--batch", "2026B2", "--limit", "1000"});
    const std::size_t count = list.at("cases").size();
    constexpr std::size_t kHead = 5;
    constexpr std::size_t kArea = 11;
    constexpr std::size_t kRoad = 12;
    const Json& total = rows[kHead + count];
    EXPECT_EQ(total[0], "合计");
    EXPECT_EQ(sum(rows, kHead, count, kArea, 1e4), std::llround(total[kArea].get<double>() * 1e4));
    EXPECT_EQ(sum(rows, kHead, count, kRoad, 10), std::llround(total[kRoad].get<double>() * 10));
    EXPECT_GT(total[kArea].get<double>(), 0);
    EXPECT_GT(total[kRoad].get<double>(), 0);
    const std::string footer = rows[kHead + count + 1][0];
    char expected[200];
    std::snprintf(expected, sizeof expected, "数量：%zu 处　　面积：%.4f 公顷　　道路：%.1f 米", count,
                  total[kArea].get<double>(), total[kRoad].get<double>());
    EXPECT_EQ(footer, expected);
    EXPECT_EQ(rows[kHead + count + 2][0], "填表人：");
    for (std::size_t n = 0; n < count; ++n) {
        EXPECT_EQ(rows[kHead + n][0], n + 1);
        EXPECT_TRUE(rows[kHead + n][1].is_string());
    }
}

TEST_F(FormPeers, TheOverviewSaysThatItsColumnsAreNotVerified) {
    const Json sheet = sheetOf("overview", "实地核查处理情况一览表(列未经核实)");
    const Json& rows = sheet.at("rows");
    const std::string alert = rows[2][0];
    EXPECT_EQ(alert.rfind("列未经核实", 0), 0U) << alert;
    EXPECT_NE(alert.find("依据待核"), std::string::npos);
    EXPECT_TRUE(isMerged(sheet, "D4:F4")) << sheet.at("merged");
    EXPECT_EQ(rows[3][3], "自然保护地");
    EXPECT_EQ(rows[4][24], "状态");
    EXPECT_EQ(rows[5][24], "待研判");
}

} // namespace
