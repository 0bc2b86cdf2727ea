#pragma once

#include "app/check/check_result.hpp"
#include "layers/list_columns.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace app {

/// Sorts the listed patches (domain.md 4.3: county code, priority, kind order, zone name, area descending,
/// patch id, input order) into result.listed, and numbers them: result.taskNumbers, "LS-<county code>-0001"
/// (临时编号, 未入台账).
void orderAndNumber(CheckResult& result);

/// The row of 实地核查清单 for the n-th listed patch. Areas are rounded so that printed shares of one patch
/// add up.
[[nodiscard]] layers::ListRow listRow(const CheckResult& result, std::size_t n);

/// Largest-remainder rounding: values rounded to `decimals` so that they sum to round(total).
[[nodiscard]] std::vector<double> roundedToSum(const std::vector<double>& values, double total, int decimals);

/// 101°57′36.0″E, 30°03′00.0″N
[[nodiscard]] std::string degreesMinutesSeconds(const geo::Coordinate& place);

/// Share of the patch that a finding's overlap covers (0 … 1); nothing for points.
[[nodiscard]] std::optional<double> overlapShare(const CheckResult& result, std::size_t patch,
                                                 std::size_t overlap);

/// Stable key of a finding: sha256 of batch, source id, geometry hash, zone (role, id, name, class) and rule.
[[nodiscard]] std::string findingKey(const CheckResult& result, std::size_t patch,
                                     const layers::Finding& finding);

} // namespace app
