#include "layers/error.hpp"
#include "layers/record_mapping.hpp"
#include "layers/text.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>

namespace layers {

namespace {

constexpr const char* kBlank = "（空白 / blank）";

std::string listOf(const std::map<std::string, std::int64_t>& words) {
    constexpr std::size_t kShown = 30;
    std::string list;
    std::size_t shown = 0;
    for (const auto& [word, count] : words) {
        if (++shown > kShown) {
            return list + ", …";
        }
        list += fmt::format("{}“{}” ×{}", list.empty() ? "" : "、", word, count);
    }
    return list;
}

std::string listOf(const std::vector<std::string>& words) {
    return fmt::format("{}", fmt::join(words, "、"));
}

} // namespace

ZoneMapper::ZoneMapper(const FieldMapping& mapping, const ReadOptions& options)
    : m_mapping(mapping), m_options(options), m_kind(mapping.field("kind")), m_type(mapping.field("type")),
      m_class(mapping.field("class")), m_level(mapping.field("level")) {}

std::string ZoneMapper::wordOf(const WordCache& words, const std::vector<std::string>& values) {
    const Translation* meaning = words.field().isMapped() ? words.find(words.field().value(values)) : nullptr;
    return meaning == nullptr ? std::string() : meaning->word;
}

std::optional<ZoneKind> ZoneMapper::kindOf(const std::vector<std::string>& values) const {
    if (const auto byCode = zoneKindFromCode(trimmed(m_kind.field().value(values)))) {
        return byCode;
    }
    return zoneKindFromCode(wordOf(m_kind, values));
}

void ZoneMapper::learn(const std::vector<RawFeature>& features) {
    for (WordCache* words : {&m_kind, &m_type, &m_class, &m_level}) {
        words->learn(features);
    }
    const auto shown = [](std::string_view word) {
        const std::string text = trimmed(word);
        return text.empty() ? std::string(kBlank) : text;
    };
    for (const RawFeature& feature : features) {
        const std::string classWord = wordOf(m_class, feature.values);
        if (classWord == kNoZoneClass) {
            continue;
        }
        const std::optional<ZoneKind> kind = kindOf(feature.values);
        if (!kind) {
            ++m_unknownKinds[shown(m_kind.field().value(feature.values))];
        } else if (zoneClassOf(*kind, classWord, wordOf(m_type, feature.values)).empty()) {
            ++m_unknownClasses[shown(m_class.field().value(feature.values))];
        }
    }
}

void ZoneMapper::finish(const std::string& file) const {
    const std::string_view role = roleKey(m_options.role);
    if (!m_unknownKinds.empty()) {
        throw Error(
            fmt::format("{0}：管控区类型（kind）缺失或不认识：{1}；请用 --map {2}.kind=源字段 或 --map "
                        "{2}.kind=const:ECR|NR|NP|FJ|ZG|DWS 指定 / the "
                        "zones' kind is missing or unknown: {1}: give --map {2}.kind=SOURCE or const:CODE",
                        file, listOf(m_unknownKinds), role));
    }
    if (!m_unknownClasses.empty()) {
        const std::string source = m_class.field().source.empty() ? "-" : m_class.field().source;
        throw Error(fmt::format(
            "{0}：功能分区（class，源字段 {1}）缺失或不认识：{2}；认识的有：{3}；请用 --map {4}.class=源字段 "
            "或 const:值 指定，或在导入方案的 words 中补充 / "
            "zone classes (source field {1}) are missing or unknown: {2}; known are {3}: give --map "
            "{4}.class=SOURCE or const:VALUE, or add the words to a profile",
            file, source, listOf(m_unknownClasses), listOf(dictionaryWords(m_class.field().rule)), role));
    }
}

MappedRecord<Zone> ZoneMapper::map(RawFeature&& feature, geo::Shape shape) const {
    MappedRecord<Zone> result;
    const std::string classWord = wordOf(m_class, feature.values);
    const std::optional<ZoneKind> kind = kindOf(feature.values);
    if (classWord == kNoZoneClass) {
        Problem problem;
        problem.kind = ProblemKind::ZoneLeftOut;
        problem.severity = Severity::Info;
        problem.feature = feature.id;
        problem.field = m_class.field().source;
        problem.textZh = fmt::format("功能分区为“{}”的要素不是管控区", kNoZoneClass);
        problem.textEn = fmt::format("features of class \"{}\" are no zones", kNoZoneClass);
        problem.doneZh = "不作为管控区";
        problem.doneEn = "left out";
        result.problems.push_back(std::move(problem));
        return result;
    }
    if (!kind) {
        return result; // finish() tells
    }
    Zone zone;
    zone.role = m_options.role;
    zone.kind = *kind;
    zone.feature = feature.id;
    zone.id = idText(m_mapping.field("id"), feature.values);
    if (zone.id.empty()) {
        zone.id = std::to_string(feature.id);
    }
    zone.name = trimmed(m_mapping.field("name").value(feature.values));
    zone.originalClass = trimmed(m_class.field().value(feature.values));
    zone.zoneClass = zoneClassOf(*kind, classWord, wordOf(m_type, feature.values));
    const std::string level = trimmed(m_level.field().value(feature.values));
    zone.level = wordOf(m_level, feature.values);
    if (zone.level.empty() && !level.empty()) {
        zone.level = level;
        Problem problem;
        problem.kind = ProblemKind::ValueUnknown;
        problem.feature = feature.id;
        problem.field = m_level.field().source;
        problem.textZh = fmt::format("级别“{}”不在词典中", level);
        problem.textEn = fmt::format("the level \"{}\" is in no dictionary", level);
        problem.doneZh = "按原文保留";
        problem.doneEn = "kept as it is";
        result.problems.push_back(std::move(problem));
    }
    zone.version = trimmed(m_mapping.field("version").value(feature.values));
    zone.approval = trimmed(m_mapping.field("approval").value(feature.values));
    zone.approved = dateOf(m_mapping.field("approved"), feature, result.problems);
    zone.validFrom = dateOf(m_mapping.field("valid_from"), feature, result.problems);
    zone.validTo = dateOf(m_mapping.field("valid_to"), feature, result.problems);
    zone.shape = std::move(shape);
    result.record = std::move(zone);
    return result;
}

} // namespace layers
