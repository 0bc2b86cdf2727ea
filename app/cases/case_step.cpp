#include "app/cases/case_step.hpp"

#include "app/cases/field_values.hpp"
#include "app/check/list_words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace app {

namespace {

using layers::CaseField;
using layers::CaseRecord;

bool holds(const std::vector<std::string>& names, const std::string& name) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

const std::vector<std::string>& settableIn(const CaseLife& life, const CaseStatus& status) {
    return status.isClosed                   ? life.settableWhenClosed
           : status.phase == CasePhase::Desk ? life.settableAtDesk
                                             : life.settableInField;
}

/// Names of fields for a message: "核查结论 conclusion、备注 remarks".
std::string fieldNames(const std::vector<std::string>& keys) {
    std::vector<std::string> names;
    names.reserve(keys.size());
    for (const std::string& key : keys) {
        names.push_back(layers::findCaseField(key)->nameZh + " " + key);
    }
    return fmt::format("{}", fmt::join(names, "、"));
}

/// Works out one request on one case.
class Judging {
  public:
    Judging(const CaseLife& life, const CaseRecord& before, const CaseRequest& request)
        : m_life(life), m_before(before), m_request(request), m_after(before),
          m_status(life.status(before.status)) {}

    CaseAnswer answer() {
        m_answer.kind = "case_set";
        if (m_status == nullptr) {
            fail(fmt::format("状态“{}”不在流程中", m_before.status),
                 fmt::format("status '{}' is none of this life", m_before.status));
            return std::move(m_answer);
        }
        m_answer.reason = valueOf("remarks", m_request.reason); // the same rules for a reason
        if (!m_request.to.empty()) {
            step();
        } else if (m_request.deskVerdict) {
            judge();
        } else if (m_request.override) {
            override();
        }
        for (const auto& [key, text] : m_request.fields) {
            setField(key, text);
        }
        if (m_step != nullptr) {
            checkConditions();
            fill();
        }
        if (m_answer.faults.empty()) {
            compare();
            if (auto missing = missingFields(m_life, m_before, m_after)) {
                m_answer.faults.push_back(std::move(*missing));
            }
        }
        if (!m_answer.faults.empty()) {
            m_answer.changes.clear();
        }
        return std::move(m_answer);
    }

  private:
    void fail(std::string zh, std::string en) { m_answer.faults.push_back({std::move(zh), std::move(en)}); }

    std::string valueOf(const std::string& key, const std::string& text) {
        auto value = fieldValue(m_life, *layers::findCaseField(key), text);
        if (auto* bad = std::get_if<CaseFault>(&value)) {
            m_answer.faults.push_back(std::move(*bad));
            return {};
        }
        return std::get<std::string>(value);
    }

    void step() {
        m_answer.kind = "case_step";
        const CaseStatus* target = m_life.status(m_request.to);
        const CaseFault allowed = allowedSteps(m_life, m_before.status);
        if (target == nullptr || m_request.to == m_before.status) {
            fail(fmt::format("{}“{}”；可以：{}", target == nullptr ? "没有状态" : "已经是", m_request.to,
                             allowed.zh),
                 fmt::format("{} '{}'; allowed: {}", target == nullptr ? "no status" : "is already",
                             m_request.to, allowed.en));
            return;
        }
        const auto leads = [this](const CaseStep& each) {
            return each.to == m_request.to && holds(each.from, m_before.status);
        };
        for (const CaseStep& each : m_life.steps) {
            if (leads(each)) {
                m_steps.push_back(&each);
            }
        }
        if (m_steps.empty()) {
            fail(fmt::format("不能从“{}”到“{}”；可以：{}", m_before.status, m_request.to, allowed.zh),
                 fmt::format("no step from '{}' to '{}'; allowed: {}", m_before.status, m_request.to,
                             allowed.en));
            return;
        }
        m_step = m_steps.front();
        goTo(m_request.to);
    }

    /// Which of the steps between the two statuses it is: the first whose condition is met.
    void checkConditions() {
        const auto isMet = [this](const CaseStep* each) {
            return std::all_of(each->when.begin(), each->when.end(), [this](const auto& condition) {
                return holds(condition.second, m_after.*layers::findCaseField(condition.first)->member);
            });
        };
        const auto met = std::find_if(m_steps.begin(), m_steps.end(), isMet);
        if (met == m_steps.end()) {
            for (const auto& [key, words] : m_step->when) {
                const CaseField& field = *layers::findCaseField(key);
                const std::string& now = m_after.*field.member;
                fail(fmt::format("{}（{}→{}）：{} 应为 {}，现为“{}”", m_step->name, m_before.status,
                                 m_step->to, field.nameZh, fmt::join(words, "、"), now),
                     fmt::format("{} needs {} to be one of {}; it is '{}'", m_step->name, key,
                                 fmt::join(words, ", "), now));
            }
            return;
        }
        m_step = *met;
        if (m_step->needsReason && m_answer.reason.empty()) {
            fail(fmt::format("“{}”须写理由（--reason）", m_step->name),
                 fmt::format("'{}' needs a reason (--reason)", m_step->name));
        }
    }

    void fill() {
        for (const std::string& key : m_step->fills) {
            std::string& value = m_after.*layers::findCaseField(key)->member;
            if (!value.empty()) {
                continue;
            }
            if (key == "deadline") {
                const auto days = m_life.deadlineDays.find(m_after.priorityNow());
                value = days == m_life.deadlineDays.end()
                            ? ""
                            : layers::isoFromDay(m_request.today + days->second);
            } else if (key == "responsible") {
                value = m_after.proposedResponsible;
            } else if (key == "team") {
                const auto team = m_request.teams.find(m_after.countyCode);
                value = team == m_request.teams.end() ? "" : team->second;
            } else if (key == "partners") {
                value = m_after.proposedPartners;
            }
        }
    }

    void judge() {
        m_answer.kind = "case_judged";
        if (!holds(m_life.judgedIn, m_before.status)) {
            const std::string where = fmt::format("{}", fmt::join(m_life.judgedIn, "、"));
            fail(fmt::format("状态“{}”不能内业研判，只能在：{}", m_before.status, where),
                 fmt::format("a case in status '{}' is not judged at the desk, only in: {}", m_before.status,
                             where));
            return;
        }
        const auto verdict =
            std::find_if(m_life.verdicts.begin(), m_life.verdicts.end(),
                         [this](const DeskVerdict& each) { return each.code == *m_request.deskVerdict; });
        if (verdict == m_life.verdicts.end()) {
            std::vector<std::string> known;
            known.reserve(m_life.verdicts.size());
            for (const DeskVerdict& each : m_life.verdicts) {
                known.push_back(fmt::format("{} {}", each.code, each.name));
            }
            fail(fmt::format("没有研判结果 {}，可用：{}", *m_request.deskVerdict, fmt::join(known, "、")),
                 fmt::format("no verdict {}, known: {}", *m_request.deskVerdict, fmt::join(known, ", ")));
            return;
        }
        if (verdict->needsReason && m_answer.reason.empty()) {
            fail(fmt::format("研判为“{}”须写理由（--reason）", verdict->name),
                 fmt::format("the verdict '{}' needs a reason (--reason)", verdict->name));
        }
        m_after.desk = verdict->name;
        m_after.deskReason = m_answer.reason;
        goTo(verdict->to);
    }

    void override() {
        m_answer.kind = "case_overridden";
        if (m_status->isClosed) {
            fail(fmt::format("“{}”的案件不能调整判定", m_before.status),
                 fmt::format("a case in status '{}' is not overridden", m_before.status));
        }
        if (m_answer.reason.empty()) {
            fail("调整判定或优先级须写理由（--reason）", "an override needs a reason (--reason)");
        }
        const CaseOverride& wanted = *m_request.override;
        m_after.setVerdict = verdictOf(wanted.verdict);
        if (!wanted.priority.empty() && wanted.priority != "1" && wanted.priority != "2" &&
            wanted.priority != "3") {
            fail(fmt::format("优先级“{}”应为 1、2 或 3", wanted.priority),
                 fmt::format("priority '{}' should be 1, 2 or 3", wanted.priority));
        }
        m_after.setPriority = wanted.priority;
        m_after.setReason = wanted.verdict.empty() && wanted.priority.empty() ? "" : m_answer.reason;
    }

    std::string verdictOf(const std::string& text) {
        if (text.empty()) {
            return {};
        }
        if (const std::optional<layers::Verdict> verdict = suspectedVerdictFrom(text)) {
            return suspectedVerdict(*verdict);
        }
        const std::vector<std::string> known{
            suspectedVerdict(layers::Verdict::Prohibited), suspectedVerdict(layers::Verdict::NeedsCheck),
            suspectedVerdict(layers::Verdict::Restricted), suspectedVerdict(layers::Verdict::NeedsPermit),
            suspectedVerdict(layers::Verdict::RecoveryCheck)};
        fail(fmt::format("没有判定“{}”，可用：{}", text, fmt::join(known, "、")),
             fmt::format("no verdict '{}', known: {}", text, fmt::join(known, ", ")));
        return {};
    }

    void goTo(const std::string& status) {
        m_after.status = status;
        m_after.statusBefore.clear(); // a person has decided
    }

    void setField(const std::string& key, const std::string& text) {
        const CaseField* field = layers::findCaseField(key);
        const CaseStatus* after = m_life.status(m_after.status);
        std::vector<std::string> settable = settableIn(m_life, *m_status);
        if (after != nullptr && after != m_status) {
            const std::vector<std::string>& more = settableIn(m_life, *after);
            settable.insert(settable.end(), more.begin(), more.end());
        }
        if (field == nullptr) {
            fail(fmt::format("没有字段“{}”，可填写：{}", key, fieldNames(settable)),
                 fmt::format("no field '{}', known: {}", key, fieldNames(settable)));
        } else if (!holds(settable, field->key)) {
            fail(fmt::format("状态“{}”下不能填写 {}{}；可填写：{}", m_before.status, field->nameZh,
                             otherWay(field->key), fieldNames(settable)),
                 fmt::format("{} is not to be set in status '{}'{}", field->key, m_before.status,
                             otherWay(field->key)));
        } else {
            m_after.*field->member = valueOf(field->key, text);
        }
    }

    static std::string otherWay(const std::string& key) {
        return key == "status"                         ? "（用 case step）"
               : key == "desk" || key == "desk_reason" ? "（用 case judge）"
               : key.starts_with("set_")               ? "（用 case override）"
                                                       : "";
    }

    void compare() {
        for (const CaseField& field : layers::caseFields()) {
            if (m_before.*field.member != m_after.*field.member) {
                m_answer.changes.push_back({field.key, m_before.*field.member, m_after.*field.member});
            }
        }
    }

    const CaseLife& m_life;
    const CaseRecord& m_before;
    const CaseRequest& m_request;
    CaseRecord m_after;
    const CaseStatus* m_status;
    std::vector<const CaseStep*> m_steps; ///< between the two statuses
    const CaseStep* m_step = nullptr;
    CaseAnswer m_answer;
};

} // namespace

CaseAnswer judgeRequest(const CaseLife& life, const CaseRecord& before, const CaseRequest& request) {
    return Judging(life, before, request).answer();
}

std::optional<CaseFault> missingFields(const CaseLife& life, const CaseRecord& before,
                                       const CaseRecord& after) {
    const CaseStatus* status = life.status(after.status);
    if (status == nullptr) {
        return CaseFault{fmt::format("状态“{}”不在流程中", after.status),
                         fmt::format("status '{}' is none of this life", after.status)};
    }
    const bool moves = after.status != before.status;
    std::vector<std::string> missing;
    for (const std::string& key : status->needs) {
        const auto member = layers::findCaseField(key)->member;
        if ((after.*member).empty() && (moves || !(before.*member).empty())) {
            missing.push_back(key);
        }
    }
    if (missing.empty()) {
        return std::nullopt;
    }
    return CaseFault{fmt::format("“{}”须有：{}", after.status, fieldNames(missing)),
                     fmt::format("'{}' needs: {}", after.status, fmt::join(missing, ", "))};
}

CaseFault allowedSteps(const CaseLife& life, const std::string& status) {
    std::vector<std::string> zh;
    std::vector<std::string> en;
    for (const CaseStep& step : life.steps) {
        if (holds(step.from, status)) {
            zh.push_back(fmt::format("{}（{}{}）", step.to, step.name, step.needsReason ? "，须写理由" : ""));
            en.push_back(fmt::format("{}{}", step.to, step.needsReason ? " (with a reason)" : ""));
        }
    }
    if (holds(life.judgedIn, status)) {
        zh.emplace_back("内业研判（case judge）");
        en.emplace_back("desk judgement (case judge)");
    }
    return {zh.empty() ? "无" : fmt::format("{}", fmt::join(zh, "、")),
            en.empty() ? "nothing" : fmt::format("{}", fmt::join(en, ", "))};
}

} // namespace app
