// The life of a case as data: the shipped file is whole, faults have line and column, and the pure function
// says what is allowed.

#include "app/cases/case_step.hpp"
#include "app/cases/case_undo.hpp"
#include "app/cases/deadline.hpp"
#include "app/check/list_words.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace {

using app::CaseAnswer;
using app::CaseRequest;
using app::defaultCaseLife;
using layers::CaseRecord;
using layers::FieldChange;

const layers::Day kToday = *layers::dayFromIso("2026-11-24");

CaseRecord caseIn(const std::string& status) {
    CaseRecord record;
    record.number = "LD2026B2-513301-0001";
    record.status = status;
    record.verdict = "疑似禁止";
    record.priority = 2;
    record.proposedResponsible = "康定市人民政府";
    record.proposedPartners = "州林草局";
    return record;
}

CaseRequest stepTo(const std::string& status) {
    CaseRequest request;
    request.to = status;
    request.today = kToday;
    return request;
}

CaseRequest judged(int verdict, const std::string& reason = "") {
    CaseRequest request;
    request.deskVerdict = verdict;
    request.reason = reason;
    return request;
}

CaseRequest setting(const std::string& key, const std::string& value) {
    CaseRequest request;
    request.fields[key] = value;
    return request;
}

CaseAnswer answer(const CaseRecord& before, const CaseRequest& request) {
    return judgeRequest(defaultCaseLife(), before, request);
}

std::string faultOf(const CaseRecord& before, const CaseRequest& request) {
    const CaseAnswer said = answer(before, request);
    EXPECT_TRUE(said.faults.empty() || said.changes.empty());
    return said.faults.empty() ? "" : said.faults.front().zh + " / " + said.faults.front().en;
}

/// Does it, as the ledger would.
CaseRecord after(CaseRecord record, const CaseRequest& request) {
    const CaseAnswer said = answer(record, request);
    EXPECT_TRUE(said.faults.empty()) << said.faults.front().en;
    for (const FieldChange& change : said.changes) {
        record.*layers::findCaseField(change.field)->member = change.to;
    }
    return record;
}

std::string faultsOf(std::string yaml, const std::string& from, const std::string& to) {
    const std::size_t place = yaml.find(from);
    EXPECT_NE(place, std::string::npos) << from;
    yaml.replace(place, from.size(), to);
    std::string text;
    for (const app::RuleFault& fault : app::parseCaseLife(yaml).faults) {
        text += fmt::format("{}:{}: {} / {}\n", fault.line, fault.column, fault.textZh, fault.textEn);
    }
    return text;
}

bool has(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

TEST(CaseLife, theShippedOneIsWhole) {
    const app::CaseLife& life = defaultCaseLife();
    EXPECT_EQ(life.start, "待研判");
    for (const char* status : {"待下发", "已下发", "核查中", "已初核", "退回", "已复核", "整改中", "待销号",
                               "已销号", "回头看", "撤销", "不下发"}) {
        EXPECT_NE(life.status(status), nullptr) << status;
    }
    EXPECT_EQ(life.vocabularies.at("conclusion"), app::conclusionWords());
    EXPECT_EQ(caseStates(life), layers::CaseStates{});
}

TEST(CaseLife, faultsAreNamedWithLineAndColumn) {
    const std::string shipped(app::defaultCaseLifeText());
    const std::string unknown = faultsOf(shipped, "start: 待研判", "start: 待判");
    EXPECT_TRUE(has(unknown, "10:8: ")) << unknown;
    EXPECT_TRUE(has(unknown, "没有状态“待判”")) << unknown;
    EXPECT_TRUE(has(faultsOf(shipped, "needs: [desk]", "needs: [dask]"), "no field 'dask'"));
    EXPECT_TRUE(has(faultsOf(shipped, "phase: field", "phase: feld"), "desk or field"));
    EXPECT_TRUE(has(faultsOf(shipped, "days: {1: 15", "days: {1: -2"), "whole number"));
    EXPECT_TRUE(has(faultsOf(shipped, "[属实-手续齐全", "[属实-手续不齐"), "no word of conclusion"));
    EXPECT_TRUE(has(faultsOf(shipped, "settable:", "settible:"), "unknown field 'settible'"));
    EXPECT_TRUE(has(faultsOf(shipped, "to: 回头看}", "to: 已销号}"), "no step leads to status '回头看'"));
    EXPECT_TRUE(has(faultsOf(shipped, "reason: required}", "reason: yes}"), "required or optional"));
    EXPECT_TRUE(has(faultsOf(shipped, "{code: 5", "{code: 4"), "desk verdict 4 stands twice"));
    EXPECT_FALSE(app::parseCaseLife("").faults.empty());
    EXPECT_FALSE(app::parseCaseLife("[1, 2").faults.empty());
    EXPECT_FALSE(app::parseCaseLife("a: 1").faults.empty());
}

TEST(CaseLife, theDeskSendsOutOnlyWhatItJudged) {
    const CaseRecord fresh = caseIn("待研判");
    EXPECT_TRUE(has(faultOf(fresh, stepTo("已下发")), "内业研判"));
    EXPECT_EQ(after(fresh, judged(1)).status, "待下发");
    EXPECT_EQ(after(fresh, judged(5)).status, "待研判");
    EXPECT_EQ(after(fresh, judged(5)).desk, "待定");
    for (const int verdict : {2, 3, 4}) {
        EXPECT_TRUE(has(faultOf(fresh, judged(verdict)), "须写理由"));
        EXPECT_TRUE(has(faultOf(fresh, judged(verdict, " \t ")), "须写理由"));
        const CaseRecord said = after(fresh, judged(verdict, "积雪"));
        EXPECT_EQ(said.status, "不下发");
        EXPECT_EQ(said.deskReason, "积雪");
    }
    EXPECT_TRUE(has(faultOf(fresh, judged(6)), "3 误判"));
    EXPECT_TRUE(has(faultOf(caseIn("已下发"), judged(1)), "不能内业研判"));
    // A second thought.
    EXPECT_EQ(after(after(fresh, judged(3, "云影")), judged(1)).status, "待下发");
}

TEST(CaseLife, sendingOutFillsWhatIsProposed) {
    const CaseRecord ready = after(caseIn("待研判"), judged(1));
    const CaseRecord sent = after(ready, stepTo("已下发"));
    EXPECT_EQ(sent.deadline, "2026-12-24"); // 30 days at priority 2
    EXPECT_EQ(sent.responsible, "康定市人民政府");
    EXPECT_EQ(sent.partners, "州林草局");
    CaseRequest own = stepTo("已下发");
    own.fields = {{"deadline", "2027年1月5日"}};
    EXPECT_EQ(after(ready, own).deadline, "2027-01-05");
    CaseRecord urgent = ready;
    urgent.setPriority = "1";
    EXPECT_EQ(after(urgent, stepTo("已下发")).deadline, "2026-12-09");
    CaseRecord nobody = ready;
    nobody.proposedResponsible.clear();
    EXPECT_TRUE(has(faultOf(nobody, stepTo("已下发")), "责任单位"));
}

TEST(CaseLife, aStepNeedsItsFieldsAndNamesTheStepsThatAreAllowed) {
    CaseRecord sent = caseIn("已下发");
    sent.deadline = "2026-12-24";
    sent.responsible = "康定市人民政府";
    EXPECT_TRUE(has(faultOf(sent, stepTo("已初核")), "核查结论 conclusion"));
    CaseRequest report = stepTo("已初核");
    report.fields = {{"conclusion", "属实-历史遗留"}, {"inspector", "王五"}, {"inspected_on", "2026/12/1"}};
    const CaseRecord reported = after(sent, report);
    EXPECT_EQ(reported.inspectedOn, "2026-12-01");
    const std::string refused = faultOf(reported, stepTo("已销号"));
    EXPECT_TRUE(has(refused, "不能从“已初核”到“已销号”")) << refused;
    EXPECT_TRUE(has(refused, "已复核（复核）")) << refused;
    EXPECT_TRUE(has(faultOf(reported, stepTo("销号")), "没有状态“销号”"));
    EXPECT_TRUE(has(faultOf(reported, stepTo("已初核")), "已经是“已初核”"));
    EXPECT_TRUE(has(faultOf(reported, stepTo("退回")), "须写理由"));
    EXPECT_TRUE(has(faultOf(reported, setting("conclusion", "")), "“已初核”须有：核查结论"));
}

TEST(CaseLife, whatIsTrueNeedsPuttingRight) {
    CaseRecord reviewed = caseIn("已复核");
    reviewed.conclusion = "属实-疑似违法违规";
    const std::string refused = faultOf(reviewed, stepTo("待销号"));
    EXPECT_TRUE(has(refused, "核查结论 应为")) << refused;
    EXPECT_TRUE(has(faultOf(reviewed, stepTo("整改中")), "拟整改措施"));
    reviewed.conclusion = "已恢复";
    const CaseRecord closed = after(after(reviewed, stepTo("待销号")), stepTo("已销号"));
    EXPECT_EQ(closed.status, "已销号");
    EXPECT_EQ(after(closed, stepTo("回头看")).status, "回头看");
    EXPECT_TRUE(has(faultOf(closed, setting("conclusion", "已恢复")), "可填写：备注"));
    EXPECT_EQ(after(closed, setting("remarks", "档案第3卷")).remarks, "档案第3卷");
}

TEST(CaseLife, valuesAreKeptAsTheLedgerWritesThem) {
    const CaseRecord sent = caseIn("核查中");
    EXPECT_EQ(after(sent, setting("remarks", "  一\r\n二\t三=四 \r\n")).remarks, "一\n二 三=四");
    EXPECT_EQ(after(sent, setting("conclusion", "不属实-误判（云影、积雪、裸地）")).conclusion,
              "不属实-误判(云影、积雪、裸地)");
    EXPECT_TRUE(has(faultOf(sent, setting("conclusion", "属实")), "可用：属实-疑似违法违规"));
    EXPECT_TRUE(has(faultOf(sent, setting("deadline", "2026-02-30")), "不是一个日期"));
    EXPECT_TRUE(has(faultOf(sent, setting("deadline", "2026年上半年")), "不是一个日期"));
    EXPECT_TRUE(has(faultOf(sent, setting("remarks", std::string("a\0b", 3))), "控制字符"));
    EXPECT_TRUE(has(faultOf(sent, setting("remarks", "\xff\xfe")), "UTF-8"));
    EXPECT_EQ(after(sent, setting("remarks", std::string(10000, 'x'))).remarks.size(), 10000U);
    EXPECT_TRUE(has(faultOf(sent, setting("remarks", std::string(30001, 'x'))), "最多 30000"));
    EXPECT_TRUE(has(faultOf(sent, setting("status", "已销号")), "case step"));
    EXPECT_TRUE(has(faultOf(caseIn("待研判"), setting("conclusion", "已恢复")), "可填写"));
    EXPECT_TRUE(answer(sent, setting("remarks", "  ")).changes.empty());
}

TEST(CaseLife, anOverrideKeepsTheRulesValue) {
    CaseRequest request;
    request.override = app::CaseOverride{"需核实", "1"};
    EXPECT_TRUE(has(faultOf(caseIn("待研判"), request), "理由"));
    request.reason = "近水源";
    const CaseRecord said = after(caseIn("待研判"), request);
    EXPECT_EQ(said.verdict, "疑似禁止");
    EXPECT_EQ(said.verdictNow(), "疑似需核实");
    EXPECT_EQ(said.priorityNow(), 1);
    request.override = app::CaseOverride{"违法", "4"};
    EXPECT_TRUE(has(faultOf(caseIn("待研判"), request), "没有判定“违法”"));
    request.override = app::CaseOverride{"", ""};
    request.reason = "复核后同意规则";
    EXPECT_EQ(after(said, request).verdictNow(), "疑似禁止");
    EXPECT_EQ(after(said, request).setReason, "");
}

TEST(CaseLife, lightsOfTheDeadline) {
    CaseRecord record = caseIn("核查中");
    const auto light = [&](const char* deadline) {
        record.deadline = deadline;
        return lightKey(deadlineState(defaultCaseLife(), record, kToday).light);
    };
    EXPECT_STREQ(light(""), "");
    EXPECT_STREQ(light("2026-12-01"), "green");
    EXPECT_STREQ(light("2026-11-30"), "amber");
    EXPECT_STREQ(light("2026-11-24"), "amber");
    EXPECT_STREQ(light("2026-11-23"), "red");
    EXPECT_EQ(deadlineState(defaultCaseLife(), record, kToday).daysLeft, -1);
    record.status = "已销号";
    EXPECT_STREQ(light("2026-11-23"), "");
}

layers::CaseEvent event(std::int64_t number, std::vector<FieldChange> changes, std::int64_t undoes = 0) {
    layers::CaseEvent made;
    made.number = number;
    made.text.changes = std::move(changes);
    made.text.undoes = undoes;
    return made;
}

TEST(CaseUndo, putsBackTheLastChangeAndThenTheOneBefore) {
    CaseRecord record = caseIn("核查中");
    record.remarks = "二";
    std::vector<layers::CaseEvent> history{event(5, {{"remarks", "", "一"}}),
                                           event(7, {{"remarks", "一", "二"}})};
    const app::UndoAnswer first = judgeUndo(defaultCaseLife(), record, history, std::nullopt);
    EXPECT_EQ(first.event, 7);
    EXPECT_EQ(first.changes, (std::vector<FieldChange>{{"remarks", "二", "一"}}));
    EXPECT_FALSE(judgeUndo(defaultCaseLife(), record, history, 5).faults.empty()); // 7 changed it again
    history.push_back(event(9, first.changes, 7));
    record.remarks = "一";
    EXPECT_EQ(judgeUndo(defaultCaseLife(), record, history, std::nullopt).event, 5);
    EXPECT_FALSE(judgeUndo(defaultCaseLife(), record, history, 7).faults.empty()); // taken back already
    // The undoing can be undone.
    const app::UndoAnswer again = judgeUndo(defaultCaseLife(), record, history, 9);
    EXPECT_EQ(again.changes, (std::vector<FieldChange>{{"remarks", "一", "二"}}));
}

TEST(CaseUndo, refusesWhatTheStatusNeedsAndWhatARunSaid) {
    CaseRecord record = caseIn("已复核");
    record.conclusion = "已恢复";
    std::vector<layers::CaseEvent> history{event(2, {{"status", "", "待研判"}}),
                                           event(5, {{"conclusion", "", "已恢复"}})};
    history.front().concernsMany = true;
    EXPECT_TRUE(has(judgeUndo(defaultCaseLife(), record, history, 5).faults.front().zh, "须有：核查结论"));
    EXPECT_TRUE(has(judgeUndo(defaultCaseLife(), record, history, 2).faults.front().zh, "由运行产生"));
    EXPECT_TRUE(has(judgeUndo(defaultCaseLife(), record, history, 3).faults.front().zh, "没有事件 3"));
    history.pop_back();
    EXPECT_TRUE(
        has(judgeUndo(defaultCaseLife(), record, history, std::nullopt).faults.front().en, "nothing"));
}

} // namespace
