// What the coordinates of a table mean: swapped columns, X as north, metres with and without 带号, one row of
// another kind, shifted and coarse ones.

#include "tests/layers/table_reading.hpp"

#include <string>

namespace {

using layers::ProblemKind;
using tests::expectPoint;
using tests::Patches;
using tests::Tables;

TEST_F(Tables, SwappedColumnsAreRefusedAndMapSettlesThem) {
    const std::string text = "编号,经度,纬度\n1,30.05,101.96\n2,30.06,101.97\n";
    const std::string message = refusal(text);
    EXPECT_NE(message.find("--map changes.lon=纬度 --map changes.lat=经度"), std::string::npos) << message;
    layers::ReadOptions given = options();
    given.mapping = {{"lon", "纬度"}, {"lat", "经度"}};
    expectPoint(read(text, given), 0, 101.96, 30.05);
    // In the west of China a swapped longitude could still be a latitude by definition.
    EXPECT_NE(refusal("经度,纬度\n31.5,80.1\n").find("--map"), std::string::npos);
    EXPECT_NE(refusal("经度,纬度\nN31.5,E80.1\n").find("--map"), std::string::npos);
}

TEST_F(Tables, ASingleSwappedRowIsRejected) {
    const Patches result = read("编号,经度,纬度\n1,101.96,30.05\n2,30.06,85.97\n");
    ASSERT_EQ(result.records.size(), 1U);
    ASSERT_EQ(result.rejects.size(), 1U);
    EXPECT_EQ(result.rejects[0].feature, 3);
    EXPECT_NE(result.rejects[0].reasonZh.find("颠倒"), std::string::npos);
}

TEST_F(Tables, XIsNorthForSurveyors) {
    const std::string text = "点号,X,Y\n1,3320113.398,34500000.000\n2,3320200,34500100\n";
    layers::ReadOptions metres = options();
    metres.crs = "EPSG:4522";
    const std::string message = refusal(text, metres);
    EXPECT_NE(message.find("--map changes.lon=Y --map changes.lat=X"), std::string::npos) << message;
    EXPECT_NE(message.find("X is north"), std::string::npos) << message;
    metres.mapping = {{"lon", "Y"}, {"lat", "X"}};
    const Patches result = read(text, metres);
    ASSERT_EQ(result.records.size(), 2U);
    EXPECT_NEAR(result.records[0].shape.points.front().x, 102, 1e-8); // domain.md 3.1: 102°E 30°N
    EXPECT_NEAR(result.records[0].shape.points.front().y, 30, 1e-8);
    EXPECT_EQ(result.report.crs, "EPSG:4522");
}

TEST_F(Tables, MetresWithAndWithoutZoneNumber) {
    layers::ReadOptions metres = options();
    metres.crs = "EPSG:4522";
    const Patches result =
        read("编号,横坐标,纵坐标\n1,34500000,3320113.398\n2,33500000,3320113\n3,101.5,30.5\n"
             "4,500000,3320113\n5,34500000,99\n",
             metres);
    ASSERT_EQ(result.records.size(), 1U);
    ASSERT_EQ(result.rejects.size(), 4U);
    EXPECT_NE(result.rejects[0].reasonEn.find("zone 33"), std::string::npos) << result.rejects[0].reasonEn;
    EXPECT_NE(result.rejects[1].reasonEn.find("in degrees"), std::string::npos);
    EXPECT_NE(result.rejects[2].reasonEn.find("zone 0"), std::string::npos);
    EXPECT_NE(result.rejects[3].reasonEn.find("one coordinate"), std::string::npos)
        << result.rejects[3].reasonEn;
    layers::ReadOptions none = options();
    none.crs.clear();
    const std::string sixDigits = refusal("编号,横坐标,纵坐标\n1,500000,3320113.398\n", none);
    EXPECT_NE(sixDigits.find("--crs changes"), std::string::npos) << sixDigits;
}

TEST_F(Tables, DegreesWithoutCrsAreNotGuessed) {
    layers::ReadOptions none = options();
    none.crs.clear();
    const std::string text = refusal("编号,经度,纬度\n1,101.96,30.05\n", none);
    EXPECT_NE(text.find("--crs changes=EPSG:n"), std::string::npos) << text;
}

TEST_F(Tables, OneRowInMetresAmongDegreesIsTheOnlyOneRejected) {
    std::string text = "编号,经度,纬度\n";
    for (int n = 0; n < 50; ++n) {
        text += std::to_string(n) + ",101." + std::to_string(100 + n) + ",30.5\n";
    }
    const Patches result = read(text + "x,34403031.25,3265106.25\n");
    EXPECT_EQ(result.records.size(), 50U);
    ASSERT_EQ(result.rejects.size(), 1U);
    EXPECT_NE(result.rejects[0].reasonEn.find("in metres, where the other rows are in degrees"),
              std::string::npos)
        << result.rejects[0].reasonEn;
}

TEST_F(Tables, CoarseCoordinatesAreTold) {
    EXPECT_NE(tests::problemOf(read("编号,经度,纬度\n1,101.96,30.05\n").problems, ProblemKind::CrsSuspicious),
              nullptr);
    EXPECT_EQ(tests::problemOf(read("编号,经度,纬度\n1,101.96123,30.05123\n2,101.9,30.05\n").problems,
                               ProblemKind::CrsSuspicious),
              nullptr);
}

TEST_F(Tables, OvitalMarksAreTold) {
    const std::string rows = "g,102.1001,30.2001,采石场\ng,102.2,30.3,道路\nb,102.3,30.3,道路\n";
    EXPECT_NE(refusal(rows).find("GCJ-02"), std::string::npos);
    layers::ReadOptions given = options();
    given.mapping = {{"lon", "field_2"}, {"lat", "field_3"}};
    const Patches result = read(rows, given);
    ASSERT_EQ(result.records.size(), 3U);
    std::vector<std::pair<std::string, std::int64_t>> told;
    for (const layers::Problem& problem : result.problems) {
        if (problem.kind == ProblemKind::CrsSuspicious) {
            told.emplace_back(problem.textEn.substr(0, 10), problem.count);
        }
    }
    EXPECT_EQ(told,
              (std::vector<std::pair<std::string, std::int64_t>>{{"marked \"g\"", 2}, {"marked \"b\"", 1}}));
    // Ids and classes may be "b", too: every row of an unnamed column is evidence, and no less.
    for (const char* text :
         {"类,经度,纬度\ng,102.1001,30.2001\nh,102.2,30.3\n", "类,经度,纬度\nb,102.1001,30.2001\n",
          "图斑编号,经度,纬度\nb,102.1001,30.2001\nB,102.2,30.3\n",
          "等级,经度,纬度\nb,102.1001,30.2001\nb,102.2,30.3\n"}) {
        const Patches none = read(text);
        EXPECT_EQ(tests::problemOf(none.problems, ProblemKind::CrsSuspicious), nullptr) << text;
    }
    const Patches marked = read("类,经度,纬度\nb,102.1001,30.2001\nb,102.2,30.3\n");
    EXPECT_NE(tests::problemOf(marked.problems, ProblemKind::CrsSuspicious), nullptr);
}

TEST_F(Tables, PlacesOutsideChinaAreErrorsWithTheirRows) {
    std::string text = "编号,经度,纬度\n1,101.50001,30.50001\n";
    for (int n = 2; n <= 8; ++n) {
        text += std::to_string(n) + ",6.25001,30.50001\n";
    }
    const Patches result = read(text);
    EXPECT_EQ(result.records.size(), 8U) << "read as they are";
    const layers::Problem* told = tests::problemOf(result.problems, ProblemKind::CrsSuspicious);
    ASSERT_NE(told, nullptr);
    EXPECT_EQ(told->severity, layers::Severity::Error);
    EXPECT_EQ(told->count, 7);
    EXPECT_EQ(told->feature, 3);
    EXPECT_NE(told->textEn.find(": 3, 4, 5, 6, 7 …"), std::string::npos) << told->textEn;
    const Patches all = read("编号,经度,纬度\n1,101.50001,30.50001\n");
    EXPECT_EQ(tests::problemOf(all.problems, ProblemKind::CrsSuspicious), nullptr);
}

TEST_F(Tables, DegreesMinutesAndSecondsInColumnsOfTheirOwn) {
    const std::string heading = "清单,,,,,,,\n编号,经度,,,纬度,,,备注\n,度,分,秒,度,分,秒,\n";
    const Patches result =
        read(heading + "1,101,57,36,30,15,20,甲\n2,101.5,,,30,30,,乙\n3,101,60,0,30,0,0,丙\n"
                       "4,,,,,,,丁\n");
    ASSERT_EQ(result.records.size(), 2U);
    tests::expectPoint(result, 0, 101.96, 30 + 15 / 60.0 + 20 / 3600.0);
    tests::expectPoint(result, 1, 101.5, 30.5);
    EXPECT_EQ(result.records[0].feature, 4);
    EXPECT_EQ(result.report.fields[2], "经度（分）");
    ASSERT_EQ(result.rejects.size(), 2U);
    EXPECT_EQ(result.rejects[0].reasonZh, "第 6 行，列“经度”，值“101°60′0″”：分不小于 60");
    const layers::Problem* told = tests::problemOf(result.problems, ProblemKind::FieldAmbiguous);
    ASSERT_NE(told, nullptr);
    // Degrees only, and a heading without the last empty cells.
    const Patches degrees = read("编号,经度,纬度\n,（度）,（度）\n1,101.5,30.5\n");
    ASSERT_EQ(degrees.records.size(), 1U);
    tests::expectPoint(degrees, 0, 101.5, 30.5);
    const Patches shortHeading = read("编号,经度,,,纬度\n,度,分,秒,度,分,秒\n1,101,57,36,30,15,20\n");
    tests::expectPoint(shortHeading, 0, 101.96, 30 + 15 / 60.0 + 20 / 3600.0);
    // What cannot be told is refused.
    for (const char* text : {"编号,经度,,,纬度,备注,用途\n,度,分,秒,度,分,秒\n1,101,57,36,30,15,20\n",
                             "编号,,经度,,纬度,,\n,度,分,秒,度,分,秒\n1,101,57,36,30,15,20\n"}) {
        EXPECT_NE(refusal(text).find("101°57′36″"), std::string::npos) << refusal(text);
    }
}

TEST_F(Tables, DegreesMinutesAndSecondsNamedInOneHeading) {
    for (const char* heading :
         {"编号,经度(度),经度(分),经度(秒),纬度(度),纬度(分),纬度(秒)\n",
          "编号,经度（度）,经度（分）,经度（秒）,纬度（度）,纬度（分）,纬度（秒）\n",
          "编号,东经度,东经分,东经秒,北纬度,北纬分,北纬秒\n", "编号,JD_度,JD_分,JD_秒,WD_度,WD_分,WD_秒\n"}) {
        SCOPED_TRACE(heading);
        const Patches result =
            read(std::string(heading) + "1,101,57,36,30,15,20\n2,101.5,,,30,30,\n3,101,60,0,30,0,0\n");
        ASSERT_EQ(result.records.size(), 2U);
        tests::expectPoint(result, 0, 101.96, 30 + 15 / 60.0 + 20 / 3600.0);
        tests::expectPoint(result, 1, 101.5, 30.5);
        ASSERT_EQ(result.rejects.size(), 1U);
        EXPECT_NE(result.rejects[0].reasonZh.find("101°60′0″"), std::string::npos);
        EXPECT_NE(tests::problemOf(result.problems, ProblemKind::FieldAmbiguous), nullptr);
    }
    // Out of order, apart, twice: asked for.
    for (const char* text : {"编号,经度(分),经度(度),纬度\n1,57,101,30.5\n",
                             "编号,经度(度),备注,经度(分),纬度\n1,101,,57,30.5\n",
                             "编号,经度,经度(度),经度(分),纬度\n1,101.5,101,30,30.5\n"}) {
        EXPECT_NE(refusal(text).find("--map"), std::string::npos) << refusal(text);
    }
}

TEST_F(Tables, AMonthThatMayBeJanuaryOrOctoberIsNoDate) {
    layers::ReadOptions options = Tables::options();
    options.mapping = {{"later", "后时相"}};
    const Patches result =
        read("编号,经度,纬度,后时相\n1,101.5,30.5,2024.1\n2,101.6,30.5,2024.10\n", options);
    ASSERT_EQ(result.records.size(), 2U);
    EXPECT_EQ(result.records[0].later.first, std::nullopt);
    EXPECT_EQ(result.records[0].later.raw, "2024.1");
    EXPECT_EQ(result.records[1].later.first, layers::dayFromIso("2024-10-01")) << "a text keeps its zero";
    const layers::Problem* told = tests::problemOf(result.problems, ProblemKind::ValueUnreadable);
    ASSERT_NE(told, nullptr);
    EXPECT_NE(told->textEn.find("January or October"), std::string::npos);
}

} // namespace
