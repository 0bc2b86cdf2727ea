#include "layers/datum_shift.hpp"
#include "layers/dictionary_handle.hpp"
#include "layers/encoding.hpp"
#include "layers/error.hpp"
#include "layers/profile.hpp"
#include "layers/text.hpp"
#include "layers/yaml_handle.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>

namespace layers {

namespace {

/// Reads one document into a profile and collects what is wrong with it.
class ProfileReader {
  public:
    explicit ProfileReader(yaml::Faults& faults) : m_faults(faults) {}
    ImportProfile read(const YAML::Node& document);

  private:
    void readEntry(const std::string& key, const YAML::Node& value);
    void readPosition(const std::string& key, const YAML::Node& value);
    void readFields(const YAML::Node& node);
    void readField(const YAML::Node& key, const YAML::Node& value);
    void readFieldEntry(const YAML::Node& key, const YAML::Node& value, ProfileField& field, Dictionary& own);
    void useDictionary(const YAML::Node& node, ProfileField& field);
    void checkWords(const YAML::Node& key, const ProfileField& field);
    void checkWhole(const YAML::Node& document);
    std::string scalar(const YAML::Node& node);
    std::vector<std::string> list(const YAML::Node& node);
    bool flag(const YAML::Node& node);

    yaml::Faults& m_faults;
    ImportProfile m_profile;
};

std::string ProfileReader::scalar(const YAML::Node& node) {
    if (node.IsScalar() && !trimmed(node.Scalar()).empty()) {
        return node.Scalar();
    }
    m_faults.add(node.Mark(), "此处应为文字 / a text is expected here");
    return {};
}

std::vector<std::string> ProfileReader::list(const YAML::Node& node) {
    std::vector<std::string> words;
    if (!node.IsSequence()) {
        words.push_back(scalar(node));
        return words;
    }
    for (const YAML::Node& item : node) {
        words.push_back(scalar(item));
    }
    return words;
}

bool ProfileReader::flag(const YAML::Node& node) {
    bool value = false;
    if (!node.IsScalar() || !YAML::convert<bool>::decode(node, value)) {
        m_faults.add(node.Mark(), "此处应为 true 或 false / true or false is expected here");
    }
    return value;
}

/// Every key once; a second one would win in silence.
void reportDoubles(const YAML::Node& map, yaml::Faults& faults) {
    std::set<std::string> seen;
    for (const auto& entry : map) {
        if (entry.first.IsScalar() && !seen.insert(entry.first.Scalar()).second) {
            faults.add(entry.first.Mark(),
                       fmt::format("“{0}”出现两次 / \"{0}\" stands twice", entry.first.Scalar()));
        }
    }
}

ImportProfile ProfileReader::read(const YAML::Node& document) {
    if (!document.IsMap()) {
        m_faults.add(document.Mark(), "导入方案应为“项: 值”的列表 / an import profile is a map");
        return m_profile;
    }
    reportDoubles(document, m_faults);
    if (document["roles"]) { // fields are checked against the roles
        for (const std::string& key : list(document["roles"])) {
            if (const auto role = roleFromKey(key)) {
                m_profile.roles.push_back(*role);
            } else {
                m_faults.add(
                    document["roles"].Mark(),
                    fmt::format(
                        "没有用途“{0}”，可用的有 / no role \"{0}\"; there are: changes, redline, reserve, "
                        "water, admin",
                        key));
            }
        }
    }
    for (const auto& entry : document) {
        if (!entry.first.IsScalar()) {
            m_faults.add(entry.first.Mark(), "此处应为项名 / a key is expected here");
            continue;
        }
        const std::string& key = entry.first.Scalar();
        static const std::set<std::string> known{"profile",        "title",    "roles", "signature", "fields",
                                                 "takes_anything", "encoding", "datum", "plane"};
        if (!known.contains(key)) {
            m_faults.add(
                entry.first.Mark(),
                fmt::format(
                    "导入方案没有“{0}”项，可用的有 / an import profile has no \"{0}\"; there are: {1}", key,
                    yaml::joined({known.begin(), known.end()})));
            continue;
        }
        readEntry(key, entry.second);
    }
    checkWhole(document);
    return std::move(m_profile);
}

void ProfileReader::readEntry(const std::string& key, const YAML::Node& value) {
    if (key == "profile") {
        m_profile.name = scalar(value);
    } else if (key == "title") {
        m_profile.title = scalar(value);
    } else if (key == "signature") {
        m_profile.signature = list(value);
    } else if (key == "takes_anything") {
        m_profile.takesAnything = flag(value);
    } else if (key == "fields") {
        readFields(value);
    } else if (key == "encoding" || key == "datum" || key == "plane") {
        readPosition(key, value);
    }
}

/// What a source's files do not say of themselves: encoding, parameters of the datum.
void ProfileReader::readPosition(const std::string& key, const YAML::Node& value) {
    const std::string text = scalar(value);
    if (key == "encoding") {
        m_profile.encoding = text;
        if (encodingFromName(text).empty()) {
            m_faults.add(value.Mark(),
                         fmt::format("不认识的编码“{0}” / \"{0}\" is no encoding: GBK, UTF-8, …", text));
        }
        return;
    }
    if (m_profile.datum.kind != geo::DatumShift::Kind::None) {
        m_faults.add(value.Mark(), "datum 和 plane 只能给出一个 / give datum or plane, not both");
    }
    try {
        m_profile.datum = key == "datum" ? parseSevenParameters(text) : parsePlaneParameters(text);
    } catch (const Error& e) {
        m_faults.add(value.Mark(), e.what());
    }
}

void ProfileReader::readFields(const YAML::Node& node) {
    if (!node.IsMap()) {
        m_faults.add(
            node.Mark(),
            "fields 应为“我方字段: {from: 来源字段}” / fields maps our field to {from: source field}");
        return;
    }
    reportDoubles(node, m_faults);
    for (const auto& entry : node) {
        readField(entry.first, entry.second);
    }
}

void ProfileReader::readField(const YAML::Node& key, const YAML::Node& value) {
    ProfileField field;
    field.target = scalar(key);
    for (const Role role : m_profile.roles) {
        const auto& targets = profileTargets(role);
        if (std::find(targets.begin(), targets.end(), field.target) == targets.end()) {
            m_faults.add(key.Mark(),
                         fmt::format("{0} 没有字段“{1}”，可用的有 / {0} has no field \"{1}\"; there are: {2}",
                                     roleKey(role), field.target, yaml::joined(targets)));
        }
    }
    Dictionary own;
    if (value.IsMap()) {
        reportDoubles(value, m_faults);
        for (const auto& entry : value) {
            readFieldEntry(entry.first, entry.second, field, own);
        }
    } else {
        field.sources = list(value); // short form: "name: 红线名称"
    }
    if (field.sources.empty() && field.constant.empty()) {
        m_faults.add(
            value.Mark(),
            fmt::format("字段“{0}”缺少 from 或 const / field \"{0}\" needs from or const", field.target));
    }
    // The profile's own words come before those of the dictionary.
    for (const auto& [source, ours] : field.words) {
        own.words.emplace(source, ours);
    }
    own.contains.insert(own.contains.end(), field.contains.begin(), field.contains.end());
    field.words = std::move(own.words);
    field.contains = std::move(own.contains);
    field.alternatives.insert(own.alternatives.begin(), own.alternatives.end());
    checkWords(key, field);
    m_profile.fields.push_back(std::move(field));
}

void ProfileReader::readFieldEntry(const YAML::Node& key, const YAML::Node& value, ProfileField& field,
                                   Dictionary& own) {
    const std::string name = scalar(key);
    if (name == "from") {
        field.sources = list(value);
    } else if (name == "const") {
        field.constant = scalar(value);
    } else if (name == "required") {
        field.required = flag(value);
    } else if (name == "dictionary") {
        useDictionary(value, field);
    } else if (name == "words") {
        addWords(value, own, m_faults);
    } else if (name == "contains") {
        addContains(value, own, m_faults);
    } else if (name == "unit") {
        field.unit = scalar(value);
        if (!isAreaUnit(field.unit)) {
            m_faults.add(
                value.Mark(),
                fmt::format("没有面积单位“{0}” / no unit of area \"{0}\": m2, ha, mu, km2", field.unit));
        }
    } else {
        m_faults.add(
            key.Mark(),
            fmt::format(
                "字段没有“{0}”项，可用的有 / a field has no \"{0}\"; there are: from, const, required, "
                "dictionary, words, contains, unit",
                name));
    }
}

void ProfileReader::useDictionary(const YAML::Node& node, ProfileField& field) {
    const std::string name = scalar(node);
    const Dictionary* dictionary = findDictionary(name);
    if (dictionary == nullptr) {
        m_faults.add(node.Mark(),
                     fmt::format("没有词典“{0}”，可用的有 / no dictionary \"{0}\"; there are: {1}", name,
                                 yaml::joined(dictionaryNames())));
        return;
    }
    field.words = dictionary->words;
    field.contains = dictionary->contains;
    field.alternatives = dictionary->alternatives;
}

bool isActivityCode(std::string_view word) {
    constexpr int kLastActivity = 14;
    const auto number = word.size() == 3 && word.front() == 'A' ? parseNumber(word.substr(1)) : std::nullopt;
    return word == "A99" || (number && *number >= 1 && *number <= kLastActivity);
}

/// Our words have to be words that the rest of the program knows.
void ProfileReader::checkWords(const YAML::Node& key, const ProfileField& field) {
    std::vector<std::string> words = dictionaryWords(field);
    if (!field.constant.empty()) {
        const auto known = field.words.find(folded(field.constant));
        words.push_back(known == field.words.end() ? field.constant : known->second);
    }
    for (const std::string& word : words) {
        const bool good = field.target == "kind"     ? zoneKindFromCode(word).has_value()
                          : field.target == "change" ? changeFromKey(word).has_value()
                          : field.target == "activity" || field.target == "activity_detail"
                              ? isActivityCode(word)
                              : true;
        if (!good) {
            m_faults.add(
                key.Mark(),
                fmt::format("“{1}”不是 {0} 可用的值 / \"{1}\" is no value of {0} (kind: NP NR FJ ZG ECR DWS; "
                            "activity: A01 … A14, A99; change: new grown reduced unchanged unknown)",
                            field.target, word));
        }
    }
}

void ProfileReader::checkWhole(const YAML::Node& document) {
    if (m_profile.name.empty()) {
        m_faults.add(document.Mark(), "缺少 profile（方案名称）/ profile (the name) is missing");
    }
    if (!document["roles"]) {
        m_faults.add(document.Mark(), "缺少 roles（用途）/ roles is missing");
    }
    if (!document["fields"]) {
        m_faults.add(document.Mark(), "缺少 fields（字段）/ fields is missing");
    }
    if (m_profile.signature.empty() && !m_profile.takesAnything) {
        m_faults.add(
            document.Mark(),
            "缺少 signature（据以识别的来源字段）/ signature (source fields to know the data by) is missing");
    }
}

} // namespace

std::vector<ImportProfile> parseProfiles(const std::string& yaml, const std::string& file) {
    const auto documents = yaml::documents(yaml, file);
    yaml::Faults faults(file);
    std::vector<ImportProfile> profiles;
    std::set<std::string> names;
    for (const YAML::Node& document : documents) {
        ProfileReader reader(faults);
        profiles.push_back(reader.read(document));
        if (!names.insert(profiles.back().name).second) {
            faults.add(document.Mark(), fmt::format("方案名称“{0}”重复 / two profiles are named \"{0}\"",
                                                    profiles.back().name));
        }
    }
    if (profiles.empty()) {
        throw Error(file + ": 文件中没有导入方案 / no import profile in the file");
    }
    faults.throwIfAny();
    return profiles;
}

} // namespace layers
