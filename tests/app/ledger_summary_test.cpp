// The ledger in figures: what does not add up is noticed, figure by figure.

#include "app/cases/ledger_tables.hpp"

#include <gtest/gtest.h>

#include <functional>

namespace {

using app::LedgerSummary;
using app::ProgressCounts;

ProgressCounts counts(std::int64_t desk, std::int64_t issued, std::int64_t verified, std::int64_t closed,
                      std::int64_t red, std::int64_t amber) {
    ProgressCounts made;
    made.cases = desk + issued;
    made.byStatus.assign(app::defaultCaseLife().statuses.size(), 0);
    made.byStatus[0] = desk;            // 待研判
    made.byStatus[3] = issued - closed; // 已下发
    made.byStatus[10] = closed;         // 已销号
    made.issued = issued;
    made.verified = verified;
    made.closed = closed;
    made.red = red;
    made.amber = amber;
    return made;
}

/// Two counties: 3 + 5 cases.
LedgerSummary sound() {
    LedgerSummary summary;
    summary.today = *layers::dayFromIso("2026-11-24");
    for (const app::CaseStatus& status : app::defaultCaseLife().statuses) {
        summary.statuses.push_back(status.name);
    }
    summary.byPriority.resize(summary.statuses.size());
    summary.byPriority[0] = {1, 1, 0, 0};
    summary.byPriority[3] = {1, 2, 2, 0};
    summary.byPriority[10] = {0, 0, 1, 0};
    summary.counties = {{"513301", "康定市", counts(1, 2, 1, 0, 1, 0)},
                        {"513322", "泸定县", counts(1, 4, 2, 1, 1, 2)},
                        {"513323", "丹巴县", counts(0, 0, 0, 0, 0, 0)}};
    summary.kinds = {{"自然保护区", counts(2, 4, 2, 1, 1, 1)}, {"生态保护红线", counts(1, 4, 2, 1, 1, 2)}};
    summary.kindMentions = 11;
    summary.casesOfSeveralKinds = 3;
    summary.conclusions = {{"属实-手续齐全", {2, 2, 1}}, {"已恢复", {1, 1, 0}}, {"", {5, 3, 0}}};
    summary.total = counts(2, 6, 3, 1, 2, 2);
    summary.counted = 8;
    summary.due = 4;
    app::closeLedgerSummary(summary);
    return summary;
}

std::vector<std::string> faultsAfter(const std::function<void(LedgerSummary&)>& change) {
    LedgerSummary summary = sound();
    change(summary);
    app::closeLedgerSummary(summary);
    std::vector<std::string> whats;
    for (const app::ClosingFault& fault : summary.faults) {
        whats.push_back(fault.what);
    }
    return whats;
}

TEST(LedgerSummary, closesWhenItDoes) {
    EXPECT_TRUE(sound().faults.empty()) << sound().faults.front().what;
}

TEST(LedgerSummary, anyFigureThatIsOffIsAFault) {
    const std::vector<std::function<void(LedgerSummary&)>> changes{
        [](LedgerSummary& s) { ++s.counted; },
        [](LedgerSummary& s) { --s.due; },
        [](LedgerSummary& s) { ++s.kindMentions; },
        [](LedgerSummary& s) { ++s.total.cases; },
        [](LedgerSummary& s) { ++s.total.issued; },
        [](LedgerSummary& s) { --s.total.verified; },
        [](LedgerSummary& s) { ++s.total.closed; },
        [](LedgerSummary& s) { ++s.total.red; },
        [](LedgerSummary& s) { --s.total.amber; },
        [](LedgerSummary& s) { ++s.total.byStatus[4]; },
        [](LedgerSummary& s) { ++s.counties[1].counts.cases; },
        [](LedgerSummary& s) { ++s.counties[1].counts.issued; },
        [](LedgerSummary& s) { ++s.counties[1].counts.verified; },
        [](LedgerSummary& s) { ++s.counties[1].counts.closed; },
        [](LedgerSummary& s) { ++s.counties[0].counts.red; },
        [](LedgerSummary& s) { ++s.counties[0].counts.amber; },
        [](LedgerSummary& s) { ++s.counties[0].counts.byStatus[12]; },
        [](LedgerSummary& s) {
            s.counties.pop_back();
            s.counties.pop_back();
        },
        [](LedgerSummary& s) { ++s.kinds[0].counts.cases; },
        [](LedgerSummary& s) { ++s.kinds[0].counts.byStatus[0]; },
        [](LedgerSummary& s) { ++s.byPriority[3][1]; },
        [](LedgerSummary& s) { ++s.byPriority[0][3]; },
        [](LedgerSummary& s) { ++s.conclusions[0].second.cases; },
        [](LedgerSummary& s) { ++s.conclusions[2].second.issued; },
        [](LedgerSummary& s) { ++s.conclusions[1].second.closed; },
        [](LedgerSummary& s) { s.conclusions[1].first.clear(); },
    };
    for (std::size_t i = 0; i < changes.size(); ++i) {
        EXPECT_FALSE(faultsAfter(changes[i]).empty()) << "change " << i;
    }
}

TEST(LedgerSummary, ratesAreOfTheIssuedOnesAndEmptyWithoutThem) {
    EXPECT_EQ(counts(1, 3, 1, 2, 0, 0).verifiedRate(), 33.33);
    EXPECT_EQ(counts(1, 3, 1, 2, 0, 0).closedRate(), 66.67);
    EXPECT_FALSE(counts(4, 0, 0, 0, 0, 0).verifiedRate());
}

TEST(LedgerTables, haveOneHeaderAColumnInCsv) {
    const std::vector<app::BookTable> tables = app::ledgerTables(sound(), app::defaultCaseLife());
    ASSERT_EQ(tables.size(), 4U);
    const std::vector<layers::Column> columns = app::csvColumns(tables[0].table);
    ASSERT_EQ(columns.size(), 3 + 13 + 7U);
    EXPECT_EQ(columns[0].header, "县(市)");
    EXPECT_EQ(columns[2].header, "案件数");
    EXPECT_EQ(columns[3].header, "状态_待研判");
    EXPECT_EQ(columns[15].header, "状态_撤销");
    EXPECT_EQ(columns[16].header, "进度_已下发数");
    EXPECT_EQ(columns[19].header, "进度_核查率(%)");
    EXPECT_EQ(columns[22].header, "时限_临期(黄)");
    for (const app::BookTable& table : tables) {
        const std::size_t width = table.table.headers.front().size();
        EXPECT_EQ(table.widths.size(), width) << table.sheet;
        EXPECT_EQ(table.colours.size(), width) << table.sheet;
        EXPECT_EQ(table.table.decimals.size(), width) << table.sheet;
        for (const auto& row : table.table.rows) {
            EXPECT_EQ(row.size(), width) << table.sheet;
        }
    }
}

TEST(LedgerTables, theMandatoryNoteStandsUnderTheKinds) {
    const app::BookTable kinds = app::ledgerTables(sound(), app::defaultCaseLife())[1];
    EXPECT_EQ(kinds.table.notes.front(),
              "注：同一图斑涉及多类管控区的分别计入各类，分类之和不等于合计；合计已去重。");
    EXPECT_EQ(kinds.table.rows.back()[1], layers::Value(std::int64_t{8}));
}

TEST(LedgerTables, anotherPriorityHasAColumnOnlyWhereThereIsOne) {
    LedgerSummary summary = sound();
    const auto headers = [&summary] {
        return app::ledgerTables(summary, app::defaultCaseLife())[2].table.headers.front();
    };
    EXPECT_EQ(headers().size(), 6U);
    summary.byPriority[0] = {1, 0, 0, 1};
    EXPECT_EQ(headers().at(5), "其他");
}

} // namespace
