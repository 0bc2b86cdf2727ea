// The project file: it appears whole, tells what it is, keeps what was committed and notices what was edited.

#include "layers/error.hpp"
#include "layers/project/event_log.hpp"
#include "layers/project/ledger_change.hpp"
#include "layers/project/project_check.hpp"
#include "layers/project/project_file.hpp"
#include "tests/support/temporary_folder.hpp"

#include <SQLiteCpp/SQLiteCpp.h>
#include <gtest/gtest.h>

#include <thread>

namespace {

using layers::Access;
using layers::LedgerChange;
using layers::ProjectFile;

const layers::Stamp kStamp{"2026-11-24T08:00:00+08:00", "核查员"};

class ProjectFileTest : public testing::Test {
  protected:
    void SetUp() override { ProjectFile::create(file, "甘孜州", kStamp); }

    void note(const std::string& kind) const {
        ProjectFile project(file, Access::Write);
        LedgerChange change(project, kStamp);
        change.record({kind, "", "{}"});
        change.commit();
    }
    /// Edits the file behind the program's back.
    void edit(const std::string& sql) const {
        SQLite::Database database(file.string(), SQLite::OPEN_READWRITE);
        database.exec(sql);
    }
    [[nodiscard]] std::vector<layers::ProjectFault> faults() const {
        return layers::checkProject(ProjectFile(file, Access::Read));
    }
    [[nodiscard]] std::size_t filesBeside() const {
        return static_cast<std::size_t>(
            std::distance(std::filesystem::directory_iterator(folder.path()), {}));
    }
    [[nodiscard]] std::string openingFault(Access access) const {
        try {
            const ProjectFile project(file, access);
            return {};
        } catch (const layers::Error& error) {
            return error.what();
        }
    }

    tests::TemporaryFolder folder;
    std::filesystem::path file = folder.path() / "测试 项目（1）.ecoredline";
};

TEST_F(ProjectFileTest, appearsWholeAndAlone) {
    EXPECT_EQ(filesBeside(), 1U);
    const ProjectFile project(file, Access::Read);
    EXPECT_EQ(project.info("name"), "甘孜州");
    EXPECT_EQ(project.info("created_by"), "核查员");
    EXPECT_EQ(project.info("nothing of the kind"), "");
    const std::vector<layers::Event> events = layers::readEvents(project);
    ASSERT_EQ(events.size(), 1U);
    EXPECT_EQ(events.front().text.kind, "project_created");
    EXPECT_TRUE(faults().empty());
}

TEST_F(ProjectFileTest, refusesANameThatIsTaken) {
    const std::string before = tests::textOf(file);
    EXPECT_THROW(ProjectFile::create(file, "another", kStamp), layers::Error);
    EXPECT_EQ(tests::textOf(file), before);
    EXPECT_EQ(filesBeside(), 1U);
}

TEST_F(ProjectFileTest, journalsAreGoneAfterUse) {
    {
        ProjectFile project(file, Access::Write);
        EXPECT_EQ(project.journalName(), "wal");
        LedgerChange change(project, kStamp);
        change.record({"test", "", "{}"});
        change.commit();
        EXPECT_GT(filesBeside(), 1U);
    }
    EXPECT_EQ(filesBeside(), 1U);
}

TEST_F(ProjectFileTest, aProjectForASharedFolderNeverHasAWriteAheadLog) {
    const std::filesystem::path shared = folder.path() / "share.ecoredline";
    ProjectFile::create(shared, "share", kStamp, layers::Journal::Rollback);
    const ProjectFile project(shared, Access::Write);
    EXPECT_EQ(project.journalName(), "delete");
    EXPECT_FALSE(std::filesystem::exists(shared.string() + "-wal"));
}

TEST_F(ProjectFileTest, readingLeavesTheBytesAlone) {
    const std::string before = tests::textOf(file);
    const auto time = std::filesystem::last_write_time(file);
    EXPECT_TRUE(faults().empty());
    EXPECT_EQ(tests::textOf(file), before);
    EXPECT_EQ(std::filesystem::last_write_time(file), time);
}

TEST_F(ProjectFileTest, whatWasNotCommittedIsGone) {
    {
        ProjectFile project(file, Access::Write);
        LedgerChange change(project, kStamp);
        change.record({"half", "", "{}"});
        change.setInfo("half", "done");
    }
    const ProjectFile project(file, Access::Read);
    EXPECT_EQ(layers::readEvents(project).size(), 1U);
    EXPECT_EQ(project.info("half"), "");
}

TEST_F(ProjectFileTest, aChangeWithoutAnEventIsRefused) {
    ProjectFile project(file, Access::Write);
    LedgerChange change(project, kStamp);
    change.setInfo("silent", "yes");
    EXPECT_THROW(change.commit(), layers::Error);
}

TEST_F(ProjectFileTest, anEditedEventIsNamed) {
    note("second");
    note("third");
    EXPECT_TRUE(faults().empty());
    edit("UPDATE events SET who = 'somebody else' WHERE number = 2");
    const auto found = faults();
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found.front().part, "events");
    EXPECT_NE(found.front().textEn.find("event 2 was edited"), std::string::npos) << found.front().textEn;
}

TEST_F(ProjectFileTest, anEditWithANewHashIsNamedByTheNextEvent) {
    note("second");
    note("third");
    std::vector<layers::Event> events = layers::readEvents(ProjectFile(file, Access::Read));
    events[1].stamp.who = "somebody else";
    edit("UPDATE events SET who = 'somebody else', hash = '" + layers::hashOf(events[1]) +
         "' WHERE number = 2");
    const auto found = faults();
    ASSERT_EQ(found.size(), 1U);
    EXPECT_NE(found.front().textEn.find("event 3 does not follow"), std::string::npos)
        << found.front().textEn;
}

TEST_F(ProjectFileTest, anEventTakenOutIsNamed) {
    note("second");
    note("third");
    edit("DELETE FROM events WHERE number = 2");
    ASSERT_FALSE(faults().empty());
    EXPECT_NE(faults().front().textEn.find("events 2 to 2 are missing"), std::string::npos);
}

TEST_F(ProjectFileTest, aRowThatPointsNowhereIsNamed) {
    edit("INSERT INTO zone_versions (layer, number, source, approval, approved, valid_from, valid_to, "
         "features, "
         "complete, added_at, added_by) VALUES (7, 1, 9, '', '', '', '', 0, 1, '', '')");
    const auto found = faults();
    ASSERT_FALSE(found.empty());
    EXPECT_EQ(found.front().part, "foreign_keys");
}

TEST_F(ProjectFileTest, otherFilesAreNoProjects) {
    const auto refused = [&](const std::string& name, const std::string& text) {
        std::ofstream(folder.path() / name) << text;
        EXPECT_THROW(ProjectFile(folder.path() / name, Access::Read), layers::Error) << name;
    };
    refused("text.ecoredline", "no database");
    refused("empty.ecoredline", "");
    EXPECT_THROW(ProjectFile(folder.path() / "absent.ecoredline", Access::Read), layers::Error);
    EXPECT_FALSE(std::filesystem::exists(folder.path() / "absent.ecoredline"));
    const std::filesystem::path other = folder.path() / "other.ecoredline";
    SQLite::Database(other.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE).exec("CREATE TABLE t (a)");
    EXPECT_THROW(ProjectFile(other, Access::Write), layers::Error);
}

TEST_F(ProjectFileTest, aNewerSchemaIsRefusedWithTheReason) {
    edit("PRAGMA user_version = 999");
    EXPECT_NE(openingFault(Access::Write).find("newer program"), std::string::npos);
    EXPECT_NE(openingFault(Access::Read).find("newer program"), std::string::npos);
}

TEST_F(ProjectFileTest, aSecondWriterWaitsForItsTurn) {
    ProjectFile first(file, Access::Write);
    auto change = std::make_unique<LedgerChange>(first, kStamp);
    change->record({"first", "", "{}"});
    std::thread second([this] { note("second"); });
    std::this_thread::sleep_for(std::chrono::milliseconds(300));
    change->commit();
    change.reset();
    second.join();
    const std::vector<layers::Event> events = layers::readEvents(ProjectFile(file, Access::Read));
    ASSERT_EQ(events.size(), 3U);
    EXPECT_EQ(events[1].text.kind, "first");
    EXPECT_EQ(events[2].text.kind, "second");
    EXPECT_TRUE(faults().empty());
}

} // namespace
