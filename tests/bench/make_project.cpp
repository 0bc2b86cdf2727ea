// make_project FILE BATCHES PATCHES LISTED: a project as it is after years, for measuring what a large ledger
// costs. Each batch has PATCHES patches (squares of 30 m strewn over Ganzi) of which LISTED are listed and
// have cases; every tenth case was judged, every twentieth sent out. The same arguments make the same ledger.

#include "layers/error.hpp"
#include "layers/project/case_query.hpp"
#include "layers/project/case_store.hpp"
#include "layers/project/ledger_change.hpp"
#include "tests/support/ledger_maker.hpp"

#include <fmt/format.h>

#include <array>
#include <chrono>
#include <cstdlib>
#include <random>

namespace {

const layers::Stamp kStamp{"2026-11-24T08:00:00+08:00", "make_project"};
constexpr std::array<std::array<const char*, 2>, 6> kCounties{{{"513301", "康定市"},
                                                               {"513322", "泸定县"},
                                                               {"513323", "丹巴县"},
                                                               {"513324", "九龙县"},
                                                               {"513337", "稻城县"},
                                                               {"513338", "得荣县"}}};
constexpr std::array<std::array<const char*, 3>, 4> kZones{
    {{"自然保护区", "贡嘎山国家级自然保护区", "核心保护区"},
     {"生态保护红线", "川西高原生态保护红线", "生态保护红线"},
     {"饮用水水源保护区", "折多河饮用水水源保护区", "一级保护区"},
     {"自然公园", "海螺沟国家森林公园", "一般控制区"}}};

struct Size {
    int batches = 0;
    int patches = 0;
    int listed = 0;
};

struct Added {
    layers::CaseBatch batch;
    std::int64_t run = 0;
    std::vector<std::int64_t> listed; ///< rows of patches
};

/// A batch, its patches and a run.
Added addBatch(tests::LedgerMaker& maker, int number, const Size& size, std::mt19937& random) {
    constexpr double kSide = 0.0003;
    std::uniform_real_distribution<double> east(97.5, 102.3);
    std::uniform_real_distribution<double> north(28.0, 34.0);
    Added added;
    added.batch.code = fmt::format("{}B{}", 2016 + number / 4, 1 + number % 4);
    added.batch.id = maker.addBatch(added.batch.code);
    for (int i = 0; i < size.patches; ++i) {
        const double x = east(random);
        const double y = north(random);
        geo::Shape square;
        square.polygons.push_back(
            {{{x, y}, {x + kSide, y}, {x + kSide, y + kSide}, {x, y + kSide}, {x, y}}, {}});
        const std::int64_t row = maker.addPatch(fmt::format("TB{}-{:06}", added.batch.code, i + 1), square);
        if (i < size.listed) {
            added.listed.push_back(row);
        }
    }
    added.run = maker.addRun(added.batch.id, added.listed);
    maker.finish();
    return added;
}

std::vector<layers::ListedPatch> listedOf(const std::vector<std::int64_t>& rows, std::mt19937& random) {
    std::vector<layers::ListedPatch> patches;
    for (const std::int64_t row : rows) {
        layers::ListedPatch patch;
        const auto& county = kCounties[random() % kCounties.size()];
        const auto& zone = kZones[random() % kZones.size()];
        patch.patch = row;
        patch.countyCode = county[0];
        patch.county = county[1];
        patch.zoneKind = zone[0];
        patch.zoneName = zone[1];
        patch.zoneClass = zone[2];
        patch.activity = "采石场";
        patch.verdict = random() % 2 == 0 ? "疑似禁止" : "疑似需核实";
        patch.priority = 1 + static_cast<int>(random() % 3);
        patch.areaM2 = 900.0 + static_cast<double>(random() % 100'000);
        patch.coveredM2 = *patch.areaM2 * 0.75;
        patch.responsible = patch.county + "人民政府;州林草局";
        patch.partners = "州生态环境局;州农牧局;州交通局;州水利局";
        patches.push_back(std::move(patch));
    }
    return patches;
}

/// What people did with the cases of a batch.
void work(layers::LedgerChange& change, const std::string& batch) {
    constexpr int kJudged = 10;
    std::vector<layers::CaseRecord> records;
    layers::CaseFilter filter;
    filter.batch = batch;
    layers::eachCase(change.project(), filter, {},
                     [&](layers::CaseRecord&& record) { records.push_back(std::move(record)); });
    for (std::size_t i = 0; i < records.size(); i += kJudged) {
        layers::CaseEventText judged;
        judged.kind = "case_judged";
        judged.changes = {{"status", "待研判", "待下发"}, {"desk", "", "下发核查"}};
        layers::changeCase(change, records[i], judged);
        if (i % (2 * kJudged) == 0) {
            layers::CaseEventText sent;
            sent.kind = "case_step";
            sent.changes = {{"status", "待下发", "已下发"},
                            {"deadline", "", fmt::format("2026-12-{:02}", 1 + i / kJudged % 28)},
                            {"responsible", "", records[i].proposedResponsible}};
            layers::changeCase(change, records[i], sent);
        }
    }
}

void make(const std::string& file, const Size& size) {
    layers::ProjectFile::create(file, "规模测试", kStamp, layers::Journal::Rollback);
    std::mt19937 random(20261124); // NOLINT(cert-msc32-c,cert-msc51-cpp): the same project each time
    for (int number = 0; number < size.batches; ++number) {
        const auto start = std::chrono::steady_clock::now();
        const auto [batch, run, rows] = [&] {
            tests::LedgerMaker maker(file);
            return addBatch(maker, number, size, random);
        }();
        const std::vector<layers::ListedPatch> listed = listedOf(rows, random);
        const auto added = std::chrono::steady_clock::now();
        layers::ProjectFile project(file, layers::Access::Write);
        layers::LedgerChange change(project, kStamp);
        const std::size_t cases = layers::holdCases(change, batch, run, listed).size();
        const auto held = std::chrono::steady_clock::now();
        work(change, batch.code);
        change.record({"batch_made", "", "{}"});
        change.commit();
        fmt::print("{}: {} patches {:.2f} s, {} cases {:.2f} s\n", batch.code, size.patches,
                   std::chrono::duration<double>(added - start).count(), cases,
                   std::chrono::duration<double>(held - added).count());
    }
}

} // namespace

int main(int argc, char** argv) {
    if (argc != 5) {
        fmt::print(stderr, "usage: make_project FILE BATCHES PATCHES LISTED\n");
        return 2;
    }
    try {
        make(argv[1], {std::atoi(argv[2]), std::atoi(argv[3]), std::atoi(argv[4])});
        return 0;
    } catch (const std::exception& error) {
        fmt::print(stderr, "{}\n", error.what());
        return 1;
    }
}
