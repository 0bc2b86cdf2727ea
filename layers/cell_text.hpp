#pragma once

#include "layers/table.hpp"

#include <filesystem>
#include <string>

namespace layers {

/// A cell for people: real numbers with the column's decimals; empty cells are "".
[[nodiscard]] std::string cellText(const Column& column, const Value& value);

/// Writes a whole file at once; throws layers::Error naming it.
void writeWholeFile(const std::filesystem::path& file, const std::string& bytes);

} // namespace layers
