#include "app/cases/case_work.hpp"

#include "app/cases/case_undo.hpp"
#include "app/cases/field_values.hpp"
#include "layers/error.hpp"
#include "layers/text.hpp"

#include <fmt/format.h>

#include <functional>
#include <set>

namespace app {

namespace {

using layers::CaseRecord;

constexpr std::size_t kMostFaultsTold = 20;

/// The faults of many cases, told together.
class Refusals {
  public:
    void add(const std::string& number, const std::vector<CaseFault>& faults) {
        for (const CaseFault& fault : faults) {
            if (++m_count <= kMostFaultsTold) {
                m_lines += fmt::format("\n{}：{} / {}", number, fault.zh, fault.en);
            }
        }
    }
    void throwIfAny() const {
        if (m_count == 0) {
            return;
        }
        const std::string more = m_count > kMostFaultsTold
                                     ? fmt::format("\n…（另 {0} 处 / {0} more）", m_count - kMostFaultsTold)
                                     : "";
        throw layers::Error("未作任何更改 / nothing was changed:" + m_lines + more);
    }

  private:
    std::size_t m_count = 0;
    std::string m_lines;
};

std::vector<CaseRecord> selected(const layers::ProjectFile& project, const CaseSelection& selection) {
    std::vector<CaseRecord> records;
    if (selection.numbers.empty()) {
        layers::eachCase(project, selection.filter, {},
                         [&records](CaseRecord&& record) { records.push_back(std::move(record)); });
        return records;
    }
    Refusals refusals;
    std::set<std::string> seen;
    for (const std::string& given : selection.numbers) {
        const std::string number = layers::folded(given);
        if (!seen.insert(number).second) {
            continue; // named twice, done once
        }
        if (std::optional<CaseRecord> record = layers::readCase(project, number)) {
            records.push_back(std::move(*record));
        } else {
            refusals.add(given, {{"没有这个案件", "no such case"}});
        }
    }
    refusals.throwIfAny();
    return records;
}

/// What is to be done to a case; faults instead where it refuses.
struct Plan {
    layers::CaseEventText text;
    std::vector<CaseFault> faults;
};

std::vector<CaseOutcome> changeEach(layers::ProjectFile& project, const layers::Stamp& stamp,
                                    const CaseSelection& selection,
                                    const std::function<Plan(const CaseRecord&)>& planFor) {
    layers::LedgerChange change(project, stamp);
    Refusals refusals;
    std::vector<CaseOutcome> outcomes;
    bool anyChanged = false;
    for (CaseRecord& record : selected(project, selection)) {
        if (selection.knownEvent && *selection.knownEvent != record.lastEvent) {
            refusals.add(record.number,
                         {{fmt::format("已被他人更改（最后事件 {}，您看到的是 {}），请重新查看",
                                       record.lastEvent, *selection.knownEvent),
                           fmt::format("changed meanwhile (last event {}, you saw {}): look again",
                                       record.lastEvent, *selection.knownEvent)}});
            continue;
        }
        const Plan plan = planFor(record);
        refusals.add(record.number, plan.faults);
        CaseOutcome outcome{record.number, 0, plan.text.changes};
        if (plan.faults.empty() && !plan.text.changes.empty()) {
            outcome.event = layers::changeCase(change, record, plan.text);
            anyChanged = true;
        }
        outcomes.push_back(std::move(outcome));
    }
    refusals.throwIfAny();
    if (anyChanged) {
        change.commit();
    }
    return outcomes;
}

} // namespace

std::vector<CaseOutcome> changeCases(layers::ProjectFile& project, const layers::Stamp& stamp,
                                     const CaseLife& life, const CaseSelection& selection,
                                     const CaseRequest& request) {
    return changeEach(project, stamp, selection, [&](const CaseRecord& record) {
        CaseAnswer answer = judgeRequest(life, record, request);
        Plan plan;
        plan.text.kind = std::move(answer.kind);
        plan.text.changes = std::move(answer.changes);
        plan.text.reason = std::move(answer.reason);
        plan.faults = std::move(answer.faults);
        return plan;
    });
}

std::vector<CaseOutcome> undoCases(layers::ProjectFile& project, const layers::Stamp& stamp,
                                   const CaseLife& life, const CaseSelection& selection,
                                   std::optional<std::int64_t> event, const std::string& reason) {
    const auto said = fieldValue(life, *layers::findCaseField("remarks"), reason); // the same rules
    if (const auto* fault = std::get_if<CaseFault>(&said)) {
        throw layers::Error(fault->zh + " / " + fault->en);
    }
    return changeEach(project, stamp, selection, [&](const CaseRecord& record) {
        UndoAnswer answer = judgeUndo(life, record, layers::caseHistory(project, record.number), event);
        Plan plan;
        plan.text.kind = "case_undone";
        plan.text.changes = std::move(answer.changes);
        plan.text.undoes = answer.event;
        plan.text.reason = std::get<std::string>(said);
        plan.faults = std::move(answer.faults);
        return plan;
    });
}

} // namespace app
