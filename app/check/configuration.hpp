#pragma once

#include "app/check/rules.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace app {

/// The text of a YAML file that configures us (rules, offices, the life of cases, forms), at most 1 MB.
/// Throws layers::Error when it cannot be read.
[[nodiscard]] std::string configurationText(const std::filesystem::path& file);

/// Throws layers::Error that lists line and column of every fault that is an error; warnings pass.
/// @param name the file as people know it
void refuseFaults(const std::string& name, const std::vector<RuleFault>& faults);

/// The rule set of a text that a file held, checked whole. Throws layers::Error as refuseFaults does.
[[nodiscard]] RuleSet usableRules(std::string_view text, const std::string& name);

} // namespace app
