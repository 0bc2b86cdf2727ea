#include "app/check/judge.hpp"

#include <gtest/gtest.h>

namespace {

using app::JudgeFacts;
using layers::Change;
using layers::Judgement;
using layers::Verdict;
using layers::ZoneKind;

layers::Day day(const char* iso) {
    const std::optional<layers::Day> found = layers::dayFromIso(iso);
    EXPECT_TRUE(found) << iso;
    return found.value_or(0);
}

JudgeFacts facts(ZoneKind kind, const char* zoneClass, const char* activity, const char* iso) {
    JudgeFacts made;
    made.kind = kind;
    made.zoneClass = zoneClass;
    made.activity = activity;
    made.change = Change::New;
    made.date = day(iso);
    return made;
}

struct Case {
    const char* kind;
    const char* zoneClass;
    const char* activity;
    const char* date;
    const char* rule;
    const char* verdict;
    int priority;
    const char* basis; ///< a part of it
    char confidence;
    bool converted = false;
};

// Each border day of the law, both sides; each way a row may be chosen.
const Case kCases[] = {
    // 自然保护区: 2026-03-15 changes the text and the zoning
    {"NR", "核心保护区", "A01", "2026-03-15", "NR-01", "禁止", 1,
     "《自然保护区条例》(2026)第二十六条(不在所列例外活动内)", 'B'},
    {"NR", "核心保护区", "A01", "2026-03-14", "NR-51", "禁止", 1, "《自然保护区条例》(2017)第三十二条", 'C',
     true},
    {"NR", "核心区", "A01", "2026-03-14", "NR-51", "禁止", 1, "《自然保护区条例》(2017)第三十二条", 'A'},
    {"NR", "核心区", "A01", "2026-03-15", "NR-01", "禁止", 1, ";按原功能区换算", 'B', true},
    {"NR", "缓冲区", "A05", "2026-03-14", "NR-52", "禁止", 1, "第二十七条、第二十八条", 'A'},
    {"NR", "缓冲区", "A05", "2026-03-15", "NR-01", "禁止", 1, ";按原功能区换算", 'B', true},
    {"NR", "未分区", "A10", "2026-03-14", "NR-51", "禁止", 1, "未分区第三十条", 'A'},
    {"NR", "未分区", "A10", "2026-03-15", "NR-01", "禁止", 1, ";按原功能区换算", 'B', true},
    {"NR", "实验区", "A05", "2026-03-14", "NR-56", "允许需手续", 2, "《自然保护区条例》(2017)第二十九条",
     'A'},
    {"NR", "实验区", "A05", "2026-03-15", "NR-07", "限制", 2, ";按原功能区换算(依据待核)", 'C', true},
    {"NR", "一般控制区", "A05", "2026-03-14", "NR-56", "允许需手续", 2, "第二十九条;按新分区换算(依据待核)",
     'C', true},
    {"NR", "一般控制区", "A05", "2026-03-15", "NR-07", "限制", 2, "(生态旅游，须符合规划)(依据待核)", 'C'},
    {"NR", "一般控制区", "A01", "2026-11-01", "NR-05", "禁止", 1, "《矿产资源法》(2024)第二十六条第二款",
     'B'},
    {"NR", "一般控制区", "A03", "2026-11-01", "NR-06", "禁止", 1,
     "《青藏高原生态保护法》第四十五条第二款(新建小水电)(依据待核)", 'C'},
    {"NR", "一般控制区", "A11", "2026-11-01", "XX-98", "需核实", 2, "各管控区管理规定(仅当无更具体规则)",
     'B'},
    {"NR", "核心保护区", "A14", "2026-11-01", "NR-04", "允许需手续", 2, "第二十六条第(一)项", 'A'},
    {"NR", "实验区", "A01", "2020-01-01", "NR-53", "禁止", 1, "第二十六条", 'A'},
    {"NR", "实验区", "A12", "2020-01-01", "NR-54", "需核实", 2, "(另有规定的除外)", 'A'},
    {"NR", "实验区", "A09", "2020-01-01", "NR-57", "需核实", 2, "第三十二条", 'B'},
    {"NR", "核心区", "A01", "1994-12-01", "NR-51", "禁止", 1, "第三十二条", 'A'},
    {"NR", "核心区", "A01", "1994-11-30", "XX-98", "需核实", 1, "各管控区管理规定", 'B'},
    {"NR", "核心区", "A05", "1993-12-31", "", "需核实", 1, "没有可用规则(依据待核)", 'C'},
    // 国家公园: nothing before its law
    {"NP", "核心保护区", "A05", "2025-12-31", "XX-98", "需核实", 1, "各管控区管理规定", 'B'},
    {"NP", "核心保护区", "A05", "2026-01-01", "NP-01", "禁止", 1,
     "《国家公园法》核心保护区条款(条号待填)(依据待核)", 'C'},
    {"NP", "核心保护区", "A14", "2026-01-01", "NP-05", "允许需手续", 2, "管护巡护、生态修复", 'C'},
    {"NP", "核心保护区", "A99", "2026-01-01", "NP-01", "禁止", 1, "《国家公园法》", 'C'},
    {"NP", "一般控制区", "A05", "2025-12-31", "XX-98", "需核实", 2, "各管控区管理规定", 'B'},
    {"NP", "一般控制区", "A05", "2026-01-01", "NP-03", "允许需手续", 2, "《国家公园法》一般控制区条款", 'C'},
    {"NP", "实验区", "A07", "2026-01-01", "NP-04", "需核实", 2, ";按原功能区换算(依据待核)", 'C', true},
    {"NP", "实验区", "A07", "2025-12-31", "XX-98", "需核实", 2, "各管控区管理规定", 'B'},
    // 风景名胜区: rows for the class beat rows for `*`
    {"FJ", "核心景区", "A05", "2006-12-01", "FJ-02", "禁止", 1, "《风景名胜区条例》(2016)第二十七条", 'A'},
    {"FJ", "核心景区", "A05", "2006-11-30", "XX-98", "需核实", 2, "各管控区管理规定", 'B'},
    {"FJ", "其他景区", "A05", "2026-01-01", "FJ-04", "允许需手续", 2, "第二十八条", 'A'},
    {"FJ", "未分区", "A01", "2026-01-01", "FJ-01", "禁止", 1, "第二十六条第(一)项", 'A'},
    {"FJ", "核心景区", "A03", "2026-01-01", "FJ-05", "允许需手续", 1, "第二十九条第(三)项", 'A'},
    // 自然公园: the class itself before its parent
    {"ZG", "湿地公园", "A01", "2022-05-31", "XX-98", "需核实", 1, "各管控区管理规定", 'B'},
    {"ZG", "湿地公园", "A01", "2022-06-01", "ZG-04", "禁止", 1, "《湿地保护法》第二十八条", 'A'},
    {"ZG", "湿地公园", "A10", "2026-01-01", "ZG-04", "禁止", 1, "《湿地保护法》第二十八条", 'A'},
    {"ZG", "森林公园", "A10", "2026-01-01", "ZG-03", "限制", 3,
     "《国家级自然公园管理办法（试行）》(条号待填)(依据待核)", 'C'},
    {"ZG", "湿地公园", "A05", "2023-09-30", "XX-98", "需核实", 2, "各管控区管理规定", 'B'},
    {"ZG", "湿地公园", "A05", "2023-10-01", "ZG-02", "允许需手续", 2, "《国家级自然公园管理办法（试行）》",
     'C'},
    {"ZG", "未分区", "A02", "2023-10-01", "ZG-01", "禁止", 1, "自然资发〔2022〕142号若在红线内(依据待核)",
     'C'},
    // 生态保护红线
    {"ECR", "红线", "A01", "2022-08-15", "XX-98", "需核实", 1, "各管控区管理规定", 'B'},
    {"ECR", "红线", "A01", "2022-08-16", "EC-01", "禁止", 1, "自然资发〔2022〕142号一(一);仅第7类例外", 'A'},
    {"ECR", "未分区", "A06", "2022-08-16", "EC-05", "允许需手续", 2, "自然资发〔2022〕142号第6类", 'A'},
    {"ECR", "红线", "A99", "2026-01-01", "EC-09", "需核实", 2, "自然资发〔2022〕142号一(一)", 'A'},
    {"ECR", "红线", "A11", "2026-01-01", "XX-98", "需核实", 2, "各管控区管理规定", 'B'},
    {"ECR", "红线", "A14", "2022-08-15", "XX-97", "允许需手续", 3, "各管控区管理规定(仅当无更具体规则)", 'B'},
    {"ECR", "红线", "A99", "2022-08-15", "XX-99", "需核实", 2, "各管控区管理规定", 'A'},
    // 饮用水水源: the water law from 2018, the Code from 2026-08-15
    {"DWS", "一级", "A01", "2017-12-31", "XX-98", "需核实", 1,
     ";2018年以前《水污染防治法》条号不同(依据待核)", 'C'},
    {"DWS", "一级", "A99", "2017-12-31", "XX-99", "需核实", 2, "条号不同(依据待核)", 'C'},
    {"DWS", "一级", "A01", "2018-01-01", "DW-01", "禁止", 1, "《水污染防治法》(2017)第六十五条第一款", 'A'},
    {"DWS", "一级", "A01", "2026-08-14", "DW-01", "禁止", 1, "第六十五条第一款", 'A'},
    {"DWS", "一级", "A01", "2026-08-15", "DW-51", "禁止", 1,
     "《生态环境法典》饮用水水源条款(条号待填)(依据待核)", 'C'},
    {"DWS", "一级", "A09", "2026-08-14", "DW-12", "需核实", 1, "(新建房屋;原有居民搬迁情况)", 'B'},
    {"DWS", "一级", "A09", "2026-08-15", "DW-62", "需核实", 1, "《生态环境法典》", 'C'},
    {"DWS", "二级", "A11", "2026-08-14", "DW-09", "禁止", 1, "第六十四条", 'A'},
    {"DWS", "二级", "A11", "2026-08-15", "DW-59", "禁止", 1, "《生态环境法典》", 'C'},
    {"DWS", "准", "A11", "2026-08-14", "DW-11", "需核实", 3, "第六十七条、第六十八条", 'B'},
    {"DWS", "准", "A02", "2026-08-15", "DW-60", "需核实", 1, "《生态环境法典》", 'C'},
    {"DWS", "未分区", "A01", "2026-08-15", "XX-98", "需核实", 1, "各管控区管理规定", 'B'},
    // words that no dictionary knows
    {"NR", "绿心区", "A05", "2026-11-01", "XX-98", "需核实", 2, "各管控区管理规定", 'B'},
    {"NR", "核心保护区", "A77", "2026-11-01", "XX-98", "需核实", 1, "各管控区管理规定", 'B'},
};

TEST(Judge, RowsOfEachPeriod) {
    for (const Case& each : kCases) {
        SCOPED_TRACE(std::string(each.kind) + " " + each.zoneClass + " " + each.activity + " " + each.date);
        const Judgement judged = judge(app::defaultRules(), facts(layers::zoneKindFromCode(each.kind).value(),
                                                                  each.zoneClass, each.activity, each.date));
        EXPECT_EQ(judged.ruleId, each.rule);
        EXPECT_EQ(layers::verdictNameZh(judged.verdict), each.verdict);
        EXPECT_EQ(judged.priority, each.priority);
        EXPECT_NE(judged.basis.find(each.basis), std::string::npos) << judged.basis;
        EXPECT_EQ(layers::confidenceLetter(judged.confidence), each.confidence);
        EXPECT_EQ(judged.basis.ends_with("(依据待核)"), each.confidence == 'C') << judged.basis;
        EXPECT_EQ(judged.converted, each.converted);
        EXPECT_EQ(judged.fallback, judged.ruleId.empty() || judged.ruleId.starts_with("XX-"));
    }
}

TEST(Judge, SaysWhichClassItJudged) {
    const auto judgedClass = [](const char* zoneClass, const char* date) {
        return judge(app::defaultRules(), facts(ZoneKind::NatureReserve, zoneClass, "A05", date)).judgedClass;
    };
    EXPECT_EQ(judgedClass("缓冲区", "2026-03-15"), "核心保护区");
    EXPECT_EQ(judgedClass("缓冲区", "2026-03-14"), "缓冲区");
    EXPECT_EQ(judgedClass("核心保护区", "2026-03-14"), "核心区");
    EXPECT_EQ(judgedClass("一般控制区", "2026-03-14"), "实验区");
    EXPECT_EQ(judgedClass("一般控制区", "2026-03-15"), "一般控制区");
}

TEST(Judge, PriorityRaisedOnceThenLoweredForNoChange) {
    struct PriorityCase {
        const char* zoneClass;
        const char* activity;
        Change change;
        bool largeCovered;
        int priority;
    };
    // NR-10 一般控制区 A08: P3. NR-09 A07: P2. NR-03 核心保护区 A08: P2. NR-01 核心保护区 A01: P1.
    const PriorityCase cases[] = {
        {"一般控制区", "A08", Change::New, false, 3},
        {"一般控制区", "A08", Change::Unknown, false, 3},
        {"一般控制区", "A08", Change::Grown, false, 3},
        {"一般控制区", "A08", Change::New, true, 2},
        {"一般控制区", "A08", Change::Unchanged, true, 3},
        {"一般控制区", "A08", Change::Unchanged, false, 3},
        {"一般控制区", "A07", Change::Unchanged, false, 3},
        {"一般控制区", "A07", Change::Unchanged, true, 2},
        {"核心保护区", "A08", Change::New, false, 1},
        {"核心保护区", "A08", Change::New, true, 1},
        {"核心保护区", "A08", Change::Unchanged, true, 2},
        {"核心保护区", "A01", Change::New, true, 1},
        {"核心保护区", "A01", Change::Unchanged, true, 2},
    };
    for (const PriorityCase& each : cases) {
        JudgeFacts given = facts(ZoneKind::NatureReserve, each.zoneClass, each.activity, "2026-11-01");
        given.change = each.change;
        given.largeCovered = each.largeCovered;
        EXPECT_EQ(judge(app::defaultRules(), given).priority, each.priority)
            << each.zoneClass << " " << each.activity << " " << layers::changeNameZh(each.change) << " "
            << each.largeCovered;
    }
}

TEST(Judge, ReducedIsRecoveryCheckWhateverTheRow) {
    JudgeFacts given = facts(ZoneKind::NatureReserve, "核心保护区", "A01", "2026-11-01");
    given.change = Change::Reduced;
    given.largeCovered = true;
    const Judgement judged = judge(app::defaultRules(), given);
    EXPECT_EQ(judged.verdict, Verdict::RecoveryCheck);
    EXPECT_EQ(judged.priority, 3);
    EXPECT_EQ(judged.ruleId, "NR-01");
}

TEST(Judge, UnchangedKeepsTheFinding) {
    JudgeFacts given = facts(ZoneKind::RedLine, "红线", "A05", "2026-11-01");
    given.change = Change::Unchanged;
    const Judgement judged = judge(app::defaultRules(), given);
    EXPECT_EQ(judged.verdict, Verdict::NeedsPermit);
    EXPECT_EQ(judged.priority, 3);
}

TEST(Judge, SameFactsSameAnswer) {
    const app::RuleSet again = app::parseRules(app::defaultRulesText(), "again").rules;
    for (const Case& each : kCases) {
        const JudgeFacts given =
            facts(layers::zoneKindFromCode(each.kind).value(), each.zoneClass, each.activity, each.date);
        EXPECT_EQ(judge(app::defaultRules(), given), judge(app::defaultRules(), given));
        EXPECT_EQ(judge(app::defaultRules(), given), judge(again, given));
    }
}

// A small set whose rows compete for one cell.
constexpr const char* kHead = R"(format: 1
name: test
version: "1"
activities: {A01: 采矿, A02: 工矿}
classes: {ZG: {自然公园: ~, 湿地公园: 自然公园, 国际湿地: 湿地公园}, FJ: {核心景区: ~}}
rules:
)";

std::string chosen(const std::string& rows, const char* zoneClass) {
    const app::RuleLoad load = app::parseRules(std::string(kHead) + rows, "test.yaml");
    EXPECT_TRUE(load.usable()) << (load.faults.empty() ? "" : load.faults.front().textEn);
    return judge(load.rules, facts(ZoneKind::NaturePark, zoneClass, "A01", "2026-01-01")).ruleId;
}

std::string row(const std::string& id, const std::string& where, const std::string& verdict,
                const std::string& rest = "") {
    return "  - {id: " + id + ", " + where + ", verdict: " + verdict +
           ", conf: A, valid_from: 2000-01-01, basis: 条款, priority: 2" + rest + "}\n";
}

TEST(RuleSelection, MoreNamedBeatsHigherFinding) {
    const std::string exact = row("EXACT", "kind: ZG, class: 自然公园, activity: A01", "允许需手续");
    EXPECT_EQ(chosen(row("ANY", R"(kind: ZG, class: "*", activity: A01)", "禁止") + exact, "自然公园"),
              "EXACT");
    EXPECT_EQ(chosen(row("ANY", R"(kind: ZG, class: 自然公园, activity: "*")", "禁止") + exact, "自然公园"),
              "EXACT");
    EXPECT_EQ(chosen(row("ANY", R"(kind: "*", class: 自然公园, activity: A01)", "禁止") + exact, "自然公园"),
              "EXACT");
}

TEST(RuleSelection, OwnClassBeatsParentAndGrandparent) {
    const std::string top = row("TOP", "kind: ZG, class: 自然公园, activity: A01", "禁止");
    const std::string middle = row("MIDDLE", "kind: ZG, class: 湿地公园, activity: A01", "限制");
    const std::string own = row("OWN", "kind: ZG, class: 国际湿地, activity: A01", "允许需手续");
    EXPECT_EQ(chosen(top + middle + own, "国际湿地"), "OWN");
    EXPECT_EQ(chosen(top + middle, "国际湿地"), "MIDDLE");
    EXPECT_EQ(chosen(top, "国际湿地"), "TOP");
    EXPECT_EQ(chosen(top + middle + own, "自然公园"), "TOP");
    // A parent's row that names the activity tells more than an own row for any activity.
    EXPECT_EQ(
        chosen(top + row("WIDE", R"(kind: ZG, class: 国际湿地, activity: "*")", "允许需手续"), "国际湿地"),
        "TOP");
}

TEST(RuleSelection, AmongEqualsHighestFindingThenPriorityThenOrder) {
    const std::string where = "kind: ZG, class: 自然公园, activity: A01";
    EXPECT_EQ(chosen(row("A", where, "允许需手续") + row("B", where, "限制") + row("C", where, "需核实") +
                         row("D", where, "禁止"),
                     "自然公园"),
              "D");
    EXPECT_EQ(chosen(row("A", where, "允许需手续") + row("B", where, "限制") + row("C", where, "需核实"),
                     "自然公园"),
              "C");
    EXPECT_EQ(chosen(row("A", where, "允许需手续") + row("B", where, "限制"), "自然公园"), "B");
    const std::string urgent =
        "  - {id: URGENT, " + where +
        ", verdict: 限制, conf: A, valid_from: 2000-01-01, basis: 条款, priority: 1}\n";
    EXPECT_EQ(chosen(row("A", where, "限制") + urgent, "自然公园"), "URGENT");
    EXPECT_EQ(chosen(row("A", where, "限制") + row("B", where, "限制"), "自然公园"), "A");
}

TEST(RuleSelection, LastResortOnlyWhenNothingElse) {
    const std::string last =
        row("LAST", "kind: ZG, class: 自然公园, activity: A01", "禁止", ", last_resort: true");
    EXPECT_EQ(chosen(last + row("WIDE", R"(kind: "*", class: "*", activity: "*")", "允许需手续"), "自然公园"),
              "WIDE");
    EXPECT_EQ(chosen(last, "自然公园"), "LAST");
}

app::RankedFinding ranked(Verdict verdict, int priority, ZoneKind kind, const char* zoneClass, double measure,
                          std::uint32_t zone) {
    app::RankedFinding finding;
    finding.judgement.verdict = verdict;
    finding.judgement.priority = priority;
    finding.kind = kind;
    finding.zoneClass = zoneClass;
    finding.measure = measure;
    finding.zone = zone;
    return finding;
}

TEST(GoesBefore, IsTheOrderOfTheMainFinding) {
    const std::vector<app::RankedFinding> ordered{
        ranked(Verdict::Prohibited, 1, ZoneKind::WaterSource, "准", 1, 9),
        ranked(Verdict::Prohibited, 2, ZoneKind::NationalPark, "核心保护区", 9, 0),
        ranked(Verdict::NeedsCheck, 1, ZoneKind::NationalPark, "一般控制区", 1, 8),
        ranked(Verdict::NeedsCheck, 1, ZoneKind::NatureReserve, "实验区", 1, 7),
        ranked(Verdict::NeedsCheck, 1, ZoneKind::WaterSource, "一级", 1, 6),
        ranked(Verdict::NeedsCheck, 1, ZoneKind::ScenicArea, "核心景区", 5, 5),
        ranked(Verdict::NeedsCheck, 1, ZoneKind::NaturePark, "自然公园", 4, 4),
        ranked(Verdict::NeedsCheck, 1, ZoneKind::ScenicArea, "其他景区", 3, 4),
        ranked(Verdict::NeedsCheck, 1, ZoneKind::WaterSource, "二级", 2, 3),
        ranked(Verdict::NeedsCheck, 1, ZoneKind::WaterSource, "未分区", 1, 3),
        ranked(Verdict::NeedsCheck, 1, ZoneKind::RedLine, "红线", 100, 2),
        ranked(Verdict::NeedsCheck, 1, ZoneKind::RedLine, "红线", 50, 0),
        ranked(Verdict::NeedsCheck, 1, ZoneKind::RedLine, "红线", 50, 1),
        ranked(Verdict::NeedsCheck, 1, ZoneKind::WaterSource, "准", 1000, 0),
        ranked(Verdict::Restricted, 1, ZoneKind::NationalPark, "核心保护区", 1000, 0),
        ranked(Verdict::NeedsPermit, 1, ZoneKind::NationalPark, "核心保护区", 1000, 0),
        ranked(Verdict::RecoveryCheck, 3, ZoneKind::NationalPark, "核心保护区", 1000, 0),
    };
    for (std::size_t a = 0; a < ordered.size(); ++a) {
        for (std::size_t b = 0; b < ordered.size(); ++b) {
            EXPECT_EQ(goesBefore(ordered[a], ordered[b]), a < b) << a << " " << b;
        }
    }
}

} // namespace
