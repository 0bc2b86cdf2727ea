#pragma once

#include "app/check/check_result.hpp"

namespace app {

/// Adds what the check itself found wrong or worth telling: duplicates, patches outside the administrative
/// layer, converted classes, last-resort rules, counties with patches but no zone of a role, pairs that
/// needed the full overlay. In a fixed order, after the readers' problems.
void noteRunProblems(CheckResult& result);

} // namespace app
