#pragma once

#include "app/check/yaml_handle.hpp"

#include <vector>

namespace app {

/// Warns of equally specific rows that give one cell different findings on the same days (once for each row),
/// and of cells without any row.
/// @param marks where each row starts
void checkRows(const RuleSet& rules, const std::vector<YAML::Mark>& marks, FaultList& faults);

} // namespace app
