#pragma once

#include "layers/records.hpp"

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace layers {

/// One of our fields in a profile: which source fields may carry it, and how its words translate.
struct ProfileField {
    std::string target;                       ///< our name: id, batch, activity, change, earlier, later, area, name, class, kind, …
    std::vector<std::string> sources;         ///< source fields, tried in order, compared without case
    std::map<std::string, std::string> words; ///< source word -> our word
    std::string constant;                     ///< used when no source field is there
    bool required = false;
};

/// 导入方案: how a source's fields become ours. YAML; shipped ones are built in, others are files.
struct ImportProfile {
    std::string name;
    std::string title;
    std::vector<Role> roles;            ///< roles it serves
    std::vector<std::string> signature; ///< source fields that must all be there for the profile to fit
    std::vector<ProfileField> fields;
    bool takesAnything = false;         ///< generic: id from the feature, kind by role, class 未分区, activity A99
};

/// The shipped profiles, in the order in which they are tried; `generic` is last and only used when asked for.
[[nodiscard]] const std::vector<ImportProfile>& shippedProfiles();
/// A shipped profile's name or a YAML file; throws layers::Error with line and column.
[[nodiscard]] ImportProfile loadProfile(const std::string& nameOrFile);

} // namespace layers
