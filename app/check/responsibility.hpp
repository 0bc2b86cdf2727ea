#pragma once

#include "app/check/check_result.hpp"
#include "app/check/offices.hpp"

#include <string>
#include <vector>

namespace app {

/// Who answers for a case and who helps, by what was hit and by activity (domain.md 1.7).
struct Responsibility {
    std::vector<std::string> leads;
    std::vector<std::string> partners; ///< without the leads, no name twice
};
[[nodiscard]] Responsibility responsibilityFor(const CheckResult& result, std::size_t patch,
                                               const Offices& offices = defaultOffices());

} // namespace app
