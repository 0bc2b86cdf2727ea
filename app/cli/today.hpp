#pragma once

#include "layers/records.hpp"

namespace app {

/// The day whose law is today's, in China standard time: SOURCE_DATE_EPOCH when set, so that runs can be
/// repeated to the byte, else the clock. Throws CLI::ValidationError when the variable holds no number of
/// seconds.
[[nodiscard]] layers::Day today();

} // namespace app
