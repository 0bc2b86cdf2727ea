#pragma once

#include "app/check/check_result.hpp"

#include <cstddef>
#include <cstdint>

namespace app {

/// A problem with role, file and layer of an input (number in CheckResult::inputs) filled in.
[[nodiscard]] layers::Problem aboutInput(const CheckResult& result, std::int32_t input,
                                         layers::ProblemKind kind, layers::Severity severity);
/// The same of a patch (slot in CheckResult::patches), with its feature and place.
[[nodiscard]] layers::Problem aboutPatch(const CheckResult& result, std::size_t patch,
                                         layers::ProblemKind kind, layers::Severity severity);

} // namespace app
