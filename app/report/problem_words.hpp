#pragma once

#include "layers/problem.hpp"

#include <string_view>

namespace app {

/// A kind of problem as it stands on paper: 图形已修复.
[[nodiscard]] std::string_view problemKindNameZh(layers::ProblemKind kind);
/// 提示, 警告, 错误
[[nodiscard]] std::string_view severityNameZh(layers::Severity severity);

} // namespace app
