#pragma once

#include "app/cases/return_work.hpp"
#include "app/cli/json_handle.hpp"

namespace app {

/// Everything that a file brings, field by field.
[[nodiscard]] Json planJson(const layers::ReturnedFile& file, const ReturnPlan& plan);
/// The same for people; of very many cases the first.
void printPlan(const layers::ReturnedFile& file, const ReturnPlan& plan);

[[nodiscard]] Json countsJson(const layers::ReturnCounts& counts);
[[nodiscard]] Json fieldJson(const layers::ReturnedField& field);
/// "发出“甲” 台账“乙” 回传“丙”", long texts cut.
[[nodiscard]] std::string fieldInWords(const layers::ReturnedField& field);

} // namespace app
