#pragma once

#include "layers/records.hpp"

#include <cstdint>

namespace app {

/// The day whose law is today's, in China standard time: SOURCE_DATE_EPOCH when set, so that runs can be
/// repeated to the byte, else the clock. Throws CLI::ValidationError when the variable holds no number of
/// seconds.
[[nodiscard]] layers::Day today();

/// The same moment in seconds since 1970-01-01 00:00 China standard time; a day of SOURCE_DATE_EPOCH is taken
/// as it is.
[[nodiscard]] std::int64_t chinaSeconds();

} // namespace app
