#pragma once

#include "app/check/check_result.hpp"

#include <filesystem>
#include <string>

namespace app {

/// run.json: deterministic (no clocks, no threads): program, inputs, settings, patches, overlaps, area_m2,
/// engine, problems.
[[nodiscard]] std::string runJson(const CheckResult& result);

/// timings.json: what one run took.
struct Timings {
    double readS = 0;
    double checkS = 0;
    double writeS = 0;
    double totalS = 0;
};
/// With the process's peak memory.
[[nodiscard]] std::string timingsJson(const Timings& timings);

} // namespace app
