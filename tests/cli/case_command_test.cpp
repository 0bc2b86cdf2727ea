// Cases through the command line, as an analyst works with them.

#include "tests/support/case_commands.hpp"

#include <fstream>
#include <regex>

namespace {

using nlohmann::json;
using testing::Test;

using CaseCommand = tests::CaseCommandTest;

bool has(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

std::vector<std::string> numbersOf(const json& list) {
    std::vector<std::string> numbers;
    for (const json& each : list["cases"]) {
        numbers.push_back(each["number"]);
    }
    return numbers;
}

TEST_F(CaseCommand, listFiltersAndSorts) {
    EXPECT_EQ(jsonOf("list", {})["count"], 12);
    EXPECT_EQ(numbersOf(jsonOf("list", {"--county", "康定市"})),
              (std::vector<std::string>{numbers[0], numbers[3], numbers[6], numbers[9]}));
    EXPECT_EQ(jsonOf("list", {"--county", "513322"})["count"], 4);
    EXPECT_EQ(jsonOf("list", {"--batch", "2026B1"})["count"], 0);
    EXPECT_EQ(numbersOf(jsonOf("list", {"--sort", "priority,-covered", "--limit", "2", "--offset", "1"})),
              (std::vector<std::string>{numbers[6], numbers[3]}));
    EXPECT_EQ(numbersOf(jsonOf("list", {"--text", "p00007"})), std::vector<std::string>{numbers[7]});
    EXPECT_EQ(jsonOf("list", {"--text", "%"})["count"], 0);
    EXPECT_EQ(jsonOf("list", {"--zone-kind", "红线"})["count"], 6);
    EXPECT_EQ(jsonOf("list", {"--verdict", "疑似禁止", "--priority", "1"})["count"], 2);
    EXPECT_EQ(jsonOf("list", {"--status", "待研判", "--status", "撤销"})["count"], 12);
    EXPECT_EQ(runCase("list", {"--status", "已关闭"}).status, 2);
    EXPECT_TRUE(has(runCase("list", {"--status", "已关闭"}).err, "已销号"));
    EXPECT_TRUE(has(runCase("list", {"--sort", "size"}).err, "covered"));
}

TEST_F(CaseCommand, tablesStandBelowEachOther) {
    const std::string out = done("list", {}).out;
    // 13 lines; a Chinese character takes two columns.
    EXPECT_EQ(std::count(out.begin(), out.end(), '\n'), 13);
    EXPECT_TRUE(out.starts_with("编号                  状态    研判  级  判定        县(市)  管控区")) << out;
    EXPECT_TRUE(has(out, "LD2026B2-513301-0001  待研判         1  疑似禁止    康定市")) << out;
}

TEST_F(CaseCommand, fromDeskToClosing) {
    const std::string& one = numbers[0];
    EXPECT_EQ(runCase("step", {one, "--to", "已下发"}).status, 1);
    done("judge", {"--batch", "2026B2", "--verdict", "1", "--who", "张三"});
    EXPECT_EQ(jsonOf("list", {"--status", "待下发"})["count"], 12);
    done("judge", {numbers[1], numbers[2], "--verdict", "2", "--reason", "季节性积雪"});
    EXPECT_EQ(jsonOf("list", {"--desk", "季节或自然变化"})["count"], 2);
    done("step", {"--status", "待下发", "--to", "已下发"});
    EXPECT_EQ(jsonOf("list", {"--status", "已下发"})["count"], 10);
    EXPECT_EQ(jsonOf("show", {one})["deadline"], "2026-12-09"); // 15 days at priority 1
    done("step", {one, "--to", "已初核", "核查结论=属实-疑似违法违规", "inspector=王五", "HCRQ=2026-12-01"});
    done("step", {one, "--to", "已复核"});
    const tests::Ended refused = runCase("step", {one, "--to", "待销号"});
    EXPECT_EQ(refused.status, 1);
    EXPECT_TRUE(has(refused.err, "无需整改")) << refused.err;
    done("step", {one, "--to", "整改中", "measures=2027年6月前拆除=恢复"});
    done("step", {one, "--to", "待销号"});
    done("step", {one, "--to", "已销号"});
    const json shown = jsonOf("show", {one});
    EXPECT_EQ(shown["status"], "已销号");
    EXPECT_EQ(shown["measures"], "2027年6月前拆除=恢复");
    EXPECT_EQ(shown["history"].size(), 8U);
    EXPECT_EQ(shown["history"][1]["who"], "张三");
    EXPECT_EQ(shown["revision"], shown["history"].back()["event"]);
    EXPECT_TRUE(has(done("show", {one}).out, "状态：待销号 → 已销号"));
    EXPECT_EQ(faults(), "");
}

TEST_F(CaseCommand, filtersChooseTheCasesOfAChange) {
    EXPECT_EQ(jsonOf("set", {"--county", "康定市", "--status", "待研判", "备注=一县"})["cases"].size(), 4U);
    EXPECT_EQ(ledger.readCase(numbers[1]).remarks, "");
    EXPECT_EQ(jsonOf("set", {"--county", "成都市", "备注=x"})["cases"].size(), 0U);
    EXPECT_EQ(faults(), "");
}

TEST_F(CaseCommand, severalAreAllOrNothing) {
    done("judge", {numbers[0], "--verdict", "1"});
    const tests::Ended refused = runCase("step", {numbers[0], numbers[1], "--to", "已下发"});
    EXPECT_EQ(refused.status, 1);
    EXPECT_TRUE(has(refused.err, numbers[1] + "：不能从“待研判”到“已下发”")) << refused.err;
    EXPECT_EQ(statusOf(numbers[0]), "待下发");
    EXPECT_TRUE(has(runCase("set", {numbers[0], "LD2026B2-513301-9999", "备注=x"}).err, "没有这个案件"));
    EXPECT_EQ(ledger.readCase(numbers[0]).remarks, "");
    // Named twice, done once; written in other letters, found.
    EXPECT_EQ(jsonOf("set", {numbers[0], "ld2026b2-513301-0001", "备注=x"})["cases"].size(), 1U);
}

TEST_F(CaseCommand, wrongUsageIsToldWithWhatIsRight) {
    EXPECT_EQ(runCase("set", {numbers[0], "结论=属实"}).status, 2);
    EXPECT_TRUE(has(runCase("set", {numbers[0], "结论=属实"}).err, "核查结论 conclusion"));
    EXPECT_EQ(runCase("set", {"备注=x"}).status, 2);
    EXPECT_EQ(runCase("set", {numbers[0]}).status, 2);
    EXPECT_EQ(runCase("set", {numbers[0], "备注=x", "--county", "康定市"}).status, 2);
    EXPECT_EQ(runCase("set", {numbers[0], "备注=x", "remarks=y"}).status, 2);
    EXPECT_EQ(runCase("override", {numbers[0], "--reason", "x"}).status, 2);
    EXPECT_EQ(runCase("show", {"LD1"}).status, 1);
    EXPECT_TRUE(has(runCase("set", {numbers[0], "状态=已销号"}).err, "case step"));
    EXPECT_EQ(faults(), "");
}

TEST_F(CaseCommand, overrideAndUndo) {
    const std::string& one = numbers[1];
    done("override", {one, "--verdict", "禁止", "--priority", "1", "--reason", "在一级保护区"});
    json shown = jsonOf("show", {one});
    EXPECT_EQ(shown["verdict"], "疑似禁止");
    EXPECT_EQ(shown["rule_verdict"], "疑似需核实");
    EXPECT_EQ(jsonOf("list", {"--priority", "1"})["count"], 5);
    done("set", {one, "备注=第一"});
    done("set", {one, "备注=第二"});
    const json undone = jsonOf("undo", {one})["cases"][0];
    EXPECT_EQ(undone["changes"]["remarks"]["to"], "第一");
    const std::int64_t ofOverride = shown["revision"];
    done("undo", {one, "--event", std::to_string(ofOverride)});
    EXPECT_EQ(jsonOf("show", {one})["verdict"], "疑似需核实");
    EXPECT_EQ(runCase("undo", {one, "--event", std::to_string(ofOverride)}).status, 1);
    EXPECT_EQ(runCase("undo", {one, "--event", "1"}).status, 1);
    EXPECT_EQ(faults(), "");
}

TEST_F(CaseCommand, overdueCasesAreListedWithTheirLight) {
    done("judge", {"--batch", "2026B2", "--verdict", "1"});
    done("step", {"--batch", "2026B2", "--to", "已下发", "deadline=2026-11-20"});
    done("set", {numbers[0], "deadline=2026-11-26"});
    EXPECT_EQ(jsonOf("list", {"--overdue"})["count"], 11);
    EXPECT_EQ(jsonOf("show", {numbers[0]})["light"], "amber");
    EXPECT_EQ(jsonOf("show", {numbers[0]})["days_left"], 2);
    EXPECT_TRUE(has(done("list", {"--overdue"}).out, "红·超期4天"));
    EXPECT_EQ(jsonOf("list", {"--sort", "-deadline", "--limit", "1"})["cases"][0]["number"], numbers[0]);
}

TEST_F(CaseCommand, theOfficeChangesLifeAndOffices) {
    const std::string project = ledger.file().string();
    const auto write = [this](const char* name, const std::string& text) {
        std::ofstream(folder.path() / name, std::ios::binary) << text;
        return (folder.path() / name).string();
    };
    const auto replaced = [](std::string text, const std::string& from, const std::string& to) {
        EXPECT_NE(text.find(from), std::string::npos) << from;
        return text.replace(text.find(from), from.size(), to);
    };
    const std::string life = tests::runProgram({"project", "info", project, "--life"}).out;
    const std::string offices = tests::runProgram({"project", "info", project, "--offices"}).out;
    const std::string quicker = write("快.yaml", "\xEF\xBB\xBF" + replaced(life, "{1: 15", "{1: 5"));
    const std::string teams = write(
        "单位.yaml", replaced(offices, "# teams: {\"513301\": 康定核查组}", "teams: {\"513301\": 康定组}"));
    const auto set = tests::runProgram({"project", "set", project, "--life", quicker, "--offices", teams});
    EXPECT_EQ(set.status, 0) << set.err;
    done("judge", {numbers[0], "--verdict", "1"});
    done("step", {numbers[0], "--to", "已下发"});
    EXPECT_EQ(jsonOf("show", {numbers[0]})["deadline"], "2026-11-29");
    EXPECT_EQ(jsonOf("show", {numbers[0]})["team"], "康定组");

    const std::string broken = write("错.yaml", replaced(life, "phase: desk}", "phase: dask}"));
    const auto refused = tests::runProgram({"project", "set", project, "--life", broken});
    EXPECT_EQ(refused.status, 1);
    EXPECT_TRUE(has(refused.err, "错.yaml:16:")) << refused.err;
    const std::string renamed = write("改.yaml", std::regex_replace(life, std::regex("已下发"), "下发了"));
    const auto unknown = tests::runProgram({"project", "set", project, "--life", renamed});
    EXPECT_EQ(unknown.status, 1);
    EXPECT_TRUE(has(unknown.err, "“已下发” 1")) << unknown.err;
    EXPECT_EQ(tests::runProgram({"project", "set", project, "--life", "default"}).status, 0);
    EXPECT_EQ(tests::runProgram({"project", "info", project, "--life"}).out, life);
    EXPECT_EQ(faults(), "");
}

TEST_F(CaseCommand, oddValuesComeBackAsTheyWere) {
    const std::string odd = "=cmd|' /C calc'!A0; '; DROP TABLE cases; -- “①𠮷”\r\n第二行";
    done("set", {numbers[0], "备注=" + odd, "--who", "O'Neil \"x\""});
    const json shown = jsonOf("show", {numbers[0]});
    EXPECT_EQ(shown["remarks"], "=cmd|' /C calc'!A0; '; DROP TABLE cases; -- “①𠮷”\n第二行");
    EXPECT_EQ(shown["history"].back()["who"], "O'Neil \"x\"");
    const std::string longReason(10000, 'r');
    done("judge", {numbers[0], "--verdict", "3", "--reason", longReason});
    EXPECT_EQ(jsonOf("show", {numbers[0]})["desk_reason"], longReason);
    EXPECT_EQ(runCase("set", {numbers[0], "备注=\xff"}).status, 1);
    EXPECT_EQ(faults(), "");
}

TEST_F(CaseCommand, theCheckNamesCaseAndFieldThatWereEdited) {
    done("judge", {numbers[0], "--verdict", "1"});
    ledger.edit("UPDATE cases SET conclusion = '已恢复' WHERE number = '" + numbers[3] + "'");
    EXPECT_TRUE(has(faults(), "cases: 案件 " + numbers[3] + "：核查结论 为“已恢复”，按事件应为“”"))
        << faults();
    ledger.edit("UPDATE cases SET conclusion = '', status = '已销号' WHERE number = '" + numbers[3] + "'");
    EXPECT_TRUE(has(faults(), "案件 " + numbers[3] + "：状态 为“已销号”")) << faults();
    ledger.edit("UPDATE cases SET status = '待研判' WHERE number = '" + numbers[3] + "'");
    EXPECT_EQ(faults(), "");
    ledger.edit("UPDATE case_counters SET last = 2 WHERE scheme = 'LD2026B2-513301'");
    EXPECT_TRUE(has(faults(), "计数器为 2，已发到 4")) << faults();
    ledger.edit("UPDATE case_counters SET last = 4 WHERE scheme = 'LD2026B2-513301'");
    ledger.edit("DELETE FROM case_events WHERE case_id = (SELECT id FROM cases WHERE number = '" +
                numbers[5] + "')");
    EXPECT_TRUE(has(faults(), numbers[5])) << faults();
}

} // namespace
