#include "layers/dictionary_handle.hpp"

#include "layers/profile_texts.hpp"
#include "layers/text.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace layers {

namespace {

void addWord(const std::string& source, const std::string& ours, Dictionary& dictionary) {
    const auto [entry, isNew] = dictionary.words.emplace(folded(source), ours);
    if (!isNew && entry->second != ours) {
        dictionary.alternatives[entry->first].push_back(ours);
    }
}

/// The scalars of a list, or one scalar; anything else is a fault.
std::vector<std::string> scalars(const YAML::Node& node, yaml::Faults& faults) {
    std::vector<std::string> words;
    if (node.IsScalar()) {
        words.push_back(node.Scalar());
    } else if (node.IsSequence()) {
        for (const YAML::Node& item : node) {
            if (item.IsScalar()) {
                words.push_back(item.Scalar());
            } else {
                faults.add(item.Mark(), "此处应为文字 / a word is expected here");
            }
        }
    } else {
        faults.add(node.Mark(), "此处应为文字或文字列表 / a word or a list of words is expected here");
    }
    return words;
}

Dictionary parseDictionary(const BuiltInText& builtIn) {
    const std::string file = std::string(builtIn.name) + ".yaml";
    const auto documents = yaml::documents(std::string(builtIn.text), file);
    yaml::Faults faults(file);
    Dictionary dictionary;
    if (documents.size() != 1 || !documents.front().IsMap()) {
        throw Error(file + ": 词典应为单个文档 / a dictionary is one document");
    }
    for (const auto& entry : documents.front()) {
        const std::string key = entry.first.Scalar();
        if (key == "dictionary" && entry.second.IsScalar()) {
            dictionary.name = entry.second.Scalar();
        } else if (key == "words") {
            addWords(entry.second, dictionary, faults);
        } else if (key == "contains") {
            addContains(entry.second, dictionary, faults);
        } else {
            faults.add(entry.first.Mark(), fmt::format("词典没有“{0}”项 / a dictionary has no \"{0}\"", key));
        }
    }
    faults.throwIfAny();
    return dictionary;
}

const std::vector<Dictionary>& dictionaries() {
    static const std::vector<Dictionary> all = [] {
        std::vector<Dictionary> parsed;
        for (const BuiltInText& text : builtInDictionaries()) {
            parsed.push_back(parseDictionary(text));
        }
        return parsed;
    }();
    return all;
}

} // namespace

const Dictionary* findDictionary(const std::string& name) {
    const auto& all = dictionaries();
    const auto found =
        std::find_if(all.begin(), all.end(), [&](const Dictionary& d) { return d.name == name; });
    return found == all.end() ? nullptr : &*found;
}

std::vector<std::string> dictionaryNames() {
    std::vector<std::string> names;
    for (const Dictionary& dictionary : dictionaries()) {
        names.push_back(dictionary.name);
    }
    return names;
}

void addWords(const YAML::Node& node, Dictionary& dictionary, yaml::Faults& faults) {
    if (!node.IsMap()) {
        faults.add(node.Mark(),
                   "words 应为“我方用词: [来源用词, …]” / words maps our word to a list of source words");
        return;
    }
    for (const auto& entry : node) {
        const std::string ours = entry.first.IsScalar() ? entry.first.Scalar() : std::string();
        if (ours.empty()) {
            faults.add(entry.first.Mark(), "缺少我方用词 / our word is missing");
            continue;
        }
        addWord(ours, ours, dictionary);
        for (const std::string& source : scalars(entry.second, faults)) {
            addWord(source, ours, dictionary);
        }
    }
}

void addContains(const YAML::Node& node, Dictionary& dictionary, yaml::Faults& faults) {
    if (!node.IsSequence()) {
        faults.add(node.Mark(), "contains 应为列表，每项“- 我方用词: [文字, …]” / contains is a list of \"- "
                                "our word: [text, …]\"");
        return;
    }
    for (const YAML::Node& item : node) {
        if (!item.IsMap() || item.size() != 1) {
            faults.add(item.Mark(),
                       "此处应为“我方用词: [文字, …]” / \"our word: [text, …]\" is expected here");
            continue;
        }
        const auto entry = *item.begin();
        for (const std::string& part : scalars(entry.second, faults)) {
            if (folded(part).empty()) {
                faults.add(entry.second.Mark(), "空文字会匹配一切 / an empty text would match everything");
                continue;
            }
            dictionary.contains.emplace_back(folded(part), entry.first.Scalar());
        }
    }
}

} // namespace layers
