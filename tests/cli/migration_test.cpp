// A project of an older schema: told when read, brought up to date when opened for writing, whole or not at
// all.

#include "layers/project/event_log.hpp"
#include "layers/project/migration_texts.hpp"
#include "tests/support/killed_command.hpp"
#include "tests/support/project_story.hpp"

#include <SQLiteCpp/SQLiteCpp.h>
#include <gtest/gtest.h>

#include <fmt/format.h>
#include <sqlite3.h>

namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

constexpr int kApplicationId = 0x45635264;

void runScript(SQLite::Database& database, std::string_view sql) {
    const std::string text(sql);
    database.tryExec(text); // SELECT AddGeometryColumn gives rows, which exec() refuses
    if (database.getErrorCode() != SQLITE_OK && database.getErrorCode() != SQLITE_ROW &&
        database.getErrorCode() != SQLITE_DONE) {
        throw std::runtime_error(database.getErrorMsg());
    }
}

/// A project as the first schema had it, with zones and the events that tell of them.
void makeFirstSchema(const fs::path& file) {
    SQLite::Database database(file.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    database.loadExtension("mod_spatialite", nullptr);
    runScript(database, fmt::format("PRAGMA application_id = {}", kApplicationId));
    runScript(database, "SELECT InitSpatialMetaData(1, 'NONE')");
    runScript(database, "SELECT InsertEpsgSrid(4490)");
    runScript(database, layers::migrations().front().sql);
    runScript(database, "PRAGMA user_version = 1");
    database.exec("INSERT INTO project_info (key, value) VALUES ('name', '旧项目'), ('journal', 'wal'), "
                  "('created_at', '2026-01-05T09:00:00+08:00'), ('created_by', '示例')");
    database.exec("INSERT INTO sources (id, role, file, layer, sha256, report) VALUES (1, 'redline', "
                  "'红线.shp', '红线', '00', '{}')");
    database.exec("INSERT INTO zone_layers (id, role, name) VALUES (1, 'redline', '生态保护红线')");
    database.exec("INSERT INTO zone_versions (id, layer, number, source, approval, approved, valid_from, "
                  "valid_to, features, complete, added_at, added_by) VALUES (1, 1, 1, 1, '', '', '', '', 0, "
                  "1, '2026-01-05T09:00:00+08:00', '示例')");
    layers::Event event;
    for (const char* kind : {"project_created", "zones_added"}) {
        ++event.number;
        event.stamp = {"2026-01-05T09:00:00+08:00", "示例"};
        event.text = {kind, "", "{}"};
        event.previous = event.hash;
        event.hash = layers::hashOf(event);
        SQLite::Statement insert(database, "INSERT INTO events (number, at, who, kind, case_number, content, "
                                           "previous, hash) VALUES (?, ?, ?, ?, '', '{}', ?, ?)");
        insert.bind(1, event.number);
        insert.bind(2, event.stamp.at);
        insert.bind(3, event.stamp.who);
        insert.bind(4, event.text.kind);
        insert.bind(5, event.previous);
        insert.bind(6, event.hash);
        insert.exec();
    }
}

int schemaOf(const fs::path& file) {
    // As the program does: a killed program's journal is rolled back.
    SQLite::Database database(file.string(), SQLite::OPEN_READWRITE);
    return database.execAndGet("PRAGMA user_version").getInt();
}

class Migration : public testing::Test {
  protected:
    void SetUp() override { makeFirstSchema(file); }

    tests::TemporaryFolder folder;
    fs::path file = folder.path() / "旧项目.ecoredline";
};

TEST_F(Migration, readingAnOldProjectSaysWhatToDoAndChangesNothing) {
    const std::string before = tests::fileText(file);
    const tests::Ended refused = tests::runProgram({"project", "info", file.string()});
    EXPECT_EQ(refused.status, 1);
    EXPECT_NE(refused.err.find("--upgrade"), std::string::npos) << refused.err;
    EXPECT_TRUE(before == tests::fileText(file));
}

TEST_F(Migration, openingItForWritingBringsItUpToDateWithAllThatIsInIt) {
    const tests::Ended upgraded =
        tests::runProgram({"project", "info", file.string(), "--upgrade", "--format", "json"});
    ASSERT_EQ(upgraded.status, 0) << upgraded.err;
    EXPECT_EQ(schemaOf(file), layers::migrations().back().version);
    const Json info = Json::parse(upgraded.out);
    EXPECT_EQ(info.at("name"), "旧项目");
    tests::expectSound(file);
    const tests::Ended zones = tests::runProgram({"zones", "list", file.string(), "--format", "json"});
    EXPECT_EQ(Json::parse(zones.out).size(), 1U);
    // And it takes work like a new one.
    const tests::Ended added =
        tests::runProgram({"zones", "add", file.string(),
                           tests::ProjectStory::sample("zones/water.gpkg").string(), "--role", "water"});
    EXPECT_EQ(added.status, 0) << added.err;
    tests::expectSound(file);
}

TEST_F(Migration, aKilledOneLeavesTheProjectBeforeOrAfter) {
    const auto whole = [](const fs::path& left) {
        SQLite::Database database(left.string(), SQLite::OPEN_READWRITE);
        EXPECT_EQ(database.execAndGet("PRAGMA integrity_check").getString(), "ok");
        EXPECT_EQ(database.execAndGet("SELECT count(*) FROM events").getInt(), 2);
    };
    tests::KilledCommand(
        file, {"project", "info", "--upgrade"}, [](const fs::path& left) { return Json(schemaOf(left)); },
        whole)
        .killOften();
}

} // namespace
