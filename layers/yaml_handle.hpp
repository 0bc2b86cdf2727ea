#pragma once

#include "layers/error.hpp"

#include <filesystem>
#include <string>
#include <vector>

#include <yaml-cpp/yaml.h>

/// What this floor's YAML files share: reading, and faults with line and column. Not a public header.
namespace layers::yaml {

/// Collects the faults of one file, so that a person sees all of them at once.
class Faults {
  public:
    explicit Faults(std::string file) : m_file(std::move(file)) {}
    /// Adds "file:line:column: text"; line and column count from 1.
    void add(const YAML::Mark& mark, const std::string& text);
    /// Throws layers::Error with every fault found, when there are any.
    void throwIfAny() const;

  private:
    std::string m_file;
    std::vector<std::string> m_lines;
};

/// The documents of a YAML text; a syntax fault throws layers::Error with line and column.
[[nodiscard]] std::vector<YAML::Node> documents(const std::string& text, const std::string& file);

/// The whole of a file; throws layers::Error when it cannot be read.
[[nodiscard]] std::string textOf(const std::filesystem::path& file);

/// "a, b, c", for messages that list what would have been right.
[[nodiscard]] std::string joined(const std::vector<std::string>& words);

} // namespace layers::yaml
