#pragma once

#include "app/cli/json_handle.hpp"
#include "layers/project/run_store.hpp"

namespace app {

/// What a run says of a patch, as JSON; null for one that the run has not.
[[nodiscard]] Json conclusionJson(const layers::RunConclusion& conclusion);

} // namespace app
