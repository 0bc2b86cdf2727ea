#pragma once

#include "app/cases/case_life.hpp"

#include <optional>

namespace app {

/// Green: time enough; amber: few days left; red: overdue. None: closed, not sent out, or without a deadline.
enum class Light { None, Green, Amber, Red };
[[nodiscard]] const char* lightKey(Light light);    ///< "", "green", "amber", "red"
[[nodiscard]] const char* lightNameZh(Light light); ///< "", 绿, 黄, 红

struct DeadlineState {
    Light light = Light::None;
    int daysLeft = 0; ///< 0 on the day itself, negative when overdue; of a light only
};
[[nodiscard]] DeadlineState deadlineState(const CaseLife& life, const layers::CaseRecord& record,
                                          layers::Day today);

/// The statuses in which a deadline runs.
[[nodiscard]] std::vector<std::string> runningStatuses(const CaseLife& life);

} // namespace app
