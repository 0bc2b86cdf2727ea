#pragma once

#include <set>
#include <string>
#include <vector>

namespace layers {

struct SourceField;

/// Names of the fields, and of those whose name the format may have cut (SourceField::isCut).
[[nodiscard]] std::vector<std::string> fieldNames(const std::vector<SourceField>& fields);
[[nodiscard]] std::vector<std::string> cutFieldNames(const std::vector<SourceField>& fields);

/// Place of the column of that name, exactly or as names are compared (text.hpp, folded); -1 when there is
/// none.
[[nodiscard]] int columnOf(const std::vector<std::string>& names, const std::string& wanted);

/// The name, or with _2, _3 … behind it the first that is not among the folded ones `taken`, where it is put.
[[nodiscard]] std::string uniqueName(const std::string& name, std::set<std::string>& taken);

} // namespace layers
