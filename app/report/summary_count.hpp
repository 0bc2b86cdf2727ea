#pragma once

#include "app/check/check_result.hpp"
#include "app/check/printed_areas.hpp"
#include "app/check/zone_order.hpp"

#include <array>
#include <cstdint>

namespace app {

/// The class columns of 汇总表 (domain.md 4.4), in order.
enum class SummaryClass {
    RedLine,
    ReserveCore,
    ReserveGeneral,
    Park,
    WaterFirst,
    WaterSecond,
    WaterOuter,
    Count
};
inline constexpr auto kSummaryClasses = static_cast<std::size_t>(SummaryClass::Count);
[[nodiscard]] SummaryClass summaryClass(const layers::Zone& zone);

/// 处 and 公顷 of a cell of the tables: patches, and whole printed units (1 m²), so that sums are exact.
struct CountAndArea {
    std::int64_t count = 0;
    std::int64_t units = 0;
    CountAndArea& operator+=(const CountAndArea& other);
};
using ClassCounts = std::array<CountAndArea, kSummaryClasses>;
ClassCounts& operator+=(ClassCounts& to, const ClassCounts& from);

/// Classes that the findings of a patch name: each once.
[[nodiscard]] std::array<bool, kSummaryClasses> classesOf(const CheckResult& result, std::size_t patch);

/// Classes that a piece of a patch counts for, by the zones with a finding that cover it: within one kind of
/// zones (reserves and national parks; water sources) the stricter class alone.
[[nodiscard]] std::array<bool, kSummaryClasses> classesOfPiece(const CheckResult& result, std::size_t patch,
                                                               const PrintedPiece& piece);

/// True when the zone has a finding for the patch (擦边 does not count).
[[nodiscard]] bool hasFinding(const PatchResult& patch, std::uint32_t zone);

} // namespace app
