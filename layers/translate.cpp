#include "layers/dictionary_handle.hpp"
#include "layers/profile.hpp"
#include "layers/text.hpp"

#include <algorithm>
#include <array>

namespace layers {

namespace {

/// The names in a text that lists several: "采矿、道路" holds two.
std::vector<std::string_view> namesIn(std::string_view text) {
    constexpr std::array<std::string_view, 10> kMarks{"、", ",", ";", "/", "+", "(", ")", "。", "及", "\\"};
    std::vector<std::string_view> names;
    while (true) {
        std::size_t end = std::string_view::npos;
        std::size_t length = 0;
        for (const std::string_view mark : kMarks) {
            const std::size_t at = text.find(mark);
            if (at < end) {
                end = at;
                length = mark.size();
            }
        }
        names.push_back(text.substr(0, end));
        if (end == std::string_view::npos) {
            return names;
        }
        text.remove_prefix(end + length);
    }
}

/// Which entry of `contains` names the thing: the one that ends last (the head of a Chinese compound stands
/// last), and of those the longest.
std::optional<std::size_t> headOf(const ProfileField& field, std::string_view name) {
    std::optional<std::size_t> best;
    std::size_t bestEnd = 0;
    for (std::size_t i = 0; i < field.contains.size(); ++i) {
        const std::string& part = field.contains[i].first;
        const std::size_t at = name.rfind(part);
        if (at == std::string_view::npos) {
            continue;
        }
        const std::size_t end = at + part.size();
        if (!best || end > bestEnd || (end == bestEnd && part.size() > field.contains[*best].first.size())) {
            best = i;
            bestEnd = end;
        }
    }
    return best;
}

} // namespace

std::optional<Translation> translate(const ProfileField& field, std::string_view value) {
    const std::string plain = folded(value);
    if (plain.empty()) {
        return std::nullopt;
    }
    if (field.words.empty() && field.contains.empty()) {
        return Translation{trimmed(value), false, {}};
    }
    if (const auto word = field.words.find(plain); word != field.words.end()) {
        const auto others = field.alternatives.find(plain);
        return Translation{word->second, false,
                           others == field.alternatives.end() ? std::vector<std::string>{} : others->second};
    }
    std::vector<std::size_t> heads;
    for (const std::string_view name : namesIn(plain)) {
        if (const auto head = headOf(field, name)) {
            heads.push_back(*head);
        }
    }
    if (heads.empty()) {
        return std::nullopt;
    }
    std::sort(heads.begin(), heads.end());
    Translation result{field.contains[heads.front()].second, true, {}};
    for (const std::size_t head : heads) {
        const std::string& word = field.contains[head].second;
        if (word != result.word &&
            std::find(result.others.begin(), result.others.end(), word) == result.others.end()) {
            result.others.push_back(word);
        }
    }
    return result;
}

std::vector<std::string> dictionaryWords(const ProfileField& field) {
    std::vector<std::string> words;
    for (const auto& [source, ours] : field.words) {
        words.push_back(ours);
    }
    for (const auto& [part, ours] : field.contains) {
        words.push_back(ours);
    }
    std::sort(words.begin(), words.end());
    words.erase(std::unique(words.begin(), words.end()), words.end());
    return words;
}

ProfileField defaultField(Role role, std::string_view target) {
    ProfileField field;
    field.target = std::string(target);
    std::string name = field.target == "activity_detail" ? "activity" : field.target;
    if (role == Role::Water && name == "class") {
        name = "water_class";
    }
    if (const Dictionary* dictionary = findDictionary(name)) {
        field.words = dictionary->words;
        field.contains = dictionary->contains;
        field.alternatives = dictionary->alternatives;
    }
    return field;
}

std::string areaUnitOf(const ProfileField& field, std::string_view sourceField) {
    const std::string name = folded(sourceField);
    for (const auto& [word, unit] :
         {std::pair("公顷", "ha"), std::pair("HM2", "ha"), std::pair("HA", "ha"), std::pair("平方米", "m2"),
          std::pair("M2", "m2"), std::pair("亩", "mu")}) {
        if (name.ends_with(word) || name.ends_with(std::string(word) + ")")) {
            return unit;
        }
    }
    return field.unit;
}

std::string zoneClassOf(ZoneKind kind, std::string_view classWord, std::string_view typeWord) {
    if (kind == ZoneKind::RedLine) {
        return "红线"; // also where its functional zone says 非保护地: red line outside protected areas
    }
    if (classWord == kNoZoneClass) {
        return std::string(kNoZoneClass);
    }
    if (kind == ZoneKind::NaturePark) {
        return typeWord.empty() ? "自然公园" : std::string(typeWord);
    }
    return std::string(classWord);
}

} // namespace layers
