#include "layers/project/ledger_change.hpp"

#include "layers/error.hpp"
#include "layers/project/event_log.hpp"
#include "layers/project/project_handle.hpp"

#include <array>
#include <string_view>

namespace layers {

struct LedgerChange::Transaction {
    explicit Transaction(SQLite::Database& database)
        : transaction(database, SQLite::TransactionBehavior::IMMEDIATE) {}
    SQLite::Transaction transaction;
};

LedgerChange::LedgerChange(ProjectFile& project, Stamp stamp)
    : m_project(project), m_stamp(std::move(stamp)) {
    m_transaction = project::guarded(
        project, [](SQLite::Database& database) { return std::make_unique<Transaction>(database); });
}

LedgerChange::~LedgerChange() = default;

std::int64_t LedgerChange::record(const EventText& text) {
    return project::guarded(m_project, [&](SQLite::Database& database) {
        Event event;
        event.stamp = m_stamp;
        event.text = text;
        SQLite::Statement last(database, "SELECT number, hash FROM events ORDER BY number DESC LIMIT 1");
        if (last.executeStep()) {
            event.number = last.getColumn(0).getInt64();
            event.previous = last.getColumn(1).getString();
        }
        ++event.number;
        event.hash = hashOf(event);
        SQLite::Statement insert(database,
                                 "INSERT INTO events (number, at, who, kind, case_number, content, previous, "
                                 "hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?)");
        int place = 0;
        insert.bind(++place, event.number);
        const std::array<std::string_view, 7> parts{event.stamp.at,  event.stamp.who, text.kind,
                                                    text.caseNumber, text.content,    event.previous,
                                                    event.hash};
        for (const std::string_view part : parts) {
            insert.bind(++place, std::string(part));
        }
        insert.exec();
        ++m_events;
        return event.number;
    });
}

void LedgerChange::setInfo(const std::string& key, const std::string& value) {
    project::guarded(m_project, [&](SQLite::Database& database) {
        SQLite::Statement insert(database, "INSERT INTO project_info (key, value) VALUES (?, ?) ON CONFLICT "
                                           "(key) DO UPDATE SET value = excluded.value");
        insert.bind(1, key);
        insert.bind(2, value);
        return insert.exec();
    });
}

void LedgerChange::commit() {
    if (m_events == 0) {
        throw Error("内部错误：更改没有事件记录 / internal error: a change without an event");
    }
    project::guarded(m_project, [&](SQLite::Database& /*database*/) {
        m_transaction->transaction.commit();
        return 0;
    });
}

} // namespace layers
