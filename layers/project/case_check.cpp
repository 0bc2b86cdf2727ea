#include "layers/project/case_check.hpp"

#include "layers/error.hpp"
#include "layers/project/case_events.hpp"
#include "layers/project/case_note.hpp"
#include "layers/project/case_row_handle.hpp"
#include "layers/project/project_handle.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace layers {

namespace {

bool holdsNumber(const NumberRanges& ranges, const CaseRecord& record) {
    const auto runs = ranges.find(record.scheme);
    return runs != ranges.end() &&
           std::any_of(runs->second.begin(), runs->second.end(), [&record](const auto& run) {
               return run.first <= record.serial && record.serial <= run.second;
           });
}

std::int64_t countOf(const NumberRanges& ranges) {
    std::int64_t count = 0;
    for (const auto& [scheme, runs] : ranges) {
        for (const auto& [first, last] : runs) {
            count += last - first + 1;
        }
    }
    return count;
}

class CaseCheck {
  public:
    explicit CaseCheck(SQLite::Database& database)
        : m_database(database),
          m_own(database,
                "SELECT number, kind, content FROM events WHERE case_number = ? AND case_number <> '' "
                "ORDER BY number"),
          m_many(database, "SELECT event FROM case_events WHERE case_id = ? ORDER BY event") {}

    std::vector<ProjectFault> check() {
        checkNumbers();
        checkNamedCases();
        readEventsOfMany();
        SQLite::Statement rows(m_database, "SELECT " + project::caseColumns() +
                                               "FROM cases c JOIN batches b ON b.id = c.batch ORDER BY c.id");
        while (rows.executeStep()) {
            replay(project::caseFrom(rows));
        }
        return std::move(m_faults);
    }

  private:
    void fail(std::string zh, std::string en) { m_faults.push_back({"cases", std::move(zh), std::move(en)}); }

    void checkNumbers() {
        SQLite::Statement misnamed(m_database, "SELECT number FROM cases WHERE number <> scheme || '-' || "
                                               "printf('%04d', serial)");
        while (misnamed.executeStep()) {
            const std::string number = misnamed.getColumn(0).getString();
            fail(fmt::format("案件 {}：编号与所发的编号不符", number),
                 fmt::format("case {}: the number is not the one that was issued", number));
        }
        SQLite::Statement beyond(
            m_database,
            "SELECT u.scheme, u.used, coalesce(k.last, 0) FROM (SELECT scheme, max(serial) AS used "
            "FROM cases GROUP BY scheme) u LEFT JOIN case_counters k ON k.scheme = u.scheme "
            "WHERE u.used > coalesce(k.last, 0)");
        while (beyond.executeStep()) {
            const std::string scheme = beyond.getColumn(0).getString();
            const std::int64_t used = beyond.getColumn(1).getInt64();
            const std::int64_t last = beyond.getColumn(2).getInt64();
            fail(fmt::format("编号 {} 的计数器为 {}，已发到 {}", scheme, last, used),
                 fmt::format("counter {} stands at {}, but {} is issued", scheme, last, used));
        }
    }

    void checkNamedCases() {
        SQLite::Statement lost(
            m_database, "SELECT e.number, e.case_number FROM events e WHERE e.case_number <> '' AND NOT "
                        "EXISTS (SELECT 1 FROM cases c WHERE c.number = e.case_number)");
        while (lost.executeStep()) {
            const std::int64_t event = lost.getColumn(0).getInt64();
            const std::string number = lost.getColumn(1).getString();
            fail(fmt::format("事件 {} 所说的案件 {} 不存在", event, number),
                 fmt::format("event {} tells of case {}, which is not there", event, number));
        }
    }

    /// Events that a run or a sample made, each of many cases; few, and their numbers are kept as ranges.
    void readEventsOfMany() {
        SQLite::Statement rows(
            m_database,
            "SELECT number, kind, content, (SELECT count(*) FROM case_events WHERE event = number) "
            "FROM events WHERE case_number = '' AND kind IN ('cases_issued', 'cases_withdrawn', "
            "'cases_lapsed', 'cases_back', 'sample_drawn')");
        while (rows.executeStep()) {
            const std::int64_t number = rows.getColumn(0).getInt64();
            try {
                CaseEventText text =
                    caseEventFrom({rows.getColumn(1).getString(), "", rows.getColumn(2).getString()});
                const std::int64_t told = countOf(text.cases);
                const std::int64_t linked = rows.getColumn(3).getInt64();
                if (told != linked) {
                    fail(
                        fmt::format("事件 {} 说的是 {} 个案件，登记了 {} 个", number, told, linked),
                        fmt::format("event {} tells of {} cases, {} are linked to it", number, told, linked));
                }
                m_eventsOfMany.emplace(number, std::move(text));
            } catch (const Error& error) {
                fail(fmt::format("事件 {}：{}", number, error.what()),
                     fmt::format("event {}: {}", number, error.what()));
            }
        }
    }

    void replay(const CaseRecord& record) {
        m_told = CaseRecord{};
        m_told.holds = false;
        m_lastEvent = 0;
        m_many.bind(1, record.id);
        std::vector<std::int64_t> ofMany;
        while (m_many.executeStep()) {
            ofMany.push_back(m_many.getColumn(0).getInt64());
        }
        m_many.reset();
        auto next = ofMany.begin();
        m_own.bind(1, record.number);
        while (m_own.executeStep()) {
            const std::int64_t number = m_own.getColumn(0).getInt64();
            for (; next != ofMany.end() && *next < number; ++next) {
                applyOfMany(record, *next);
            }
            try {
                apply(record, number,
                      caseEventFrom(
                          {m_own.getColumn(1).getString(), record.number, m_own.getColumn(2).getString()}));
            } catch (const Error& error) {
                fail(fmt::format("案件 {} 事件 {}：{}", record.number, number, error.what()),
                     fmt::format("case {}, event {}: {}", record.number, number, error.what()));
            }
        }
        m_own.reset();
        for (; next != ofMany.end(); ++next) {
            applyOfMany(record, *next);
        }
        compare(record);
    }

    void applyOfMany(const CaseRecord& record, std::int64_t number) {
        const auto event = m_eventsOfMany.find(number);
        if (event == m_eventsOfMany.end() || !holdsNumber(event->second.cases, record)) {
            fail(fmt::format("案件 {}：事件 {} 没有说到它", record.number, number),
                 fmt::format("case {}: event {} does not tell of it", record.number, number));
            return;
        }
        if (isNote(event->second.kind)) {
            return; // it names the case and leaves it as it is
        }
        m_told.holds = event->second.kind == "cases_issued" || event->second.kind == "cases_back";
        apply(record, number, event->second);
    }

    void apply(const CaseRecord& record, std::int64_t number, const CaseEventText& text) {
        m_lastEvent = number;
        for (const FieldChange& change : text.changes) {
            const CaseField* field = findCaseField(change.field);
            if (field == nullptr || m_told.*field->member != change.from) {
                fail(fmt::format("案件 {} 事件 {}：{} 之前不是“{}”", record.number, number, change.field,
                                 change.from),
                     fmt::format("case {}, event {}: {} was not '{}' before", record.number, number,
                                 change.field, change.from));
            }
            if (field != nullptr) {
                m_told.*field->member = change.to;
            }
        }
    }

    void compare(const CaseRecord& record) {
        for (const CaseField& field : caseFields()) {
            const std::string& told = m_told.*field.member;
            const std::string& stands = record.*field.member;
            if (told != stands) {
                fail(fmt::format("案件 {}：{} 为“{}”，按事件应为“{}”", record.number, field.nameZh, stands,
                                 told),
                     fmt::format("case {}: {} is '{}', its events say '{}'", record.number, field.key, stands,
                                 told));
            }
        }
        if (m_told.holds != record.holds || m_lastEvent != record.lastEvent) {
            fail(fmt::format("案件 {}：是否在清单中或最后事件与事件记录不符", record.number),
                 fmt::format("case {}: whether it holds, or its last event, is not what its events say",
                             record.number));
        }
    }

    SQLite::Database& m_database;
    SQLite::Statement m_own;
    SQLite::Statement m_many;
    std::map<std::int64_t, CaseEventText> m_eventsOfMany;
    CaseRecord m_told; ///< what the events say so far
    std::int64_t m_lastEvent = 0;
    std::vector<ProjectFault> m_faults;
};

} // namespace

std::vector<ProjectFault> checkCases(const ProjectFile& project) {
    return project::guarded(project, [&](SQLite::Database& database) { return CaseCheck(database).check(); });
}

} // namespace layers
