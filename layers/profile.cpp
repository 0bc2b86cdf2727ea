#include "layers/profile.hpp"

#include "layers/error.hpp"
#include "layers/profile_texts.hpp"
#include "layers/text.hpp"
#include "layers/yaml_handle.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace layers {

namespace {

std::vector<std::string> shippedNames() {
    std::vector<std::string> names;
    for (const ImportProfile& profile : shippedProfiles()) {
        names.push_back(profile.name);
    }
    return names;
}

/// One entry of a signature: "A|B" is there when A or B is.
bool isThere(const std::string& entry, const std::vector<std::string>& foldedFields,
             const std::vector<std::string>& cutFields) {
    std::string_view rest = entry;
    while (true) {
        const std::size_t bar = rest.find('|');
        const std::string wanted = folded(rest.substr(0, bar));
        if (std::find(foldedFields.begin(), foldedFields.end(), wanted) != foldedFields.end() ||
            std::any_of(cutFields.begin(), cutFields.end(),
                        [&](const std::string& cut) { return mayBeCutFrom(cut, wanted); })) {
            return true;
        }
        if (bar == std::string_view::npos) {
            return false;
        }
        rest.remove_prefix(bar + 1);
    }
}

} // namespace

const std::vector<ImportProfile>& shippedProfiles() {
    static const std::vector<ImportProfile> all = [] {
        std::vector<ImportProfile> parsed;
        for (const BuiltInText& builtIn : builtInProfiles()) {
            auto some = parseProfiles(std::string(builtIn.text), std::string(builtIn.name) + ".yaml");
            std::move(some.begin(), some.end(), std::back_inserter(parsed));
        }
        return parsed;
    }();
    return all;
}

std::vector<ImportProfile> loadProfiles(const std::string& nameOrFile) {
    std::vector<ImportProfile> found;
    for (const ImportProfile& profile : shippedProfiles()) {
        if (profile.name == nameOrFile) {
            return {profile};
        }
        if (profile.name.starts_with(nameOrFile + "-")) {
            found.push_back(profile);
        }
    }
    if (!found.empty()) {
        return found;
    }
    std::error_code ignored; // a name that cannot be a path is no file
    if (!std::filesystem::exists(nameOrFile, ignored)) {
        throw Error(fmt::format(
            "没有导入方案“{0}”：既不是内置方案（{1}），也没有这个文件 / no import profile \"{0}\": neither a "
            "shipped one ({1}) nor a file",
            nameOrFile, yaml::joined(shippedNames())));
    }
    return parseProfiles(yaml::textOf(nameOrFile), std::filesystem::path(nameOrFile).filename().string());
}

ImportProfile loadProfile(const std::string& nameOrFile) {
    auto profiles = loadProfiles(nameOrFile);
    if (profiles.size() != 1) {
        std::vector<std::string> names;
        names.reserve(profiles.size());
        for (const ImportProfile& profile : profiles) {
            names.push_back(profile.name);
        }
        throw Error(fmt::format(
            "“{0}”含多个导入方案，请指明其中一个：{1} / \"{0}\" holds several import profiles, name one: {1}",
            nameOrFile, yaml::joined(names)));
    }
    return std::move(profiles.front());
}

const std::vector<std::string>& profileTargets(Role role) {
    static const std::vector<std::string> changes{
        "id", "batch", "activity", "activity_detail", "change", "earlier", "later", "area", "note"};
    static const std::vector<std::string> zones{"id",       "name",       "kind",    "type",
                                                "class",    "level",      "version", "approval",
                                                "approved", "valid_from", "valid_to"};
    static const std::vector<std::string> admin{"code", "name", "city"};
    switch (role) {
    case Role::Changes:
        return changes;
    case Role::Admin:
        return admin;
    case Role::RedLine:
    case Role::Reserve:
    case Role::Water:
        break;
    }
    return zones;
}

bool mayBeCutFrom(std::string_view cut, std::string_view name) {
    const std::string start = folded(cut);
    const std::string whole = folded(name);
    return !start.empty() && whole.size() > start.size() && whole.starts_with(start);
}

std::vector<const ProfileField*> fieldsCutTo(const ImportProfile& profile, std::string_view cut) {
    std::vector<const ProfileField*> fields;
    for (const ProfileField& field : profile.fields) {
        const auto& names = field.sources;
        if (std::any_of(names.begin(), names.end(),
                        [&](const std::string& name) { return folded(name) == folded(cut); })) {
            return {};
        }
        if (std::any_of(names.begin(), names.end(),
                        [&](const std::string& name) { return mayBeCutFrom(cut, name); })) {
            fields.push_back(&field);
        }
    }
    return fields;
}

bool profileFits(const ImportProfile& profile, Role role, const std::vector<std::string>& sourceFields,
                 const std::vector<std::string>& cutFields) {
    if (std::find(profile.roles.begin(), profile.roles.end(), role) == profile.roles.end()) {
        return false;
    }
    if (profile.takesAnything) {
        return true;
    }
    std::vector<std::string> foldedFields;
    foldedFields.reserve(sourceFields.size());
    for (const std::string& field : sourceFields) {
        foldedFields.push_back(folded(field));
    }
    return std::all_of(profile.signature.begin(), profile.signature.end(),
                       [&](const std::string& entry) { return isThere(entry, foldedFields, cutFields); });
}

const ProfileField* shippedFieldFor(Role role, std::string_view sourceField) {
    for (const ImportProfile& profile : shippedProfiles()) {
        if (std::find(profile.roles.begin(), profile.roles.end(), role) == profile.roles.end()) {
            continue;
        }
        for (const ProfileField& field : profile.fields) {
            if (std::any_of(field.sources.begin(), field.sources.end(), [&](const std::string& source) {
                    return folded(source) == folded(sourceField);
                })) {
                return &field;
            }
        }
    }
    return nullptr;
}

const ProfileField* profileField(const ImportProfile& profile, std::string_view target) {
    const auto found = std::find_if(profile.fields.begin(), profile.fields.end(),
                                    [&](const ProfileField& field) { return field.target == target; });
    return found == profile.fields.end() ? nullptr : &*found;
}

} // namespace layers
