// Second-level sampling: how many of each stratum, and which. The known values were computed with Python's
// hashlib, so that another platform or a change of the method would be noticed.

#include "app/cases/case_sample.hpp"
#include "app/cases/sample_record.hpp"
#include "layers/error.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <numeric>
#include <random>
#include <set>

namespace {

using app::allocate;
using app::SampleCandidate;
using app::SampleKey;
using app::SampleShare;
using Counts = std::vector<std::int64_t>;

std::int64_t sumOf(const Counts& counts) {
    return std::accumulate(counts.begin(), counts.end(), std::int64_t{0});
}

TEST(SampleShare, isExactAndRoundsUp) {
    const SampleShare tenth = SampleShare::parse("0.1").value();
    EXPECT_EQ(tenth.of(30), 3); // 0.1 * 30 as doubles is more than 3
    EXPECT_EQ(tenth.of(31), 4);
    EXPECT_EQ(tenth.of(1), 1);
    EXPECT_EQ(tenth.of(0), 0);
    EXPECT_EQ(SampleShare::parse("1").value().of(7), 7);
    EXPECT_EQ(SampleShare::parse("1.000").value().of(7), 7);
    EXPECT_EQ(SampleShare::parse("0.000000001").value().of(1'000'000'000), 1);
    EXPECT_EQ(SampleShare::parse("0.05").value().of(200'000), 10'000);
    for (const char* wrong : {"", "0", "0.0", "1.1", "1.000000001", "-0.1", "+0.1", ".5", "0.", "1e-1", "0,1",
                              "10%", "0.0000000001", " 0.1", "0.1 ", "0.1.2"}) {
        EXPECT_FALSE(SampleShare::parse(wrong)) << wrong;
    }
}

TEST(Allocation, goesByTheLargestRemainders) {
    EXPECT_EQ(allocate({70, 20, 10}, 10, 0), (Counts{7, 2, 1}));
    EXPECT_EQ(allocate({21, 21, 58}, 10, 0), (Counts{2, 2, 6}));
    EXPECT_EQ(allocate({53, 24, 23}, 10, 0), (Counts{5, 3, 2})); // .3 .4 .3
    EXPECT_EQ(allocate({5, 5, 5}, 4, 0), (Counts{2, 1, 1}));     // equal ones: the earlier first
    EXPECT_EQ(allocate({3, 9}, 2, 0), (Counts{0, 2}));           // .5 and 1.5: the larger stratum
    EXPECT_EQ(allocate({4, 1, 2}, 7, 1), (Counts{4, 1, 2}));
    EXPECT_EQ(allocate({}, 0, 1), Counts{});
    EXPECT_EQ(allocate({0, 5}, 2, 1), (Counts{0, 2}));
}

TEST(Allocation, givesEachStratumItsMinimumAndSharesTheRest) {
    EXPECT_EQ(allocate({100, 3, 1}, 10, 0), (Counts{10, 0, 0}));
    EXPECT_EQ(allocate({100, 3, 1}, 10, 1), (Counts{8, 1, 1}));
    EXPECT_EQ(allocate({100, 3, 1}, 10, 2), (Counts{7, 2, 1}));
    // What the small ones take brings the second below its minimum, too.
    EXPECT_EQ(allocate({80, 21, 1, 1, 1, 1}, 10, 2), (Counts{4, 2, 1, 1, 1, 1}));
    EXPECT_EQ(app::leastTotal({100, 3, 1}, 2), 5);
    EXPECT_EQ(allocate({100, 3, 1}, 5, 2), (Counts{2, 2, 1}));
    EXPECT_THROW(static_cast<void>(allocate({100, 3, 1}, 4, 2)), layers::Error);
    EXPECT_THROW(static_cast<void>(allocate({100, 3, 1}, 105, 0)), layers::Error);
}

TEST(Allocation, sumsMinimaAndSizesHoldAndTheLargerNeverGetsLess) {
    std::mt19937 random(4); // NOLINT(cert-msc32-c,cert-msc51-cpp): the same cases each time
    for (int round = 0; round < 5000; ++round) {
        Counts sizes(1 + random() % 12);
        for (std::int64_t& size : sizes) {
            size = static_cast<std::int64_t>(random() % (random() % 3 == 0 ? 500 : 8));
        }
        const auto least = static_cast<std::int64_t>(random() % 4);
        const std::int64_t all = sumOf(sizes);
        const std::int64_t from = app::leastTotal(sizes, least);
        const std::int64_t total = from + static_cast<std::int64_t>(random()) % (all - from + 1);
        const Counts counts = allocate(sizes, total, least);
        const std::string told =
            fmt::format("{} of {} least {}: {}", total, fmt::join(sizes, " "), least, fmt::join(counts, " "));
        ASSERT_EQ(sumOf(counts), total) << told;
        for (std::size_t i = 0; i < sizes.size(); ++i) {
            ASSERT_GE(counts[i], std::min(least, sizes[i])) << told;
            ASSERT_LE(counts[i], sizes[i]) << told;
            if (least == 0 && all > 0) { // within one of its proportional part
                ASSERT_LT(std::abs(counts[i] * all - sizes[i] * total), all) << told;
            }
            for (std::size_t k = 0; k < sizes.size(); ++k) {
                ASSERT_TRUE(sizes[i] <= sizes[k] || counts[i] >= counts[k]) << told;
            }
        }
    }
}

std::vector<std::string> numbered(int count) {
    std::vector<std::string> numbers;
    for (int i = 1; i <= count; ++i) {
        numbers.push_back(fmt::format("LD2026B2-513301-{:04}", i));
    }
    return numbers;
}

std::set<std::string> drawn(std::uint64_t seed, const std::vector<std::string>& numbers, std::int64_t count) {
    std::vector<SampleCandidate> candidates;
    for (const std::string& number : numbers) {
        candidates.push_back({0, app::sampleKey(seed, number), number});
    }
    std::set<std::string> chosen;
    for (const std::size_t place : app::drawSample(candidates, {count})) {
        chosen.insert(numbers[place]);
    }
    EXPECT_EQ(chosen.size(), static_cast<std::size_t>(count));
    return chosen;
}

TEST(Drawing, hasTheKnownValues) {
    EXPECT_EQ(app::sampleKey(1, "LD2026B1-513301-0001"), (SampleKey{0x6486845140a10a0a, 0x41c521cbcda76b18}));
    EXPECT_EQ(app::sampleKey(20261124, "LD2026B2-513338-0042"),
              (SampleKey{0xfeba9f7b18b8267c, 0xcb8780014dc5477e}));
    EXPECT_EQ(drawn(7, numbered(20), 5),
              (std::set<std::string>{"LD2026B2-513301-0004", "LD2026B2-513301-0005", "LD2026B2-513301-0011",
                                     "LD2026B2-513301-0015", "LD2026B2-513301-0018"}));
    EXPECT_EQ(drawn(8, numbered(20), 5),
              (std::set<std::string>{"LD2026B2-513301-0002", "LD2026B2-513301-0005", "LD2026B2-513301-0007",
                                     "LD2026B2-513301-0013", "LD2026B2-513301-0020"}));
}

TEST(Drawing, takesNoNoticeOfTheOrderOfRowsAndGrowsWithTheCount) {
    std::vector<std::string> numbers = numbered(40);
    const std::set<std::string> twelve = drawn(3, numbers, 12);
    std::reverse(numbers.begin(), numbers.end());
    EXPECT_EQ(drawn(3, numbers, 12), twelve);
    std::rotate(numbers.begin(), numbers.begin() + 17, numbers.end());
    EXPECT_EQ(drawn(3, numbers, 12), twelve);
    const std::set<std::string> five = drawn(3, numbers, 5);
    EXPECT_TRUE(std::includes(twelve.begin(), twelve.end(), five.begin(), five.end()));
    EXPECT_EQ(drawn(3, numbers, 0).size(), 0U);
    EXPECT_EQ(drawn(3, numbers, 40).size(), 40U);
}

TEST(Drawing, staysWithinTheStrata) {
    std::vector<SampleCandidate> candidates;
    for (const std::string& number : numbered(30)) {
        candidates.push_back({candidates.size() % 3, app::sampleKey(5, number), number});
    }
    std::map<std::size_t, int> counts;
    const std::vector<std::size_t> places = app::drawSample(candidates, {4, 0, 10});
    EXPECT_TRUE(std::is_sorted(places.begin(), places.end()));
    for (const std::size_t place : places) {
        ++counts[candidates[place].stratum];
    }
    EXPECT_EQ(counts, (std::map<std::size_t, int>{{0, 4}, {2, 10}}));
}

TEST(Drawing, isUniform) {
    constexpr int kCases = 50;
    constexpr int kDrawn = 10;
    constexpr int kSeeds = 2000;
    const std::vector<std::string> numbers = numbered(kCases);
    std::map<std::string, int> times;
    for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
        for (const std::string& number : drawn(seed, numbers, kDrawn)) {
            ++times[number];
        }
    }
    // Drawing without replacement, a case's count has the variance of a binomial less the share drawn.
    const double expected = double{kSeeds} * kDrawn / kCases;
    double square = 0;
    for (const std::string& number : numbers) {
        square += (times[number] - expected) * (times[number] - expected);
    }
    const double chi = square / (expected * (1 - double{kDrawn} / kCases)) * (kCases - 1) / double{kCases};
    EXPECT_LT(chi, 85.4); // 49 degrees of freedom: one in a thousand is above
    EXPECT_GT(chi, 23.98);
}

TEST(Strata, areNamedByWhatCounts) {
    layers::CaseRecord record;
    record.countyCode = "513301";
    record.county = "康定市";
    record.zoneKind = "生态保护红线;自然保护区"; // main finding first
    record.priority = 2;
    record.setPriority = "1";
    record.verdict = "疑似禁止";
    record.status = "已复核";
    const auto value = [&record](app::StratumField field) { return app::stratumValue(field, record); };
    EXPECT_EQ(value(app::StratumField::County), "513301 康定市");
    EXPECT_EQ(value(app::StratumField::ZoneKind), "自然保护区;生态保护红线");
    EXPECT_EQ(value(app::StratumField::Priority), "1");
    EXPECT_EQ(value(app::StratumField::Verdict), "疑似禁止");
    EXPECT_EQ(value(app::StratumField::Conclusion), "（空）");
    EXPECT_EQ(value(app::StratumField::Status), "已复核");
    for (std::size_t i = 0; i < app::stratumFields().size(); ++i) {
        EXPECT_EQ(app::stratumFields()[i].field, static_cast<app::StratumField>(i));
    }
}

TEST(SampleRecord, comesBackFromItsEvent) {
    app::SampleRecord sample;
    sample.seed = 9'007'199'254'740'991;
    sample.by = {app::StratumField::County, app::StratumField::Priority};
    sample.share = "0.1";
    sample.asked = 1;
    sample.leastEach = 1;
    sample.filter = {{"batch", "2026B2"}, {"status", "已复核、已销号"}};
    sample.population = 9;
    sample.drawn = 3;
    sample.strata = {{{"513301 康定市", "1"}, 4, 1}, {{"513322 泸定县", "2"}, 5, 2}};
    sample.cases = {{"LD2026B2-513301", {{4, 4}}}, {"LD2026B2-513322", {{1, 1}, {9999, 10000}}}};
    layers::Event event;
    event.number = 17;
    event.text = {app::kSampleDrawn, "", app::contentOf(sample)};
    const app::SampleRecord back = app::sampleFrom(event);
    EXPECT_EQ(back.event, 17);
    EXPECT_EQ(app::contentOf(back), event.text.content);
    EXPECT_EQ(back.cases, sample.cases);
    EXPECT_EQ(app::numbersOf(back.cases),
              (std::vector<std::string>{"LD2026B2-513301-0004", "LD2026B2-513322-0001",
                                        "LD2026B2-513322-9999", "LD2026B2-513322-10000"}));
    EXPECT_EQ(layers::caseEventFrom(event.text).cases, sample.cases);
    event.text.kind = "case_set";
    EXPECT_THROW(static_cast<void>(app::sampleFrom(event)), layers::Error);
    event.text = {app::kSampleDrawn, "", "{}"};
    EXPECT_THROW(static_cast<void>(app::sampleFrom(event)), layers::Error);
}

} // namespace
