#pragma once

#include "layers/project/project_file.hpp"

#include <string>

namespace app {

/// Who and when, for the ledger: `who` of --who, else $ECOREDLINE_WHO, else the name of the user who is
/// logged in; the time in China standard time, or SOURCE_DATE_EPOCH. Throws CLI::ValidationError.
[[nodiscard]] layers::Stamp stampOf(const std::string& who);

} // namespace app
