// CSV and text tables with coordinates: encodings, delimiters, columns, rows that cannot be read.

#include "layers/csv_parser.hpp"
#include "tests/layers/table_reading.hpp"
#include "tests/support/recode.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace {

namespace fs = std::filesystem;
using layers::ProblemKind;
using tests::expectPoint;
using tests::Patches;
using tests::Tables;

std::string replaced(std::string text, char from, const std::string& to) {
    for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) {
        text.replace(at, 1, to);
    }
    return text;
}

TEST_F(Tables, EveryEncodingWithEveryDelimiter) {
    struct Case {
        std::string encoding; ///< of the file
        std::string mark;
        std::string decided;
    };
    const std::vector<Case> cases{
        {"UTF-8", "", "UTF-8"}, {"UTF-8", "\xEF\xBB\xBF", "UTF-8"}, {"GB18030", "", "GB18030"},
        {"GBK", "", "GB18030"}, {"UTF-16LE", "\xFF\xFE", "UTF-16"}, {"UTF-16BE", "\xFE\xFF", "UTF-16"}};
    // 東 and 亅 end in bytes that are | and } in GBK.
    const std::string plain = "编号;经度;纬度;备注\n007;101°57′36″;30.05;采石场東亅，甘孜\n"
                              "008;101.5;30.25;\"两行\n备注 \"\"引号\"\"\"\n";
    for (const Case& c : cases) {
        for (const std::string delimiter : {",", ";", "\t", "|"}) {
            for (const std::string end : {"\n", "\r\n"}) {
                const std::string text = replaced(replaced(plain, ';', delimiter), '\n', end);
                const Patches result = read(c.mark + tests::encoded(text, c.encoding));
                const std::string where = c.encoding + " " + delimiter + " " + std::to_string(end.size());
                ASSERT_EQ(result.records.size(), 2U) << where;
                EXPECT_EQ(result.report.encoding, c.decided) << where;
                EXPECT_NE(result.report.encodingReason.find("delimiter"), std::string::npos) << where;
                expectPoint(result, 0, 101.96, 30.05);
                expectPoint(result, 1, 101.5, 30.25);
                EXPECT_EQ(result.records[0].raw,
                          (std::vector<std::string>{"007", "101°57′36″", "30.05", "采石场東亅，甘孜"}))
                    << where;
                EXPECT_EQ(result.records[1].raw.back(), "两行" + end + "备注 \"引号\"") << where;
                EXPECT_EQ(result.records[1].feature, 3) << where;
                EXPECT_EQ(result.report.fields, (std::vector<std::string>{"编号", "经度", "纬度", "备注"}));
            }
        }
    }
}

TEST_F(Tables, AGuessedEncodingIsTold) {
    const std::string text = "编号,经度,纬度,地名\n1,101.5,30.1,康定市采石场\n";
    const Patches result = read(tests::encoded(text, "GB18030"));
    const layers::Problem* problem = tests::problemOf(result.problems, ProblemKind::EncodingGuessed);
    ASSERT_NE(problem, nullptr);
    EXPECT_NE(problem->textZh.find("康定市采石场"), std::string::npos);
    layers::ReadOptions given = options();
    given.encoding = "GBK";
    EXPECT_EQ(read(tests::encoded(text, "GB18030"), given).report.encodingReason,
              "given by --encoding, delimiter ,");
    given.encoding = "NOPE-1";
    EXPECT_NE(refusal(text, given).find("--encoding"), std::string::npos);
}

TEST_F(Tables, BytesThatDoNotFitAreCounted) {
    layers::ReadOptions given = options();
    given.encoding = "UTF-8";
    const Patches result = read("编号,经度,纬度\nA\xFF,101.5,30.1\n", given);
    ASSERT_EQ(result.records.size(), 1U);
    EXPECT_NE(tests::problemOf(result.problems, ProblemKind::EncodingDoubtful), nullptr);
}

TEST_F(Tables, ColumnsByName) {
    const std::vector<std::pair<std::string, std::string>> headings{
        {"经度", "纬度"},         {"中心经度", "中心纬度"},     {"ZXJD", "ZXWD"},
        {"Lon", "Lat"},           {"LONGITUDE", "latitude"},    {"X", "Y"},
        {"东经", "北纬"},         {"经度(°)", "纬度(°)"},       {"经度（度分秒）", "纬度（度分秒）"},
        {"ＺＸＪＤ", "ＺＸＷＤ"}, {"center_lon", "center_lat"}, {"X坐标", "Y坐标"},
        {"POINT_X", "POINT_Y"}};
    for (const auto& [x, y] : headings) {
        std::string text = "编号,";
        text.append(y).append(",").append(x).append("\n1,30.05,101.96\n");
        const Patches result = read(text);
        expectPoint(result, 0, 101.96, 30.05);
        const auto& mapping = result.report.mapping;
        EXPECT_NE(std::find(mapping.begin(), mapping.end(), std::pair<std::string, std::string>("lon", x)),
                  mapping.end())
            << x;
    }
    for (const std::string both : {"坐标", "经纬度", "中心点坐标", "XY"}) {
        const Patches result = read("编号," + both + "\n1,\"101°57′36″E, 30°03′N\"\n2,\"30.06,101.97\"\n");
        expectPoint(result, 0, 101.96, 30.05);
        expectPoint(result, 1, 101.97, 30.06);
        EXPECT_NE(tests::problemOf(result.problems, ProblemKind::CrsSuspicious), nullptr)
            << "the second row has its latitude first, and that is told";
    }
}

TEST_F(Tables, ColumnsByMap) {
    layers::ReadOptions given = options();
    given.mapping = {{"lon", "甲"}, {"lat", "乙"}};
    expectPoint(read("号,乙,甲\n1,30.05,101.96\n", given), 0, 101.96, 30.05);
    EXPECT_NE(refusal("号,乙,丙\n1,30.05,101.96\n", given).find("--map changes.lon=甲"), std::string::npos);
    given.mapping = {{"lon", "甲"}};
    EXPECT_NE(refusal("号,乙,甲\n1,30.05,101.96\n", given).find("changes.lat"), std::string::npos);
    given.mapping = {{"xy", "点"}};
    expectPoint(read("号,点\n1,101.96 30.05\n", given), 0, 101.96, 30.05);
    const std::string text = refusal("号,乙,甲\n1,30.05,101.96\n");
    EXPECT_NE(text.find("--map changes.lon=甲"), std::string::npos) << "a hint by the values: " << text;
    EXPECT_NE(text.find("--map changes.lat=乙"), std::string::npos) << text;
    EXPECT_NE(refusal("经度,ZXJD,纬度\n101.9,101.9,30.1\n").find("经度, ZXJD"), std::string::npos);
}

TEST_F(Tables, MapOfCoordinatesIsForTablesOnly) {
    layers::ReadOptions given = options();
    given.mapping = {{"lon", "甲"}};
    const fs::path file =
        write(R"({"type":"FeatureCollection","features":[{"type":"Feature","properties":{"a":"b"},)"
              R"("geometry":{"type":"Point","coordinates":[101,30]}}]})",
              "a.geojson");
    const std::string text = tests::errorOf([&] { static_cast<void>(tests::patchesOf(file, given)); });
    EXPECT_NE(text.find("only tables"), std::string::npos) << text;
}

TEST_F(Tables, RowsThatCannotBeReadAreRejectsWithRowColumnValueAndReason) {
    const Patches result = read("编号,经度,纬度\n"
                                "1,101.96,30.05\n"
                                "2,101°75′,30.05\n"
                                "3,,\n"
                                "4,101.96,\n"
                                "5,无,无\n"
                                ",,\n"
                                "合计,,\n"
                                "6,\"101.9,30.1\",30.05\n"
                                "7,101.9,30.1,多出一格\n"
                                "8,101.9\n"
                                "9,101.91,30.05,\n");
    ASSERT_EQ(result.records.size(), 2U);
    ASSERT_EQ(result.rejects.size(), 8U);
    EXPECT_EQ(result.rejects[0].reasonZh, "第 3 行，列“经度”，值“101°75′”：分不小于 60");
    EXPECT_EQ(result.rejects[0].raw, (std::vector<std::string>{"2", "101°75′", "30.05"}));
    EXPECT_EQ(result.rejects[0].feature, 3);
    EXPECT_NE(result.rejects[1].reasonEn.find("no geometry"), std::string::npos);
    EXPECT_NE(result.rejects[2].reasonEn.find("row 5, column \"纬度\""), std::string::npos);
    EXPECT_NE(result.rejects[3].reasonEn.find("not a coordinate"), std::string::npos);
    EXPECT_EQ(result.rejects[4].raw.front(), "合计");
    EXPECT_NE(result.rejects[5].reasonEn.find("more than one coordinate"), std::string::npos);
    EXPECT_NE(result.rejects[6].reasonEn.find("row 10 has 4 cells"), std::string::npos);
    EXPECT_EQ(result.rejects[6].raw.back(), "30.1 多出一格");
    EXPECT_NE(result.rejects[7].reasonEn.find("column \"纬度\""), std::string::npos);
    EXPECT_EQ(result.report.features, 10); // the blank row is told
    const layers::Problem* blank = tests::problemOf(result.problems, ProblemKind::FeaturesLost);
    ASSERT_NE(blank, nullptr);
    EXPECT_EQ(blank->count, 1);
}

TEST_F(Tables, NoRowThatCanBeReadStopsTheRun) {
    const std::string text = refusal("编号,经度,纬度\n1,东边,西边\n");
    EXPECT_NE(text.find("row 2"), std::string::npos) << text;
    EXPECT_NE(text.find("东边"), std::string::npos) << text;
}

TEST_F(Tables, TitlesAboveTheHeadingAndTwinColumns) {
    const Patches result = read("甘孜州疑似问题清单,,,\n,,,\n编号,经度,纬度,经度\n1,101.96,30.05,101.97\n");
    expectPoint(result, 0, 101.96, 30.05);
    EXPECT_EQ(result.records[0].feature, 4);
    EXPECT_EQ(result.report.fields.back(), "经度_2");
    const layers::Problem* title = tests::problemOf(result.problems, ProblemKind::FieldAmbiguous);
    ASSERT_NE(title, nullptr);
    EXPECT_NE(title->textZh.find("甘孜州疑似问题清单"), std::string::npos);
}

TEST_F(Tables, WithoutHeadingTheColumnsAreCalledByPlace) {
    const std::string text = "1,101.96,30.05\n2,101.97,30.06\n";
    EXPECT_NE(refusal(text).find("--map changes.lon=field_2"), std::string::npos);
    layers::ReadOptions given = options();
    given.mapping = {{"lon", "field_2"}, {"lat", "field_3"}};
    const Patches result = read(text, given);
    ASSERT_EQ(result.records.size(), 2U);
    EXPECT_EQ(result.records[0].feature, 1);
    EXPECT_NE(tests::problemOf(result.problems, ProblemKind::FieldMissing), nullptr);
}

TEST_F(Tables, WktGivesItsGeometry) {
    layers::ReadOptions none = options();
    none.crs.clear();
    const Patches shapes = read("编号,WKT\n"
                                "1,\"SRID=4490;POLYGON((101 30,101.1 30,101.1 30.1,101 30.1,101 30))\"\n"
                                "2,\"LINESTRING(101 30,101.1 30)\"\n"
                                "3,\"POINT(101\"\n"
                                "4,\"POINT EMPTY\"\n"
                                "5,\"SRID=4326;POINT(101 30)\"\n"
                                "6,\"MULTIPOINT Z((101 30 4000),(101.1 30 4100))\"\n",
                                none);
    EXPECT_EQ(shapes.report.crs, "EPSG:4490");
    EXPECT_EQ(shapes.report.crsReason, "SRID of the WKT");
    ASSERT_EQ(shapes.records.size(), 3U);
    EXPECT_EQ(shapes.records[0].shape.polygons.size(), 1U);
    EXPECT_EQ(shapes.records[1].shape.lines.size(), 1U);
    EXPECT_EQ(shapes.records[2].shape.points.size(), 2U);
    ASSERT_EQ(shapes.rejects.size(), 3U);
    EXPECT_NE(shapes.rejects[0].reasonEn.find("not well-known text"), std::string::npos);
    EXPECT_NE(shapes.rejects[2].reasonEn.find("SRID"), std::string::npos);
}

TEST_F(Tables, CodesStayText) {
    const Patches result = read("编号,经度,纬度,码\n=\"00123\",101.96123,30.05,12345678901234567890\n");
    ASSERT_EQ(result.records.size(), 1U);
    EXPECT_EQ(result.records[0].raw,
              (std::vector<std::string>{"00123", "101.96123", "30.05", "12345678901234567890"}));
}

TEST_F(Tables, WhatIsNoTableIsSaid) {
    EXPECT_NE(refusal("").find("no rows"), std::string::npos);
    EXPECT_NE(refusal("\n\n").find("no rows"), std::string::npos);
    EXPECT_NE(refusal(std::string("PK\x03\x04zip", 7)).find("workbook"), std::string::npos);
    EXPECT_NE(refusal(std::string("a\0b", 3)).find("zero bytes"), std::string::npos);
    EXPECT_NE(refusal("编号,经度,纬度\n").find("no features"), std::string::npos);
    const std::string open = refusal("编号,经度,纬度\n1,101.9,30.1\n2,\"101.9,30.1\n3,101,30\n");
    EXPECT_NE(open.find("line 3"), std::string::npos) << open;
    const fs::path html = write("<html><table><tr><td>经度</td></tr></table></html>", "清单.xls");
    const std::string text = tests::errorOf([&] { static_cast<void>(tests::patchesOf(html, options())); });
    EXPECT_NE(text.find("HTML"), std::string::npos) << text;
    const fs::path named = write("编号\t经度\t纬度\n1\t101.9\t30.1\n", "清单.xls");
    const Patches result = tests::patchesOf(named, options());
    EXPECT_EQ(result.records.size(), 1U);
    EXPECT_NE(tests::problemOf(result.problems, ProblemKind::FileDamaged), nullptr);
}

TEST_F(Tables, PiecesThatEndAnywhereGiveTheSameRecords) {
    const std::string text = "a,\"b\r\n\"\"c\"\"\",d\r\ne,f'36\",\r\n\"\",x\ry,z";
    const std::vector<std::vector<std::string>> expected{
        {"a", "b\r\n\"c\"", "d"}, {"e", "f'36\"", ""}, {"", "x"}, {"y", "z"}};
    for (std::size_t size = 1; size <= text.size(); ++size) {
        std::size_t at = 0;
        layers::CsvParser parser(',', [&](std::string& piece) {
            piece = text.substr(std::min(at, text.size()), size);
            at += size;
            return !piece.empty();
        });
        std::vector<std::vector<std::string>> records;
        for (std::vector<std::string> cells; parser.next(cells);) {
            records.push_back(cells);
        }
        EXPECT_EQ(records, expected) << size;
    }
}

TEST_F(Tables, ALongTableKeepsEveryRow) {
    std::string text = "编号,经度,纬度,备注\n";
    constexpr int kRows = 60000; // several pieces and batches
    for (int n = 0; n < kRows; ++n) {
        text += std::to_string(n) + ",101." + std::to_string(100000 + n) + ",30.05,\"备注，第\n" +
                std::to_string(n) + " 行，甘孜藏族自治州康定市\"\n";
    }
    const Patches result = read(tests::encoded(text, "GB18030"));
    ASSERT_EQ(result.records.size(), static_cast<std::size_t>(kRows));
    for (int n = 0; n < kRows; n += 997) {
        EXPECT_EQ(result.records[static_cast<std::size_t>(n)].raw.front(), std::to_string(n));
    }
}

} // namespace
