#pragma once

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace app {

/// Objects print in the order in which they are filled.
using Json = nlohmann::ordered_json;

/// A result on stdout; bytes that are no UTF-8 are replaced.
inline void printJson(const Json& json) {
    constexpr int kIndent = 2;
    fmt::print("{}\n", json.dump(kIndent, ' ', false, Json::error_handler_t::replace));
}

} // namespace app
