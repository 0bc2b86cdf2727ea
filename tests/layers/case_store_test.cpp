// Cases in the project file: numbers that never change, and what becomes of cases when a run says otherwise.

#include "layers/error.hpp"
#include "layers/project/case_events.hpp"
#include "layers/project/project_check.hpp"
#include "tests/support/ledger.hpp"
#include "tests/support/temporary_folder.hpp"

#include <gtest/gtest.h>

#include <numeric>

namespace {

using layers::CaseRecord;

class CaseStoreTest : public testing::Test {
  protected:
    [[nodiscard]] std::vector<layers::CaseEvent> history(const std::string& number) const {
        return layers::caseHistory(layers::ProjectFile(ledger.file(), layers::Access::Read), number);
    }
    void expectSound() const {
        for (const layers::ProjectFault& fault :
             layers::checkProject(layers::ProjectFile(ledger.file(), layers::Access::Read))) {
            ADD_FAILURE() << fault.part << ": " << fault.textEn;
        }
    }

    tests::TemporaryFolder folder;
    tests::Ledger ledger{folder.path() / "项目.ecoredline"};
};

TEST_F(CaseStoreTest, numbersAreIssuedInTheOrderOfTheList) {
    const layers::CaseBatch batch = ledger.addBatch("2026B2", 6);
    const std::vector<std::string> numbers = ledger.run(batch, {3, 1, 0, 4});
    const std::vector<std::string> expected{"LD2026B2-513301-0001", "LD2026B2-513322-0001",
                                            "LD2026B2-513301-0002", "LD2026B2-513322-0002"};
    EXPECT_EQ(numbers, expected);
    const CaseRecord record = ledger.readCase("LD2026B2-513301-0002");
    EXPECT_EQ(record.patchId, "2026B2-P00000");
    EXPECT_EQ(record.county, "康定市");
    EXPECT_EQ(record.status, "待研判");
    EXPECT_EQ(record.responsible, "");
    EXPECT_EQ(record.responsibleNow(), "康定市人民政府");
    EXPECT_TRUE(record.holds);
    const auto events = history(record.number);
    ASSERT_EQ(events.size(), 1U);
    EXPECT_EQ(events.front().text.kind, "cases_issued");
    EXPECT_EQ(events.front().number, record.lastEvent);
    expectSound();
}

TEST_F(CaseStoreTest, aSecondRunKeepsNumbersAndNewOnesContinue) {
    const layers::CaseBatch batch = ledger.addBatch("2026B2", 6);
    const std::vector<std::string> first = ledger.run(batch, {0, 3});
    const std::vector<std::string> second = ledger.run(batch, {5, 3, 2, 0});
    EXPECT_EQ(second[1], first[1]);
    EXPECT_EQ(second[3], first[0]);
    EXPECT_EQ(second[0], "LD2026B2-513338-0001");
    EXPECT_EQ(second[2], "LD2026B2-513338-0002");
    EXPECT_EQ(history(first[0]).size(), 1U);
    EXPECT_GT(ledger.readCase(first[0]).currentRun, ledger.readCase(first[0]).issuedRun);
    expectSound();
}

TEST_F(CaseStoreTest, whatIsNoLongerListedIsWithdrawnAndItsNumberIsNeverReused) {
    const layers::CaseBatch batch = ledger.addBatch("2026B2", 9);
    const std::vector<std::string> first = ledger.run(batch, {0, 3, 6});
    ledger.edit("UPDATE cases SET status = '核查中' WHERE number = 'LD2026B2-513301-0002'");
    EXPECT_EQ(ledger.run(batch, {0}), std::vector<std::string>{first[0]});
    const CaseRecord early = ledger.readCase(first[2]);
    EXPECT_EQ(early.status, "撤销");
    EXPECT_EQ(early.statusBefore, "待研判");
    EXPECT_FALSE(early.holds);
    EXPECT_EQ(history(first[2]).back().text.kind, "cases_withdrawn");
    const CaseRecord late = ledger.readCase(first[1]);
    EXPECT_EQ(late.status, "核查中");
    EXPECT_FALSE(late.holds);
    EXPECT_EQ(history(first[1]).back().text.kind, "cases_lapsed");

    // A third run lists both again: the same numbers, the status each had.
    EXPECT_EQ(ledger.run(batch, {6, 3, 0}), (std::vector<std::string>{first[2], first[1], first[0]}));
    EXPECT_EQ(ledger.readCase(first[2]).status, "待研判");
    EXPECT_EQ(ledger.readCase(first[2]).statusBefore, "");
    EXPECT_TRUE(ledger.readCase(first[2]).holds);
    EXPECT_EQ(ledger.readCase(first[1]).status, "核查中");
    EXPECT_TRUE(ledger.readCase(first[1]).holds);
    EXPECT_EQ(history(first[2]).size(), 3U);
}

TEST_F(CaseStoreTest, moreThanTenThousandOfACounty) {
    EXPECT_EQ(ledger.run(ledger.addBatch("2026B3", 1), {0}).front(), "LD2026B3-513301-0001");
    ledger.edit("UPDATE case_counters SET last = 9999");
    const layers::CaseBatch batch{1, "2026B3", {}};
    ledger.edit("INSERT INTO patches (batch_id, source, received) VALUES (1, 1, '{}')");
    EXPECT_EQ(ledger.run(batch, {1, 0}).back(), "LD2026B3-513301-0001");
    ledger.edit("INSERT INTO patches (batch_id, source, received) VALUES (1, 1, '{}'), (1, 1, '{}')");
    EXPECT_EQ(ledger.run(batch, {0, 3}).back(), "LD2026B3-513301-10000");
}

TEST_F(CaseStoreTest, aPatchOfAnotherBatchIsRefusedAndNothingIsIssued) {
    const layers::CaseBatch first = ledger.addBatch("2026B1", 1);
    const layers::CaseBatch second = ledger.addBatch("2026B2", 1);
    layers::ListedPatch foreign = tests::Ledger::listedPatch(0);
    foreign.patch = 2;
    layers::ProjectFile project(ledger.file(), layers::Access::Write);
    {
        layers::LedgerChange change(project, tests::kStamp);
        EXPECT_THROW(static_cast<void>(layers::holdCases(change, first, 1, {foreign})), layers::Error);
    }
    EXPECT_FALSE(layers::readCase(project, "LD2026B1-513301-0001"));
    EXPECT_EQ(second.id, 2);
}

TEST_F(CaseStoreTest, whatAPersonWithdrewStaysWithdrawn) {
    const layers::CaseBatch batch = ledger.addBatch("2026B2", 2);
    const std::vector<std::string> numbers = ledger.run(batch, {0, 1});
    {
        layers::ProjectFile project(ledger.file(), layers::Access::Write);
        layers::LedgerChange change(project, tests::kStamp);
        CaseRecord record = layers::readCase(project, numbers[0]).value();
        layers::CaseEventText text;
        text.kind = "case_step";
        text.changes = {{"status", "待研判", "撤销"}};
        text.reason = "与上级核减";
        EXPECT_EQ(layers::changeCase(change, record, text), record.lastEvent);
        EXPECT_THROW(layers::changeCase(change, record, text), layers::Error); // it is not 待研判 any more
        change.commit();
    }
    static_cast<void>(ledger.run(batch, {1}));
    static_cast<void>(ledger.run(batch, {0, 1}));
    const CaseRecord record = ledger.readCase(numbers[0]);
    EXPECT_EQ(record.status, "撤销");
    EXPECT_TRUE(record.holds);
    const auto events = history(numbers[0]);
    ASSERT_EQ(events.size(), 4U);
    EXPECT_EQ(events[1].text.reason, "与上级核减");
    EXPECT_EQ(events[2].text.kind, "cases_lapsed");
    EXPECT_EQ(events[3].text.kind, "cases_back");
    expectSound();
}

TEST_F(CaseStoreTest, oneEventNamesManyCases) {
    const layers::CaseBatch batch = ledger.addBatch("2026B2", 300);
    std::vector<int> all(300);
    std::iota(all.begin(), all.end(), 0);
    static_cast<void>(ledger.run(batch, all));
    static_cast<void>(ledger.run(batch, {0, 299}));
    const auto events = history("LD2026B2-513322-0050");
    ASSERT_EQ(events.size(), 2U);
    EXPECT_EQ(events.front().text.cases.at("LD2026B2-513322"),
              (std::vector<std::pair<std::int64_t, std::int64_t>>{{1, 100}}));
    EXPECT_EQ(events.back().text.kind, "cases_withdrawn");
    EXPECT_EQ(history("LD2026B2-513338-0100").size(), 1U);
    expectSound();
}

} // namespace
