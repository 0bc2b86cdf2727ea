#pragma once

#include "layers/project/case_events.hpp"

#include <string>

namespace app {

/// What an event was: 下发研判 "judged at the desk".
struct EventName {
    std::string zh;
    std::string en;
};
[[nodiscard]] EventName eventName(const std::string& kind);

/// "状态：待下发 → 已下发；完成时限：（空）→ 2026-12-24"; long texts are cut to `most` characters each.
[[nodiscard]] std::string changesInWords(const std::vector<layers::FieldChange>& changes, std::size_t most);

/// The first characters of a text, "…" where something is left out, line breaks as blanks.
[[nodiscard]] std::string cutText(const std::string& text, std::size_t most);

} // namespace app
