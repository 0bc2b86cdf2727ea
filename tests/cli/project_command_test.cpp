// The ledger through the command line on sample_data: zones and their versions, batches, runs, what differs
// and why.

#include "tests/support/project_story.hpp"

#include <SQLiteCpp/SQLiteCpp.h>

#include <fstream>

namespace {

namespace fs = std::filesystem;
using Json = tests::ProjectStory::Json;

/// Counts by bucket as `run new` prints them.
std::vector<int> counts(const Json& run) {
    std::vector<int> all;
    for (const char* bucket : {"listed", "near", "clear", "duplicate", "rejected"}) {
        all.push_back(run.at("patches").at(bucket).get<int>());
    }
    return all;
}

Json changeOf(const Json& comparison, const std::string& patch) {
    for (const Json& change : comparison.at("changes")) {
        if (change.at("patch") == patch) {
            return change;
        }
    }
    return nullptr;
}

TEST(ProjectCommand, aRunSaysWhatTheOneShotCheckSays) {
    const tests::ProjectStory story;
    story.addZones();
    EXPECT_EQ(story.addBatch1().at("batch"), "2026B1");
    const Json run = story.newRun("2026B1");
    EXPECT_EQ(counts(run), (std::vector<int>{91, 18, 37, 4, 2}));
    EXPECT_EQ(run.at("new_cases"), 91);
    const fs::path out = story.folder() / "check";
    const tests::Ended check =
        tests::runProgram({"check",     tests::ProjectStory::sample("batch1/patches.shp").string(),
                           "--crs",     "changes=EPSG:4522",
                           "--batch",   "2026年第1批",
                           "--redline", tests::ProjectStory::sample("zones/redline.gpkg").string(),
                           "--reserve", tests::ProjectStory::sample("zones/reserve.gpkg").string(),
                           "--water",   tests::ProjectStory::sample("zones/water.gpkg").string(),
                           "--admin",   tests::ProjectStory::sample("admin/ganzi_counties.geojson").string(),
                           "--date",    "2026-09-30",
                           "--only",    "gpkg",
                           "--out",     out.string()});
    ASSERT_EQ(check.status, 3) << check.err;
    const Json oneShot = Json::parse(tests::fileText(out / "run.json"));
    const Json stored = story.run({"show"}, "run", {"1"}).at("run_json");
    for (const char* part : {"patches", "overlaps", "area_m2", "engine", "settings", "inputs", "problems"}) {
        EXPECT_EQ(stored.at(part), oneShot.at(part)) << part;
    }
    // The rows that QGIS draws are those of results.gpkg.
    SQLite::Database project(story.file().string());
    SQLite::Database results((out / "results.gpkg").string());
    for (const char* query :
         {"SELECT count(*) || ' ' || printf('%.4f', sum(area_m2)) FROM overlaps",
          "SELECT count(*) || ' ' || printf('%.4f', sum(area_m2)) || ' ' || sum(covered) FROM atoms",
          "SELECT count(*) || ' ' || printf('%.4f', sum(distance_m)) FROM near",
          "SELECT group_concat(bucket || verdict || priority || basis, '|') FROM (SELECT * FROM patches "
          "ORDER BY "
          "source_fid)"}) {
        EXPECT_EQ(project.execAndGet(query).getString(), results.execAndGet(query).getString()) << query;
    }
    story.expectSound();
}

TEST(ProjectCommand, aRunIsRepeatedToTheSameBytesForAnyNumberOfThreads) {
    const tests::ProjectStory story;
    story.addZones();
    story.addBatch2();
    EXPECT_EQ(counts(story.newRun("2026年第2批", {"--threads", "1"})), (std::vector<int>{109, 15, 35, 0, 0}));
    const Json verified = story.run({"verify"}, "run", {"1", "--threads", "2"});
    EXPECT_TRUE(verified.at("same").get<bool>()) << verified.dump(2);
    EXPECT_EQ(verified.at("stored_digest"), verified.at("repeated_digest"));
}

TEST(ProjectCommand, aRepetitionNamesWhatWasEditedBehindItsBack) {
    const tests::ProjectStory story;
    story.openBatch1();
    SQLite::Database(story.file().string(), SQLite::OPEN_READWRITE)
        .exec("UPDATE run_patches SET verdict = '疑似限制' WHERE patch = (SELECT id FROM patches WHERE "
              "patch_id = "
              "'SL2026B10092'); UPDATE run_patches SET digest = 'x' WHERE patch = (SELECT id FROM patches "
              "WHERE patch_id "
              "= 'SL2026B10092')");
    const Json verified = story.run({"verify"}, "run", {"1"}, {1});
    ASSERT_EQ(verified.at("differences").size(), 1U) << verified.dump(2);
    EXPECT_EQ(verified.at("differences")[0].at("patch"), "SL2026B10092");
    EXPECT_EQ(verified.at("differences")[0].at("what"), "verdict");
}

TEST(ProjectCommand, aNewVersionOfALayerHoldsFromItsDayAndTheDifferenceIsExplained) {
    const tests::ProjectStory story;
    story.openBatch1();
    const fs::path smaller = tests::smallerRedLine(story.folder());
    const std::vector<std::string> layer{smaller.string(), "--role", "redline", "--layer", "生态保护红线"};
    // Its data carry the old approval date: the second version would hold from the same day, which replaces
    // the first.
    std::vector<std::string> dated = layer;
    dated.insert(dated.end(), {"--approval", "示例批复〔2026〕9号", "--approved", "2026-03-01",
                               "--valid-from", "2026-03-01"});
    EXPECT_EQ(story.run({"add"}, "zones", dated).at("version"), 2);

    const Json second = story.newRun("2026B1");
    EXPECT_EQ(counts(second), (std::vector<int>{90, 18, 38, 4, 2}));
    EXPECT_EQ(second.at("new_cases"), 0);
    EXPECT_EQ(second.at("obsolete_findings"), 9);
    const Json comparison = story.run({"compare"}, "run", {"1", "2"});
    EXPECT_EQ(comparison.at("differing"), Json::array({"zone_version"}));
    EXPECT_EQ(comparison.at("counts").at("gone"), 1);
    EXPECT_EQ(comparison.at("counts").at("appeared"), 0);
    EXPECT_TRUE(comparison.at("closes").get<bool>());
    EXPECT_EQ(changeOf(comparison, "SL2026B10092").at("causes"), Json::array({"zone_version"}));
    // The old run is still repeated with the old zones.
    EXPECT_TRUE(story.run({"verify"}, "run", {"1"}).at("same").get<bool>());
    story.expectSound();
}

TEST(ProjectCommand, ofSeveralDifferencesTheCauseOfEachChangeIsFound) {
    const tests::ProjectStory story;
    story.addZones();
    story.addBatch1();
    const fs::path smaller = tests::smallerRedLine(story.folder());
    story.run(
        {"add"}, "zones",
        {smaller.string(), "--role", "redline", "--layer", "生态保护红线", "--valid-from", "2026-01-01"});
    story.newRun("2026B1");
    const fs::path settings = story.folder() / "容差.yaml";
    std::ofstream(settings) << "hit_area_m2: 5000\nhit_share: 0.5\nhit_width_m: 100\n";
    story.newRun("2026B1", {"--settings", settings.string(), "--zones", "生态保护红线=1"});
    const Json comparison = story.run({"compare"}, "run", {"1", "2"});
    EXPECT_EQ(comparison.at("differing"), Json::array({"zone_version", "tolerance"}));
    EXPECT_EQ(comparison.at("counts").at("appeared"), 3);
    EXPECT_EQ(comparison.at("counts").at("gone"), 10);
    EXPECT_EQ(comparison.at("counts").at("verdict"), 10);
    EXPECT_TRUE(comparison.at("closes").get<bool>());
    for (const Json& change : comparison.at("changes")) {
        const bool isNew = change.at("changes") == Json::array({"appeared"});
        const bool isGone = change.at("changes") == Json::array({"gone"});
        if (isNew || isGone) {
            EXPECT_EQ(change.at("causes"), Json::array({isNew ? "zone_version" : "tolerance"}))
                << change.dump();
        }
    }
    EXPECT_EQ(changeOf(comparison, "SL2026B10092").at("causes"), Json::array({"zone_version"}));
    EXPECT_EQ(changeOf(comparison, "SL2026B10134").at("causes"), Json::array({"tolerance"}));
}

TEST(ProjectCommand, aChangedRuleIsNamedAsTheCause) {
    const tests::ProjectStory story;
    story.openBatch1();
    std::string rules = tests::fileText(fs::path(SOURCE_ROOT) / "app/check/rules_default.yaml");
    const std::string before =
        "{id: EC-01, kind: ECR, class: 红线, activity: A01,\n     verdict: 禁止, priority: 1";
    const std::size_t at = rules.find(before);
    ASSERT_NE(at, std::string::npos);
    rules.replace(at, before.size(),
                  "{id: EC-01, kind: ECR, class: 红线, activity: A01,\n     verdict: 限制, priority: 3");
    const fs::path file = story.folder() / "rules.yaml";
    std::ofstream(file) << rules;
    story.newRun("2026B1", {"--rules", file.string()});
    fs::remove(file); // the project keeps the text
    const Json comparison = story.run({"compare"}, "run", {"1", "2"});
    EXPECT_EQ(comparison.at("differing"), Json::array({"rule"}));
    EXPECT_GT(comparison.at("counts").at("verdict").get<int>(), 0);
    EXPECT_EQ(comparison.at("counts").at("gone"), 0);
    for (const Json& change : comparison.at("changes")) {
        EXPECT_EQ(change.at("causes"), Json::array({"rule"})) << change.dump();
    }
    EXPECT_TRUE(story.run({"verify"}, "run", {"2"}).at("same").get<bool>());
}

TEST(ProjectCommand, aVersionThatRunsUsedIsWithdrawnAndOthersGo) {
    const tests::ProjectStory story;
    story.openBatch1();
    const std::string water = tests::ProjectStory::sample("zones/water.gpkg").string();
    story.run({"add"}, "zones", {water, "--role", "water", "--layer", "另一水源"});
    EXPECT_TRUE(story.run({"remove"}, "zones", {"另一水源=1"}).at("removed").get<bool>());
    EXPECT_TRUE(story.run({"remove"}, "zones", {"水源保护区=1"}).at("withdrawn").get<bool>());
    EXPECT_LT(story.newRun("2026B1").at("patches").at("listed").get<int>(), 91);
    EXPECT_TRUE(story.run({"verify"}, "run", {"1"}).at("same").get<bool>());
    story.expectSound();
}

TEST(ProjectCommand, whatCannotBeIsRefusedWithTheChoices) {
    const tests::ProjectStory story;
    story.addZones();
    story.addBatch1();
    const auto refused = [&](const char* verb, const char* noun, const std::vector<std::string>& more,
                             int status, const char* part) {
        const tests::Ended ended = story.start(verb, noun, more);
        EXPECT_EQ(ended.status, status) << noun << " " << verb << ended.out;
        EXPECT_NE((ended.err + ended.out).find(part), std::string::npos)
            << noun << " " << verb << ": " << ended.err;
    };
    const std::string patches = tests::ProjectStory::sample("batch1/patches.shp").string();
    refused("add", "batch", {patches, "--crs", "EPSG:4522", "--name", "2026年第1批"}, 1, "2026B1");
    refused("add", "batch", {patches, "--crs", "EPSG:4522", "--name", "春季"}, 2, "--code");
    refused("new", "run", {"--batch", "2026B9"}, 1, "2026B1");
    refused("new", "run", {"--batch", "2026B1", "--zones", "红线=7"}, 1, "生态保护红线=1");
    refused("new", "run", {"--batch", "2026B1", "--zones", "红线"}, 2, "LAYER=NUMBER");
    refused("verify", "run", {"4"}, 1, "4");
    refused("show", "zones", {"红线=1"}, 1, "生态保护红线=1");
    refused("add", "zones", {patches, "--role", "redline", "--valid-from", "2026-02-30"}, 2, "2026-02-30");
    story.expectSound();
}

} // namespace
