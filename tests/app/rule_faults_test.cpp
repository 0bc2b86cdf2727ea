#include "app/check/rules.hpp"
#include "layers/error.hpp"
#include "tests/support/yaml_faults.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <fstream>

namespace {

using app::RuleLoad;

// clang-format off
constexpr const char* kBase = R"yaml(format: 1
name: 测试
version: "1"
instruments: {FA2020: {title: 《法》, printed: 《法》, valid_from: 2020-01-01}}
activities: {A01: 采矿, A02: 工矿}
classes: {ZG: {自然公园: ~, 湿地公园: 自然公园}, ECR: {红线: ~}}
focus_activities: [A01]
core_classes: [红线]
conversions:
  - {kind: ZG, from: 湿地公园, to: 自然公园, valid_from: 2020-01-01, conf: B, note: 换算}
rules:
  - {id: R-1, kind: ZG, class: 自然公园, activity: A01, verdict: 禁止, priority: 1, conf: A, valid_from: 2020-01-01, basis: FA2020 第一条}
  - {id: L-1, kind: "*", class: "*", activity: "*", verdict: 需核实, priority: 2, conf: A, valid_from: 2000-01-01, last_resort: true, basis: 兜底}
)yaml";

// Columns count characters, not bytes.
const tests::FaultCase kCases[] = {
    {"UnknownTopKey", "format: 1\n", "format: 1\nfoo: 2\n", {{2, 1, "unknown field 'foo'"}}},
    {"WrongFormat", "format: 1\n", "format: 2\n", {{1, 9, "unknown rule set format"}}},
    {"MissingName", "name: 测试\n", "", {{1, 1, "field 'name' is missing"}}},
    {"EmptyName", "name: 测试", "name:", {{2, 1, "field 'name' is missing"}}},
    {"KeyTwice", "version: \"1\"\n", "version: \"1\"\nversion: \"2\"\n", {{4, 1, "stands twice"}}},
    {"NoRules", "rules:\n", "rules_: \n", {{1, 1, "'rules' is missing"}, {11, 1, "unknown field"}}},
    {"RulesAreText", "rules:\n", "rules: 无\nx:\n", {{11, 8, "a list is expected"}, {12, 1, "unknown field"}}},
    {"UnknownKind", "kind: ZG, class: 自然公园", "kind: ZX, class: 自然公园", {{12, 21, "unknown kind 'ZX'"}}},
    {"UnknownKindInList", "kind: ZG, class: 自然公园", "kind: [ZG, 红线], class: 自然公园", {{12, 26, "unknown kind '红线'"}}},
    {"UnknownKindOfClasses", "classes: {ZG:", "classes: {QQ: {甲: ~}, ZG:", {{6, 11, "unknown kind 'QQ'"}}},
    {"UnknownClass", "class: 自然公园, activity", "class: 森林公园, activity", {{12, 32, "unknown class '森林公园'"}}},
    {"ClassOfOtherKind", "class: 自然公园, activity", "class: 红线, activity", {{12, 32, "unknown class '红线'"}}},
    {"UnknownActivity", "activity: A01", "activity: [A01, A77]", {{12, 54, "unknown activity 'A77'"}}},
    {"ActivityCode", "A02: 工矿", "B2: 工矿", {{5, 23, "A01 … A99"}}},
    {"UnknownVerdict", "verdict: 禁止", "verdict: 不许", {{12, 62, "unknown verdict '不许'"}}},
    {"RecoveryIsNoVerdict", "verdict: 禁止", "verdict: 恢复核实", {{12, 62, "unknown verdict"}}},
    {"Priority", "priority: 1", "priority: 4", {{12, 76, "priority '4'"}}},
    {"PriorityZero", "priority: 1", "priority: 0", {{12, 76, "priority '0'"}}},
    {"PriorityText", "priority: 1", "priority: 高", {{12, 76, "priority '高'"}}},
    {"Confidence", "conf: A, valid_from: 2020", "conf: D, valid_from: 2020", {{12, 85, "conf 'D'"}}},
    {"NoSuchDay", "valid_from: 2020-01-01, basis", "valid_from: 2020-02-30, basis", {{12, 100, "no such day"}}},
    {"DayNotation", "valid_from: 2020-01-01, basis", "valid_from: 2020/1/1, basis", {{12, 100, "no such day"}}},
    {"PeriodTurned", "valid_from: 2020-01-01, basis", "valid_from: 2020-01-02, valid_to: 2020-01-01, basis", {{12, 122, "later than valid_to"}}},
    {"DoubleId", "id: L-1", "id: R-1", {{13, 10, "first in line 12"}}},
    {"IdWithComma", "id: R-1", "id: \"R,1\"", {{12, 10, "no spaces, commas"}}},
    {"MissingId", "{id: R-1, ", "{", {{12, 5, "field 'id' is missing"}}},
    {"MissingBasis", ", basis: FA2020 第一条", "", {{12, 5, "R-1: field 'basis' is missing"}}},
    {"NullBasis", "basis: FA2020 第一条", "basis: ~", {{12, 112, "R-1: field 'basis' is missing"}}},
    {"MissingMany", "verdict: 禁止, priority: 1, ", "", {{12, 5, "'verdict' is missing"}, {12, 5, "'priority' is missing"}}},
    {"UnknownRuleKey", "priority: 1", "prioritaet: 1", {{12, 5, "'priority' is missing"}, {12, 66, "unknown field 'prioritaet'"}}},
    {"UndeclaredInstrument", "basis: FA2020 第一条", "basis: FA2020 第一条;XY9 第二条", {{12, 119, "names 'XY9'"}}},
    {"InstrumentKey", "instruments: {FA2020:", "instruments: {法: {title: 甲, printed: 甲}, FA2020:", {{4, 15, "instrument key '法'"}}},
    {"InstrumentUntitled", "title: 《法》, ", "", {{4, 23, "'title' is missing"}}},
    {"ParentUnknown", "湿地公园: 自然公园", "湿地公园: 公园", {{6, 31, "parent '公园'"}}},
    {"ParentCircle", "自然公园: ~", "自然公园: 湿地公园", {{6, 22, "run in a circle"}, {6, 34, "run in a circle"}}},
    {"ConversionToSelf", "to: 自然公园", "to: 湿地公园", {{10, 32, "from and to are the same"}}},
    {"ConversionTwice", "note: 换算}\n", "note: 换算}\n  - {kind: \"*\", from: 湿地公园, to: 红线, valid_from: 2021-01-01, conf: A, note: 再换算}\n", {{11, 23, "two conversions in one period"}}},
    {"ConversionUnknownClass", "from: 湿地公园", "from: 雨林公园", {{10, 22, "unknown class '雨林公园'"}}},
    {"ConversionUndated", ", valid_from: 2020-01-01, conf: B", "", {{10, 5, "'valid_from' is missing"}, {10, 5, "'conf' is missing"}}},
    {"FocusUnknown", "focus_activities: [A01]", "focus_activities: [A01, A55]", {{7, 25, "unknown activity 'A55'"}}},
    {"CoreUnknown", "core_classes: [红线]", "core_classes: [核心]", {{8, 16, "unknown class '核心'"}}},
    {"StarInList", "activity: A01", "activity: [A01, \"*\"]", {{12, 54, "'*' cannot stand here"}}},
    {"NameTwice", "activity: A01", "activity: [A01, A02, A01]", {{12, 59, "'A01' stands twice"}}},
    {"EmptyList", "activity: A01", "activity: []", {{12, 48, "the list is empty"}}},
    {"MapAsClass", "class: 自然公园, activity", "class: {a: b}, activity", {{12, 32, "text is expected"}}},
    {"TwoLineBasis", "basis: FA2020 第一条", "basis: \"FA2020\\n第一条\"", {{12, 119, "one line of text"}}},
    {"LastResort", "last_resort: true", "last_resort: ja", {{13, 126, "true or false"}}},
    {"RuleIsText", "  - {id: R-1", "  - 文字\n  - {id: R-1", {{12, 5, "a map of fields"}}},
    {"TwoFaultsInOrder", "verdict: 禁止, priority: 1", "verdict: 不许, priority: 9", {{12, 62, "unknown verdict"}, {12, 76, "priority '9'"}}},
    {"FullWidthColumn", "name: 测试", "name: 测试 # 注\n#汉字汉字\nname2: 汉字", {{4, 1, "unknown field"}}},
    {"RootIsList", kBase, "- 1\n- 2\n", {{1, 1, "a map of fields"}}},
    {"RootIsText", kBase, "规则\n", {{1, 1, "a map of fields"}}},
    {"Empty", kBase, "", {{1, 1, "the file is empty"}}},
    {"OnlyComment", kBase, "# 注释\n", {{1, 1, "the file is empty"}}},
    {"Utf8Mark", "format: 1\n", "\xEF\xBB\xBF""format: 3\n", {{1, 9, "unknown rule set format"}}},
    {"Windows", "format: 1\nname: 测试\n", "format: 1\r\nname: 测试\r\nfoo: 1\r\n", {{3, 1, "unknown field"}}},
    {"TwoDocuments", "format: 1\n", "---\nformat: 1\n", {}},
    {"SecondDocument", kBase, "format: 1\n---\nname: a\n", {{3, 1, "several YAML documents"}}},
};
// clang-format on

using tests::told;

std::string changed(const tests::FaultCase& each) {
    return tests::changedText(kBase, each);
}

TEST(RuleFaults, BaseHasNone) {
    const RuleLoad load = app::parseRules(kBase, "base.yaml");
    EXPECT_TRUE(load.faults.empty()) << told(load.faults);
    EXPECT_EQ(load.rules.rules.size(), 2U);
    EXPECT_EQ(load.rules.rules[0].line, 12);
    EXPECT_EQ(load.rules.fileName, "base.yaml");
    EXPECT_EQ(load.rules.sha256.size(), 64U);
}

TEST(RuleFaults, EachNamesLineAndColumn) {
    for (const tests::FaultCase& each : kCases) {
        const RuleLoad load = app::parseRules(changed(each), each.name);
        tests::expectFaults(load.faults, each);
        EXPECT_EQ(load.usable(), each.faults.empty()) << each.name;
    }
}

// What the YAML reader itself refuses: one fault, near the place, and nothing is read.
TEST(RuleFaults, SyntaxNamesLineAndColumn) {
    const tests::FaultCase cases[] = {
        {"OpenList", "[A01]", "[A01", {{8, 13, ""}}},
        {"OpenQuote", "version: \"1\"", "version: \"1", {{13, 22, ""}}},
        {"Tab", "format: 1\n", "format: 1\n\tname: x\n", {{2, 1, ""}}},
        {"Indentation", "name: 测试\n", "name: 测试\n   version: 2\n", {{3, 11, ""}}},
        {"UnknownAnchor", "name: 测试", "name: *who", {{2, 7, ""}}},
        {"NotUtf8", "name: 测试", "name: 测\xB2\xE2", {{2, 8, "UTF-8"}}},
        {"CutCharacter", "name: 测试", "name: 测\xE6\xB5", {{2, 8, "UTF-8"}}},
        {"Surrogate", "name: 测试", "name: \xED\xA0\x80", {{2, 7, "UTF-8"}}},
        {"Overlong", "name: 测试", "name: \xE0\x80\x80", {{2, 7, "UTF-8"}}},
    };
    for (const tests::FaultCase& each : cases) {
        const RuleLoad load = app::parseRules(changed(each), each.name);
        tests::expectFaults(load.faults, each);
        EXPECT_FALSE(load.usable());
        EXPECT_TRUE(load.rules.rules.empty());
    }
    const std::string withNul = std::string(kBase) + std::string("\0x", 2);
    EXPECT_FALSE(app::parseRules(withNul, "nul").usable());
}

/// The base with a further row behind R-1.
RuleLoad withRow(const std::string& row) {
    std::string text = kBase;
    return app::parseRules(text.insert(text.find("  - {id: L-1"), "  - {" + row + "}\n"), "row.yaml");
}

TEST(RuleFaults, WarnsOfRowsThatContradict) {
    const std::string rest = ", priority: 1, conf: A, basis: 条, ";
    const RuleLoad load =
        withRow("id: R-2, kind: ZG, class: [湿地公园, 自然公园], activity: [A02, A01], verdict: 限制" + rest +
                "valid_from: 2025-01-01");
    ASSERT_EQ(load.faults.size(), 1U) << told(load.faults);
    EXPECT_EQ(load.faults[0].severity, layers::Severity::Warning);
    EXPECT_EQ(load.faults[0].line, 13);
    EXPECT_EQ(load.faults[0].column, 5);
    EXPECT_NE(load.faults[0].textEn.find("R-2 and R-1 (line 12)"), std::string::npos)
        << load.faults[0].textEn;
    EXPECT_TRUE(load.usable());
    // No contradiction: another period, the same verdict, another class, or less specific.
    const char* const silent[] = {
        "class: 自然公园, activity: A01, verdict: 限制, valid_to: 2019-12-31, valid_from: 2019-01-01",
        "class: 自然公园, activity: A01, verdict: 禁止, valid_from: 2019-01-01",
        "class: 湿地公园, activity: A01, verdict: 限制, valid_from: 2019-01-01",
        "class: 自然公园, activity: \"*\", verdict: 限制, valid_from: 2019-01-01",
        "class: 自然公园, activity: A02, verdict: 限制, valid_from: 2019-01-01",
    };
    for (const char* row : silent) {
        const RuleLoad other =
            withRow("id: R-2, kind: ZG, priority: 1, conf: A, basis: 条, " + std::string(row));
        EXPECT_TRUE(other.faults.empty()) << row << "\n" << told(other.faults);
    }
}

TEST(RuleFaults, WarnsOfInstrumentsNotInForce) {
    const RuleLoad load =
        withRow("id: R-2, kind: ZG, class: 自然公园, activity: A02, verdict: 限制, priority: 1, conf: A, "
                "valid_from: 2019-12-31, basis: FA2020 第二条");
    ASSERT_EQ(load.faults.size(), 1U) << told(load.faults);
    EXPECT_EQ(load.faults[0].severity, layers::Severity::Warning);
    EXPECT_NE(load.faults[0].textEn.find("FA2020 is not in force"), std::string::npos);
}

TEST(RuleFaults, WarnsOfCellsWithoutAnyRule) {
    std::string text = kBase;
    text.erase(text.find("  - {id: L-1"));
    const RuleLoad load = app::parseRules(text, "gaps.yaml");
    ASSERT_EQ(load.faults.size(), 1U) << told(load.faults);
    EXPECT_EQ(load.faults[0].severity, layers::Severity::Warning);
    // 3 classes × 2 activities in one period; R-1 answers A01 for 自然公园 and its child.
    EXPECT_NE(load.faults[0].textEn.find("4 cells have no rule at all, first: ZG 自然公园 A02 2020-01-01"),
              std::string::npos)
        << load.faults[0].textEn;
}

TEST(RuleFaults, LoadRulesListsAllOfThem) {
    const std::filesystem::path file = std::filesystem::path(testing::TempDir()) / "rule_faults_test.yaml";
    const tests::FaultCase both{"Both", "verdict: 禁止, priority: 1", "verdict: 不许, priority: 9", {}};
    std::ofstream(file) << changed(both);
    try {
        (void)app::loadRules(file);
        ADD_FAILURE() << "no error";
    } catch (const layers::Error& error) {
        const std::string message = error.what();
        EXPECT_NE(message.find("rule_faults_test.yaml:12:62: "), std::string::npos) << message;
        EXPECT_NE(message.find("rule_faults_test.yaml:12:76: "), std::string::npos) << message;
    }
    std::ofstream(file, std::ios::trunc) << kBase;
    EXPECT_EQ(app::loadRules(file).rules.size(), 2U);
    EXPECT_EQ(app::loadRules(file).fileName, "rule_faults_test.yaml");
    std::filesystem::remove(file);
    EXPECT_THROW((void)app::loadRules(file), layers::Error);
    EXPECT_THROW((void)app::loadRules(testing::TempDir()), layers::Error);
}

// A file made to keep a naive reader busy: still told, still quick.
TEST(RuleFaults, HostileFilesAreRefusedQuickly) {
    constexpr std::size_t kSize = 900'000;
    std::string keys = "format: 1\n";
    for (int i = 0; keys.size() < kSize; ++i) {
        keys += "k" + std::to_string(i) + ": ~\n";
    }
    std::string classes = "format: 1\nname: a\nversion: b\nactivities: {A01: a}\nclasses:\n  ZG:\n";
    for (int i = 0; classes.size() < kSize; ++i) {
        classes += "    c" + std::to_string(i) + ": c" + std::to_string(i + 1) + "\n";
    }
    classes += "rules: []\n";
    std::string names = "format: 1\nactivities: {A01: a}\nfocus_activities: [A01";
    for (int i = 0; names.size() < kSize; ++i) {
        names += ",n" + std::to_string(i);
    }
    names += "]\n";
    const auto begin = std::chrono::steady_clock::now();
    EXPECT_FALSE(app::parseRules(std::string(kSize, '['), "deep").usable());
    EXPECT_FALSE(app::parseRules(keys, "keys").usable());
    EXPECT_FALSE(app::parseRules(classes, "classes").usable());
    EXPECT_FALSE(app::parseRules(names, "names").usable());
    EXPECT_FALSE(app::parseRules("a: &a [*a, *a]\nname: *a\n", "itself").usable());
    const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - begin;
    EXPECT_LT(seconds.count(), 100); // with sanitizers; a few seconds without
}

} // namespace
