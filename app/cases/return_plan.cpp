#include "app/cases/return_plan.hpp"

#include "app/cases/field_values.hpp"
#include "app/cases/returned_text.hpp"
#include "layers/column_names.hpp"
#include "layers/error.hpp"
#include "layers/list_columns.hpp"
#include "layers/project/case_store.hpp"
#include "layers/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <unordered_map>

namespace app {

namespace {

using layers::CaseRecord;
using layers::ReturnedField;

constexpr const char* kTotalLabel = "合计";

/// What the rows of one case say.
struct Answered {
    std::string place;
    std::string patchId; ///< empty: the file has no such column
    layers::Answers answers;
    bool hasContradiction = false;
};

/// Rows of all tables put together by case number.
class Gathering {
  public:
    Gathering(const layers::ReturnedFile& file, ReturnPlan& plan) : m_plan(plan) {
        for (const layers::ReturnedTable& table : file.tables) {
            gather(table);
        }
    }
    [[nodiscard]] const std::vector<std::string>& order() const { return m_order; }
    [[nodiscard]] const Answered& answered(const std::string& number) const { return m_answered.at(number); }

  private:
    void gather(const layers::ReturnedTable& table) {
        const auto number = static_cast<std::size_t>(layers::caseNumberColumn(table.columns));
        const int patch = patchColumn(table.columns);
        const std::vector<layers::ReturnedColumns> columns = layers::answerColumns(table.columns);
        for (const layers::ReturnedRow& row : table.rows) {
            ++m_plan.counts.rows;
            const auto cell = [&row](std::size_t at) {
                return at < row.cells.size() ? row.cells[at] : std::string();
            };
            Answered answered;
            answered.place = table.isLayer ? fmt::format("{} 要素 {}", table.name, row.number)
                                           : fmt::format("{} 第 {} 行", table.name, row.number);
            answered.patchId = patch < 0 ? "" : layers::trimmed(cell(static_cast<std::size_t>(patch)));
            bool isEmpty = true;
            for (const layers::ReturnedColumns& each : columns) {
                std::string text;
                for (const std::size_t at : each.columns) {
                    text += cell(at);
                }
                isEmpty = isEmpty && layers::trimmed(text).empty();
                answered.answers[each.field] = std::move(text);
            }
            add(layers::folded(cell(number)), isEmpty, cell(0) == kTotalLabel, std::move(answered));
        }
    }

    static int patchColumn(const std::vector<std::string>& columns) {
        const layers::Column& patch = layers::listColumn(layers::ListColumn::PatchId);
        for (const std::string& name : {patch.header, patch.field, patch.name}) {
            if (const int at = layers::columnOf(columns, name); at >= 0) {
                return at;
            }
        }
        return -1;
    }

    void add(const std::string& number, bool isEmpty, bool isTotal, Answered&& answered) {
        if (isEmpty && (number.empty() || isTotal)) {
            ++m_plan.counts.blank;
            return;
        }
        if (number.empty()) {
            ++m_plan.counts.unmatched;
            m_plan.left.push_back(
                {answered.place, "", "有填报内容，但没有任务编号 / answers without a number"});
            return;
        }
        const auto [known, isNew] = m_answered.try_emplace(number, std::move(answered));
        if (isNew) {
            m_order.push_back(number);
            return;
        }
        ++m_plan.counts.repeated;
        if (answered.answers != known->second.answers) {
            known->second.hasContradiction = true;
            known->second.place += "、" + answered.place;
        }
    }

    ReturnPlan& m_plan;
    std::vector<std::string> m_order;
    std::unordered_map<std::string, Answered> m_answered;
};

/// Works out one file against one ledger.
class Planning {
  public:
    Planning(const layers::ProjectFile& project, const CaseLife& life, const ReturnRequest& request,
             ReturnPlan& plan)
        : m_project(project), m_life(life), m_request(request), m_plan(plan) {
        if (plan.issued) {
            m_issued = layers::issuedIn(project, plan.issued->id);
        }
    }

    void take(const std::string& number, const Answered& answered) {
        std::optional<CaseRecord> record = layers::readCase(m_project, number);
        if (!record) {
            const bool isFilled = std::any_of(answered.answers.begin(), answered.answers.end(),
                                              [](const auto& each) { return !each.second.empty(); });
            isFilled ? ++m_plan.counts.unmatched : ++m_plan.counts.blank;
            if (isFilled) {
                leave(number, answered, "项目中没有这个任务编号 / the project has no such case");
            }
            return;
        }
        ++m_plan.counts.cases;
        m_seen.insert(record->id);
        m_counties.insert(record->countyCode);
        if (answered.hasContradiction) {
            ++m_plan.counts.doubtful;
            leave(number, answered,
                  "同一编号有几行，填报内容不同 / several rows of this number give different answers");
            return;
        }
        if (!answered.patchId.empty() && !isSameText(answered.patchId, record->patchId)) {
            ++m_plan.counts.doubtful;
            leave(number, answered,
                  fmt::format("原图斑编号“{0}”与台账“{1}”不符，可能只排序了部分列 / the patch is “{0}”, the "
                              "ledger's is “{1}”: were some columns sorted alone?",
                              answered.patchId, record->patchId));
            return;
        }
        compare(std::move(*record), answered);
    }

    /// Cases of the list that have no row. A field file holds one county: those of others are not missed.
    void noteNotReturned(bool isByCounty) {
        for (const auto& [id, answers] : m_issued) {
            if (m_seen.contains(id)) {
                continue;
            }
            const layers::CaseName name = layers::caseName(m_project, id);
            if (!isByCounty || m_counties.contains(name.countyCode)) {
                m_plan.notReturned.push_back(name.number);
            }
        }
        m_plan.counts.notReturned = static_cast<std::int64_t>(m_plan.notReturned.size());
        std::sort(m_plan.notReturned.begin(), m_plan.notReturned.end());
    }

  private:
    void leave(const std::string& number, const Answered& answered, std::string why) {
        m_plan.left.push_back({answered.place, number, std::move(why)});
    }

    /// Each field that differs, and what is to be taken of it.
    void compare(CaseRecord&& record, const Answered& answered) {
        ReturnedCase found;
        found.record = std::move(record);
        found.place = answered.place;
        const auto issued = m_issued.find(found.record.id);
        CaseRequest request;
        request.today = m_request.today;
        for (const auto& [key, text] : answered.answers) {
            const layers::CaseField& field = *layers::findCaseField(key);
            const auto value = fieldValue(m_life, field, text);
            ReturnedField one;
            one.caseId = found.record.id;
            one.number = found.record.number;
            one.field = key;
            one.place = answered.place;
            one.ours = found.record.*field.member;
            if (issued != m_issued.end()) {
                const auto base = issued->second.find(key);
                one.base = base == issued->second.end() ? std::string() : base->second;
            }
            if (const auto* bad = std::get_if<CaseFault>(&value)) {
                one.theirs = text;
                if (!isSameText(text, one.ours) && !(one.base && isSameText(text, *one.base))) {
                    one.fate = kRefused;
                    one.why = bad->zh + " / " + bad->en;
                    found.fields.push_back(std::move(one));
                }
                continue;
            }
            one.theirs = std::get<std::string>(value);
            one.fate = fateOf(one);
            if (!one.fate.empty()) {
                decide(one, request.fields);
                found.fields.push_back(std::move(one));
            }
        }
        finish(std::move(found), std::move(request));
    }

    static std::string fateOf(const ReturnedField& field) {
        const bool isOurs = isSameText(field.theirs, field.ours);
        if (isOurs || (field.base && isSameText(field.theirs, *field.base))) {
            return {}; // the ledger says so already, or the field left it as it was
        }
        if (field.theirs.empty()) {
            return field.base ? std::string(kCleared) : std::string();
        }
        const bool weLeftIt = field.base ? field.ours == *field.base : field.ours.empty();
        return std::string(weLeftIt ? kChanged : kConflict);
    }

    void decide(ReturnedField& field, std::map<std::string, std::string>& taken) {
        std::optional<Preference> preference = m_request.prefer;
        const auto decided = m_request.decisions.find({field.number, field.field});
        if (decided != m_request.decisions.end()) {
            preference = decided->second;
        } else if (field.fate == kChanged) {
            preference = Preference::Theirs;
        }
        m_plan.undecided += preference ? 0 : 1;
        m_isUndecided = m_isUndecided || !preference;
        field.isTaken = preference == Preference::Theirs;
        if (field.isTaken) {
            taken[field.field] = field.theirs;
        }
    }

    /// Asks the life of cases whether what is taken may be.
    void finish(ReturnedCase&& found, CaseRequest&& request) {
        const bool isUndecided = std::exchange(m_isUndecided, false);
        const auto conclusion = request.fields.find("conclusion");
        const bool isConcluded = conclusion == request.fields.end() ? !found.record.conclusion.empty()
                                                                    : !conclusion->second.empty();
        if (!m_request.to.empty() && isConcluded && found.record.status != m_request.to &&
            !request.fields.empty()) {
            request.to = m_request.to;
        }
        if (!request.fields.empty()) {
            found.answer = judgeRequest(m_life, found.record, request);
            for (const CaseFault& fault : found.answer.faults) {
                refuse(found.fields, fault);
            }
        }
        const auto any = [&found](std::string_view fate) {
            return std::any_of(found.fields.begin(), found.fields.end(),
                               [fate](const ReturnedField& field) { return field.fate == fate; });
        };
        layers::ReturnCounts& counts = m_plan.counts;
        ++(found.fields.empty()                             ? counts.unchanged
           : any(kRefused)                                  ? counts.refused
           : isUndecided || any(kConflict) || any(kCleared) ? counts.conflicting
                                                            : counts.changed);
        if (!found.fields.empty()) {
            m_plan.cases.push_back(std::move(found));
        }
    }

    static void refuse(std::vector<ReturnedField>& fields, const CaseFault& fault) {
        for (ReturnedField& field : fields) {
            if (field.isTaken || (field.fate == kRefused && field.why.empty())) {
                field.fate = kRefused;
                field.isTaken = false;
            }
            if (field.fate == kRefused) {
                field.why += (field.why.empty() ? "" : "; ") + fault.zh + " / " + fault.en;
            }
        }
    }

    const layers::ProjectFile& m_project;
    const CaseLife& m_life;
    const ReturnRequest& m_request;
    ReturnPlan& m_plan;
    std::map<std::int64_t, layers::Answers> m_issued;
    std::set<std::int64_t> m_seen;
    std::set<std::string> m_counties;
    bool m_isUndecided = false;
};

} // namespace

std::string_view fateNameZh(std::string_view fate) {
    return fate == kChanged ? "更改" : fate == kCleared ? "被清空" : fate == kConflict ? "冲突" : "不能接受";
}

ReturnPlan planReturn(const layers::ProjectFile& project, const CaseLife& life,
                      const layers::ReturnedFile& file, const ReturnRequest& request,
                      geo::Progress& progress) {
    if (file.hasTemporaryNumbers) {
        throw layers::Error(fmt::format(
            "{0}：这份清单由 check 直接输出，是临时编号，未入台账，不能回传；请用 export list 输出的清单 / "
            "this list was written by check without a project, its numbers are temporary: return one of "
            "export list",
            file.name));
    }
    ReturnPlan plan;
    if (!file.exportKey.empty()) {
        plan.issued = layers::findExport(project, file.exportKey);
        if (!plan.issued) {
            throw layers::Error(fmt::format("{0}：不是本项目发出的清单（输出编号 {1}…），请核对项目文件 / "
                                            "this list was not issued by this "
                                            "project (export {1}…): is it the right project file?",
                                            file.name, file.exportKey.substr(0, 12)));
        }
    }
    const Gathering rows(file, plan);
    Planning planning(project, life, request, plan);
    progress.begin("比对回传 compare", static_cast<std::int64_t>(rows.order().size()));
    for (const std::string& number : rows.order()) {
        planning.take(number, rows.answered(number));
        progress.step();
    }
    planning.noteNotReturned(std::any_of(file.tables.begin(), file.tables.end(),
                                         [](const layers::ReturnedTable& table) { return table.isLayer; }));
    return plan;
}

} // namespace app
