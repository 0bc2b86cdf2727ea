#include "app/cli/case_output.hpp"

#include "app/cases/case_words.hpp"

#include <algorithm>

namespace app {

namespace {

constexpr double kM2PerHa = 10'000.0;
constexpr std::size_t kShownChange = 40; ///< characters of a value in a list of changes
constexpr std::size_t kShownHistory = 120;

Json orNull(const std::optional<double>& value) {
    return value ? Json(*value) : Json(nullptr);
}

std::string hectares(const std::optional<double>& areaM2) {
    return areaM2 ? fmt::format("{:.4f}", *areaM2 / kM2PerHa) : "";
}

/// "黄·剩5天"
std::string deadlineWords(const DeadlineState& state) {
    if (state.light == Light::None) {
        return {};
    }
    return state.light == Light::Red ? fmt::format("红·超期{}天", -state.daysLeft)
                                     : fmt::format("{}·剩{}天", lightNameZh(state.light), state.daysLeft);
}

std::string spaced(const std::string& text) {
    return text.empty() ? "" : " " + text;
}

Json changesJson(const std::vector<layers::FieldChange>& changes) {
    Json json = Json::object();
    for (const layers::FieldChange& change : changes) {
        json[change.field] = Json{{"from", change.from}, {"to", change.to}};
    }
    return json;
}

void printLine(const std::string& name, const std::string& value) {
    constexpr std::size_t kNameWidth = 20;
    const std::size_t width = terminalWidth(name);
    if (value.empty()) {
        return;
    }
    std::string lines = value;
    const std::string indent(kNameWidth + 4, ' ');
    for (std::size_t at = lines.find('\n'); at != std::string::npos; at = lines.find('\n', at + 1)) {
        lines.insert(at + 1, indent);
    }
    fmt::print("  {}{}  {}\n", name, std::string(kNameWidth - std::min(kNameWidth, width), ' '), lines);
}

/// The changes without the field that repeats the event's reason.
std::vector<layers::FieldChange> withoutReason(const layers::CaseEventText& text) {
    std::vector<layers::FieldChange> changes = text.changes;
    std::erase_if(changes, [&text](const layers::FieldChange& change) {
        return change.field.ends_with("_reason") && change.to == text.reason;
    });
    return changes;
}

/// The time as people read it: without zone and "T".
std::string readableTime(const std::string& at) {
    constexpr std::size_t kToMinutes = 16;
    std::string time = at.substr(0, kToMinutes);
    std::replace(time.begin(), time.end(), 'T', ' ');
    return time;
}

} // namespace

Json caseJson(const CaseLife& life, const layers::CaseRecord& record, layers::Day today) {
    const DeadlineState deadline = deadlineState(life, record, today);
    Json json{{"number", record.number},
              {"batch", record.batchCode},
              {"patch_id", record.patchId},
              {"holds", record.holds},
              {"issued_at", record.issuedAt},
              {"county_code", record.countyCode},
              {"county", record.county},
              {"zone_kind", record.zoneKind},
              {"zone_name", record.zoneName},
              {"zone_class", record.zoneClass},
              {"activity", record.activity},
              {"verdict", record.verdictNow()},
              {"rule_verdict", record.verdict},
              {"priority", record.priorityNow()},
              {"rule_priority", record.priority},
              {"area_m2", orNull(record.areaM2)},
              {"covered_m2", orNull(record.coveredM2)},
              {"proposed_responsible", record.proposedResponsible},
              {"proposed_partners", record.proposedPartners}};
    for (const layers::CaseField& field : layers::caseFields()) {
        json[field.key] = record.*field.member;
    }
    json["light"] = lightKey(deadline.light);
    json["days_left"] = deadline.light == Light::None ? Json(nullptr) : Json(deadline.daysLeft);
    json["revision"] = record.lastEvent;
    return json;
}

TextTable caseTable() {
    using Align = TextTable::Align;
    return TextTable({{"编号", Align::Left, 30},
                      {"状态", Align::Left, 12},
                      {"研判", Align::Left, 16},
                      {"级", Align::Right, 4},
                      {"判定", Align::Left, 14},
                      {"县(市)", Align::Left, 14},
                      {"管控区", Align::Left, 24},
                      {"分区", Align::Left, 14},
                      {"活动", Align::Left, 12},
                      {"涉及公顷", Align::Right, 14},
                      {"时限", Align::Left, 26}});
}

std::vector<std::string> caseCells(const CaseLife& life, const layers::CaseRecord& record,
                                   layers::Day today) {
    const char* set = record.setPriority.empty() ? "" : "*";
    return {record.number,
            record.status + (record.holds ? "" : "!"),
            record.desk,
            fmt::format("{}{}", record.priorityNow(), set),
            record.verdictNow() + (record.setVerdict.empty() ? "" : "*"),
            record.county,
            record.zoneName.empty() ? record.zoneKind : record.zoneName,
            record.zoneClass,
            record.activity,
            hectares(record.coveredM2),
            record.deadline + spaced(deadlineWords(deadlineState(life, record, today)))};
}

void printCase(const CaseLife& life, const layers::CaseRecord& record,
               const std::vector<layers::CaseEvent>& history, layers::Day today) {
    fmt::print("{}  {}{}\n", record.number, record.status,
               record.holds ? "" : "（最近一次运行不再列入清单 no longer listed by the last run）");
    printLine("批次 batch", record.batchCode);
    printLine("原图斑编号 patch", record.patchId);
    printLine("县(市) county", fmt::format("{} {}", record.county, record.countyCode));
    printLine("管控区 zone", fmt::format("{} {} {}", record.zoneKind, record.zoneName, record.zoneClass));
    printLine("活动 activity", record.activity);
    printLine("面积 area ha",
              fmt::format("{}（涉及 covered {}）", hectares(record.areaM2), hectares(record.coveredM2)));
    printLine("判定 verdict", record.setVerdict.empty() ? record.verdict
                                                        : fmt::format("{}（人工；规则 rule: {}）",
                                                                      record.setVerdict, record.verdict));
    printLine("优先级 priority",
              record.setPriority.empty()
                  ? std::to_string(record.priority)
                  : fmt::format("{}（人工；规则 rule: {}）", record.setPriority, record.priority));
    for (const layers::CaseField& field : layers::caseFields()) {
        const std::string& value = record.*field.member;
        if (field.key == "status" || field.key == "set_verdict" || field.key == "set_priority") {
            continue;
        }
        if (field.key == "deadline" && !value.empty()) {
            printLine(field.nameZh, value + spaced(deadlineWords(deadlineState(life, record, today))));
        } else if (field.key == "responsible" && value.empty() && !record.proposedResponsible.empty()) {
            printLine(field.nameZh, record.proposedResponsible + "（建议 proposed）");
        } else if (field.key == "partners" && value.empty() && !record.proposedPartners.empty()) {
            printLine(field.nameZh, record.proposedPartners + "（建议 proposed）");
        } else {
            printLine(field.nameZh, value);
        }
    }
    fmt::print("经过 history:\n");
    for (const layers::CaseEvent& event : history) {
        const EventName name = eventName(event.text.kind);
        std::string line = fmt::format("  {:>6}  {}  {}  {}", event.number, readableTime(event.stamp.at),
                                       event.stamp.who, name.zh);
        line += event.text.undoes == 0 ? "" : fmt::format("事件 {}", event.text.undoes);
        line += event.text.run == 0 ? "" : fmt::format("（运行 {}）", event.text.run);
        const std::string changes = changesInWords(withoutReason(event.text), kShownHistory);
        line += changes.empty() ? "" : "：" + changes;
        if (!event.text.reason.empty()) {
            line += "；理由：" + cutText(event.text.reason, kShownHistory);
        }
        fmt::print("{}\n", line);
    }
    const CaseFault next = allowedSteps(life, record.status);
    fmt::print("可以 next: {}\n", next.zh);
}

Json historyJson(const std::vector<layers::CaseEvent>& history) {
    Json list = Json::array();
    for (const layers::CaseEvent& event : history) {
        const EventName name = eventName(event.text.kind);
        Json json{{"event", event.number},   {"at", event.stamp.at}, {"who", event.stamp.who},
                  {"kind", event.text.kind}, {"name_zh", name.zh},   {"name_en", name.en}};
        json["run"] = event.text.run == 0 ? Json(nullptr) : Json(event.text.run);
        json["undoes"] = event.text.undoes == 0 ? Json(nullptr) : Json(event.text.undoes);
        json["reason"] = event.text.reason;
        json["changes"] = changesJson(event.text.changes);
        list.push_back(std::move(json));
    }
    return list;
}

void printOutcomes(const std::vector<CaseOutcome>& outcomes) {
    for (const CaseOutcome& outcome : outcomes) {
        if (outcome.event == 0) {
            fmt::print("{}  未变 unchanged\n", outcome.number);
        } else {
            fmt::print("{}  {}（事件 event {}）\n", outcome.number,
                       changesInWords(outcome.changes, kShownChange), outcome.event);
        }
    }
}

Json outcomesJson(const std::vector<CaseOutcome>& outcomes) {
    Json list = Json::array();
    for (const CaseOutcome& outcome : outcomes) {
        list.push_back(Json{{"number", outcome.number},
                            {"event", outcome.event == 0 ? Json(nullptr) : Json(outcome.event)},
                            {"changes", changesJson(outcome.changes)}});
    }
    return list;
}

} // namespace app
