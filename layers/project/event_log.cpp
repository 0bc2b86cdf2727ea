#include "layers/project/event_log.hpp"

#include "layers/project/project_handle.hpp"
#include "layers/sha256.hpp"

#include <fmt/format.h>

#include <functional>

namespace layers {

namespace {

constexpr const char* kColumns =
    "SELECT number, at, who, kind, case_number, content, previous, hash FROM events ";

/// Its own events, and those that tell of many cases and of it.
constexpr const char* kOfCase =
    "WHERE number IN (SELECT number FROM events WHERE case_number = ?1 AND case_number <> '' UNION ALL "
    "SELECT event FROM "
    "case_events WHERE case_id = (SELECT id FROM cases WHERE number = ?1)) AND (?2 IS NULL OR number = ?2) "
    "AND (?3 = '' OR kind = ?3)";

Event eventFrom(SQLite::Statement& row) {
    Event event;
    event.number = row.getColumn(0).getInt64();
    event.stamp = {row.getColumn(1).getString(), row.getColumn(2).getString()};
    event.text = {row.getColumn(3).getString(), row.getColumn(4).getString(), row.getColumn(5).getString()};
    event.previous = row.getColumn(6).getString();
    event.hash = row.getColumn(7).getString();
    return event;
}

void eachEvent(const ProjectFile& project, const EventFilter& filter,
               const std::function<void(Event&&)>& take) {
    project::guarded(project, [&](SQLite::Database& database) {
        const bool ofCase = !filter.caseNumber.empty();
        SQLite::Statement rows(database, std::string(kColumns) +
                                             (ofCase ? kOfCase
                                                     : "WHERE (?2 IS NULL OR number = ?2) AND (?3 = '' OR "
                                                       "kind = ?3)") +
                                             " ORDER BY number");
        if (ofCase) {
            rows.bind(1, filter.caseNumber);
        }
        if (filter.number) {
            rows.bind(2, *filter.number);
        }
        rows.bind(3, filter.kind);
        while (rows.executeStep()) {
            take(eventFrom(rows));
        }
        return 0;
    });
}

} // namespace

std::string hashOf(const Event& event) {
    // Each part with its length before it: no two different rows give the same text.
    std::string text;
    const auto add = [&text](const std::string& part) { text += fmt::format("{}:{}\n", part.size(), part); };
    add(std::to_string(event.number));
    add(event.stamp.at);
    add(event.stamp.who);
    add(event.text.kind);
    add(event.text.caseNumber);
    add(event.text.content);
    add(event.previous);
    return sha256OfText(text);
}

std::vector<Event> readEvents(const ProjectFile& project, const EventFilter& filter) {
    std::vector<Event> events;
    eachEvent(project, filter, [&events](Event&& event) { events.push_back(std::move(event)); });
    return events;
}

std::vector<ChainFault> checkChain(const ProjectFile& project) {
    std::vector<ChainFault> faults;
    std::int64_t expected = 1;
    std::string previous;
    eachEvent(project, {}, [&](Event&& event) {
        if (event.number != expected) {
            faults.push_back({expected, fmt::format("事件 {} 至 {} 缺失", expected, event.number - 1),
                              fmt::format("events {} to {} are missing", expected, event.number - 1)});
        } else if (event.previous != previous) {
            faults.push_back(
                {event.number, fmt::format("事件 {} 与前一事件的散列不衔接", event.number),
                 fmt::format("event {} does not follow from the hash of the one before", event.number)});
        }
        if (event.hash != hashOf(event)) {
            faults.push_back({event.number,
                              fmt::format("事件 {} 被改动过（{}，{}，{}）", event.number, event.stamp.at,
                                          event.text.kind, event.text.caseNumber),
                              fmt::format("event {} was edited ({}, {}, {})", event.number, event.stamp.at,
                                          event.text.kind, event.text.caseNumber)});
        }
        expected = event.number + 1;
        previous = event.hash;
    });
    return faults;
}

} // namespace layers
