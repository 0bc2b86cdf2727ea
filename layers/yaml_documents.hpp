#pragma once

#include <optional>
#include <string>

namespace layers {

/// A place in a text, counted from 0.
struct TextPlace {
    int position = 0;
    int line = 0;
    int column = 0;
};

/// Where YAML::LoadAll of yaml-cpp up to 0.8 would add documents without end: at a flow sign (",") that
/// stands in place of a document (jbeder/yaml-cpp#1040). Nothing for a text that it reads or refuses by
/// itself.
[[nodiscard]] std::optional<TextPlace> endlessDocument(const std::string& text);

} // namespace layers
