#include "layers/project/export_store.hpp"

#include "layers/project/project_handle.hpp"
#include "layers/project/record_json_handle.hpp"

namespace layers {

using project::Json;

void addExport(LedgerChange& change, ExportRecord& record, const std::vector<IssuedRow>& rows) {
    record.made = change.stamp();
    record.rows = static_cast<std::int64_t>(rows.size());
    if (const std::optional<ExportRecord> known = findExport(change.project(), record.key)) {
        record.id = known->id;
        return;
    }
    project::guarded(change.project(), [&](SQLite::Database& database) {
        SQLite::Statement insert(
            database,
            "INSERT INTO exports (key, batch, run, at, who, rows, files) VALUES (?, ?, ?, ?, ?, ?, ?)");
        int place = 0;
        insert.bind(++place, record.key);
        insert.bind(++place, record.batch);
        insert.bind(++place, record.run);
        insert.bind(++place, record.made.at);
        insert.bind(++place, record.made.who);
        insert.bind(++place, record.rows);
        insert.bind(++place, project::textOf(Json(record.files)));
        insert.exec();
        record.id = database.getLastInsertRowid();
        SQLite::Statement row(database, "INSERT INTO export_rows (export, case_id, issued) VALUES (?, ?, ?)");
        for (const IssuedRow& issued : rows) {
            row.bind(1, record.id);
            row.bind(2, issued.caseId);
            row.bind(3, project::textOf(Json(issued.answers)));
            row.exec();
            row.reset();
        }
        return 0;
    });
}

std::optional<ExportRecord> findExport(const ProjectFile& project, const std::string& key) {
    return project::guarded(project, [&](SQLite::Database& database) {
        SQLite::Statement row(database,
                              "SELECT id, key, batch, run, at, who, rows, files FROM exports WHERE key = ?");
        row.bind(1, key);
        if (!row.executeStep()) {
            return std::optional<ExportRecord>();
        }
        int column = 0;
        ExportRecord record;
        record.id = row.getColumn(column++).getInt64();
        record.key = row.getColumn(column++).getString();
        record.batch = row.getColumn(column++).getInt64();
        record.run = row.getColumn(column++).getInt64();
        record.made.at = row.getColumn(column++).getString();
        record.made.who = row.getColumn(column++).getString();
        record.rows = row.getColumn(column++).getInt64();
        record.files = Json::parse(row.getColumn(column++).getString()).get<std::vector<std::string>>();
        return std::optional(std::move(record));
    });
}

std::map<std::int64_t, Answers> issuedIn(const ProjectFile& project, std::int64_t exportId) {
    return project::guarded(project, [&](SQLite::Database& database) {
        SQLite::Statement rows(database, "SELECT case_id, issued FROM export_rows WHERE export = ?");
        rows.bind(1, exportId);
        std::map<std::int64_t, Answers> issued;
        while (rows.executeStep()) {
            issued.emplace(rows.getColumn(0).getInt64(),
                           Json::parse(rows.getColumn(1).getString()).get<Answers>());
        }
        return issued;
    });
}

} // namespace layers
