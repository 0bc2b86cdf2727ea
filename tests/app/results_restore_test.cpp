// A result that was written to results.gpkg and read back says the same.

#include "app/check/detail_rows.hpp"
#include "app/check/list_rows.hpp"
#include "app/report/results_restore.hpp"
#include "app/report/results_tables.hpp"
#include "app/report/summary.hpp"
#include "layers/error.hpp"
#include "layers/results_file.hpp"
#include "tests/support/sample_result.hpp"
#include "tests/support/temporary_folder.hpp"

#include <SQLiteCpp/SQLiteCpp.h>
#include <gtest/gtest.h>

namespace {

app::CheckResult writtenAndRead(const app::CheckResult& result, const std::filesystem::path& file) {
    geo::Progress progress;
    app::writeResults(file, result, "2026-11-24", progress);
    return app::readResults(file);
}

void expectSame(const app::CheckResult& a, const app::CheckResult& b) {
    ASSERT_EQ(a.listed, b.listed);
    EXPECT_EQ(a.taskNumbers, b.taskNumbers);
    for (std::size_t n = 0; n < a.listed.size(); ++n) {
        EXPECT_EQ(app::listRow(a, n), app::listRow(b, n)) << n;
        EXPECT_EQ(app::detailRows(a, n), app::detailRows(b, n)) << n;
    }
    const std::vector<app::SummaryTable> first = app::summaryTables(a);
    const std::vector<app::SummaryTable> second = app::summaryTables(b);
    for (std::size_t i = 0; i < first.size(); ++i) {
        EXPECT_EQ(first[i].rows, second[i].rows) << i;
        EXPECT_EQ(first[i].notes, second[i].notes) << i;
    }
    for (std::size_t i = 0; i < a.patches.size(); ++i) {
        EXPECT_EQ(a.patches[i].shape, b.patches[i].shape) << i;
        EXPECT_EQ(a.results[i].bucket, b.results[i].bucket) << i;
        EXPECT_EQ(a.results[i].overlay.near.size(), b.results[i].overlay.near.size()) << i;
    }
}

TEST(ResultsRestore, whatIsReadBackSaysTheSame) {
    const tests::TemporaryFolder folder;
    const app::CheckResult result = tests::sampleResult();
    expectSame(result, writtenAndRead(result, folder.path() / "results.gpkg"));
}

TEST(ResultsRestore, theLedgersWordsAndTheRunsStateStay) {
    const tests::TemporaryFolder folder;
    app::CheckResult result = tests::sampleResult();
    result.zonesIncomplete = true;
    result.faults.push_back({"合计", 2, 1});
    for (std::size_t n = 0; n < result.listed.size(); ++n) {
        result.taskNumbers[n] = "LD2026B2-513301-" + std::to_string(1000 + n);
        result.ledger.push_back({"历史",
                                 "内业研判:1",
                                 "某局",
                                 "某局二",
                                 "2026-12-31",
                                 {"属实", "现状", "", "", "", "是", "", "甲", "2026-11-20", "备注"}});
    }
    expectSame(result, writtenAndRead(result, folder.path() / "results.gpkg"));
}

TEST(ResultsRestore, aFileThatContradictsItselfIsRefused) {
    const tests::TemporaryFolder folder;
    const app::CheckResult result = tests::sampleResult();
    const auto refused = [&](const char* name, const char* sql) {
        const std::filesystem::path file = folder.path() / name;
        static_cast<void>(writtenAndRead(result, file));
        {
            SQLite::Database database(file.string(), SQLite::OPEN_READWRITE);
            std::vector<std::string> triggers; // of the spatial indexes: they call SpatiaLite
            SQLite::Statement names(database, "SELECT name FROM sqlite_master WHERE type = 'trigger'");
            while (names.executeStep()) {
                triggers.push_back(names.getColumn(0).getString());
            }
            for (const std::string& trigger : triggers) {
                database.exec("DROP TRIGGER \"" + trigger + "\"");
            }
            database.exec(sql);
        }
        EXPECT_TRUE(layers::ResultsFile::isResults(file));
        EXPECT_THROW(static_cast<void>(app::readResults(file)), layers::Error) << sql;
    };
    refused("1.gpkg", "UPDATE overlaps SET zone = 99 WHERE fid = 1");
    refused("2.gpkg", "UPDATE overlaps SET judgement = 99 WHERE fid = 1");
    refused("3.gpkg", "UPDATE patches SET bucket = 'x' WHERE fid = 1");
    refused("4.gpkg", "UPDATE run_info SET value = '{' WHERE key = 'restore'");
    refused("5.gpkg", "UPDATE zones SET kind = 'XX' WHERE fid = 1");
    refused("6.gpkg", "DELETE FROM run_info WHERE key = 'restore'");
    refused("7.gpkg", "UPDATE atoms SET patch = -1 WHERE fid = 1");
    EXPECT_FALSE(layers::ResultsFile::isResults(folder.path() / "none.gpkg"));
    EXPECT_THROW(static_cast<void>(app::readResults(folder.path() / "none.gpkg")), layers::Error);
}

} // namespace
