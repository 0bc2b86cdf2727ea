// The ledger when things go wrong: killed at any moment, two programs at once, a medium that cannot be
// written.

#include "tests/support/killed_command.hpp"
#include "tests/support/mounted.hpp"
#include "tests/support/project_story.hpp"

#include <SQLiteCpp/SQLiteCpp.h>

#include <random>
#include <thread>

namespace {

namespace fs = std::filesystem;
using Json = tests::ProjectStory::Json;
using Words = std::vector<std::string>;
using tests::expectSound;
using tests::infoOf;
using tests::KilledCommand;
using tests::kills;

std::string sampleFile(const char* name) {
    return tests::ProjectStory::sample(name).string();
}

TEST(ProjectSafety, aKilledImportOfZonesLeavesTheProjectBeforeOrAfter) {
    const tests::ProjectStory story;
    KilledCommand(story.file(), {"zones", "add", sampleFile("zones/redline.gpkg"), "--role", "redline"})
        .killOften();
}

TEST(ProjectSafety, aKilledImportOfABatchLeavesTheProjectBeforeOrAfter) {
    const tests::ProjectStory story;
    KilledCommand(story.file(),
                  {"batch", "add", sampleFile("batch2/patches.gpkg") + ":patches", "--name", "2026年第2批"})
        .killOften();
}

TEST(ProjectSafety, aKilledRunLeavesTheProjectBeforeOrAfter) {
    const tests::ProjectStory story;
    story.addZones();
    story.addBatch1();
    KilledCommand(story.file(), {"run", "new", "--batch", "2026B1", "--date", "2026-09-30"}).killOften();
}

TEST(ProjectSafety, aKilledRepetitionOfARunLeavesTheProjectBeforeOrAfter) {
    const tests::ProjectStory story;
    story.openBatch1();
    KilledCommand(story.file(), {"run", "new", "--batch", "2026B1", "--date", "2026-09-30"}).killOften();
}

TEST(ProjectSafety, aKilledProjectNewLeavesNoHalfFile) {
    const tests::TemporaryFolder folder;
    const fs::path file = folder.path() / "new.ecoredline";
    std::mt19937 random(20261124);
    std::uniform_int_distribution<int> ms(1, 400);
    for (int n = 0; n < kills(); ++n) {
        tests::RunOptions options;
        options.signal = SIGKILL;
        options.interruptAfter = std::chrono::milliseconds(ms(random));
        static_cast<void>(tests::runProgram({"project", "new", file.string()}, options));
        if (fs::exists(file)) {
            expectSound(file);
            fs::remove(file);
        }
    }
}

TEST(ProjectSafety, twoImportsAtOnceBothArrive) {
    const tests::ProjectStory story;
    const auto add = [&](const char* layer, tests::Ended& ended) {
        ended = story.start("add", "zones",
                            {sampleFile("zones/redline.gpkg"), "--role", "redline", "--layer", layer});
    };
    tests::Ended first;
    tests::Ended second;
    std::thread other([&] { add("甲", second); });
    add("乙", first);
    other.join();
    EXPECT_EQ(first.status, 0) << first.err;
    EXPECT_EQ(second.status, 0) << second.err;
    EXPECT_EQ(story.run({"list"}, "zones").size(), 2U);
    story.expectSound();
}

TEST(ProjectSafety, aProjectHeldByAnotherProgramGivesAMessageAndNoHang) {
    const tests::ProjectStory story;
    SQLite::Database holder(story.file().string(), SQLite::OPEN_READWRITE);
    holder.exec("BEGIN IMMEDIATE");
    const tests::Ended refused =
        story.start("add", "zones", {sampleFile("zones/water.gpkg"), "--role", "water"});
    EXPECT_EQ(refused.status, 1);
    EXPECT_NE(refused.err.find("另一程序"), std::string::npos) << refused.err;
    EXPECT_LT(refused.seconds, 40);
    const tests::Ended read = story.start("info", "project");
    EXPECT_EQ(read.status, 0) << "reading needs no lock: " << read.err;
    holder.exec("ROLLBACK");
    story.expectSound();
}

TEST(ProjectSafety, readOnlyMediaAreReadAndNothingElse) {
    if (const std::string why = tests::whyNoMounts(); !why.empty()) {
        GTEST_SKIP() << why;
    }
    const tests::ProjectStory story;
    story.openBatch1();
    const auto before = tests::folderContents(story.folder());
    const char* readOnly = R"(mount --bind "$1" "$1" && mount -o remount,bind,ro "$1")";
    const std::string file = story.file().string();
    for (const Words& words : {Words{"project", "info", file}, Words{"project", "check", file},
                               Words{"run", "verify", file, "1"}, Words{"zones", "list", file}}) {
        const tests::Ended read = tests::runMounted(readOnly, story.folder(), words);
        EXPECT_EQ(read.status, 0) << words[0] << " " << words[1] << ": " << read.err;
    }
    const tests::Ended written = tests::runMounted(
        readOnly, story.folder(), {"zones", "add", file, sampleFile("zones/water.gpkg"), "--role", "water"});
    EXPECT_EQ(written.status, 1);
    EXPECT_NE(written.err.find("不可写"), std::string::npos) << written.err;
    EXPECT_TRUE(before == tests::folderContents(story.folder()));
}

TEST(ProjectSafety, readingChangesNoByte) {
    const tests::ProjectStory story;
    story.openBatch1();
    const auto before = tests::folderContents(story.folder());
    story.expectSound();
    story.run({"verify"}, "run", {"1"});
    story.run({"list"}, "zones");
    story.run({"list"}, "batch");
    story.run({"show"}, "run", {"1"});
    EXPECT_TRUE(before == tests::folderContents(story.folder()));
}

TEST(ProjectSafety, aCancelledRunLeavesTheProjectAsItWas) {
    const tests::ProjectStory story;
    story.addZones();
    story.addBatch1();
    const Json before = infoOf(story.file());
    tests::RunOptions options;
    options.interruptWhenStderrHas = "store"; // while rows go in
    const tests::Ended cancelled =
        tests::runProgram({"run", "new", story.file().string(), "--batch", "2026B1", "--date", "2026-09-30",
                           "--progress", "jsonl"},
                          options);
    EXPECT_TRUE(cancelled.status == 130 || cancelled.status == 3) << cancelled.status << cancelled.err;
    if (cancelled.status == 130) {
        EXPECT_EQ(before, infoOf(story.file()));
        EXPECT_EQ(std::distance(fs::directory_iterator(story.folder()), fs::directory_iterator()), 1)
            << "a journal is left";
    }
    story.expectSound();
}

} // namespace
