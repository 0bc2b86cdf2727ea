// The shipped rule set against the matrix it was made from, and the documentation against the rule set.

#include "app/check/rules.hpp"
#include "tests/support/shared_data.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

namespace {

using app::Rule;

std::string fileText(const std::filesystem::path& file) {
    std::ifstream stream(file, std::ios::binary);
    EXPECT_TRUE(stream) << file;
    return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

std::vector<std::string> split(const std::string& text, char separator) {
    std::vector<std::string> parts;
    std::istringstream stream(text);
    for (std::string part; std::getline(stream, part, separator);) {
        parts.push_back(part);
    }
    if (text.ends_with(separator)) {
        parts.emplace_back();
    }
    return parts;
}

/// The columns of the matrix.
enum Column : std::size_t { Id, Kind, Class, Activity, Finding, Priority, Basis, From, To, Conf, Columns };

/// The rows between the fences of section 2.2; DW-51…62 stand there in one line, "as DW-01…12".
std::vector<std::vector<std::string>> matrix(const std::string& domain) {
    const std::size_t section = domain.find("### 2.2");
    const std::size_t begin = domain.find("```\n", section) + 4;
    std::istringstream block(domain.substr(begin, domain.find("\n```", begin) - begin));
    std::vector<std::vector<std::string>> rows;
    std::string line;
    std::getline(block, line);
    EXPECT_EQ(line, "id,zone_kind,class,activity,finding,P,basis,valid_from,valid_to,conf");
    while (std::getline(block, line)) {
        std::vector<std::string> row = split(line, ',');
        if (row[Id] != "DW-51…62") {
            rows.push_back(std::move(row));
            continue;
        }
        const std::vector<std::vector<std::string>> before = rows;
        for (std::vector<std::string> water : before) {
            if (water[Id].starts_with("DW-")) {
                water[Id] = "DW-" + std::to_string(std::stoi(water[Id].substr(3)) + 50);
                for (const Column column : {Basis, From, To, Conf}) {
                    water[column] = row[column];
                }
                rows.push_back(std::move(water));
            }
        }
    }
    return rows;
}

std::string names(const std::vector<std::string>& list) {
    std::string text;
    for (const std::string& name : list) {
        text += (text.empty() ? "" : "|") + name;
    }
    return text.empty() ? "*" : text;
}

std::string kindNames(const std::vector<layers::ZoneKind>& kinds) {
    std::vector<std::string> codes;
    for (const layers::ZoneKind kind : kinds) {
        codes.emplace_back(layers::zoneKindCode(kind));
    }
    return names(codes);
}

TEST(RuleMatrix, EveryRowOfTheMatrixIsThereAndNoOther) {
    SKIP_WITHOUT_SHARED();
    const std::vector<std::vector<std::string>> rows = matrix(fileText(tests::sharedFolder() / "domain.md"));
    EXPECT_EQ(rows.size(), 70U);
    std::map<std::string, const Rule*> byId;
    for (const Rule& rule : app::defaultRules().rules) {
        byId.emplace(rule.id, &rule);
    }
    EXPECT_EQ(byId.size(), rows.size());
    for (const std::vector<std::string>& row : rows) {
        ASSERT_EQ(row.size(), static_cast<std::size_t>(Columns)) << row[Id];
        ASSERT_TRUE(byId.contains(row[Id])) << row[Id];
        const Rule& rule = *byId.at(row[Id]);
        EXPECT_EQ(kindNames(rule.kinds), row[Kind]) << row[Id];
        EXPECT_EQ(names(rule.classes), row[Class]) << row[Id];
        EXPECT_EQ(names(rule.activities), row[Activity]) << row[Id];
        EXPECT_EQ(layers::verdictNameZh(rule.verdict), row[Finding]) << row[Id];
        EXPECT_EQ(std::to_string(rule.priority), row[Priority]) << row[Id];
        EXPECT_EQ(layers::isoFromDay(rule.validFrom), row[From]) << row[Id];
        EXPECT_EQ(rule.validTo ? layers::isoFromDay(*rule.validTo) : "", row[To]) << row[Id];
        EXPECT_EQ(std::string(1, layers::confidenceLetter(rule.confidence)), row[Conf]) << row[Id];
        EXPECT_EQ(rule.lastResort, row[Id].starts_with("XX-")) << row[Id];
        // 同上 means nothing on a sheet that holds one row: there the clause itself is written.
        if (row[Basis].find("同上") == std::string::npos) {
            EXPECT_EQ(rule.basis, row[Basis]) << row[Id];
        }
        EXPECT_EQ(rule.basis.find("同上"), std::string::npos) << row[Id];
    }
}

TEST(RuleMatrix, TheShippedSetHasNoFaultAndIsItsFile) {
    const app::RuleLoad load = app::parseRules(app::defaultRulesText(), "default");
    for (const app::RuleFault& fault : load.faults) {
        ADD_FAILURE() << fault.line << ":" << fault.column << ": " << fault.textEn;
    }
    EXPECT_EQ(app::defaultRulesText(),
              fileText(std::filesystem::path(SOURCE_ROOT) / "app/check/rules_default.yaml"));
    EXPECT_EQ(load.rules.activities.size(), 15U);
}

TEST(RuleMatrix, PrintedBasesNameNoKeys) {
    const app::RuleSet& rules = app::defaultRules();
    for (const Rule& rule : rules.rules) {
        const std::string printed = printedBasis(rules, rule.basis);
        EXPECT_TRUE(app::instrumentKeys(printed).empty()) << printed;
        EXPECT_EQ(printed.find("》 "), std::string::npos) << printed;
    }
    EXPECT_EQ(printedBasis(rules, "TL2026 第二十六条"), "《自然保护区条例》(2026)第二十六条");
    EXPECT_EQ(printedBasis(rules, "HX142 第1类、第8类;ZRGY(条号待填)"),
              "自然资发〔2022〕142号第1类、第8类;《国家级自然公园管理办法（试行）》(条号待填)");
    EXPECT_EQ(printedBasis(rules, "UNKNOWN1 第1条"), "UNKNOWN1 第1条");
    EXPECT_EQ(printedBasis(rules, ""), "");
}

TEST(RuleCoverage, DocumentationListsWhatTheProgramPrints) {
    const std::string docs = fileText(std::filesystem::path(SOURCE_ROOT) / "docs/rules.md");
    const std::string begin = "```coverage\n";
    const std::size_t at = docs.find(begin);
    ASSERT_NE(at, std::string::npos);
    std::string printed;
    for (const std::string& line : app::coverageLines(app::defaultRules())) {
        printed += line + "\n";
    }
    const std::size_t from = at + begin.size();
    EXPECT_EQ(docs.substr(from, docs.find("```", from) - from), printed);
}

TEST(RuleCoverage, GapsAreTheCellsThatOnlyLastResortsAnswer) {
    const app::RuleLoad load = app::parseRules(R"(format: 1
name: 小
version: "1"
activities: {A01: 采矿, A02: 工矿}
classes: {ZG: {甲: ~, 乙: 甲, 丙: ~}, ECR: {红线: ~}}
conversions:
  - {kind: ZG, from: 丙, to: 甲, valid_from: 2010-01-01, conf: A, note: 换算}
rules:
  - {id: R-1, kind: ZG, class: 甲, activity: A01, verdict: 禁止, priority: 1, conf: A, valid_from: 2005-01-01,
     valid_to: 2014-12-31, basis: 条}
  - {id: L-1, kind: "*", class: "*", activity: "*", verdict: 需核实, priority: 2, conf: A, valid_from: 2000-01-01,
     last_resort: true, basis: 兜底}
)",
                                               "small.yaml");
    ASSERT_TRUE(load.faults.empty()) << load.faults.front().textEn;
    // ZG: cut at 2000, 2005, 2010 and 2015; ECR: one period.
    EXPECT_EQ(coverageCells(load.rules), 3U * 2U * 4U + 2U);
    const std::vector<std::string> expected{
        "ZG 甲 2000-01-01–2004-12-31 L-1: A01 A02",
        "ZG 甲 2005-01-01–2009-12-31 L-1: A02",
        "ZG 甲 2010-01-01–2014-12-31 L-1: A02",
        "ZG 甲 2015-01-01– L-1: A01 A02",
        "ZG 乙 2000-01-01–2004-12-31 L-1: A01 A02",
        "ZG 乙 2005-01-01–2009-12-31 L-1: A02",
        "ZG 乙 2010-01-01–2014-12-31 L-1: A02",
        "ZG 乙 2015-01-01– L-1: A01 A02",
        "ZG 丙 2000-01-01–2004-12-31 L-1: A01 A02",
        "ZG 丙 2005-01-01–2009-12-31 L-1: A01 A02",
        "ZG 丙 2010-01-01–2014-12-31 L-1: A02",
        "ZG 丙 2015-01-01– L-1: A01 A02",
        "ECR 红线 2000-01-01– L-1: A01 A02",
        "26 个单元中 21 个仅由兜底规则回答 / 21 of 26 cells are answered by last resorts only",
        "其中末一时期(无终止日) 8 个单元中 8 个 / of these, in the last periods (without an end): 8 of 8"};
    EXPECT_EQ(coverageLines(load.rules), expected);
    EXPECT_EQ(coverageGaps(load.rules).size(), 21U);
}

} // namespace
