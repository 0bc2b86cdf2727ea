#pragma once

#include <string>

namespace layers {

/// Versions of the libraries behind readers and writers, for run.json.
[[nodiscard]] std::string gdalVersion();
[[nodiscard]] std::string sqliteVersion();

} // namespace layers
