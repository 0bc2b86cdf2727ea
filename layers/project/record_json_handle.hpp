#pragma once

// Records as JSON, for what the project keeps as received; included by layers/project/*.cpp only.

#include "layers/records.hpp"
#include "layers/settings.hpp"

#include <nlohmann/json.hpp>

namespace layers::project {

using Json = nlohmann::ordered_json;

/// One line; bytes that are no UTF-8 are replaced.
[[nodiscard]] std::string textOf(const Json& json);

[[nodiscard]] Json toJson(const InputReport& report);
[[nodiscard]] InputReport reportFrom(const Json& json);

/// All of a patch but its shape.
[[nodiscard]] Json toJson(const Patch& patch);
[[nodiscard]] Patch patchFrom(const Json& json);

/// All of a zone but its shape.
[[nodiscard]] Json toJson(const Zone& zone);
[[nodiscard]] Zone zoneFrom(const Json& json);

/// All of a reject, its shape as hexadecimal WKB: it may be nothing that a database takes.
[[nodiscard]] Json toJson(const Reject& reject);
[[nodiscard]] Reject rejectFrom(const Json& json);

[[nodiscard]] Json toJson(const Settings& settings);
[[nodiscard]] Settings settingsFrom(const Json& json);

} // namespace layers::project
