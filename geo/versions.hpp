#pragma once

#include <string>

namespace geo {

/// Versions of the libraries behind the engine, for run.json.
[[nodiscard]] std::string geosVersion();
[[nodiscard]] std::string projVersion();

} // namespace geo
