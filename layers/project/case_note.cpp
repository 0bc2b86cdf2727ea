#include "layers/project/case_note.hpp"

#include "layers/error.hpp"
#include "layers/project/project_handle.hpp"

namespace layers {

bool isNote(std::string_view kind) {
    return kind == "sample_drawn";
}

std::int64_t noteCases(LedgerChange& change, const EventText& text, const std::vector<std::int64_t>& cases) {
    if (!isNote(text.kind)) {
        throw Error("内部错误：事件会更改案件 / internal error: an event that changes cases: " + text.kind);
    }
    const std::int64_t event = change.record(text);
    project::guarded(change.project(), [&](SQLite::Database& database) {
        SQLite::Statement link(database, "INSERT INTO case_events (case_id, event) VALUES (?, ?)");
        for (const std::int64_t id : cases) {
            link.bind(1, id);
            link.bind(2, event);
            link.exec();
            link.reset();
        }
        return 0;
    });
    return event;
}

} // namespace layers
