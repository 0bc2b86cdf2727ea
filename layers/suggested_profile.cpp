#include "layers/inspection.hpp"
#include "layers/profile.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>

namespace layers {

namespace {

/// A YAML scalar in double quotes: names of fields may hold anything.
std::string yamlText(std::string_view text) {
    std::string out = "\"";
    constexpr unsigned char kFirstPrintable = 0x20;
    for (const char c : text) {
        if (c == '"' || c == '\\') {
            out += '\\';
            out += c;
        } else if (static_cast<unsigned char>(c) < kFirstPrintable) {
            out += fmt::format("\\x{:02x}", static_cast<unsigned char>(c));
        } else {
            out += c;
        }
    }
    return out + '"';
}

/// Name of the dictionary that translates a target of the role, or empty.
std::string dictionaryOf(Role role, const std::string& target) {
    const ProfileField field = defaultField(role, target);
    if (field.words.empty() && field.contains.empty()) {
        return {};
    }
    if (target == "activity_detail") {
        return "activity";
    }
    return role == Role::Water && target == "class" ? "water_class" : target;
}

/// Where a target comes from in the suggestion.
struct Carrier {
    std::string source; ///< source field, or empty
    bool isGuess = false;
    std::vector<std::string> others; ///< fields whose names would do as well
};

const FieldInspection* fieldNamed(const LayerInspection& inspection, const std::string& name) {
    const auto found = std::find_if(inspection.fields.begin(), inspection.fields.end(),
                                    [&](const FieldInspection& field) { return field.name == name; });
    return found == inspection.fields.end() ? nullptr : &*found;
}

/// As the layer was read, where it could be; else by the names of fields, the fullest one.
Carrier carrierOf(const LayerInspection& inspection, const std::string& target) {
    Carrier carrier;
    for (const auto& [to, from] : inspection.report.mapping) {
        if (to == target && fieldNamed(inspection, from) != nullptr) {
            carrier.source = from;
        }
    }
    const bool isRead = !carrier.source.empty();
    const FieldInspection* best = isRead ? fieldNamed(inspection, carrier.source) : nullptr;
    for (const FieldInspection& field : inspection.fields) {
        const ProfileField* known = shippedFieldFor(inspection.role, field.name);
        if (known == nullptr || known->target != target || field.name == carrier.source) {
            continue;
        }
        carrier.others.push_back(field.name);
        if (!isRead && (best == nullptr || field.filled > best->filled)) {
            best = &field;
        }
    }
    if (!isRead && best != nullptr) {
        carrier.source = best->name;
        carrier.isGuess = true;
        std::erase(carrier.others, best->name);
    }
    return carrier;
}

/// Unit of an area without one in its field's name: as the profile says that the layer was read by, or the
/// shipped one that knows the name.
std::string unitOf(const LayerInspection& inspection, const ReadOptions& options, const std::string& source) {
    const auto unitIn = [&](const ImportProfile& profile) {
        const ProfileField* field = profileField(profile, "area");
        return field == nullptr ? std::string() : field->unit;
    };
    for (const ImportProfile* profile : options.profiles) {
        if (profile->name == inspection.report.profile) {
            return unitIn(*profile);
        }
    }
    for (const ImportProfile& profile : shippedProfiles()) {
        if (profile.name == inspection.report.profile) {
            return unitIn(profile);
        }
    }
    const ProfileField* known = shippedFieldFor(inspection.role, source);
    return known == nullptr ? std::string() : known->unit;
}

std::string kindOf(Role role) {
    return role == Role::RedLine ? "ECR" : role == Role::Water ? "DWS" : "NR";
}

/// A line for a target that no field fills.
std::string openLine(Role role, const std::string& target) {
    if (target == "kind" && (role == Role::RedLine || role == Role::Water)) {
        return fmt::format("  kind: {{const: {}}}\n", kindOf(role));
    }
    if (target == "kind") {
        return "  # kind: {const: NR}   # NP|NR|FJ|ZG, or {from: 字段 FIELD, dictionary: kind}\n";
    }
    return fmt::format("  # {}: {{from: 字段 FIELD}}\n", target);
}

/// What of a word a comment of one line can hold.
std::string commented(std::string_view text) {
    std::string out(text);
    std::replace_if(
        out.begin(), out.end(), [](char c) { return c == '\n' || c == '\r'; }, ' ');
    return out;
}

/// What the user settled and no file of this source says.
std::string settledLines(const ReadOptions& options) {
    std::string lines;
    if (!options.encoding.empty()) {
        lines += fmt::format("encoding: {}\n", yamlText(options.encoding));
    }
    const geo::DatumShift& datum = options.positions.datum;
    constexpr std::ptrdiff_t kOfPlane = 4;
    if (datum.kind == geo::DatumShift::Kind::Seven) {
        lines += fmt::format("datum: \"{}\"\n", fmt::join(datum.parameters, ","));
    } else if (datum.kind == geo::DatumShift::Kind::Plane) {
        lines += fmt::format("plane: \"{}\"\n",
                             fmt::join(datum.parameters.begin(), datum.parameters.begin() + kOfPlane, ","));
    }
    return lines;
}

} // namespace

std::string suggestedProfile(const LayerInspection& inspection, const ReadOptions& options) {
    const Role role = inspection.role;
    std::string signature;
    std::string fields;
    std::set<std::string> used;
    for (const std::string& target : profileTargets(role)) {
        const Carrier carrier = carrierOf(inspection, target);
        if (carrier.source.empty()) {
            fields += openLine(role, target);
            continue;
        }
        const std::string quoted = yamlText(carrier.source);
        if (used.insert(carrier.source).second) {
            signature += (signature.empty() ? "" : ", ") + quoted;
        }
        const std::string dictionary = dictionaryOf(role, target);
        const std::string unit = target == "area" ? unitOf(inspection, options, carrier.source) : "";
        fields += fmt::format("  {}: {{from: {}{}{}}}{}\n", target, quoted,
                              dictionary.empty() ? "" : ", dictionary: " + dictionary,
                              unit.empty() ? "" : ", unit: " + unit,
                              carrier.isGuess ? "   # 按名称推测，请核对 by its name, check it" : "");
        if (!carrier.others.empty()) {
            fields += fmt::format("  #   按名称也可能是 by name perhaps: {}\n",
                                  commented(fmt::format("{}", fmt::join(carrier.others, ", "))));
        }
        const FieldInspection* field = fieldNamed(inspection, carrier.source);
        if (field->target != target) {
            continue; // words are told with the target that the inspection looked at
        }
        for (const auto& [word, count] : field->unknown) {
            fields +=
                fmt::format("  #   未识别 unknown: {} × {}   -> 加入 add words: {{我方词 OUR WORD: [{}]}}\n",
                            commented(word), count, commented(word));
        }
    }
    std::string places; // of a table; profiles do not hold them
    for (const auto& [to, from] : inspection.report.mapping) {
        if (to == "lon" || to == "lat" || to == "xy" || to == "wkt") {
            places += fmt::format(" --map {}.{}={}", roleKey(role), to, commented(from));
        }
    }
    std::string unused;
    for (const FieldInspection& field : inspection.fields) {
        if (!used.contains(field.name)) {
            unused += (unused.empty() ? "" : ", ") + commented(field.name);
        }
    }
    if (signature.empty() && !inspection.fields.empty()) {
        signature = yamlText(inspection.fields.front().name);
    }
    return fmt::format(
        "# 由 inspect --suggest-profile 写出，请核对后使用（--profile 本文件）。"
        "Written by inspect --suggest-profile: check it, then use it with --profile.\n"
        "# 来源 source: {}（{}）；未使用的字段 fields not used: {}\n"
        "{}"
        "profile: my-{}\n"
        "title: {}\n"
        "roles: [{}]\n"
        "signature: [{}]\n"
        "{}"
        "fields:\n{}",
        commented(inspection.file), commented(inspection.layer), unused.empty() ? "-" : unused,
        places.empty() ? ""
                       : "# 坐标列用选项指明 name the columns of coordinates by options:" + places + "\n",
        roleKey(role), yamlText(inspection.file), roleKey(role), signature, settledLines(options), fields);
}

} // namespace layers
