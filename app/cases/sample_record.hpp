#pragma once

#include "app/cases/case_sample.hpp"
#include "layers/project/case_events.hpp"
#include "layers/project/case_query.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace app {

/// Cases that agree in the fields of --by.
struct SampleStratum {
    std::vector<std::string> values; ///< slot by slot with SampleRecord::by
    std::int64_t population = 0;
    std::int64_t drawn = 0;
};

/// A sample that was drawn (抽检样本), as the ledger keeps it: event `sample_drawn`.
struct SampleRecord {
    std::int64_t event = 0; ///< its number
    layers::Stamp stamp;
    std::uint64_t seed = 0;
    std::vector<StratumField> by; ///< empty: one stratum
    std::string share;            ///< "0.1"; empty: a count was asked for
    std::int64_t asked = 0;       ///< the count, or the share's number of cases
    std::int64_t leastEach = 0;
    std::vector<std::pair<std::string, std::string>> filter; ///< filterParts()
    std::int64_t population = 0;
    std::int64_t drawn = 0;            ///< more than `asked` where the minimum of the strata asks for it
    std::vector<SampleStratum> strata; ///< by their values
    layers::NumberRanges cases;        ///< numbers of the drawn ones
};

inline constexpr const char* kSampleDrawn = "sample_drawn";

/// The event's content, and the sample of an event. Throws layers::Error when it is none.
[[nodiscard]] std::string contentOf(const SampleRecord& sample);
[[nodiscard]] SampleRecord sampleFrom(const layers::Event& event);

/// What a filter asks for, as keys and values in a fixed order; and in words: "状态=已复核、已销号".
[[nodiscard]] std::vector<std::pair<std::string, std::string>> filterParts(const layers::CaseFilter& filter);
[[nodiscard]] std::string filterWords(const std::vector<std::pair<std::string, std::string>>& parts);

/// The numbers of the drawn cases: by scheme (batch and county), then serial.
[[nodiscard]] std::vector<std::string> numbersOf(const layers::NumberRanges& cases);

} // namespace app
