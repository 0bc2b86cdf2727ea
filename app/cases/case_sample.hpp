#pragma once

#include "layers/project/case_record.hpp"

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Second-level sampling (抽检): strata, how many of each, and which. No clock, no standard library's random
/// distributions: the same cases and seed give the same sample on any machine.
namespace app {

/// A share as it was written, exactly: 0.1 is 1/10 and no double.
struct SampleShare {
    std::string text;
    std::int64_t part = 0;
    std::int64_t whole = 1;

    /// "0.1", "0.05", "1"; nothing for what is not greater than 0 and at most 1, or has over nine decimals.
    [[nodiscard]] static std::optional<SampleShare> parse(std::string_view text);
    /// The least whole number that is not below this share of a population.
    [[nodiscard]] std::int64_t of(std::int64_t population) const;
};

/// Largest remainder (Hamilton) with a minimum: each stratum gets its proportional part of `total`, rounded
/// down, the rest goes to the largest remainders (of equal ones to the larger stratum, then to the earlier).
/// A stratum whose part is below min(leastEach, size) gets that, and the others share what is left in
/// proportion. No stratum gets more than its size; of two, the larger never gets less.
/// @param sizes of the strata, not negative @param total from leastTotal() to the sum of sizes; else throws
/// layers::Error
[[nodiscard]] std::vector<std::int64_t> allocate(const std::vector<std::int64_t>& sizes, std::int64_t total,
                                                 std::int64_t leastEach);
/// The sum of min(leastEach, size).
[[nodiscard]] std::int64_t leastTotal(const std::vector<std::int64_t>& sizes, std::int64_t leastEach);

/// Where a case stands in the order of a seed: the first 32 hex digits of sha256("<seed>:<case number>"). Who
/// wants to check a sample needs nothing but sha256sum.
struct SampleKey {
    std::uint64_t high = 0;
    std::uint64_t low = 0;
    friend auto operator<=>(const SampleKey&, const SampleKey&) = default;
};
[[nodiscard]] SampleKey sampleKey(std::uint64_t seed, const std::string& number);

/// A case that may be drawn.
struct SampleCandidate {
    std::size_t stratum = 0;
    SampleKey key;
    std::string number;
};
/// The candidates with the lowest keys of each stratum, as many as `counts` says (without replacement: each
/// set of so many is equally likely over the seeds); their places in `candidates`, rising. Their order there
/// plays no part.
[[nodiscard]] std::vector<std::size_t> drawSample(const std::vector<SampleCandidate>& candidates,
                                                  const std::vector<std::int64_t>& counts);

/// What cases may be grouped by.
enum class StratumField { County, ZoneKind, Priority, Verdict, Conclusion, Status };
struct StratumFieldName {
    StratumField field;
    const char* key;    ///< "zone_kind"
    const char* nameZh; ///< 管控区类型
};
[[nodiscard]] const std::vector<StratumFieldName>& stratumFields();
[[nodiscard]] const StratumFieldName& nameOf(StratumField field);
/// "513301 康定市", "自然保护区;生态保护红线", "1" …; never empty. A case in several kinds of zones is in the
/// stratum of just these kinds.
[[nodiscard]] std::string stratumValue(StratumField field, const layers::CaseRecord& record);

} // namespace app
