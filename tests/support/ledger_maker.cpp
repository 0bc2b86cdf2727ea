#include "tests/support/ledger_maker.hpp"

#include "geo/wkb.hpp"

#include <SQLiteCpp/SQLiteCpp.h>

namespace tests {

namespace {

SQLite::Database opened(const std::filesystem::path& project) {
    SQLite::Database database(project.string(), SQLite::OPEN_READWRITE);
    database.loadExtension("mod_spatialite", nullptr);
    database.exec("PRAGMA synchronous = OFF");
    database.exec("PRAGMA cache_size = -200000");
    database.exec("BEGIN");
    return database;
}

} // namespace

struct LedgerMaker::Statements {
    explicit Statements(const std::filesystem::path& project)
        : database(opened(project)),
          patch(database,
                "INSERT INTO patches (batch_id, source, patch_id, batch, geometry_hash, received, geometry, "
                "line, point) VALUES (?, 1, ?, ?, ?, ?, CastToMulti(GeomFromWKB(?, 4490)), "
                "CastToMulti(GeomFromWKB(?, 4490)), CastToMulti(GeomFromWKB(?, 4490)))"),
          closed(database,
                 "INSERT INTO cases (number, batch, patch, issued_at, issued_run, current_run, holds, "
                 "county_code, county, zone_kind, zone_name, zone_class, activity, verdict, priority, "
                 "status, conclusion, scheme, serial) VALUES (?1, ?2, ?3, '', ?8, ?8, 1, '513301', "
                 "'康定市', 'ECR', '', '红线', '', '禁止', 1, ?4, ?5, ?6, ?7)"),
          count(database, "UPDATE batches SET patches = ? WHERE id = ?") {
        database.exec(
            "INSERT OR IGNORE INTO sources (id, role, file, layer, sha256, report) VALUES (1, 'changes', "
            "'made.gpkg', 'made', '', '{}')");
        database.exec(
            "INSERT OR IGNORE INTO rule_sets (sha256, name, version, file, text) VALUES ('00', 'made', '1', "
            "'made', '')");
        batch = database.execAndGet("SELECT coalesce(max(id), 0) FROM batches").getInt64();
    }

    void keepCount() {
        if (batch > 0 && !code.empty()) {
            count.reset();
            count.bind(1, patches);
            count.bind(2, batch);
            count.exec();
        }
    }

    SQLite::Database database;
    SQLite::Statement patch;
    SQLite::Statement closed;
    SQLite::Statement count;
    std::int64_t batch = 0;
    std::int64_t run = 0; ///< of the batch added last; 0: none yet
    std::int64_t patches = 0;
    std::string code;
    std::vector<std::byte> wkb;
};

LedgerMaker::LedgerMaker(const std::filesystem::path& project)
    : m_statements(std::make_unique<Statements>(project)) {}

LedgerMaker::~LedgerMaker() = default;

std::int64_t LedgerMaker::addBatch(const std::string& code) {
    Statements& to = *m_statements;
    to.keepCount();
    ++to.batch;
    to.patches = 0;
    to.run = 0;
    to.code = code;
    SQLite::Statement insert(to.database,
                             "INSERT INTO batches (id, code, name, patches, rejects, added_at, added_by) "
                             "VALUES (?1, ?2, ?2, 0, 0, '2026-11-24', '核查员')");
    insert.bind(1, to.batch);
    insert.bind(2, code);
    insert.exec();
    SQLite::Statement link(to.database, "INSERT INTO batch_sources (batch, place, source) VALUES (?, 1, 1)");
    link.bind(1, to.batch);
    link.exec();
    return to.batch;
}

std::int64_t LedgerMaker::addPatch(const std::string& patchId, const geo::Shape& shape,
                                   const std::string& change) {
    Statements& to = *m_statements;
    to.patch.reset();
    to.patch.clearBindings();
    int place = 0;
    to.patch.bind(++place, to.batch);
    to.patch.bind(++place, patchId);
    to.patch.bind(++place, to.code);
    to.patch.bind(++place, std::to_string(geo::normalisedHash(shape)));
    to.patch.bind(++place, R"({"change": ")" + change + R"("})");
    geo::appendWkb(shape, to.wkb);
    for (const geo::Dimension column : {geo::Dimension::Area, geo::Dimension::Line, geo::Dimension::Point}) {
        ++place;
        if (shape.dimension() == column) {
            to.patch.bindNoCopy(place, to.wkb.data(), static_cast<int>(to.wkb.size()));
        }
    }
    to.patch.exec();
    ++to.patches;
    return to.database.getLastInsertRowid();
}

std::int64_t LedgerMaker::addRun(std::int64_t batch, std::span<const std::int64_t> listed) {
    Statements& to = *m_statements;
    to.keepCount();
    SQLite::Statement insert(to.database,
                             "INSERT INTO runs (batch, at, who, date, today, settings, rules, program, "
                             "seconds, valid, listed, near, "
                             "clear, duplicate, rejected, run_json, digest) SELECT id, '2026-11-24', "
                             "'核查员', '', '', '{}', '00', "
                             "'made', 0, 1, ?2, 0, patches - ?2, 0, 0, '{}', '' FROM batches WHERE id = ?1");
    insert.bind(1, batch);
    insert.bind(2, static_cast<std::int64_t>(listed.size()));
    insert.exec();
    const std::int64_t run = to.database.getLastInsertRowid();
    SQLite::Statement rows(
        to.database, "INSERT INTO run_patches (run, patch, bucket, verdict, priority, rule, judged_on, "
                     "digest) SELECT ?1, id, 'clear', '', 1, '', '', '' FROM patches WHERE batch_id = ?2");
    rows.bind(1, run);
    rows.bind(2, batch);
    rows.exec();
    SQLite::Statement bucket(to.database,
                             "UPDATE run_patches SET bucket = 'listed' WHERE run = ? AND patch = ?");
    for (const std::int64_t patch : listed) {
        bucket.bind(1, run);
        bucket.bind(2, patch);
        bucket.exec();
        bucket.reset();
    }
    to.run = batch == to.batch ? run : to.run;
    return run;
}

void LedgerMaker::addCase(std::int64_t patch, const LedgerCase& facts) {
    Statements& to = *m_statements;
    if (to.run == 0) {
        static_cast<void>(addRun(to.batch, {}));
    }
    to.closed.reset();
    int place = 0;
    to.closed.bind(++place, facts.number);
    to.closed.bind(++place, to.batch);
    to.closed.bind(++place, patch);
    to.closed.bind(++place, facts.status);
    to.closed.bind(++place, facts.conclusion);
    const std::size_t dash = facts.number.rfind('-');
    to.closed.bind(++place, facts.number.substr(0, dash));
    to.closed.bind(++place, std::stoi(facts.number.substr(dash + 1)));
    to.closed.bind(++place, to.run);
    to.closed.exec();
}

void LedgerMaker::execute(const std::string& sql) {
    m_statements->database.exec(sql);
}

void LedgerMaker::finish() {
    m_statements->keepCount();
    m_statements->database.exec("COMMIT");
    m_statements->database.exec("BEGIN");
}

} // namespace tests
