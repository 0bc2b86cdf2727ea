#include "layers/project/run_store.hpp"

#include "layers/error.hpp"
#include "layers/project/project_handle.hpp"
#include "layers/project/record_json_handle.hpp"

#include <fmt/format.h>

#include <utility>

namespace layers {

namespace {

using project::Json;

constexpr const char* kRunColumns = "SELECT id, batch, date, today, settings, rules, at, who, program, "
                                    "seconds, valid, listed, near, clear, duplicate, "
                                    "rejected, digest FROM runs ";

std::string isoOrEmpty(const std::optional<Day>& day) {
    return day ? isoFromDay(*day) : std::string();
}

void keepRules(SQLite::Database& database, const StoredRules& rules) {
    SQLite::Statement insert(
        database, "INSERT INTO rule_sets (sha256, name, version, file, text) VALUES (?, ?, ?, ?, ?) "
                  "ON CONFLICT (sha256) DO NOTHING");
    int place = 0;
    for (const std::string* text : {&rules.sha256, &rules.name, &rules.version, &rules.file, &rules.text}) {
        insert.bind(++place, *text);
    }
    insert.exec();
}

std::int64_t countOf(const RunRecord& run, Bucket bucket) {
    return run.counts.at(static_cast<std::size_t>(bucket));
}

/// The map shows one run a batch: the rows of the others go, their conclusions stay.
void clearMapRows(SQLite::Database& database, std::int64_t batch) {
    for (const char* sql : {"DELETE FROM overlaps WHERE run IN (SELECT id FROM runs WHERE batch = ?)",
                            "DELETE FROM atoms WHERE run IN (SELECT id FROM runs WHERE batch = ?)",
                            "DELETE FROM near WHERE run IN (SELECT id FROM runs WHERE batch = ?)",
                            "DELETE FROM judgements WHERE run IN (SELECT id FROM runs WHERE batch = ?)",
                            "DELETE FROM problems WHERE run IN (SELECT id FROM runs WHERE batch = ?)"}) {
        SQLite::Statement statement(database, sql);
        statement.bind(1, batch);
        statement.exec();
    }
}

void keepZones(SQLite::Database& database, const RunRecord& run) {
    SQLite::Statement insert(
        database,
        "INSERT INTO run_zones (run, place, zone_version, first_day, last_day) VALUES (?, ?, ?, ?, ?)");
    std::int64_t number = 0;
    for (const RunZones& zones : run.setup.zones) {
        int place = 0;
        insert.bind(++place, run.id);
        insert.bind(++place, ++number);
        insert.bind(++place, zones.version);
        insert.bind(++place, zones.first);
        insert.bind(++place, zones.last);
        insert.exec();
        insert.reset();
    }
}

RunRecord runFrom(SQLite::Statement& row) {
    int column = 0;
    const auto text = [&] { return row.getColumn(column++).getString(); };
    const auto number = [&] { return row.getColumn(column++).getInt64(); };
    RunRecord run;
    run.id = number();
    run.setup.batch = number();
    run.setup.date = dayFromIso(text());
    run.setup.today = dayFromIso(text()).value_or(0);
    run.setup.settings = project::settingsFrom(Json::parse(text()));
    run.setup.rules.sha256 = text();
    run.made.at = text();
    run.made.who = text();
    run.program = text();
    run.seconds = row.getColumn(column++).getDouble();
    run.isValid = number() != 0;
    for (const Bucket bucket :
         {Bucket::Listed, Bucket::Near, Bucket::Clear, Bucket::Duplicate, Bucket::Rejected}) {
        run.counts.at(static_cast<std::size_t>(bucket)) = number();
    }
    run.digest = text();
    return run;
}

void readSetup(SQLite::Database& database, RunRecord& run) {
    SQLite::Statement rules(database, "SELECT name, version, file, text FROM rule_sets WHERE sha256 = ?");
    rules.bind(1, run.setup.rules.sha256);
    if (rules.executeStep()) {
        int column = 0;
        for (std::string* text : {&run.setup.rules.name, &run.setup.rules.version, &run.setup.rules.file,
                                  &run.setup.rules.text}) {
            *text = rules.getColumn(column++).getString();
        }
    }
    SQLite::Statement zones(
        database, "SELECT zone_version, first_day, last_day FROM run_zones WHERE run = ? ORDER BY place");
    zones.bind(1, run.id);
    while (zones.executeStep()) {
        run.setup.zones.push_back(
            {zones.getColumn(0).getInt64(), zones.getColumn(1).getInt(), zones.getColumn(2).getInt()});
    }
}

} // namespace

void addRun(LedgerChange& change, RunRecord& run) {
    project::guarded(change.project(), [&](SQLite::Database& database) {
        run.made = change.stamp();
        keepRules(database, run.setup.rules);
        clearMapRows(database, run.setup.batch);
        SQLite::Statement insert(
            database, "INSERT INTO runs (batch, at, who, date, today, settings, rules, program, seconds, "
                      "valid, listed, near, clear, duplicate, rejected, run_json, digest) VALUES (?, ?, ?, "
                      "?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
        int place = 0;
        insert.bind(++place, run.setup.batch);
        insert.bind(++place, run.made.at);
        insert.bind(++place, run.made.who);
        insert.bind(++place, isoOrEmpty(run.setup.date));
        insert.bind(++place, isoFromDay(run.setup.today));
        insert.bind(++place, project::textOf(project::toJson(run.setup.settings)));
        insert.bind(++place, run.setup.rules.sha256);
        insert.bind(++place, run.program);
        insert.bind(++place, run.seconds);
        insert.bind(++place, run.isValid ? 1 : 0);
        for (const Bucket bucket :
             {Bucket::Listed, Bucket::Near, Bucket::Clear, Bucket::Duplicate, Bucket::Rejected}) {
            insert.bind(++place, countOf(run, bucket));
        }
        insert.bind(++place, run.runJson);
        insert.bind(++place, run.digest);
        insert.exec();
        run.id = database.getLastInsertRowid();
        keepZones(database, run);
        SQLite::Statement current(database, "UPDATE batches SET current_run = ? WHERE id = ?");
        current.bind(1, run.id);
        current.bind(2, run.setup.batch);
        current.exec();
        return 0;
    });
}

std::vector<RunRecord> runs(const ProjectFile& project, std::optional<std::int64_t> batch) {
    return project::guarded(project, [&](SQLite::Database& database) {
        SQLite::Statement rows(database,
                               std::string(kRunColumns) + "WHERE ?1 IS NULL OR batch = ?1 ORDER BY id");
        if (batch) {
            rows.bind(1, *batch);
        }
        std::vector<RunRecord> all;
        while (rows.executeStep()) {
            all.push_back(runFrom(rows));
        }
        for (RunRecord& run : all) {
            readSetup(database, run);
            run.setup.rules.text.clear();
        }
        return all;
    });
}

RunRecord readRun(const ProjectFile& project, std::int64_t id) {
    return project::guarded(project, [&](SQLite::Database& database) {
        SQLite::Statement row(database, std::string(kRunColumns) + "WHERE id = ?");
        row.bind(1, id);
        if (!row.executeStep()) {
            const int last = database.execAndGet("SELECT coalesce(max(id), 0) FROM runs").getInt();
            throw Error(fmt::format(
                "项目中没有第 {0} 次运行（共到第 {1} 次）/ the project has no run {0} (the last one is {1})",
                id, last));
        }
        RunRecord run = runFrom(row);
        readSetup(database, run);
        SQLite::Statement json(database, "SELECT run_json FROM runs WHERE id = ?");
        json.bind(1, id);
        json.executeStep();
        run.runJson = json.getColumn(0).getString();
        return run;
    });
}

} // namespace layers
