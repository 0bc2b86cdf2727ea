#include "app/check/rules.hpp"

#include "app/check/configuration.hpp"
#include "app/check/rule_checks.hpp"
#include "app/check/rule_parser.hpp"
#include "layers/error.hpp"
#include "layers/sha256.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace app {

namespace {

bool isUpper(char c) {
    return c >= 'A' && c <= 'Z';
}
bool isDigit(char c) {
    return c >= '0' && c <= '9';
}
bool isWordByte(char c) {
    return isUpper(c) || isDigit(c) || (c >= 'a' && c <= 'z');
}

/// A word that has the form of an instrument key: TL2026, ZRGY.
bool isKey(std::string_view word) {
    return word.size() >= 2 && isUpper(word[0]) && isUpper(word[1]) &&
           std::all_of(word.begin(), word.end(), [](char c) { return isUpper(c) || isDigit(c); });
}

/// Calls `visit` with each word of ASCII letters and digits, and with the text between words.
template <typename Visit>
void forEachWord(std::string_view text, const Visit& visit) {
    for (std::size_t begin = 0; begin < text.size();) {
        const bool word = isWordByte(text[begin]);
        const auto* const end =
            std::find_if(text.begin() + begin, text.end(), [word](char c) { return isWordByte(c) != word; });
        const auto length = static_cast<std::size_t>(end - (text.begin() + begin));
        visit(text.substr(begin, length));
        begin += length;
    }
}

} // namespace

const std::string& RuleSet::parentOf(layers::ZoneKind kind, const std::string& zoneClass) const {
    static const std::string none;
    const auto ofKind = classes.find(kind);
    if (ofKind == classes.end()) {
        return none;
    }
    const auto found = std::find_if(ofKind->second.begin(), ofKind->second.end(),
                                    [&](const ZoneClass& each) { return each.name == zoneClass; });
    return found == ofKind->second.end() ? none : found->parent;
}

bool RuleLoad::usable() const {
    return std::none_of(faults.begin(), faults.end(),
                        [](const RuleFault& fault) { return fault.severity == layers::Severity::Error; });
}

RuleLoad parseRules(std::string_view yaml, const std::string& fileName) {
    const std::string sha256 = layers::sha256OfText(yaml);
    yaml = withoutByteOrderMark(yaml);
    RuleLoad load;
    FaultList faults(yaml);
    if (const std::optional<YAML::Node> document = documentOf(yaml, faults)) {
        RuleParser parser(faults);
        load.rules = parser.parse(*document);
        if (!faults.hasErrors()) {
            checkRows(load.rules, parser.ruleMarks(), faults);
        }
    }
    load.rules.fileName = fileName;
    load.rules.sha256 = sha256;
    load.faults = faults.take();
    return load;
}

RuleLoad readRules(const std::filesystem::path& file) {
    return parseRules(configurationText(file), file.filename().string());
}

RuleSet loadRules(const std::filesystem::path& file) {
    return usableRules(configurationText(file), file.filename().string());
}

const RuleSet& defaultRules() {
    static const RuleSet rules = [] {
        RuleLoad load = parseRules(defaultRulesText(), "default");
        if (!load.usable()) {
            throw layers::Error(fmt::format("the built-in rule set has a fault in line {}: {}",
                                            load.faults.front().line, load.faults.front().textEn));
        }
        return std::move(load.rules);
    }();
    return rules;
}

std::vector<std::string> instrumentKeys(std::string_view basis) {
    std::vector<std::string> keys;
    forEachWord(basis, [&](std::string_view word) {
        if (isKey(word)) {
            keys.emplace_back(word);
        }
    });
    return keys;
}

std::string printedBasis(const RuleSet& rules, std::string_view basis) {
    std::string printed;
    bool afterKey = false;
    forEachWord(basis, [&](std::string_view word) {
        const auto instrument =
            isKey(word) ? rules.instruments.find(std::string(word)) : rules.instruments.end();
        if (instrument != rules.instruments.end()) {
            printed += instrument->second.printed;
            afterKey = true;
            return;
        }
        // The space that parts key and article in the file is not printed:
        // 《自然保护区条例》(2026)第二十六条.
        if (afterKey && word.starts_with(' ')) {
            word.remove_prefix(1);
        }
        printed += word;
        afterKey = false;
    });
    return printed;
}

} // namespace app
