#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace app {

/// Place of a kind (生态保护红线) in the rules' order; kinds that are not ours come after, and none at all
/// ("") last.
[[nodiscard]] std::size_t kindPlace(const std::string& kind);

/// The kinds that a case's 管控区类型 names ("生态保护红线;自然保护区", main finding first), each once, in
/// the rules' order; one that is empty when it names none.
[[nodiscard]] std::vector<std::string> kindsOf(const std::string& text);

} // namespace app
