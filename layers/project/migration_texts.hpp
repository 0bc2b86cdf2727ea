#pragma once

#include <string_view>
#include <vector>

namespace layers {

/// A step of the project file's schema (layers/project/migrations): SQL, run in one transaction.
struct Migration {
    int version = 0; ///< schema version afterwards
    std::string_view name;
    std::string_view sql;
};
/// All steps from an empty file to today's schema, in order.
[[nodiscard]] const std::vector<Migration>& migrations();

} // namespace layers
