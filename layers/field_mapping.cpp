#include "layers/field_mapping.hpp"

#include "layers/column_names.hpp"
#include "layers/coordinate_columns.hpp"
#include "layers/error.hpp"
#include "layers/text.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>

namespace layers {

namespace {

constexpr std::string_view kConst = "const:";

std::string listOf(const std::vector<std::string>& names) {
    std::string list;
    for (const std::string& name : names) {
        list += (list.empty() ? "" : ", ") + name;
    }
    return list.empty() ? "-" : list;
}

/// Slots of the source fields that a name means.
std::vector<int> slotsOf(const SourceInfo& source, const std::string& name) {
    std::vector<int> slots;
    const std::string wanted = folded(name);
    for (std::size_t n = 0; n < source.fields.size(); ++n) {
        if (source.fields[n].name == name) {
            return {static_cast<int>(n)};
        }
        if (folded(source.fields[n].name) == wanted) {
            slots.push_back(static_cast<int>(n));
        }
    }
    return slots;
}

/// Slots of fields whose name may be this one, cut, and no other field's of the profile.
std::vector<int> slotsCutFrom(const SourceInfo& source, const std::string& name,
                              const ImportProfile& profile) {
    std::vector<int> slots;
    for (std::size_t n = 0; n < source.fields.size(); ++n) {
        const SourceField& field = source.fields[n];
        if (field.isCut && mayBeCutFrom(field.name, name) && fieldsCutTo(profile, field.name).size() == 1) {
            slots.push_back(static_cast<int>(n));
        }
    }
    return slots;
}

/// Profiles of the user's that fit (the first), else the shipped ones with the longest signature.
std::vector<const ImportProfile*> fittingProfiles(const std::vector<std::string>& names,
                                                  const std::vector<std::string>& cut,
                                                  const ReadOptions& options) {
    for (const ImportProfile* profile : options.profiles) {
        if (profileFits(*profile, options.role, names, cut)) {
            return {profile};
        }
    }
    std::vector<const ImportProfile*> fitting;
    for (const ImportProfile& profile : shippedProfiles()) {
        if (profile.takesAnything || !profileFits(profile, options.role, names, cut)) {
            continue;
        }
        if (!fitting.empty() && fitting.front()->signature.size() > profile.signature.size()) {
            continue;
        }
        if (!fitting.empty() && fitting.front()->signature.size() < profile.signature.size()) {
            fitting.clear();
        }
        fitting.push_back(&profile);
    }
    return fitting;
}

const ImportProfile* chosenProfile(const SourceInfo& source, const ReadOptions& options,
                                   const std::string& file) {
    const std::vector<std::string> names = fieldNames(source.fields);
    std::vector<const ImportProfile*> fitting = fittingProfiles(names, {}, options);
    if (fitting.empty()) {
        fitting = fittingProfiles(names, cutFieldNames(source.fields), options);
    }
    if (fitting.size() > 1) {
        std::vector<std::string> candidates;
        candidates.reserve(fitting.size());
        for (const ImportProfile* profile : fitting) {
            candidates.push_back(profile->name + "（" + profile->title + "）");
        }
        throw Error(fmt::format("{0}：有多个导入方案同样适合（{1}），请用 --profile 指明 / several import "
                                "profiles fit equally ({1}): name one with "
                                "--profile",
                                file, listOf(candidates)));
    }
    return fitting.empty() ? nullptr : fitting.front();
}

} // namespace

FieldMapping::FieldMapping(const SourceInfo& source, const ReadOptions& options, const std::string& file,
                           ProblemLog& log) {
    const std::vector<std::string>& targets = profileTargets(options.role);
    const std::vector<std::string>& places = coordinateTargets();
    bool hasFields = false; // --map names a field, not only where the coordinates stand
    for (const auto& [target, from] : options.mapping) {
        const bool isPlace = std::find(places.begin(), places.end(), target) != places.end();
        hasFields = hasFields || !isPlace;
        if (isPlace && source.places.empty()) {
            throw Error(
                fmt::format("{0}：--map {1}.{2}：只有表格（CSV、XLSX）的坐标列可以指定 / only tables (CSV, "
                            "XLSX) have columns of coordinates",
                            file, roleKey(options.role), target));
        }
        if (!isPlace && std::find(targets.begin(), targets.end(), target) == targets.end()) {
            throw Error(
                fmt::format("--map {0}.{1}：没有字段“{1}”，可用：{2} / no field \"{1}\"; there are: {2}",
                            roleKey(options.role), target, listOf(targets)));
        }
    }
    const ImportProfile* profile = chosenProfile(source, options, file);
    if (profile == nullptr && !hasFields) {
        throw Error(fmt::format(
            "{0}：没有适合的导入方案（角色 {1}，字段：{2}），请用 --map {1}.字段=源字段 或 --profile "
            "方案文件 指定，或 --profile generic 原样导入 / no "
            "import profile fits (role {1}, fields: {2}): give --map {1}.FIELD=SOURCE, --profile FILE, or "
            "--profile generic to take the layer as it is",
            file, roleKey(options.role), listOf(fieldNames(source.fields))));
    }
    m_profile = profile == nullptr ? "--map" : profile->name;
    m_generic = profile != nullptr && profile->takesAnything;
    m_fields.reserve(targets.size());
    for (const std::string& target : targets) {
        addField(target, source, options, profile, file, log);
    }
    if (profile != nullptr) {
        noteCutNames(source, options, *profile, log);
    }
    if (m_generic) {
        fillGeneric(source, options, log);
    }
    if (profile == nullptr) {
        noteLeftOut(source, options, log);
    }
}

/// Names that the format cut: which field was found by one, or that it may be several and is none.
void FieldMapping::noteCutNames(const SourceInfo& source, const ReadOptions& options,
                                const ImportProfile& profile, ProblemLog& log) const {
    for (const SourceField& field : source.fields) {
        const auto meant =
            field.isCut ? fieldsCutTo(profile, field.name) : std::vector<const ProfileField*>{};
        std::string targets;
        bool isUsed = false;
        bool isOpen = false;
        for (const ProfileField* each : meant) {
            const MappedField& mapped = this->field(each->target);
            isUsed = isUsed || mapped.source == field.name;
            isOpen = isOpen || !mapped.isMapped();
            targets += (targets.empty() ? "" : ", ") + each->target;
        }
        if (!isUsed && !isOpen) {
            continue;
        }
        Problem problem = makeProblem(
            ProblemKind::FieldAmbiguous, isUsed ? Severity::Info : Severity::Warning,
            {fmt::format("字段名“{}”被格式截断（Shapefile 字段名至多 10 字节）", field.name),
             fmt::format("the field name \"{}\" was cut by the format (Shapefiles have 10 bytes)",
                         field.name)},
            isUsed ? BothLanguages{fmt::format("按开头相同的字段名识别为 {}", targets),
                                   fmt::format("taken as {}, whose name begins so", targets)}
                   : BothLanguages{fmt::format("可能是 {}，不读取；请用 --map {}.字段={} 指明", targets,
                                               roleKey(options.role), field.name),
                                   fmt::format("may be {}, and is not read: say it with --map {}.FIELD={}",
                                               targets, roleKey(options.role), field.name)});
        problem.field = field.name;
        log.add(std::move(problem));
    }
}

/// Without a profile only what --map names is read. Fields of well-known names that stay unread are told, for
/// a lost id or date is not seen in the list.
void FieldMapping::noteLeftOut(const SourceInfo& source, const ReadOptions& options, ProblemLog& log) const {
    std::string proposed;
    std::set<std::string> targets;
    for (const SourceField& field : source.fields) {
        const ProfileField* known = shippedFieldFor(options.role, field.name);
        const bool isOpen = known != nullptr && !this->field(known->target).isMapped();
        if (isOpen && targets.insert(known->target).second) {
            proposed += fmt::format(" --map {}.{}={}", roleKey(options.role), known->target, field.name);
        }
    }
    if (targets.empty()) {
        return;
    }
    Problem problem = makeProblem(
        ProblemKind::FieldMissing, Severity::Warning,
        {fmt::format("没有适合的导入方案，只读取 --map 指明的字段；按名称还可能是：{}", proposed),
         fmt::format("no import profile fits, so that only what --map names is read; by their names perhaps "
                     "also:{}",
                     proposed)},
        {"这些字段不读取；请补上 --map，或用 inspect --suggest-profile 写出导入方案",
         "these fields are not read: add --map, or let inspect --suggest-profile write a profile"});
    problem.count = static_cast<std::int64_t>(targets.size());
    log.add(std::move(problem));
}

void FieldMapping::addField(const std::string& target, const SourceInfo& source, const ReadOptions& options,
                            const ImportProfile* profile, const std::string& file, ProblemLog& log) {
    const ProfileField* rule = profile == nullptr ? nullptr : profileField(*profile, target);
    MappedField& field = m_fields.emplace_back();
    field.rule = rule != nullptr ? *rule : defaultField(options.role, target);
    field.rule.target = target;
    std::vector<std::string> wanted = rule == nullptr ? std::vector<std::string>() : rule->sources;
    const auto given = options.mapping.find(target);
    if (given != options.mapping.end()) {
        if (given->second.starts_with(kConst)) {
            field.rule.constant = given->second.substr(kConst.size());
            field.isConstant = true;
            field.source = given->second;
            return;
        }
        wanted = {given->second};
        if (slotsOf(source, given->second).empty()) {
            throw Error(fmt::format("{0}：--map {1}.{2}={3}：没有源字段“{3}”，现有：{4} / no source field "
                                    "\"{3}\"; there are: {4}",
                                    file, roleKey(options.role), target, given->second,
                                    listOf(fieldNames(source.fields))));
        }
    }
    std::vector<std::string> others;
    for (const std::string& name : wanted) {
        std::vector<int> slots = slotsOf(source, name);
        if (slots.empty() && profile != nullptr && given == options.mapping.end()) {
            slots = slotsCutFrom(source, name, *profile);
        }
        if (slots.size() > 1) {
            throw Error(fmt::format("{0}：字段 {1} 有多个同样适合的源字段（{2}），请用 --map {3}.{1}=源字段 "
                                    "指明 / several source fields fit {1} equally ({2}): "
                                    "name one with --map {3}.{1}=SOURCE",
                                    file, target,
                                    source.fields[static_cast<std::size_t>(slots[0])].name + ", " +
                                        source.fields[static_cast<std::size_t>(slots[1])].name,
                                    roleKey(options.role)));
        }
        if (slots.empty()) {
            continue;
        }
        const SourceField& from = source.fields[static_cast<std::size_t>(slots.front())];
        if (field.slot < 0) {
            field.slot = slots.front();
            field.kind = from.kind;
            field.source = from.name;
        } else if (slots.front() != field.slot) {
            others.push_back(from.name);
        }
    }
    if (!others.empty()) {
        Problem problem = makeProblem(
            ProblemKind::FieldAmbiguous, Severity::Info,
            {fmt::format("字段 {} 取自“{}”，另有可用的源字段：{}", target, field.source, listOf(others)),
             fmt::format("{} is taken from \"{}\"; other source fields would do: {}", target, field.source,
                         listOf(others))},
            {fmt::format("可用 --map {}.{}=源字段 改变", roleKey(options.role), target),
             fmt::format("--map {}.{}=SOURCE changes it", roleKey(options.role), target)});
        problem.field = target;
        log.add(std::move(problem));
    }
    if (field.slot < 0 && !field.rule.constant.empty()) {
        field.isConstant = true;
        field.source = std::string(kConst) + field.rule.constant;
    }
    if (!field.isMapped() && field.rule.required) {
        throw Error(fmt::format("{0}：缺少字段 {1}（导入方案 {2} 需要 {3}），现有：{4}；请用 --map "
                                "{5}.{1}=源字段 指定 / the field {1} is missing (profile {2} "
                                "wants {3}); there are: {4}: give --map {5}.{1}=SOURCE",
                                file, target, m_profile, listOf(wanted), listOf(fieldNames(source.fields)),
                                roleKey(options.role)));
    }
}

void FieldMapping::fillGeneric(const SourceInfo& source, const ReadOptions& options, ProblemLog& log) {
    const auto substitute = [&](const std::string& target, const std::string& constant,
                                const std::string& slotName) {
        const auto found = std::find_if(m_fields.begin(), m_fields.end(),
                                        [&](const MappedField& f) { return f.rule.target == target; });
        if (found == m_fields.end() || found->isMapped()) {
            return;
        }
        if (!constant.empty()) {
            found->isConstant = true;
            found->rule.constant = constant;
            found->source = std::string(kConst) + constant;
        } else {
            found->source = slotName;
        }
        Problem problem =
            makeProblem(ProblemKind::ValueSubstituted, Severity::Info,
                        {fmt::format("按原样导入（generic）：字段 {} 用“{}”", target, found->source),
                         fmt::format("taken as it is (generic): {} is \"{}\"", target, found->source)});
        problem.field = target;
        log.add(std::move(problem));
    };
    const auto text = std::find_if(source.fields.begin(), source.fields.end(),
                                   [](const SourceField& field) { return field.kind == FieldKind::Text; });
    const auto name = std::find_if(m_fields.begin(), m_fields.end(),
                                   [](const MappedField& f) { return f.rule.target == "name"; });
    if (name != m_fields.end() && !name->isMapped() && text != source.fields.end()) {
        name->slot = static_cast<int>(text - source.fields.begin());
        name->source = text->name;
    }
    const bool isReserve = options.role == Role::Reserve;
    substitute(options.role == Role::Admin ? "code" : "id", {}, "feature");
    substitute("activity", "A99", {});
    substitute("kind", std::string(isReserve ? "NR" : options.role == Role::Water ? "DWS" : "ECR"), {});
    substitute("class", options.role == Role::RedLine ? "红线" : "未分区", {});
}

const MappedField& FieldMapping::field(std::string_view target) const {
    static const MappedField kUnmapped;
    const auto found = std::find_if(m_fields.begin(), m_fields.end(),
                                    [&](const MappedField& f) { return f.rule.target == target; });
    return found == m_fields.end() ? kUnmapped : *found;
}

std::vector<std::pair<std::string, std::string>> FieldMapping::report() const {
    std::vector<std::pair<std::string, std::string>> lines;
    for (const MappedField& field : m_fields) {
        if (!field.source.empty()) {
            lines.emplace_back(field.rule.target, field.source);
        }
    }
    return lines;
}

void WordCache::learnWord(std::string_view word) {
    if (m_words.find(word) == m_words.end()) {
        m_words.emplace(std::string(word), translate(m_field.rule, word));
    }
}

void WordCache::learn(const std::vector<RawFeature>& features) {
    if (!m_field.isMapped()) {
        return;
    }
    for (const RawFeature& feature : features) {
        learnWord(m_field.value(feature.values));
    }
}

const Translation* WordCache::find(std::string_view value) const {
    const auto found = m_words.find(value);
    return found == m_words.end() || !found->second ? nullptr : &*found->second;
}

} // namespace layers
