#include "layers/error.hpp"
#include "layers/project/binding_handle.hpp"
#include "layers/project/case_events.hpp"
#include "layers/project/case_row_handle.hpp"
#include "layers/project/case_store.hpp"
#include "layers/project/project_handle.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>

namespace layers {

namespace {

constexpr const char* kNoCounty = "000000";

/// A case of the batch as it stands before the run.
struct Held {
    std::int64_t id = 0;
    std::string number;
    std::string scheme;
    std::int64_t serial = 0;
    bool holds = true;
    std::string status;
    std::string statusBefore;
    bool isListed = false;
};

/// What happens to many cases at once, told by one event.
struct Group {
    CaseEventText text;
    std::vector<std::int64_t> ids;
    std::set<std::pair<std::string, std::int64_t>> numbers; ///< in order, so that they make runs
};

class Holding {
  public:
    Holding(LedgerChange& change, SQLite::Database& database, const CaseBatch& batch, std::int64_t run)
        : m_change(change), m_database(database), m_batch(batch), m_run(run) {}

    std::vector<std::string> hold(const std::vector<ListedPatch>& listed) {
        readHeld();
        std::vector<std::string> numbers;
        numbers.reserve(listed.size());
        std::vector<std::pair<std::size_t, Held>> fresh;
        for (std::size_t i = 0; i < listed.size(); ++i) {
            const auto known = m_held.find(listed[i].patch);
            if (known != m_held.end()) {
                keep(known->second);
                numbers.push_back(known->second.number);
                continue;
            }
            fresh.emplace_back(i, numbered(listed[i]));
            numbers.push_back(fresh.back().second.number);
        }
        lapse();
        issue(listed, fresh);
        tell();
        writeRun(listed);
        return numbers;
    }

  private:
    void readHeld() {
        SQLite::Statement rows(m_database,
                               "SELECT patch, id, number, scheme, serial, holds, status, status_before FROM "
                               "cases WHERE batch = ? ORDER BY id");
        rows.bind(1, m_batch.id);
        while (rows.executeStep()) {
            Held held{rows.getColumn(1).getInt64(),    rows.getColumn(2).getString(),
                      rows.getColumn(3).getString(),   rows.getColumn(4).getInt64(),
                      rows.getColumn(5).getInt() != 0, rows.getColumn(6).getString(),
                      rows.getColumn(7).getString()};
            const std::int64_t patch = rows.getColumn(0).getInt64();
            m_order.push_back(patch);
            m_held.emplace(patch, std::move(held));
        }
    }

    Held numbered(const ListedPatch& patch) {
        Held held;
        held.scheme =
            fmt::format("LD{}-{}", m_batch.code, patch.countyCode.empty() ? kNoCounty : patch.countyCode);
        held.serial = ++counter(held.scheme);
        held.number = fmt::format("{}-{:04}", held.scheme, held.serial);
        return held;
    }

    /// The last number issued in a scheme.
    std::int64_t& counter(const std::string& scheme) {
        const auto known = m_counters.find(scheme);
        if (known != m_counters.end()) {
            return known->second;
        }
        SQLite::Statement last(m_database, "SELECT last FROM case_counters WHERE scheme = ?");
        last.bind(1, scheme);
        return m_counters[scheme] = last.executeStep() ? last.getColumn(0).getInt64() : 0;
    }

    void addTo(const std::string& kind, const std::string& reason, std::vector<FieldChange> changes,
               const Held& held) {
        const std::string key =
            kind + '\n' + (changes.empty() ? "" : changes.front().from + '\n' + changes.front().to);
        Group& group = m_groups[key];
        if (group.ids.empty()) {
            group.text = {kind, std::move(changes), reason, 0, m_batch.code, m_run, {}};
        }
        group.ids.push_back(held.id);
        group.numbers.emplace(held.scheme, held.serial);
    }

    void keep(Held& held) {
        if (held.isListed) {
            throw Error(
                fmt::format("内部错误：案件 {0} 的图斑在清单中出现两次 / internal error: the patch of "
                            "{0} is listed twice",
                            held.number));
        }
        held.isListed = true;
        if (held.holds) {
            return;
        }
        std::vector<FieldChange> changes;
        if (held.status == m_batch.states.withdrawn && !held.statusBefore.empty()) {
            changes = {{"status", held.status, held.statusBefore}, {"status_before", held.statusBefore, ""}};
        }
        addTo("cases_back", "再次列入清单", std::move(changes), held);
    }

    /// Cases of the batch that the run does not list.
    void lapse() {
        const std::vector<std::string>& early = m_batch.states.beforeIssue;
        for (const std::int64_t patch : m_order) {
            Held& held = m_held.at(patch);
            if (held.isListed || !held.holds) {
                continue;
            }
            m_lapsed.push_back(held.id);
            if (std::find(early.begin(), early.end(), held.status) != early.end()) {
                addTo("cases_withdrawn", "不再列入清单",
                      {{"status", held.status, m_batch.states.withdrawn}, {"status_before", "", held.status}},
                      held);
            } else {
                addTo("cases_lapsed", "不再列入清单，状态由人决定", {}, held);
            }
        }
    }

    void issue(const std::vector<ListedPatch>& listed, std::vector<std::pair<std::size_t, Held>>& fresh) {
        SQLite::Statement insert(
            m_database,
            "INSERT INTO cases (number, scheme, serial, batch, patch, patch_id, issued_at, issued_run, "
            "current_run, holds, county_code, county, zone_kind, zone_name, zone_class, activity, "
            "verdict, priority, status) SELECT ?1, ?2, ?3, ?4, id, coalesce(patch_id, ''), ?6, ?7, "
            "?7, 1, '', '', '', '', '', '', '', 0, ?8 FROM patches WHERE id = ?5 AND batch_id = ?4");
        for (auto& [place, held] : fresh) {
            insert.bind(1, held.number);
            insert.bind(2, held.scheme);
            insert.bind(3, held.serial);
            insert.bind(4, m_batch.id);
            insert.bind(5, listed[place].patch);
            insert.bind(6, m_change.stamp().at);
            insert.bind(7, m_run);
            insert.bind(8, m_batch.states.start);
            if (insert.exec() != 1) {
                throw Error(fmt::format("内部错误：批次 {0} 没有图斑 {1} / internal error: batch {0} has no "
                                        "patch {1}",
                                        m_batch.code, listed[place].patch));
            }
            insert.reset();
            held.id = m_database.getLastInsertRowid();
            addTo("cases_issued", "", {{"status", "", m_batch.states.start}}, held);
        }
        SQLite::Statement count(m_database, "INSERT INTO case_counters (scheme, last) VALUES (?, ?) ON "
                                            "CONFLICT (scheme) DO UPDATE SET last = excluded.last");
        for (const auto& [scheme, last] : m_counters) {
            count.bind(1, scheme);
            count.bind(2, last);
            count.exec();
            count.reset();
        }
    }

    void tell() {
        SQLite::Statement hold(m_database, "UPDATE cases SET holds = ?2 WHERE id = ?1");
        const auto setHolds = [&hold](std::int64_t id, bool holds) {
            hold.bind(1, id);
            hold.bind(2, holds ? 1 : 0);
            hold.exec();
            hold.reset();
        };
        for (const std::int64_t id : m_lapsed) {
            setHolds(id, false);
        }
        for (auto& [key, group] : m_groups) {
            for (const auto& [scheme, serial] : group.numbers) {
                addNumber(group.text.cases, scheme, serial);
            }
            const std::int64_t event = m_change.record({group.text.kind, "", contentOf(group.text)});
            project::linkEvent(m_database, event, group.ids);
            if (group.text.kind == "cases_back") {
                std::for_each(group.ids.begin(), group.ids.end(),
                              [&](std::int64_t id) { setHolds(id, true); });
            }
            if (group.text.kind != "cases_issued") {
                project::writeFields(m_database, group.ids, group.text.changes);
            }
        }
    }

    /// What the run says of each listed patch.
    void writeRun(const std::vector<ListedPatch>& listed) {
        SQLite::Statement update(
            m_database,
            "UPDATE cases SET current_run = ?2, county_code = ?3, county = ?4, zone_kind = ?5, zone_name = "
            "?6, "
            "zone_class = ?7, activity = ?8, verdict = ?9, priority = ?10, area_m2 = ?11, covered_m2 = ?12, "
            "proposed_responsible = ?13, proposed_partners = ?14 WHERE patch = ?1");
        for (const ListedPatch& patch : listed) {
            int place = 0;
            update.bind(++place, patch.patch);
            update.bind(++place, m_run);
            for (const std::string* text :
                 {&patch.countyCode, &patch.county, &patch.zoneKind, &patch.zoneName, &patch.zoneClass,
                  &patch.activity, &patch.verdict}) {
                update.bind(++place, *text);
            }
            update.bind(++place, patch.priority);
            for (const std::optional<double>& area : {patch.areaM2, patch.coveredM2}) {
                project::bindValue(update, ++place, project::valueOf(area));
            }
            update.bind(++place, patch.responsible);
            update.bind(++place, patch.partners);
            update.exec();
            update.reset();
        }
    }

    LedgerChange& m_change;
    SQLite::Database& m_database;
    const CaseBatch& m_batch;
    std::int64_t m_run;
    std::unordered_map<std::int64_t, Held> m_held; ///< by patch
    std::vector<std::int64_t> m_order;
    std::map<std::string, std::int64_t> m_counters;
    std::map<std::string, Group> m_groups;
    std::vector<std::int64_t> m_lapsed;
};

} // namespace

std::vector<std::string> holdCases(LedgerChange& change, const CaseBatch& batch, std::int64_t run,
                                   const std::vector<ListedPatch>& listed) {
    return project::guarded(change.project(), [&](SQLite::Database& database) {
        return Holding(change, database, batch, run).hold(listed);
    });
}

} // namespace layers
