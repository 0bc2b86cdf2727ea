#pragma once

#include "app/check/check_result.hpp"
#include "app/check/printed_areas.hpp"

#include <string>
#include <vector>

namespace app {

/// The hints (提示) of a patch: what the run as a whole lacks, how sure the overlap and the basis are, what
/// lies near, which counties share it, what does not fit in the data. In this order, each once.
[[nodiscard]] std::vector<std::string> listHints(const CheckResult& result, std::size_t patch,
                                                 const PrintedPatch& printed);

/// When the patch was built, as its data say (JCSJ 建成时间, or what is mapped to `built`); empty when they
/// do not.
[[nodiscard]] std::string builtText(const CheckResult& result, const layers::Patch& patch);

/// The earliest day that the data connect with the activity: when it was built (JCSJ 建成时间) or the earlier
/// image (the later one where there is none). Nothing when none is known.
[[nodiscard]] std::optional<layers::Day> knownSince(const CheckResult& result, const layers::Patch& patch);

} // namespace app
