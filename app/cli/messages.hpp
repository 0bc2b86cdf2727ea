#pragma once

#include "app/report/check_job.hpp"

#include <string>

namespace app {

/// What a check found, for people: counts that close, areas, and where the files lie. Chinese and English.
[[nodiscard]] std::string checkSummary(const CheckJobResult& job);

} // namespace app
