#include "tests/support/ledger.hpp"

#include "layers/error.hpp"

#include <SQLiteCpp/SQLiteCpp.h>
#include <fmt/format.h>

#include <array>

namespace tests {

namespace {

SQLite::Database opened(const std::filesystem::path& file) {
    SQLite::Database database(file.string(), SQLite::OPEN_READWRITE);
    database.loadExtension("mod_spatialite", nullptr); // the triggers of the layers need it
    return database;
}

} // namespace

Ledger::Ledger(std::filesystem::path file) : m_file(std::move(file)) {
    layers::ProjectFile::create(m_file, "甘孜州", kStamp);
}

layers::CaseBatch Ledger::addBatch(const std::string& code, int patches) const {
    SQLite::Database database = opened(m_file);
    SQLite::Transaction transaction(database);
    database.exec(
        "INSERT OR IGNORE INTO sources (id, role, file, layer, sha256, report) VALUES (1, 'changes', "
        "'图斑.shp', '图斑', '00', '{}')");
    SQLite::Statement batch(database,
                            "INSERT INTO batches (code, name, patches, rejects, added_at, added_by) "
                            "VALUES (?1, ?1, ?2, 0, '2026-11-24', '核查员')");
    batch.bind(1, code);
    batch.bind(2, patches);
    batch.exec();
    const std::int64_t id = database.getLastInsertRowid();
    SQLite::Statement patch(database,
                            "INSERT INTO patches (batch_id, patch_id, batch, source, received) VALUES "
                            "(?, ?, ?, 1, '{}')");
    for (int i = 0; i < patches; ++i) {
        patch.bind(1, id);
        patch.bind(2, fmt::format("{}-P{:05}", code, i));
        patch.bind(3, code);
        patch.exec();
        patch.reset();
    }
    transaction.commit();
    return {id, code, {}};
}

layers::ListedPatch Ledger::listedPatch(int place) {
    constexpr std::array<std::array<const char*, 2>, 3> kCounties{
        {{"513301", "康定市"}, {"513322", "泸定县"}, {"513338", "得荣县"}}};
    constexpr std::array<std::array<const char*, 3>, 3> kZones{
        {{"自然保护区", "贡嘎山国家级自然保护区", "核心保护区"},
         {"生态保护红线", "川西生态保护红线", "红线"},
         {"饮用水水源保护区", "折多河水源地", "一级保护区"}}};
    const auto index = static_cast<std::size_t>(place);
    layers::ListedPatch patch;
    patch.countyCode = kCounties[index % 3][0];
    patch.county = kCounties[index % 3][1];
    patch.zoneKind = kZones[index % 2][0];
    patch.zoneName = kZones[index % 2][1];
    patch.zoneClass = kZones[index % 2][2];
    patch.activity = "采石场";
    patch.verdict = place % 2 == 0 ? "疑似禁止" : "疑似需核实";
    patch.priority = 1 + place % 3;
    patch.areaM2 = 1000.0 + place;
    patch.coveredM2 = 500.0 + place;
    patch.responsible = patch.county + "人民政府";
    patch.partners = "州林草局";
    return patch;
}

std::vector<std::string> Ledger::run(const layers::CaseBatch& batch, const std::vector<int>& listed) const {
    std::int64_t run = 0;
    std::vector<layers::ListedPatch> patches;
    {
        SQLite::Database database = opened(m_file);
        database.exec(
            "INSERT OR IGNORE INTO rule_sets (sha256, name, version, file, text) VALUES ('00', '默认', "
            "'1', 'default', '')");
        SQLite::Statement insert(
            database, "INSERT INTO runs (batch, at, who, date, today, settings, rules, program, seconds, "
                      "valid, listed, near, clear, duplicate, rejected, run_json, digest) SELECT id, "
                      "'2026-11-24', '核查员', '', '', '{}', '00', 'test', 0, 1, ?2, 0, patches - ?2, 0, 0, "
                      "'{}', '' FROM batches WHERE id = ?1");
        insert.bind(1, batch.id);
        insert.bind(2, static_cast<int>(listed.size()));
        insert.exec();
        run = database.getLastInsertRowid();
        SQLite::Statement patch(database,
                                "SELECT id FROM patches WHERE batch_id = ? ORDER BY id LIMIT 1 OFFSET ?");
        SQLite::Statement row(database,
                              "INSERT INTO run_patches (run, patch, bucket, verdict, priority, rule, "
                              "judged_on, digest) VALUES (?, ?, 'listed', '', 1, '', '', '')");
        for (const int place : listed) {
            patch.bind(1, batch.id);
            patch.bind(2, place);
            patch.executeStep();
            patches.push_back(listedPatch(place));
            patches.back().patch = patch.getColumn(0).getInt64();
            patch.reset();
            row.bind(1, run);
            row.bind(2, patches.back().patch);
            row.exec();
            row.reset();
        }
    }
    layers::ProjectFile project(m_file, layers::Access::Write);
    layers::LedgerChange change(project, kStamp);
    std::vector<std::string> numbers = layers::holdCases(change, batch, run, patches);
    change.record({"run_added", "", "{}"});
    change.commit();
    return numbers;
}

layers::CaseRecord Ledger::readCase(const std::string& number) const {
    return layers::readCase(layers::ProjectFile(m_file, layers::Access::Read), number).value();
}

void Ledger::edit(const std::string& sql) const {
    opened(m_file).exec(sql);
}

} // namespace tests
