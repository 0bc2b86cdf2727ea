#include "layers/list_columns.hpp"
#include "layers/problem.hpp"
#include "layers/records.hpp"
#include "layers/text.hpp"

#include <algorithm>
#include <set>
#include <string>

#include <gtest/gtest.h>

namespace {

using layers::Role;
using layers::ZoneKind;

TEST(Records, RoleKeysGoBothWays) {
    for (const Role role : {Role::Changes, Role::RedLine, Role::Reserve, Role::Water, Role::Admin}) {
        EXPECT_EQ(layers::roleFromKey(layers::roleKey(role)), role);
        EXPECT_FALSE(layers::roleNameZh(role).empty());
    }
    EXPECT_EQ(layers::roleKey(Role::RedLine), "redline");
    EXPECT_FALSE(layers::roleFromKey("Redline").has_value());
    EXPECT_FALSE(layers::roleFromKey("").has_value());
}

TEST(Records, ZoneKindsAreTheMatrixOnes) {
    EXPECT_EQ(layers::zoneKindFromCode("NP"), ZoneKind::NationalPark);
    EXPECT_EQ(layers::zoneKindFromCode("NR"), ZoneKind::NatureReserve);
    EXPECT_EQ(layers::zoneKindFromCode("FJ"), ZoneKind::ScenicArea);
    EXPECT_EQ(layers::zoneKindFromCode("ZG"), ZoneKind::NaturePark);
    EXPECT_EQ(layers::zoneKindFromCode("ECR"), ZoneKind::RedLine);
    EXPECT_EQ(layers::zoneKindFromCode("DWS"), ZoneKind::WaterSource);
    EXPECT_FALSE(layers::zoneKindFromCode("XX").has_value());
    EXPECT_EQ(layers::zoneKindNameZh(ZoneKind::ScenicArea), "风景名胜区");
    EXPECT_EQ(layers::zoneKindCode(ZoneKind::WaterSource), "DWS");
}

TEST(Records, WordsOnPaper) {
    EXPECT_EQ(layers::changeNameZh(layers::Change::Unknown), "");
    EXPECT_EQ(layers::changeNameZh(layers::Change::Reduced), "减少/恢复");
    EXPECT_EQ(layers::changeFromKey("grown"), layers::Change::Grown);
    EXPECT_EQ(layers::verdictFromNameZh("允许需手续"), layers::Verdict::NeedsPermit);
    EXPECT_EQ(layers::verdictNameZh(layers::Verdict::RecoveryCheck), "恢复核实");
    EXPECT_FALSE(layers::verdictFromNameZh("允许").has_value());
    EXPECT_EQ(layers::confidenceLetter(layers::Confidence::Solid), 'A');
    EXPECT_EQ(layers::confidenceLetter(layers::Confidence::Likely), 'B');
    EXPECT_EQ(layers::confidenceLetter(layers::Confidence::Expert), 'C');
    EXPECT_EQ(layers::certaintyNameZh(layers::Certainty::Doubtful), "疑似压边");
    EXPECT_EQ(layers::certaintyKey(layers::Certainty::Edge), "edge");
    EXPECT_EQ(layers::bucketKey(layers::Bucket::Listed), "listed");
    EXPECT_EQ(layers::bucketNameZh(layers::Bucket::Clear), "不涉及");
}

TEST(Problems, KeysAreDistinct) {
    std::set<std::string_view> keys;
    int kinds = 0;
    for (int kind = 0; kind <= static_cast<int>(layers::ProblemKind::DateMissing); ++kind, ++kinds) {
        keys.insert(layers::problemKindKey(static_cast<layers::ProblemKind>(kind)));
    }
    EXPECT_EQ(keys.size(), static_cast<std::size_t>(kinds));
    EXPECT_TRUE(keys.contains("geometry_repaired"));
    EXPECT_EQ(layers::severityKey(layers::Severity::Warning), "warning");
}

TEST(ListColumns, AreTheFortyThreeOfTheList) {
    using layers::ListColumn;
    const auto& columns = layers::listColumns();
    ASSERT_EQ(columns.size(), static_cast<std::size_t>(ListColumn::Count));
    EXPECT_EQ(columns.size(), 43U);
    EXPECT_EQ(layers::listColumn(ListColumn::TaskNumber).field, "RWBH");
    EXPECT_EQ(layers::listColumn(ListColumn::Dms).field, "DFM");
    EXPECT_EQ(layers::listColumn(ListColumn::AreaHa).header, "图斑面积(公顷)");
    EXPECT_EQ(layers::listColumn(ListColumn::AreaHa).decimals, 4);
    EXPECT_EQ(layers::listColumn(ListColumn::StrictestHa).field, "ZYMJ");
    EXPECT_EQ(layers::listColumn(ListColumn::Basis).width, 250);
    EXPECT_EQ(layers::listColumn(ListColumn::Deadline).field, "WCSX");
    EXPECT_EQ(layers::listColumn(ListColumn::Conclusion).field, "HCJL");
    EXPECT_EQ(layers::listColumn(ListColumn::Remarks).field, "BZ");
    EXPECT_FALSE(layers::filledByField(ListColumn::Deadline));
    EXPECT_TRUE(layers::filledByField(ListColumn::Conclusion));
}

TEST(ListColumns, FitIntoShapefilesAndDatabases) {
    std::set<std::string> names;
    std::set<std::string> fields;
    std::set<std::string> headers;
    for (const layers::Column& column : layers::listColumns()) {
        names.insert(column.name);
        fields.insert(column.field);
        headers.insert(column.header);
        EXPECT_LE(column.field.size(), 10U) << column.field;
        EXPECT_TRUE(std::all_of(column.field.begin(), column.field.end(),
                                [](char c) { return c >= 'A' && c <= 'Z'; }));
        EXPECT_TRUE(std::all_of(column.name.begin(), column.name.end(), [](char c) {
            return (c >= 'a' && c <= 'z') || c == '_';
        })) << column.name;
        EXPECT_GT(column.width, 0) << column.field;
    }
    EXPECT_EQ(names.size(), layers::listColumns().size());
    EXPECT_EQ(fields.size(), layers::listColumns().size());
    EXPECT_EQ(headers.size(), layers::listColumns().size());
}

TEST(Text, FoldsFullWidthAndSpaces) {
    EXPECT_EQ(layers::folded("　Ｇｎｆｑ\u00A0"), "GNFQ");
    EXPECT_EQ(layers::folded("\uFEFF tbbh\t"), "TBBH");
    EXPECT_EQ(layers::halfWidth("（１～２）～！"), "(1~2)~!");
    EXPECT_EQ(layers::halfWidth("采石场，甲"), "采石场,甲");
    EXPECT_EQ(layers::trimmed(" 甘孜 州　"), "甘孜 州");
    EXPECT_EQ(layers::folded("\xEF\xBC"), "\xEF\xBC"); // a torn character stays as it is
}

TEST(Text, ReadsNumbers) {
    EXPECT_EQ(layers::parseNumber("12.5"), 12.5);
    EXPECT_EQ(layers::parseNumber(" １２．５ "), 12.5);
    EXPECT_EQ(layers::parseNumber("1,234,567.5"), 1234567.5);
    EXPECT_EQ(layers::parseNumber("+3"), 3.0);
    EXPECT_EQ(layers::parseNumber("-3"), -3.0);
    EXPECT_EQ(layers::parseNumber("1.5e3"), 1500.0);
    for (const char* text :
         {"", "1,5", "1,23", "1.2.3", "3-4", "nan", "inf", "1e400", "0x10", "12a", "--3", ".", "+-3"}) {
        EXPECT_FALSE(layers::parseNumber(text).has_value()) << text;
    }
}

TEST(Text, ReadsStatedAreas) {
    EXPECT_DOUBLE_EQ(*layers::parseAreaM2("1.2345", "ha"), 12345.0);
    EXPECT_DOUBLE_EQ(*layers::parseAreaM2("约1.2公顷", "m2"), 12000.0);
    EXPECT_DOUBLE_EQ(*layers::parseAreaM2("3,000 m²", "ha"), 3000.0);
    EXPECT_DOUBLE_EQ(*layers::parseAreaM2("15亩", "ha"), 10000.0);
    EXPECT_DOUBLE_EQ(*layers::parseAreaM2("１．５ｈｍ２", "m2"), 15000.0);
    EXPECT_DOUBLE_EQ(*layers::parseAreaM2("0.5平方公里", "m2"), 500000.0);
    for (const char* text : {"", "不详", "1.2 尺", "-5", "nan", "1.2公顷左右", "1,5"}) {
        EXPECT_FALSE(layers::parseAreaM2(text, "m2").has_value()) << text;
    }
    EXPECT_FALSE(layers::parseAreaM2("5", "").has_value()); // no unit anywhere
}

} // namespace
