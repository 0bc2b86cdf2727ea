#pragma once

#include "app/cases/case_life.hpp"
#include "app/check/check_result.hpp"
#include "geo/progress.hpp"
#include "layers/project/case_query.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace app {

/// How far some cases have come. `issued` are those that the field knows of (their status is of phase field,
/// whatever comes after sending out); `verified` of them have a conclusion, `closed` of them are closed.
struct ProgressCounts {
    std::int64_t cases = 0;
    std::vector<std::int64_t> byStatus; ///< slot by slot with LedgerSummary::statuses
    std::int64_t issued = 0;
    std::int64_t verified = 0;
    std::int64_t closed = 0;
    std::int64_t red = 0;   ///< overdue
    std::int64_t amber = 0; ///< few days left

    /// Per cent of the issued ones with two decimals; nothing when none is issued.
    [[nodiscard]] std::optional<double> verifiedRate() const;
    [[nodiscard]] std::optional<double> closedRate() const;
    ProgressCounts& operator+=(const ProgressCounts& more);
};

struct CountyProgress {
    std::string code; ///< empty, or 000000: outside the counties
    std::string name;
    ProgressCounts counts;
};
struct KindProgress {
    std::string kind; ///< 生态保护红线; empty where no kind is known
    ProgressCounts counts;
};
struct ConclusionCounts {
    std::int64_t cases = 0;
    std::int64_t issued = 0;
    std::int64_t closed = 0; ///< of the issued ones
};

/// The ledger in figures on a day: every table that `export summary` prints.
struct LedgerSummary {
    layers::Day today = 0;
    std::vector<std::string> statuses;    ///< of the life, in its order
    std::vector<CountyProgress> counties; ///< by code; also those without a case
    std::vector<KindProgress> kinds;      ///< in the rules' order, then others; a case counts in each of its
                                          ///< kinds
    std::int64_t kindMentions = 0;        ///< cases, each counted as often as it has kinds
    std::int64_t casesOfSeveralKinds = 0;
    static constexpr std::size_t kPriorities = 3;
    /// By status and priority 1, 2, 3; last: any other.
    std::vector<std::array<std::int64_t, kPriorities + 1>> byPriority;
    /// In the order of the life's words, then others, last those without one ("").
    std::vector<std::pair<std::string, ConclusionCounts>> conclusions;
    ProgressCounts total;
    std::int64_t counted = 0;         ///< how many cases the project says there are
    std::int64_t due = 0;             ///< how many of them the project finds red or amber
    std::int64_t lapsed = 0;          ///< no longer listed by the last run
    std::int64_t lastEvent = 0;       ///< the last change of a case that these figures know
    std::vector<ClosingFault> faults; ///< closeLedgerSummary()
};

/// The cases whose light is red or amber, by a question to the project.
[[nodiscard]] layers::CaseFilter dueFilter(const CaseLife& life, layers::CaseFilter filter,
                                           layers::Day today);

/// Counts the cases that the filter finds, one at a time in memory, and closes the sums. The project must not
/// change meanwhile (layers::LedgerReading). Throws layers::Error, geo::Cancelled.
[[nodiscard]] LedgerSummary countLedger(const layers::ProjectFile& project, const CaseLife& life,
                                        const layers::CaseFilter& filter, layers::Day today,
                                        geo::Progress& progress);

/// Adds every table up again and fills `faults`: statuses = cases in each row, counties = total, statuses ×
/// priorities = total, conclusions = total and those given = verified, the lights = what the project finds,
/// kinds = cases by the number of their kinds, and all = what the project counts.
void closeLedgerSummary(LedgerSummary& summary);

} // namespace app
