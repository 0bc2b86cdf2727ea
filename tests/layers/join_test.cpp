// --join: attributes that come in a table of their own.

#include "tests/support/reading.hpp"
#include "tests/support/recode.hpp"
#include "tests/support/shapefile_bytes.hpp"
#include "tests/support/temporary_folder.hpp"

#include <fstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <xlsxwriter.h>

namespace {

namespace fs = std::filesystem;
using layers::Problem;
using layers::ProblemKind;
using layers::Role;
using layers::Severity;
using Patches = layers::ReadResult<layers::Patch>;

class Joins : public testing::Test {
  protected:
    /// A shapefile of squares with a number and a name each.
    fs::path layer(const std::vector<std::string>& ids) {
        tests::ShapefileBytes bytes;
        bytes.columns = {{"TBBH"}, {"NAME"}};
        for (const std::string& id : ids) {
            bytes.rows.push_back({id, "n" + id});
        }
        fs::path file = m_folder.path() / "patches.shp";
        bytes.write(file);
        return file;
    }

    fs::path table(const std::string& text, const std::string& name = "属性.csv") {
        fs::path file = m_folder.path() / name;
        std::ofstream(file, std::ios::binary) << text;
        return file;
    }

    static Patches read(const fs::path& layer, const fs::path& table, const std::string& left = "TBBH",
                        const std::string& right = "TBBH") {
        layers::ReadOptions options = tests::genericOptions(Role::Changes);
        options.crs = "EPSG:4490";
        options.join = layers::TableJoin{{table, {}}, left, right, {}};
        return tests::patchesOf(layer, options);
    }

    tests::TemporaryFolder m_folder;
};

/// All problems of a kind.
std::vector<Problem> problemsOf(const Patches& result, ProblemKind kind) {
    std::vector<Problem> found;
    std::copy_if(result.problems.begin(), result.problems.end(), std::back_inserter(found),
                 [&](const Problem& problem) { return problem.kind == kind; });
    return found;
}

using Strings = std::vector<std::string>;

TEST_F(Joins, ColumnsComeBehindTheFieldsByKey) {
    const Patches result =
        read(layer({"002", "001", "003"}), table("TBBH,活动,NAME\n001,采石,甲\n002,道路,乙\n"
                                                 "003,旅游,丙\n"));
    EXPECT_EQ(result.report.fields, (Strings{"TBBH", "NAME", "活动", "NAME_2"}));
    ASSERT_EQ(result.records.size(), 3U);
    EXPECT_EQ(result.records[0].raw, (Strings{"002", "n002", "道路", "乙"}));
    EXPECT_EQ(result.records[1].raw, (Strings{"001", "n001", "采石", "甲"}));
    EXPECT_EQ(result.records[2].raw, (Strings{"003", "n003", "旅游", "丙"}));
    const auto joined = problemsOf(result, ProblemKind::TableJoined);
    ASSERT_EQ(joined.size(), 1U);
    EXPECT_EQ(joined[0].count, 3);
    EXPECT_EQ(joined[0].severity, Severity::Info);
    const auto renamed = problemsOf(result, ProblemKind::FieldAmbiguous);
    ASSERT_EQ(renamed.size(), 1U);
    EXPECT_EQ(renamed[0].field, "NAME_2");
    EXPECT_TRUE(problemsOf(result, ProblemKind::JoinUnmatched).empty());
}

TEST_F(Joins, TheProfileSeesTheJoinedColumns) {
    layers::ReadOptions options;
    options.role = Role::Changes;
    options.crs = "EPSG:4490";
    options.join =
        layers::TableJoin{{table("编号,YJLX,HSX\n1,采石采矿,2024年3月15日\n"), {}}, "TBBH", "编号", {}};
    const Patches result = tests::patchesOf(layer({"1"}), options);
    EXPECT_EQ(result.report.profile, "platform-changes");
    ASSERT_EQ(result.records.size(), 1U);
    EXPECT_EQ(result.records[0].activityText, "采石采矿");
    EXPECT_EQ(result.records[0].later.first, layers::dayFromIso("2024-03-15"));
}

TEST_F(Joins, UnmatchedKeysAreListedBothWays) {
    const Patches result =
        read(layer({"A1", "A2", "B9", "0017", ""}), table("TBBH,v\nA1,x\nA2,y\nC1,z\nC2,z\n17,z\n,z\n"));
    ASSERT_EQ(result.records.size(), 5U);
    EXPECT_EQ(result.records[2].raw, (Strings{"B9", "nB9", ""}));
    const auto unmatched = problemsOf(result, ProblemKind::JoinUnmatched);
    ASSERT_EQ(unmatched.size(), 3U);
    EXPECT_EQ(unmatched[0].count, 1) << "a row of the table has no key";
    EXPECT_EQ(unmatched[1].count, 3);
    EXPECT_NE(unmatched[1].textEn.find("B9, 0017"), std::string::npos) << unmatched[1].textEn;
    EXPECT_NE(unmatched[1].textEn.find("1 of them differ by leading zeros only"), std::string::npos);
    EXPECT_EQ(unmatched[2].count, 3);
    EXPECT_NE(unmatched[2].textEn.find("C1, C2, 17"), std::string::npos) << unmatched[2].textEn;
}

TEST_F(Joins, AnAmbiguousKeyIsNotJoined) {
    const Patches result = read(layer({"1", "2", "3", "1"}), table("TBBH,v\n1,x\n1,y\n2,z\n2,z\n3,w\n"));
    ASSERT_EQ(result.records.size(), 4U);
    EXPECT_EQ(result.records[0].raw.back(), "");
    EXPECT_EQ(result.records[1].raw.back(), "z");
    EXPECT_EQ(result.records[3].raw.back(), "");
    const auto ambiguous = problemsOf(result, ProblemKind::JoinAmbiguous);
    ASSERT_EQ(ambiguous.size(), 3U);
    EXPECT_EQ(ambiguous[0].severity, Severity::Error);
    EXPECT_NE(ambiguous[0].textEn.find("1 ×2"), std::string::npos) << ambiguous[0].textEn;
    EXPECT_EQ(ambiguous[1].severity, Severity::Info);
    EXPECT_NE(ambiguous[1].textEn.find("2 ×2"), std::string::npos);
    EXPECT_EQ(ambiguous[2].count, 2) << "two features have that key";
}

TEST_F(Joins, KeysAreTextTrimmedAndHalfWidth) {
    const Patches result = read(layer({"A-01", "a-02", "03"}), table("TBBH,v\n Ａ－０１ ,x\nA-02,y\n3,z\n"));
    EXPECT_EQ(result.records[0].raw.back(), "x");
    EXPECT_EQ(result.records[1].raw.back(), "") << "case counts";
    EXPECT_EQ(result.records[2].raw.back(), "") << "zeros count";
}

TEST_F(Joins, WhatCannotBeJoinedIsAnError) {
    const fs::path shp = layer({"1"});
    const auto message = [&](const fs::path& file, const std::string& left, const std::string& right) {
        return tests::errorOf([&] { static_cast<void>(read(shp, file, left, right)); });
    };
    const fs::path csv = table("编号,v\n1,x\n");
    EXPECT_NE(message(csv, "TBBH", "TBBH").find("编号, v"), std::string::npos);
    EXPECT_NE(message(csv, "BSM", "编号").find("TBBH, NAME"), std::string::npos);
    EXPECT_NE(message(m_folder.path() / "无.csv", "TBBH", "编号").find("no such file"), std::string::npos);
    EXPECT_NE(message(shp, "TBBH", "编号").find("not a table"), std::string::npos);
    const std::string none = message(table("编号,v\n9,x\n", "别的.csv"), "TBBH", "编号");
    EXPECT_NE(none.find("no feature matches"), std::string::npos) << none;
    EXPECT_NE(none.find("check --on"), std::string::npos);
}

TEST_F(Joins, TablesOfEveryKind) {
    const fs::path shp = layer({"01", "02"});
    const std::string text = "清单标题\n编号\t活动\n01\t采石场\n02\t道路\n";
    EXPECT_EQ(
        read(shp, table(tests::encoded(text, "GB18030"), "属性.txt"), "TBBH", "编号").records[0].raw.back(),
        "采石场");
    const fs::path xlsx = m_folder.path() / "属性.xlsx";
    lxw_workbook* book = workbook_new(xlsx.c_str());
    lxw_worksheet* sheet = workbook_add_worksheet(book, "图斑");
    const std::vector<Strings> cells{{"编号", "活动"}, {"01", "采石场"}, {"02", "道路"}};
    for (std::size_t row = 0; row < cells.size(); ++row) {
        for (std::size_t column = 0; column < cells[row].size(); ++column) {
            worksheet_write_string(sheet, static_cast<lxw_row_t>(row), static_cast<lxw_col_t>(column),
                                   cells[row][column].c_str(), nullptr);
        }
    }
    ASSERT_EQ(workbook_close(book), LXW_NO_ERROR);
    EXPECT_EQ(read(shp, xlsx, "TBBH", "编号").records[1].raw.back(), "道路");
    tests::ShapefileBytes dbf;
    dbf.columns = {{"BH"}, {"HD"}};
    dbf.rows = {{"02", tests::encoded("道路", "GBK")}, {"01", tests::encoded("采石场", "GBK")}};
    dbf.write(m_folder.path() / "attributes.shp");
    const Patches result = read(shp, m_folder.path() / "attributes.dbf", "TBBH", "BH");
    EXPECT_EQ(result.records[0].raw.back(), "采石场");
}

TEST_F(Joins, FieldsThatGeoJsonFindsLaterKeepTheirPlace) {
    std::string text = R"({"type":"FeatureCollection","features":[)";
    constexpr int kFeatures = 60000; // more than one batch
    for (int n = 0; n < kFeatures; ++n) {
        text += (n > 0 ? "," : "") + std::string(R"({"type":"Feature","properties":{"id":")") +
                std::to_string(n) + "\"" +
                (n > kFeatures / 2 ? R"(,"late":"l)" + std::to_string(n) + "\"" : "") +
                R"(},"geometry":{"type":"Point","coordinates":[101.5,30.1]}})";
    }
    const fs::path file = table(text + "]}", "a.geojson");
    const Patches result = read(file, table("id,v\n1,x\n59999,y\n"), "id", "id");
    ASSERT_EQ(result.records.size(), static_cast<std::size_t>(kFeatures));
    const Strings& fields = result.report.fields;
    ASSERT_EQ(fields.size(), 3U);
    const auto slot = [&](const std::string& name) {
        return static_cast<std::size_t>(std::find(fields.begin(), fields.end(), name) - fields.begin());
    };
    const Strings& last = result.records.back().raw;
    ASSERT_EQ(last.size(), 3U);
    EXPECT_EQ(last[slot("id")], "59999");
    EXPECT_EQ(last[slot("v")], "y");
    EXPECT_EQ(last[slot("late")], "l59999");
    EXPECT_EQ(result.records[1].raw[slot("v")], "x");
}

TEST_F(Joins, AJoinThatFailsIsNamedBeforeTheProfile) {
    layers::ReadOptions options; // no profile knows TBBH and NAME alone
    options.role = Role::Changes;
    options.crs = "EPSG:4490";
    options.join = layers::TableJoin{{table("编号,用途\n77,采石场\n"), {}}, "TBBH", "编号", {}};
    const std::string text = tests::errorOf([&] {
        static_cast<void>(tests::patchesOf(layer({"1", "2"}), options));
    });
    const std::size_t join = text.find("--on");
    const std::size_t profile = text.find("no import profile fits");
    ASSERT_NE(join, std::string::npos) << text;
    ASSERT_NE(profile, std::string::npos) << text;
    EXPECT_LT(join, profile) << text;
    options.join = layers::TableJoin{{table("编号,用途\n1,采石场\n"), {}}, "TBBH", "编号", {}};
    const std::string fits = tests::errorOf([&] {
        static_cast<void>(tests::patchesOf(layer({"1", "2"}), options));
    });
    EXPECT_EQ(fits.find("--on"), std::string::npos) << fits;
    EXPECT_NE(fits.find("no import profile fits"), std::string::npos) << fits;
}

} // namespace
