#include "tests/support/ledger.hpp"

#include "layers/error.hpp"
#include "tests/support/ledger_maker.hpp"

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
    LedgerMaker maker(m_file);
    const std::int64_t id = maker.addBatch(code);
    for (int i = 0; i < patches; ++i) {
        static_cast<void>(maker.addPatch(fmt::format("{}-P{:05}", code, i), {}));
    }
    maker.finish();
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
    std::vector<layers::ListedPatch> patches;
    std::vector<std::int64_t> rows;
    {
        const SQLite::Database database = opened(m_file);
        SQLite::Statement patch(database,
                                "SELECT id FROM patches WHERE batch_id = ? ORDER BY id LIMIT 1 OFFSET ?");
        for (const int place : listed) {
            patch.bind(1, batch.id);
            patch.bind(2, place);
            patch.executeStep();
            rows.push_back(patch.getColumn(0).getInt64());
            patches.push_back(listedPatch(place));
            patches.back().patch = rows.back();
            patch.reset();
        }
    }
    std::int64_t run = 0;
    {
        LedgerMaker maker(m_file);
        run = maker.addRun(batch.id, rows);
        maker.finish();
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
