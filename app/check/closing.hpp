#pragma once

#include "app/check/check_result.hpp"

namespace app {

/// How far a patch's atoms may miss its area (design 3): 0.01 m² and 1e-9 of it.
[[nodiscard]] double residualLimit(double measure);

/// The proof of 不重不漏: every patch's atoms add up to it, its counties add up to it, what was read is the
/// sum of the buckets. Fills result.residualM2 and result.faults (empty: everything closes).
void closeSums(CheckResult& result);

/// The part of the proof that needs printed figures: the list's columns add up to their totals.
void closePrintedSum(CheckResult& result, const char* what, double sumOfCells, double printedTotal);

} // namespace app
