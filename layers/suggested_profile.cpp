#include "layers/inspection.hpp"
#include "layers/profile.hpp"

#include <algorithm>

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

const FieldInspection* carrierOf(const LayerInspection& inspection, const std::string& target) {
    const FieldInspection* best = nullptr;
    for (const FieldInspection& field : inspection.fields) {
        if (field.target == target && (best == nullptr || field.filled > best->filled)) {
            best = &field;
        }
    }
    return best;
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
    for (const std::string& target : profileTargets(role)) {
        const FieldInspection* field = carrierOf(inspection, target);
        if (field == nullptr) {
            fields += openLine(role, target);
            continue;
        }
        signature += (signature.empty() ? "" : ", ") + yamlText(field->name);
        const std::string dictionary = dictionaryOf(role, target);
        fields += fmt::format("  {}: {{from: {}{}}}{}\n", target, yamlText(field->name),
                              dictionary.empty() ? "" : ", dictionary: " + dictionary,
                              field->isGuess ? "   # 按名称推测，请核对 by its name, check it" : "");
        for (const auto& [word, count] : field->unknown) {
            fields +=
                fmt::format("  #   未识别 unknown: {} × {}   -> 加入 add words: {{我方词 OUR WORD: [{}]}}\n",
                            commented(word), count, commented(word));
        }
    }
    std::string unused;
    for (const FieldInspection& field : inspection.fields) {
        if (field.target.empty()) {
            unused += (unused.empty() ? "" : ", ") + commented(field.name);
        }
    }
    if (signature.empty() && !inspection.fields.empty()) {
        signature = yamlText(inspection.fields.front().name);
    }
    return fmt::format("# 由 inspect --suggest-profile 写出，请核对后使用（--profile 本文件）。"
                       "Written by inspect --suggest-profile: check it, then use it with --profile.\n"
                       "# 来源 source: {}（{}）；未使用的字段 fields not used: {}\n"
                       "profile: my-{}\n"
                       "title: {}\n"
                       "roles: [{}]\n"
                       "signature: [{}]\n"
                       "{}"
                       "fields:\n{}",
                       commented(inspection.file), commented(inspection.layer), unused.empty() ? "-" : unused,
                       roleKey(role), yamlText(inspection.file), roleKey(role), signature,
                       settledLines(options), fields);
}

} // namespace layers
