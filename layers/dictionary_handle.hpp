#pragma once

#include "layers/profile.hpp"
#include "layers/yaml_handle.hpp"

#include <map>
#include <string>
#include <utility>
#include <vector>

/// Dictionaries of source words; profiles name them. Not a public header.
namespace layers {

/// Words of one matter (activity, class, …) and what they mean.
struct Dictionary {
    std::string name;
    std::map<std::string, std::string> words;
    std::vector<std::pair<std::string, std::string>> contains;
    std::map<std::string, std::vector<std::string>> alternatives;
};

/// A shipped dictionary, or nothing.
[[nodiscard]] const Dictionary* findDictionary(const std::string& name);
[[nodiscard]] std::vector<std::string> dictionaryNames();

/// Reads a map of our words to lists of source words into a dictionary; a word that stands twice keeps its
/// first meaning, the other is an alternative. Our words translate to themselves.
void addWords(const YAML::Node& node, Dictionary& dictionary, yaml::Faults& faults);
/// Reads a list of one-entry maps, our word to parts of text, in order.
void addContains(const YAML::Node& node, Dictionary& dictionary, yaml::Faults& faults);

} // namespace layers
