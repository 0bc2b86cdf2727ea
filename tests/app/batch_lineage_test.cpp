// A new batch against the earlier ones of a project: what is found, that it is the same for any number of
// threads and as comparing every pair, what is kept, and what broken or crowded data do to it.

#include "app/cases/batch_lineage.hpp"
#include "app/cases/lineage.hpp"
#include "geo/geodesic.hpp"
#include "layers/error.hpp"
#include "layers/project/event_log.hpp"
#include "layers/project/lineage_store.hpp"
#include "layers/project/patch_search.hpp"
#include "layers/project/project_check.hpp"
#include "tests/geo/random_shapes.hpp"
#include "tests/support/ledger_maker.hpp"
#include "tests/support/temporary_folder.hpp"

#include <gtest/gtest.h>

#include <map>

#include <fmt/format.h>

namespace {

using layers::LineageResult;
using layers::LineageRow;
using layers::ProjectFile;
using layers::Relation;

const layers::Stamp kStamp{"2026-11-24T08:00:00+08:00", "核查员"};
constexpr geo::Coordinate kPlace{101.96, 30.05};

/// A rectangle by metres east and north of kPlace.
geo::Shape box(double west, double south, double east, double north) {
    const geo::MetresPerDegree metres = geo::metresPerDegree(kPlace.y);
    const auto place = [&](double x, double y) {
        return geo::Coordinate{kPlace.x + x / metres.lon, kPlace.y + y / metres.lat};
    };
    return {{{{place(west, south), place(east, south), place(east, north), place(west, north),
               place(west, south)},
              {}}},
            {},
            {}};
}
geo::Coordinate at(double east, double north) {
    return box(east, north, east + 1, north + 1).polygons.front().shell.front();
}
geo::Shape point(double east, double north) {
    return {{}, {}, {at(east, north)}};
}
geo::Shape line(double fromX, double fromY, double toX, double toY) {
    return {{}, {{at(fromX, fromY), at(toX, toY)}}, {}};
}

class BatchLineageTest : public testing::Test {
  protected:
    void SetUp() override {
        ProjectFile::create(file, "甘孜州", kStamp);
        maker = std::make_unique<tests::LedgerMaker>(file);
    }

    [[nodiscard]] LineageResult find(std::int64_t batch, int threads = 1) {
        maker->finish();
        const ProjectFile project(file, layers::Access::Read);
        geo::Progress progress;
        return app::findLineage(project, batch, settings, threads, progress);
    }
    /// "N1 repeated 2025B1-A1 …" of each row.
    static std::vector<std::string> texts(const LineageResult& result) {
        std::vector<std::string> all;
        for (const LineageRow& row : result.rows) {
            all.push_back(fmt::format("{} {} {}{}{}", row.patchId, layers::relationKey(row.relation),
                                      row.earlier.patchId, row.rebound ? " rebound" : "",
                                      row.sameId ? " same_id" : ""));
        }
        return all;
    }

    tests::TemporaryFolder folder;
    std::filesystem::path file = folder.path() / "项目.ecoredline";
    std::unique_ptr<tests::LedgerMaker> maker;
    layers::Settings settings;
};

using Texts = std::vector<std::string>;

TEST_F(BatchLineageTest, EveryRelationWithStatusAndConclusion) {
    maker->addBatch("2025B1");
    const std::int64_t closed = maker->addPatch("A1", box(0, 0, 100, 100));
    maker->addCase(closed, {"LD2025B1-513301-0001", "已销号", "属实-疑似违法违规"});
    maker->addPatch("A2", box(1000, 0, 1100, 100));
    maker->addPatch("A3", box(2000, 0, 2200, 100)); // will be split
    maker->addPatch("A4", box(3000, 0, 3050, 100)); // will be merged
    maker->addPatch("A5", box(3060, 0, 3110, 100));
    maker->addPatch("A6", box(4000, 0, 4100, 100));
    maker->addPatch("A7", box(5000, 0, 5200, 100));
    maker->addPatch("A8", box(9000, 0, 9100, 100));
    maker->addBatch("2026B1");
    maker->addPatch("N1", box(2, 2, 102, 102));
    maker->addPatch("N2", box(1000, 0, 1200, 200));
    maker->addPatch("N3a", box(2000, 0, 2090, 100));
    maker->addPatch("N3b", box(2110, 0, 2200, 100));
    maker->addPatch("N4", box(3000, 0, 3110, 100));
    maker->addPatch("N6", box(4060, 40, 4160, 200));
    maker->addPatch("N7", box(5000, 0, 5080, 100));
    maker->addPatch("A8", box(7000, 0, 7100, 100));
    maker->addPatch("N9", box(8000, 0, 8100, 100));
    const LineageResult result = find(2);
    EXPECT_EQ(texts(result),
              (Texts{"N1 repeated A1 rebound", "N2 grown A2", "N3a split A3", "N3b split A3", "N4 merged A5",
                     "N4 merged A4", "N6 partial A6", "N7 within A7", "A8 same_id A8 same_id"}));
    EXPECT_EQ(result.counts.patches, 9);
    EXPECT_EQ(result.counts.related, 7);
    EXPECT_EQ(result.counts.rebounds, 1);
    EXPECT_EQ(result.counts.rows, 9);
    const LineageRow& first = result.rows.front();
    EXPECT_EQ(first.earlier, (layers::EarlierPatch{closed, "2025B1", "A1", "LD2025B1-513301-0001", "已销号",
                                                   "属实-疑似违法违规"}));
    EXPECT_NEAR(first.shareNew.value(), 0.98 * 0.98, 1e-4);
    EXPECT_EQ(app::historyText({first}), "与2025B1-513301-0001重复(已销号)-疑似反弹");
    EXPECT_NEAR(result.rows.back().distanceM, 2000, 1);
    EXPECT_EQ(find(1).rows.size(), 0U) << "the first batch has no history";
}

TEST_F(BatchLineageTest, OneSiteSeenTwiceIsNoMergeAndNoSplit) {
    maker->addBatch("2025B1");
    maker->addPatch("A1", box(0, 0, 60, 100));
    maker->addPatch("B1", box(1000, 0, 1100, 100));
    maker->addBatch("2025B2");
    maker->addPatch("A2", box(1, 0, 61, 100));
    maker->addBatch("2026B1");
    maker->addPatch("N1", box(0, 0, 100, 100));
    maker->addPatch("N2", box(1000, 0, 1060, 100));
    maker->addPatch("N3", box(1001, 0, 1061, 100));
    EXPECT_EQ(texts(find(3)), (Texts{"N1 grown A2", "N1 grown A1", "N2 within B1", "N3 within B1"}));
}

TEST_F(BatchLineageTest, KindsOfShapeMeetByRadius) {
    maker->addBatch("2025B1");
    maker->addPatch("road", line(0, 0, 1000, 0));
    maker->addPatch("spot", point(0, 500));
    maker->addPatch("field", box(2000, 0, 2100, 100));
    maker->addBatch("2026B1");
    maker->addPatch("n-road", line(0, 20, 1000, 20));
    maker->addPatch("n-spot", point(20, 500));
    maker->addPatch("n-area", box(-20, 480, 20, 520));
    maker->addPatch("n-edge", point(2120, 50));
    maker->addPatch("n-far", point(2140, 50));
    EXPECT_EQ(texts(find(2)), (Texts{"n-road repeated road", "n-spot repeated spot", "n-area repeated spot",
                                     "n-edge repeated field"}));
}

TEST_F(BatchLineageTest, LaterBatchesAndOwnPatchesAreNoHistory) {
    for (const char* code : {"2025B1", "2025B2", "2026B1"}) {
        maker->addBatch(code);
        maker->addPatch(std::string("of ") + code, box(0, 0, 100, 100));
        maker->addPatch(std::string("twin of ") + code, box(0, 0, 100, 100));
    }
    EXPECT_EQ(texts(find(1)), Texts());
    EXPECT_EQ(texts(find(2)),
              (Texts{"of 2025B2 repeated twin of 2025B1", "of 2025B2 repeated of 2025B1",
                     "twin of 2025B2 repeated twin of 2025B1", "twin of 2025B2 repeated of 2025B1"}));
    EXPECT_EQ(find(3).rows.size(), 8U);
}

TEST_F(BatchLineageTest, AnIdThatStartsAnewInEachBatchTellsNothing) {
    for (int batch = 0; batch < 2; ++batch) {
        maker->addBatch(fmt::format("2025B{}", batch + 1));
        for (int i = 0; i < 12; ++i) {
            maker->addPatch(std::to_string(i), box(1000 * i, 5000 * batch, 1000 * i + 50, 5000 * batch + 50));
        }
    }
    const LineageResult result = find(2);
    EXPECT_TRUE(result.counts.runningIds);
    EXPECT_EQ(texts(result), Texts());
}

TEST_F(BatchLineageTest, APatchThatSaysItIsRestoredIsNoRebound) {
    maker->addBatch("2025B1");
    maker->addCase(maker->addPatch("A1", box(0, 0, 100, 100)), {"LD2025B1-513301-0001", "已销号", "已恢复"});
    maker->addBatch("2026B1");
    maker->addPatch("N1", box(0, 0, 100, 100), "reduced");
    maker->addPatch("N2", box(0, 0, 100, 100), "grown");
    EXPECT_EQ(texts(find(2)), (Texts{"N1 repeated A1", "N2 repeated A1 rebound"}));
}

TEST_F(BatchLineageTest, BrokenRowsAreCountedAndNoReasonToStop) {
    maker->addBatch("2025B1");
    const std::int64_t torn = maker->addPatch("A1", box(0, 0, 100, 100));
    maker->addPatch("A2", box(0, 0, 100, 100));
    maker->addBatch("2026B1");
    maker->addPatch("N1", box(0, 0, 100, 100));
    maker->addPatch("N2", geo::Shape());
    const std::int64_t noJson = maker->addPatch("N3", box(0, 0, 100, 100));
    maker->execute(fmt::format("UPDATE patches SET received = '{{' WHERE id = {}", noJson));
    // The R-tree still knows the place of what lost its geometry behind the program's back.
    maker->execute("DROP TRIGGER gid_patches_geometry");
    maker->execute("DROP TRIGGER ggu_patches_geometry");
    maker->execute(fmt::format("DROP TRIGGER IF EXISTS giu_patches_geometry"));
    maker->execute(fmt::format("UPDATE patches SET geometry = x'00AB' WHERE id = {}", torn));
    const LineageResult result = find(2);
    EXPECT_EQ(texts(result), (Texts{"N1 repeated A2", "N3 repeated A2"}));
    EXPECT_EQ(result.counts.withoutShape, 2);
}

TEST_F(BatchLineageTest, AnUnknownBatchIsAnError) {
    EXPECT_THROW((void)find(7), layers::Error);
}

TEST_F(BatchLineageTest, ThousandsOnOneSpotEndSoonAndAreCounted) {
    constexpr int kMany = 3000;
    tests::RandomShapes random(3);
    for (int batch = 0; batch < 2; ++batch) {
        maker->addBatch(fmt::format("2025B{}", batch + 1));
        for (int i = 0; i < kMany; ++i) {
            const double off = random.between(0, 5);
            maker->addPatch("", i % 3 == 0 ? point(0, 0) : box(off, off, 100 + off, 100 + off));
        }
    }
    const LineageResult result = find(2, 2);
    EXPECT_EQ(result.counts.related, kMany);
    EXPECT_EQ(result.counts.rows, kMany * 50);
    EXPECT_EQ(result.counts.notCompared, std::int64_t{kMany} * (kMany - 400));
    EXPECT_EQ(result.counts.notKept, std::int64_t{kMany} * (400 - 50));
}

TEST_F(BatchLineageTest, CancelledWorkStops) {
    for (int batch = 0; batch < 2; ++batch) {
        maker->addBatch(fmt::format("2025B{}", batch + 1));
        for (int i = 0; i < 100; ++i) {
            maker->addPatch("", box(1000 * i, 0, 1000 * i + 50, 50));
        }
    }
    maker->finish();
    const ProjectFile project(file, layers::Access::Read);
    geo::Progress progress;
    progress.cancel();
    EXPECT_THROW((void)app::findLineage(project, 2, settings, 2, progress), geo::Cancelled);
}

/// Batches of random shapes of all kinds, crowded so that most meet something.
void fillAtRandom(tests::LedgerMaker& maker, std::vector<std::vector<geo::Shape>>& batches,
                  std::uint64_t seed) {
    tests::RandomShapes random(seed);
    for (std::size_t batch = 0; batch < batches.size(); ++batch) {
        maker.addBatch(fmt::format("2025B{}", batch + 1));
        for (int i = 0; i < 150; ++i) {
            const geo::Coordinate centre{kPlace.x + random.between(-1, 1) * 0.02,
                                         kPlace.y + random.between(-1, 1) * 0.02};
            geo::Shape shape{
                {random.polygon(centre, random.between(0.0003, 0.003), 4 + random.below(30), true)}, {}, {}};
            const std::size_t kind = random.below(5);
            if (kind == 0) {
                shape = {{}, {shape.polygons.front().shell}, {}};
            } else if (kind == 1) {
                shape = {{}, {}, {centre}};
            }
            batches[batch].push_back(shape);
            maker.addPatch(fmt::format("{}-{}", batch, i), shape);
        }
    }
}

TEST_F(BatchLineageTest, TheSameForAnyNumberOfThreadsAndAsEveryPair) {
    std::vector<std::vector<geo::Shape>> batches(3);
    fillAtRandom(*maker, batches, 5);
    const LineageResult one = find(3, 1);
    const LineageResult many = find(3, 4);
    EXPECT_EQ(one.rows, many.rows);
    EXPECT_EQ(one.counts, many.counts);
    ASSERT_EQ(one.counts.notKept, 0);
    EXPECT_GT(one.rows.size(), 100U);
    // Merged and split ones are grown and within for a pair alone.
    const auto ofPair = [](Relation relation) {
        return relation == Relation::Merged  ? Relation::Grown
               : relation == Relation::Split ? Relation::Within
                                             : relation;
    };
    std::map<std::pair<std::string, std::string>, Relation> expected;
    for (std::size_t i = 0; i < batches[2].size(); ++i) {
        const app::Site now(batches[2][i]);
        for (std::size_t batch = 0; batch < 2; ++batch) {
            for (std::size_t j = 0; j < batches[batch].size(); ++j) {
                const auto common = app::commonOf(now, app::Site(batches[batch][j]), settings);
                const auto relation = common ? app::relationOf(*common, settings) : std::nullopt;
                if (relation) {
                    expected[{fmt::format("2-{}", i), fmt::format("{}-{}", batch, j)}] = *relation;
                }
            }
        }
    }
    std::map<std::pair<std::string, std::string>, Relation> found;
    for (const LineageRow& row : one.rows) {
        found[{row.patchId, row.earlier.patchId}] = ofPair(row.relation);
    }
    EXPECT_EQ(found, expected);
}

TEST_F(BatchLineageTest, IsKeptAsItWas) {
    maker->addBatch("2025B1");
    const std::int64_t old = maker->addPatch("A1", box(0, 0, 100, 100));
    maker->addCase(old, {"LD2025B1-513301-0001", "已销号", "属实-疑似违法违规"});
    maker->addBatch("2026B1");
    const std::int64_t patch = maker->addPatch("N1", box(0, 0, 100, 100));
    maker->addPatch("N2", point(3000, 0));
    const LineageResult result = find(2);
    maker.reset();
    {
        ProjectFile project(file, layers::Access::Write);
        layers::LedgerChange change(project, kStamp);
        layers::writeLineage(change, 2, result, settings);
        EXPECT_THROW(layers::writeLineage(change, 2, result, settings), layers::Error)
            << "what was found stands";
        EXPECT_THROW(layers::writeLineage(change, 9, result, settings), layers::Error);
        change.commit();
    }
    const ProjectFile project(file, layers::Access::Read);
    const auto read = layers::readLineage(project, 2);
    ASSERT_TRUE(read);
    EXPECT_EQ(read->rows, result.rows);
    EXPECT_EQ(read->counts, result.counts);
    EXPECT_FALSE(layers::readLineage(project, 1)) << "never compared";
    EXPECT_EQ(layers::lineageOf(project, patch), result.rows);
    EXPECT_EQ(layers::laterThan(project, old), result.rows);
    const layers::Event event = layers::readEvents(project).back();
    EXPECT_EQ(event.text.kind, "lineage_found");
    EXPECT_NE(event.text.content.find(R"("rebounds":1)"), std::string::npos) << event.text.content;
}

TEST_F(BatchLineageTest, FindsInsideAChangeThatHasJustAddedTheBatch) {
    maker->addBatch("2025B1");
    maker->addPatch("A1", box(0, 0, 100, 100));
    maker->addBatch("2026B1");
    maker->addPatch("N1", box(0, 0, 100, 100));
    maker->finish();
    maker.reset();
    ProjectFile project(file, layers::Access::Write);
    layers::LedgerChange change(project, kStamp);
    geo::Progress progress;
    const LineageResult result = app::findLineage(change.project(), 2, settings, 2, progress);
    layers::writeLineage(change, 2, result, settings);
    change.commit();
    EXPECT_EQ(layers::readLineage(project, 2)->rows.size(), 1U);
}

} // namespace
