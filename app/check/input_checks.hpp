#pragma once

#include "app/check/check_result.hpp"

namespace app {

/// Every zone's class must be one that the rule set knows for its kind: a 风景名胜区 with a 核心区 would be
/// answered by last resorts, milder than the rule that is meant. Throws layers::Error listing kinds, classes,
/// counts and what the rule set knows.
void checkZoneClasses(const CheckResult& result);

/// True when the zone is in force on that day, as far as its 生效日期 and 失效日期 say (both days count).
[[nodiscard]] bool inForce(const layers::Zone& zone, layers::Day day);

/// Adds problems for what the inputs say of themselves and cannot be: image dates in the future or out of
/// order, zones not in force, county codes that are no codes.
void noteInputProblems(CheckResult& result);

} // namespace app
