#pragma once

#include "geo/datum_shift.hpp"
#include "layers/records.hpp"

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace layers {

/// One of our fields in a profile: which source fields may carry it, and how its words translate.
struct ProfileField {
    std::string target;                       ///< our name, one of profileTargets(role)
    std::vector<std::string> sources;         ///< source fields, tried in order, compared folded (text.hpp)
    std::map<std::string, std::string> words; ///< folded source word -> our word
    std::string constant;                     ///< used when no source field is there
    bool required = false;
    /// Folded parts of free text -> our word, the graver first; used when `words` has no answer.
    std::vector<std::pair<std::string, std::string>> contains;
    /// Words that may mean more than `words` says: the other meanings.
    std::map<std::string, std::vector<std::string>> alternatives;
    std::string unit; ///< of an area without a unit of its own: "m2", "ha", "mu", "km2"
};

/// 导入方案: how a source's fields become ours. YAML; shipped ones are built in, others are files.
struct ImportProfile {
    std::string name;
    std::string title;
    std::vector<Role> roles; ///< roles it serves
    std::vector<std::string>
        signature; ///< source fields that must all be there; "A|B": one of them is enough
    std::vector<ProfileField> fields;
    std::string encoding;       ///< the source's encoding, as --encoding would give it, or empty
    geo::DatumShift datum;      ///< `datum:` (seven parameters) or `plane:` (four), as --datum, --plane
    bool takesAnything = false; ///< generic: id from the feature, kind by role, class 未分区, activity A99
};

/// The shipped profiles, in the order in which they are tried; `generic` is last and only used when asked
/// for.
[[nodiscard]] const std::vector<ImportProfile>& shippedProfiles();
/// A shipped profile's name or a YAML file; throws layers::Error with line and column.
[[nodiscard]] ImportProfile loadProfile(const std::string& nameOrFile);
/// The same where a file or a family of shipped profiles holds several: "bench" is bench-changes,
/// bench-redline, …
[[nodiscard]] std::vector<ImportProfile> loadProfiles(const std::string& nameOrFile);

/// The profiles of a YAML text (one per document); `file` stands in the messages. Throws layers::Error naming
/// line and column of every fault.
[[nodiscard]] std::vector<ImportProfile> parseProfiles(const std::string& yaml, const std::string& file);

/// Our fields for a role, as --map and profiles name them: changes id batch activity activity_detail change
/// earlier later area note; zones id name kind type class level version approval approved valid_from
/// valid_to; admin code name city.
[[nodiscard]] const std::vector<std::string>& profileTargets(Role role);

/// True when the profile serves the role and every field of its signature is among `sourceFields`, or begins
/// with one of `cutFields`: names that the format may have cut (SourceField::isCut).
[[nodiscard]] bool profileFits(const ImportProfile& profile, Role role,
                               const std::vector<std::string>& sourceFields,
                               const std::vector<std::string>& cutFields = {});
/// True when a cut name may be the beginning of a longer one.
[[nodiscard]] bool mayBeCutFrom(std::string_view cut, std::string_view name);
/// Our fields that a cut name may stand for in a profile; none when one of its names is just that.
[[nodiscard]] std::vector<const ProfileField*> fieldsCutTo(const ImportProfile& profile,
                                                           std::string_view cut);
/// The profile's field of that name, or nothing.
[[nodiscard]] const ProfileField* profileField(const ImportProfile& profile, std::string_view target);

/// The field of a shipped profile of the role that a source field of this name fills, or nothing: what an
/// inspection guesses by.
[[nodiscard]] const ProfileField* shippedFieldFor(Role role, std::string_view sourceField);

/// What a source value means.
struct Translation {
    std::string word;                ///< our word
    bool byContainment = false;      ///< read out of free text, not a word of the dictionary
    std::vector<std::string> others; ///< other meanings the value may have, graver first
};
/// Our word for a source value: the dictionary's own words first, then the parts of free text. Where a text
/// names several things ("采矿、道路") the graver counts and the others are listed; within one name the last
/// part counts (景区停车场 is a car park). A field without a dictionary gives the trimmed value back. Nothing
/// for an unknown word and for an empty value.
[[nodiscard]] std::optional<Translation> translate(const ProfileField& field, std::string_view value);
/// Our words that the field's dictionary can give, each once, for messages that list candidates.
[[nodiscard]] std::vector<std::string> dictionaryWords(const ProfileField& field);
/// The dictionary that translates a target unless a profile says otherwise ("activity", "change", "level",
/// "class", "kind", "type"), for --map onto a field that the profile lacks; a field without words where there
/// is none.
[[nodiscard]] ProfileField defaultField(Role role, std::string_view target);

/// Unit for parseAreaM2: what the name of the source field says (面积(公顷), AREA_M2), else the field's;
/// empty when neither does (such areas are kept as text and compared with nothing).
[[nodiscard]] std::string areaUnitOf(const ProfileField& field, std::string_view sourceField);

/// A zone feature whose class word is this is no zone (a reserve layer's 非保护地 rows): left out with an
/// Info problem.
inline constexpr std::string_view kNoZoneClass = "非保护地";

/// Zone::zoneClass from the kind and the translated `class` and `type` words: 红线 for red lines; the park's
/// type (湿地公园, … else 自然公园) for nature parks, whose functional zones no rule names; the class word
/// for all others. Empty when the class word is missing where one is needed: an error or Problem for the
/// caller to tell.
[[nodiscard]] std::string zoneClassOf(ZoneKind kind, std::string_view classWord, std::string_view typeWord);

} // namespace layers
