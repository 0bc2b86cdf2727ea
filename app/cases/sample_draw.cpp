#include "app/cases/sample_draw.hpp"

#include "app/cases/sample_tables.hpp"
#include "app/report/csv_file.hpp"
#include "layers/error.hpp"
#include "layers/project/case_note.hpp"
#include "layers/project/case_store.hpp"
#include "layers/project/event_log.hpp"

#include <fmt/format.h>

#include <map>
#include <numeric>

namespace app {

namespace {

using layers::CaseRecord;

constexpr const char* kWorkbook = "抽检清单.xlsx";
constexpr const char* kCsv = "抽检清单.csv";

/// What a case must keep until the sample is known: no texts but its number.
struct Seen {
    std::int64_t id = 0;
    std::string scheme;
    std::int64_t serial = 0;
};

/// The population, by strata.
class Population {
  public:
    explicit Population(const SampleRequest& request) : m_request(request) {}

    void add(const CaseRecord& record) {
        std::vector<std::string> values;
        values.reserve(m_request.by.size());
        for (const StratumField field : m_request.by) {
            values.push_back(stratumValue(field, record));
        }
        const auto stratum = m_places.try_emplace(std::move(values), m_sizes.size());
        if (stratum.second) {
            m_sizes.push_back(0);
        }
        ++m_sizes[stratum.first->second];
        m_candidates.push_back(
            {stratum.first->second, sampleKey(m_request.seed, record.number), record.number});
        m_seen.push_back({record.id, record.scheme, record.serial});
    }

    /// Brings the strata into the order of their values, so that nothing depends on the order of rows.
    void settle() {
        std::vector<std::size_t> places(m_sizes.size());
        std::vector<std::int64_t> sizes;
        for (auto& [values, place] : m_places) {
            places[place] = sizes.size();
            sizes.push_back(m_sizes[place]);
            m_strata.push_back({values, m_sizes[place], 0});
        }
        m_sizes = std::move(sizes);
        for (SampleCandidate& candidate : m_candidates) {
            candidate.stratum = places[candidate.stratum];
        }
    }

    [[nodiscard]] std::int64_t size() const { return static_cast<std::int64_t>(m_candidates.size()); }
    [[nodiscard]] const std::vector<std::int64_t>& sizes() const { return m_sizes; }

    /// Draws so many; fills the record's strata and numbers and returns the rows of the drawn cases.
    std::vector<std::int64_t> draw(std::int64_t total, SampleRecord& record) {
        const std::vector<std::int64_t> counts = allocate(m_sizes, total, m_request.leastEach);
        std::map<std::pair<std::string, std::int64_t>, std::int64_t> drawn; // in the order of numbers
        for (const std::size_t place : drawSample(m_candidates, counts)) {
            drawn[{m_seen[place].scheme, m_seen[place].serial}] = m_seen[place].id;
            ++m_strata[m_candidates[place].stratum].drawn;
        }
        std::vector<std::int64_t> ids;
        for (const auto& [number, id] : drawn) {
            layers::addNumber(record.cases, number.first, number.second);
            ids.push_back(id);
        }
        for (std::size_t i = 0; i < counts.size(); ++i) {
            if (m_strata[i].drawn != counts[i]) {
                throw layers::Error("内部错误：抽取数与分配数不符，未记入台账 / internal error: drawn and "
                                    "allocated differ, nothing was kept");
            }
        }
        record.drawn = static_cast<std::int64_t>(ids.size());
        record.strata = std::move(m_strata);
        return ids;
    }

  private:
    const SampleRequest& m_request;
    std::map<std::vector<std::string>, std::size_t> m_places; ///< of strata, as they came
    std::vector<std::int64_t> m_sizes;
    std::vector<SampleStratum> m_strata;
    std::vector<SampleCandidate> m_candidates;
    std::vector<Seen> m_seen;
};

/// How many to draw. Throws layers::Error that says what would fit.
std::int64_t totalOf(const SampleRequest& request, const Population& population) {
    const std::int64_t all = population.size();
    if (all == 0) {
        throw layers::Error("没有符合条件的案件，未抽样 / no case fits the filter, nothing was drawn");
    }
    const std::int64_t asked = request.share ? request.share->of(all) : request.count;
    const std::int64_t least = leastTotal(population.sizes(), request.leastEach);
    if (asked > all) {
        throw layers::Error(
            fmt::format("只有 {0} 件案件符合条件，不能抽 {1} 件 / only {0} cases fit, {1} cannot "
                        "be drawn",
                        all, asked));
    }
    if (asked < least && !request.share) {
        throw layers::Error(fmt::format(
            "{0} 层每层至少 {1} 件，共需 {2} 件，多于 --count {3}；请增大 --count、减少 --by 的字段，或用 "
            "--per-stratum-min 0 / {0} strata with at least {1} each need {2}, more than --count {3}: raise "
            "--count, name fewer fields in --by, or use --per-stratum-min 0",
            population.sizes().size(), request.leastEach, least, asked));
    }
    return std::max(asked, least);
}

std::vector<CaseRecord> casesOf(const layers::ProjectFile& project, const SampleRecord& record) {
    std::vector<CaseRecord> cases;
    for (const std::string& number : numbersOf(record.cases)) {
        std::optional<CaseRecord> found = layers::readCase(project, number);
        if (!found) {
            throw layers::Error(fmt::format(
                "样本中的案件 {0} 不在台账中，请运行 project check / case {0} of the sample is not in the "
                "ledger: run project check",
                number));
        }
        cases.push_back(std::move(*found));
    }
    return cases;
}

void writeFiles(const layers::OutputFolder& folder, const DrawnSample& sample, const std::string& project) {
    const BookList list = sampleList(sample.record, static_cast<std::int64_t>(sample.cases.size()));
    const std::string date = sample.record.stamp.at.substr(0, std::string_view("2026-11-24").size());
    LedgerBook book(folder.temporary(kWorkbook), date, "抽检清单", "抽样日期：" + date);
    CsvFile csv(folder.temporary(kCsv), csvColumns(list));
    book.addList(list, [&](const AddRow& add) {
        std::int64_t number = 0;
        for (const CaseRecord& record : sample.cases) {
            const std::vector<layers::Value> row = sampleRow(record, ++number);
            add(row, RowTone::Plain);
            csv.add(row);
        }
    });
    csv.close();
    const BookTable strata = strataTable(sample.record);
    book.addNotes("抽样说明", "抽样说明", sampleNotes(sample.record, project), &strata);
    book.close();
}

std::vector<std::string> names() {
    return {kWorkbook, kCsv};
}

std::vector<std::filesystem::path> filesIn(const std::filesystem::path& folder) {
    return {folder / kWorkbook, folder / kCsv};
}

} // namespace

DrawnSample drawCaseSample(layers::ProjectFile& project, const layers::Stamp& stamp,
                           const SampleRequest& request, const SampleTarget& target,
                           geo::Progress& progress) {
    layers::OutputFolder folder(target.folder, names(), target.existing, {project.path()});
    DrawnSample sample;
    SampleRecord& record = sample.record;
    record.stamp = stamp;
    record.seed = request.seed;
    record.by = request.by;
    record.share = request.share ? request.share->text : "";
    record.leastEach = request.leastEach;
    record.filter = filterParts(request.filter);
    // Population, draw and event are of one state of the ledger.
    layers::LedgerChange change(project, stamp);
    Population population(request);
    progress.begin("抽样 sampling", layers::countCases(project, request.filter));
    layers::eachCase(project, request.filter, {}, [&](CaseRecord&& each) {
        population.add(each);
        progress.step();
    });
    population.settle();
    const std::int64_t total = totalOf(request, population);
    record.asked = request.share ? request.share->of(population.size()) : request.count;
    record.population = population.size();
    const std::vector<std::int64_t> ids = population.draw(total, record);
    record.event = layers::noteCases(change, {kSampleDrawn, "", contentOf(record)}, ids);
    sample.cases = casesOf(project, record);
    folder.write([&] { writeFiles(folder, sample, project.info("name")); });
    progress.checkCancelled();
    change.commit();
    try {
        folder.publish();
    } catch (const layers::Error& error) {
        throw layers::Error(fmt::format("{0}\n样本已记入台账（事件 {1}），请用 case sample --again {1} "
                                        "重新输出 / the sample is kept in the "
                                        "ledger (event {1}): write it again with case sample --again {1}",
                                        error.what(), record.event));
    }
    sample.files = filesIn(target.folder);
    return sample;
}

DrawnSample showCaseSample(const layers::ProjectFile& project, std::int64_t event,
                           const SampleTarget& target) {
    layers::EventFilter filter;
    filter.number = event;
    const std::vector<layers::Event> found = layers::readEvents(project, filter);
    if (found.empty()) {
        throw layers::Error(fmt::format("没有事件 {0} / there is no event {0}", event));
    }
    DrawnSample sample;
    sample.record = sampleFrom(found.front());
    sample.cases = casesOf(project, sample.record);
    layers::OutputFolder folder(target.folder, names(), target.existing, {project.path()});
    folder.write([&] { writeFiles(folder, sample, project.info("name")); });
    folder.publish();
    sample.files = filesIn(target.folder);
    return sample;
}

std::vector<SampleRecord> samplesOf(const layers::ProjectFile& project) {
    layers::EventFilter filter;
    filter.kind = kSampleDrawn;
    std::vector<SampleRecord> samples;
    for (const layers::Event& event : layers::readEvents(project, filter)) {
        samples.push_back(sampleFrom(event));
    }
    return samples;
}

} // namespace app
