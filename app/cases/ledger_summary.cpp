#include "app/cases/ledger_summary.hpp"

#include "app/cases/deadline.hpp"
#include "app/cases/zone_kinds.hpp"
#include "app/check/list_words.hpp"
#include "app/check/rounding.hpp"
#include "layers/project/county_names.hpp"

#include <algorithm>
#include <map>
#include <tuple>

namespace app {

namespace {

using layers::CaseRecord;

std::optional<double> rateOf(std::int64_t part, std::int64_t whole) {
    constexpr double kPercent = 100;
    constexpr int kDecimals = 2;
    return whole == 0 ? std::nullopt
                      : std::optional(rounded(
                            kPercent * static_cast<double>(part) / static_cast<double>(whole), kDecimals));
}

/// Outside all counties, and of no county at all, come last.
bool isNoCounty(const std::string& code) {
    return code.empty() || code == kNoCountyCode;
}

class Counting {
  public:
    Counting(const CaseLife& life, layers::Day today) : m_life(life) {
        m_summary.today = today;
        for (const CaseStatus& status : life.statuses) {
            m_places.emplace(status.name, m_summary.statuses.size());
            m_summary.statuses.push_back(status.name);
        }
        m_summary.byPriority.resize(m_summary.statuses.size());
        m_summary.total.byStatus.resize(m_summary.statuses.size());
    }

    void addCounty(const std::string& code, const std::string& name) { county(code, name); }

    void add(const CaseRecord& record) {
        const ProgressCounts one = countsOf(record);
        m_summary.total += one;
        county(record.countyCode, record.county) += one;
        const std::vector<std::string> kinds = kindsOf(record.zoneKind);
        for (const std::string& kind : kinds) {
            ProgressCounts& counts = m_kinds[{kindPlace(kind), kind}];
            counts.byStatus.resize(m_summary.statuses.size());
            counts += one;
        }
        m_summary.kindMentions += static_cast<std::int64_t>(kinds.size());
        m_summary.casesOfSeveralKinds += kinds.size() > 1 ? 1 : 0;
        if (const auto status = m_places.find(record.status); status != m_places.end()) {
            constexpr int kMost = LedgerSummary::kPriorities;
            const int priority = record.priorityNow();
            const int slot = priority >= 1 && priority <= kMost ? priority - 1 : kMost;
            ++m_summary.byPriority[status->second][static_cast<std::size_t>(slot)];
        }
        ConclusionCounts& conclusion = m_conclusions[record.conclusion];
        ++conclusion.cases;
        conclusion.issued += one.issued;
        conclusion.closed += one.closed;
        m_summary.lapsed += record.holds ? 0 : 1;
        m_summary.lastEvent = std::max(m_summary.lastEvent, record.lastEvent);
    }

    LedgerSummary take() {
        for (auto& [key, county] : m_counties) {
            m_summary.counties.push_back(std::move(county));
        }
        for (auto& [key, counts] : m_kinds) {
            m_summary.kinds.push_back({key.second, std::move(counts)});
        }
        takeConclusions();
        return std::move(m_summary);
    }

  private:
    ProgressCounts countsOf(const CaseRecord& record) const {
        ProgressCounts one;
        one.byStatus.resize(m_summary.statuses.size());
        one.cases = 1;
        const CaseStatus* status = m_life.status(record.status);
        if (status != nullptr) {
            one.byStatus[m_places.at(record.status)] = 1;
            one.issued = status->phase == CasePhase::Field ? 1 : 0;
            one.verified = one.issued == 1 && !record.conclusion.empty() ? 1 : 0;
            one.closed = one.issued == 1 && status->isClosed ? 1 : 0;
        }
        const Light light = deadlineState(m_life, record, m_summary.today).light;
        one.red = light == Light::Red ? 1 : 0;
        one.amber = light == Light::Amber ? 1 : 0;
        return one;
    }

    ProgressCounts& county(const std::string& code, const std::string& name) {
        // One line a code; without a code, one a name.
        CountyProgress& found = m_counties[{isNoCounty(code), code, code.empty() ? name : std::string()}];
        if (found.counts.byStatus.empty()) {
            found.code = code;
            found.name = name;
            found.counts.byStatus.resize(m_summary.statuses.size());
        }
        return found.counts;
    }

    void takeConclusions() {
        std::vector<std::string> order;
        const auto words = m_life.vocabularies.find("conclusion");
        if (words != m_life.vocabularies.end()) {
            order = words->second;
        }
        for (const auto& [conclusion, counts] : m_conclusions) {
            addOnce(order, conclusion); // leaves out the empty one
        }
        order.emplace_back();
        for (const std::string& conclusion : order) {
            m_summary.conclusions.emplace_back(conclusion, m_conclusions[conclusion]);
        }
    }

    const CaseLife& m_life;
    LedgerSummary m_summary;
    std::map<std::string, std::size_t> m_places; ///< of statuses
    std::map<std::tuple<bool, std::string, std::string>, CountyProgress> m_counties;
    std::map<std::pair<std::size_t, std::string>, ProgressCounts> m_kinds;
    std::map<std::string, ConclusionCounts> m_conclusions;
};

/// Compares and remembers what differs.
class Closing {
  public:
    explicit Closing(std::vector<ClosingFault>& faults) : m_faults(faults) {}
    void expect(const std::string& what, std::int64_t expected, std::int64_t found) {
        if (expected != found) {
            m_faults.push_back({what, static_cast<double>(expected), static_cast<double>(found)});
        }
    }
    void expectStatuses(const std::string& what, const ProgressCounts& counts) {
        std::int64_t sum = 0;
        for (const std::int64_t each : counts.byStatus) {
            sum += each;
        }
        expect(what + " 各状态之和 = 案件数 (sum of statuses)", counts.cases, sum);
    }
    void expectSame(const std::string& what, const ProgressCounts& expected, const ProgressCounts& found) {
        expect(what + " 案件数 (cases)", expected.cases, found.cases);
        for (std::size_t i = 0; i < expected.byStatus.size(); ++i) {
            expect(what + " 第" + std::to_string(i + 1) + "个状态 (status)", expected.byStatus[i],
                   found.byStatus[i]);
        }
        expect(what + " 已下发数 (issued)", expected.issued, found.issued);
        expect(what + " 已核查数 (verified)", expected.verified, found.verified);
        expect(what + " 已销号数 (closed)", expected.closed, found.closed);
        expect(what + " 逾期 (red)", expected.red, found.red);
        expect(what + " 临期 (amber)", expected.amber, found.amber);
    }

  private:
    std::vector<ClosingFault>& m_faults;
};

} // namespace

std::optional<double> ProgressCounts::verifiedRate() const {
    return rateOf(verified, issued);
}

std::optional<double> ProgressCounts::closedRate() const {
    return rateOf(closed, issued);
}

ProgressCounts& ProgressCounts::operator+=(const ProgressCounts& more) {
    cases += more.cases;
    for (std::size_t i = 0; i < byStatus.size(); ++i) {
        byStatus[i] += more.byStatus[i];
    }
    issued += more.issued;
    verified += more.verified;
    closed += more.closed;
    red += more.red;
    amber += more.amber;
    return *this;
}

layers::CaseFilter dueFilter(const CaseLife& life, layers::CaseFilter filter, layers::Day today) {
    filter.dueBefore = layers::isoFromDay(today + std::max(0, life.amberDays));
    filter.dueStatuses = runningStatuses(life);
    return filter;
}

LedgerSummary countLedger(const layers::ProjectFile& project, const CaseLife& life,
                          const layers::CaseFilter& filter, layers::Day today, geo::Progress& progress) {
    Counting counting(life, today);
    for (const auto& [code, name] : layers::countyNames(project)) {
        counting.addCounty(code, name);
    }
    const std::int64_t counted = layers::countCases(project, filter);
    progress.begin("统计台账 counting", counted);
    layers::eachCase(project, filter, {}, [&](CaseRecord&& record) {
        counting.add(record);
        progress.step();
    });
    LedgerSummary summary = counting.take();
    summary.counted = counted;
    summary.due = layers::countCases(project, dueFilter(life, filter, today));
    closeLedgerSummary(summary);
    return summary;
}

void closeLedgerSummary(LedgerSummary& summary) {
    summary.faults.clear();
    Closing closing(summary.faults);
    closing.expect("案件总数 = 台账中的案件数 (cases of the project)", summary.counted, summary.total.cases);
    ProgressCounts counties;
    counties.byStatus.resize(summary.statuses.size());
    for (const CountyProgress& county : summary.counties) {
        closing.expectStatuses("按县(市) " + county.name, county.counts);
        counties += county.counts;
    }
    closing.expectStatuses("按县(市) 合计", summary.total);
    closing.expectSame("按县(市) 各县之和 = 合计", summary.total, counties);
    std::int64_t mentions = 0;
    for (const KindProgress& kind : summary.kinds) {
        closing.expectStatuses("按管控区类型 " + kind.kind, kind.counts);
        mentions += kind.counts.cases;
    }
    closing.expect("按管控区类型 各类计入次数 (mentions of kinds)", summary.kindMentions, mentions);
    std::int64_t inCells = 0;
    for (std::size_t i = 0; i < summary.byPriority.size(); ++i) {
        std::int64_t row = 0;
        for (const std::int64_t each : summary.byPriority[i]) {
            row += each;
        }
        closing.expect("按状态和优先级 " + summary.statuses[i], summary.total.byStatus[i], row);
        inCells += row;
    }
    closing.expect("按状态和优先级 合计 = 案件数", summary.total.cases, inCells);
    ConclusionCounts all;
    std::int64_t given = 0;
    for (const auto& [conclusion, counts] : summary.conclusions) {
        all.cases += counts.cases;
        all.issued += counts.issued;
        all.closed += counts.closed;
        given += conclusion.empty() ? 0 : counts.issued;
    }
    closing.expect("按核查结论 合计 = 案件数", summary.total.cases, all.cases);
    closing.expect("按核查结论 已下发数", summary.total.issued, all.issued);
    closing.expect("按核查结论 已销号数", summary.total.closed, all.closed);
    closing.expect("按核查结论 已填结论的 = 已核查数", summary.total.verified, given);
    closing.expect("逾期清单 行数 = 逾期 + 临期 (overdue list)", summary.total.red + summary.total.amber,
                   summary.due);
}

} // namespace app
