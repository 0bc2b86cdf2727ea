#include "app/check/offices.hpp"

#include "app/check/rule_parser.hpp"
#include "app/check/yaml_handle.hpp"
#include "layers/error.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

namespace app {

namespace {

using Need = MapReader::Need;
using Section = std::pair<YAML::Node, YAML::Mark>;

constexpr std::string_view kFormat = "1";
constexpr std::size_t kCountyDigits = 6;

std::vector<std::string> namesOf(MapReader& reader, const std::string& key, Need need) {
    std::vector<std::string> names;
    for (PlacedText& name : reader.names(key, need, MapReader::Star::Refused)) {
        names.push_back(std::move(name.text));
    }
    return names;
}

/// Calls `read` with key and place of each entry of a map; others are told by its reader.
template <typename Read>
void forEachKey(const Section& section, const Read& read) {
    if (!section.first.IsMap()) {
        return;
    }
    for (const auto& pair : section.first) {
        if (pair.first.IsScalar()) {
            read(pair.first.Scalar(), pair.first.Mark());
        }
    }
}

bool isCountyCode(const std::string& code) {
    return code.size() == kCountyDigits &&
           std::all_of(code.begin(), code.end(), [](unsigned char c) { return std::isdigit(c) != 0; });
}

void readKinds(const Section& section, Offices& offices, FaultList& faults) {
    MapReader all(section.first, section.second, "kinds", faults);
    forEachKey(section, [&](const std::string& code, const YAML::Mark& mark) {
        const std::optional<layers::ZoneKind> kind = layers::zoneKindFromCode(code);
        if (!kind) {
            faults.error(mark, fmt::format("未知的管控区类型“{}”，可用：{}", code, knownKinds()),
                         fmt::format("unknown kind '{}', known: {}", code, knownKinds()));
        }
        if (const auto entry = all.field(code, Need::Required)) {
            MapReader reader(entry->first, entry->second, "kinds." + code, faults);
            Offices::OfKind ofKind{namesOf(reader, "leads", Need::Required),
                                   namesOf(reader, "partners", Need::Optional)};
            reader.finish();
            if (kind) {
                offices.kinds[*kind] = std::move(ofKind);
            }
        }
    });
    all.finish();
}

void readActivities(const Section& section, Offices& offices, FaultList& faults) {
    MapReader all(section.first, section.second, "activities", faults);
    forEachKey(section, [&](const std::string& code, const YAML::Mark& mark) {
        if (!defaultRules().activities.contains(code)) {
            faults.error(mark, fmt::format("未知的活动代码“{}”，应为 A01 … A99", code),
                         fmt::format("unknown activity code '{}', A01 … A99 is expected", code));
        }
        offices.activities[code] = namesOf(all, code, Need::Required);
    });
    all.finish();
}

void readTeams(const Section& section, Offices& offices, FaultList& faults) {
    MapReader all(section.first, section.second, "teams", faults);
    forEachKey(section, [&](const std::string& code, const YAML::Mark& mark) {
        if (!isCountyCode(code)) {
            faults.error(mark, fmt::format("县代码“{}”应为 6 位数字", code),
                         fmt::format("county code '{}': six digits are expected", code));
        }
        offices.teams[code] = all.text(code, Need::Required).value_or(PlacedText{}).text;
    });
    all.finish();
}

Offices read(const YAML::Node& root, FaultList& faults) {
    Offices offices;
    MapReader reader(root, root.Mark(), "offices", faults);
    if (!reader.isMap()) {
        return offices;
    }
    if (const auto format = reader.text("format", Need::Required); format && format->text != kFormat) {
        faults.error(format->mark, fmt::format("格式“{}”不受支持，应为 {}", format->text, kFormat),
                     fmt::format("unknown format '{}', {} is expected", format->text, kFormat));
    }
    offices.name = reader.text("name", Need::Required).value_or(PlacedText{}).text;
    if (const auto always = reader.field("always", Need::Required)) {
        MapReader each(always->first, always->second, "always", faults);
        offices.leads = namesOf(each, "leads", Need::Required);
        offices.firstPartners = namesOf(each, "first_partners", Need::Optional);
        offices.partners = namesOf(each, "partners", Need::Optional);
        each.finish();
    }
    if (const auto kinds = reader.field("kinds", Need::Optional)) {
        readKinds(*kinds, offices, faults);
    }
    if (const auto activities = reader.field("activities", Need::Optional)) {
        readActivities(*activities, offices, faults);
    }
    if (const auto teams = reader.field("teams", Need::Optional)) {
        readTeams(*teams, offices, faults);
    }
    reader.finish();
    return offices;
}

} // namespace

OfficesLoad parseOffices(std::string_view yaml) {
    return loadDocument(yaml, &OfficesLoad::offices, read);
}

const Offices& defaultOffices() {
    static const Offices offices = [] {
        OfficesLoad load = parseOffices(defaultOfficesText());
        if (!load.faults.empty()) {
            throw layers::Error(fmt::format("the built-in offices have a fault in line {}: {}",
                                            load.faults.front().line, load.faults.front().textEn));
        }
        return std::move(load.offices);
    }();
    return offices;
}

} // namespace app
