#pragma once

#include "app/check/rules.hpp"

#include <string>

namespace app {

/// Which row answers a case, and under which class it was looked up.
struct RuleSelection {
    const Rule* rule = nullptr; ///< nothing when no row is in force on that day
    std::string judgedClass;
    const ClassConversion* conversion = nullptr; ///< the crosswalk used, if any
};

/// True when the day lies in the period; an absent end is open.
[[nodiscard]] bool inPeriod(layers::Day day, std::optional<layers::Day> from, std::optional<layers::Day> to);
/// True when the list names the kind or is empty (any).
[[nodiscard]] bool concerns(const std::vector<layers::ZoneKind>& kinds, layers::ZoneKind kind);

/// Row selection of docs/rules.md: last resorts only when nothing else matched; then the row that names more
/// of kind, class and activity; then the one that names the class itself before one that names its parent;
/// then the higher finding, the higher priority, the order in the file.
[[nodiscard]] RuleSelection selectRule(const RuleSet& rules, layers::ZoneKind kind,
                                       const std::string& zoneClass, const std::string& activity,
                                       layers::Day date);

} // namespace app
