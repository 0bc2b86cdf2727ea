#include "app/check/rule_parser.hpp"
#include "app/check/rule_selection.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace app {

namespace {

using layers::Confidence;
using layers::Verdict;
using layers::ZoneKind;
using Need = MapReader::Need;
using Star = MapReader::Star;

constexpr std::array kKinds{ZoneKind::NationalPark, ZoneKind::NatureReserve, ZoneKind::ScenicArea,
                            ZoneKind::NaturePark,   ZoneKind::RedLine,       ZoneKind::WaterSource};
constexpr std::array kConfidences{Confidence::Solid, Confidence::Likely, Confidence::Expert};
constexpr int kHighestPriority = 1;
constexpr int kLowestPriority = 3;
constexpr std::string_view kNotInIds = " ,;\"'";

std::string periodText(std::optional<layers::Day> from, std::optional<layers::Day> to) {
    return fmt::format("{} – {}", from ? layers::isoFromDay(*from) : "", to ? layers::isoFromDay(*to) : "");
}

} // namespace

std::string knownKinds() {
    std::vector<std::string> codes;
    codes.reserve(kKinds.size());
    for (const ZoneKind kind : kKinds) {
        codes.emplace_back(layers::zoneKindCode(kind));
    }
    return namesJoined(codes);
}

template <typename Read>
void RuleParser::forEachMap(const Section& section, const std::string& what, const Read& read) {
    if (!section.first.IsSequence()) {
        m_faults.error(section.second, fmt::format("{}：应为列表", what),
                       fmt::format("{}: a list is expected", what));
        return;
    }
    std::size_t number = 0;
    for (const YAML::Node& node : section.first) {
        ++number;
        const YAML::Mark mark = node.IsNull() ? section.second : node.Mark();
        MapReader reader(node, mark, fmt::format("{}[{}]", what, number), m_faults);
        if (reader.isMap()) {
            read(reader, mark);
            reader.finish();
        }
    }
}

void RuleParser::parseConversions(const Section& section) {
    forEachMap(section, "conversions",
               [this](MapReader& reader, const YAML::Mark&) { parseConversion(reader); });
}

void RuleParser::parseConversion(MapReader& reader) {
    ClassConversion conversion;
    conversion.kinds = kindsOf(reader);
    const auto classOf = [&](const std::string& key) {
        const std::optional<PlacedText> name = reader.text(key, Need::Required);
        if (name) {
            checkClass(*name, conversion.kinds, reader.what());
        }
        return name.value_or(PlacedText{}).text;
    };
    conversion.from = classOf("from");
    conversion.to = classOf("to");
    const MapReader::Period period = reader.period(Need::Required);
    conversion.validFrom = period.from.value_or(0);
    conversion.validTo = period.to;
    conversion.note = reader.text("note", Need::Required).value_or(PlacedText{}).text;
    conversion.confidence = confidenceOf(reader);
    if (!conversion.from.empty() && conversion.from == conversion.to) {
        m_faults.error(reader.markOf("to"), fmt::format("{}：from 与 to 相同", reader.what()),
                       fmt::format("{}: from and to are the same", reader.what()));
    }
    if (!conversion.from.empty() && period.from) {
        checkConvertedOnce(reader, conversion);
        m_rules.conversions.push_back(std::move(conversion));
    }
}

void RuleParser::checkConvertedOnce(const MapReader& reader, const ClassConversion& conversion) {
    const auto twice = [&](const ClassConversion& other) {
        const layers::Day later = std::max(other.validFrom, conversion.validFrom);
        const bool together = inPeriod(later, other.validFrom, other.validTo) &&
                              inPeriod(later, conversion.validFrom, conversion.validTo);
        return together && other.from == conversion.from &&
               std::any_of(kKinds.begin(), kKinds.end(), [&](ZoneKind kind) {
                   return concerns(conversion.kinds, kind) && concerns(other.kinds, kind);
               });
    };
    if (std::any_of(m_rules.conversions.begin(), m_rules.conversions.end(), twice)) {
        m_faults.error(
            reader.markOf("from"),
            fmt::format("{}：“{}”在同一时期有两条换算", reader.what(), conversion.from),
            fmt::format("{}: '{}' has two conversions in one period", reader.what(), conversion.from));
    }
}

void RuleParser::parseDoubtful(const Section& section) {
    forEachMap(section, "doubtful_periods", [this](MapReader& reader, const YAML::Mark&) {
        DoubtfulPeriod doubtful;
        doubtful.kinds = kindsOf(reader);
        const MapReader::Period period = reader.period(Need::Optional);
        doubtful.validFrom = period.from;
        doubtful.validTo = period.to;
        doubtful.note = reader.note();
        m_rules.doubtful.push_back(std::move(doubtful));
    });
}

void RuleParser::parseRules(const Section& section) {
    forEachMap(section, "rules",
               [this](MapReader& reader, const YAML::Mark& mark) { parseRule(reader, mark); });
    if (section.first.IsSequence() && section.first.size() == 0) {
        m_faults.error(section.second, "rules：没有规则", "rules: there are no rows");
    }
}

void RuleParser::parseRule(MapReader& reader, const YAML::Mark& mark) {
    Rule rule;
    rule.id = idOf(reader);
    rule.kinds = kindsOf(reader);
    rule.classes = classesOf(reader, rule.kinds);
    rule.activities = activitiesOf(reader, "activity", Need::Required, Star::Allowed);
    rule.verdict = verdictOf(reader);
    rule.priority = priorityOf(reader);
    rule.confidence = confidenceOf(reader);
    const MapReader::Period period = reader.period(Need::Required);
    rule.validFrom = period.from.value_or(0);
    rule.validTo = period.to;
    rule.basis = basisOf(reader, period);
    rule.lastResort = lastResortOf(reader);
    rule.note = reader.note();
    rule.line = lineOf(mark);
    m_rules.rules.push_back(std::move(rule));
    m_ruleMarks.push_back(mark);
}

std::string RuleParser::idOf(MapReader& reader) {
    const std::optional<PlacedText> id = reader.text("id", Need::Required);
    if (!id) {
        return "";
    }
    reader.rename(id->text);
    if (id->text.find_first_of(kNotInIds) != std::string::npos) {
        m_faults.error(id->mark, fmt::format("规则编号“{}”不能含空格、逗号、分号和引号", id->text),
                       fmt::format("rule id '{}': no spaces, commas, semicolons and quotes", id->text));
    }
    const auto [first, isNew] = m_lineOfId.emplace(id->text, lineOf(id->mark));
    if (!isNew) {
        m_faults.error(id->mark, fmt::format("规则编号“{}”重复，首次出现在第 {} 行", id->text, first->second),
                       fmt::format("rule id '{}' stands twice, first in line {}", id->text, first->second));
    }
    return id->text;
}

std::vector<ZoneKind> RuleParser::kindsOf(MapReader& reader) {
    std::vector<ZoneKind> kinds;
    for (const PlacedText& code : reader.names("kind", Need::Required, Star::Allowed)) {
        if (const std::optional<ZoneKind> kind = layers::zoneKindFromCode(code.text)) {
            kinds.push_back(*kind);
            continue;
        }
        m_faults.error(
            code.mark,
            fmt::format("{}：未知的管控区类型“{}”，可用：{}", reader.what(), code.text, knownKinds()),
            fmt::format("{}: unknown kind '{}', known: {}", reader.what(), code.text, knownKinds()));
    }
    return kinds;
}

bool RuleParser::isClassOf(const std::vector<ZoneKind>& kinds, const std::string& name) const {
    return std::any_of(m_rules.classes.begin(), m_rules.classes.end(), [&](const auto& ofKind) {
        return concerns(kinds, ofKind.first) &&
               std::any_of(ofKind.second.begin(), ofKind.second.end(),
                           [&](const ZoneClass& zoneClass) { return zoneClass.name == name; });
    });
}

void RuleParser::checkClass(const PlacedText& name, const std::vector<ZoneKind>& kinds,
                            const std::string& what) {
    if (isClassOf(kinds, name.text)) {
        return;
    }
    std::vector<std::string> known;
    for (const auto& [kind, classes] : m_rules.classes) {
        for (const ZoneClass& zoneClass : classes) {
            if (concerns(kinds, kind) &&
                std::find(known.begin(), known.end(), zoneClass.name) == known.end()) {
                known.push_back(zoneClass.name);
            }
        }
    }
    m_faults.error(name.mark,
                   fmt::format("{}：未知的分区“{}”，可用：{}", what, name.text, namesJoined(known)),
                   fmt::format("{}: unknown class '{}', known: {}", what, name.text, namesJoined(known)));
}

std::vector<std::string> RuleParser::classesOf(MapReader& reader, const std::vector<ZoneKind>& kinds) {
    std::vector<std::string> classes;
    for (PlacedText& name : reader.names("class", Need::Required, Star::Allowed)) {
        checkClass(name, kinds, reader.what());
        classes.push_back(std::move(name.text));
    }
    return classes;
}

std::vector<std::string> RuleParser::activitiesOf(MapReader& reader, const std::string& key, Need need,
                                                  Star star) {
    std::vector<std::string> activities;
    for (PlacedText& code : reader.names(key, need, star)) {
        if (!m_rules.activities.contains(code.text)) {
            m_faults.error(
                code.mark,
                fmt::format("{}：未知的活动代码“{}”，请先在 activities 中列出", reader.what(), code.text),
                fmt::format("{}: unknown activity '{}', declare it under activities", reader.what(),
                            code.text));
        }
        activities.push_back(std::move(code.text));
    }
    return activities;
}

Verdict RuleParser::verdictOf(MapReader& reader) {
    const std::optional<PlacedText> name = reader.text("verdict", Need::Required);
    const std::optional<Verdict> verdict = name ? layers::verdictFromNameZh(name->text) : std::nullopt;
    // 恢复核实 comes from the change of a patch, never from a row.
    if (name && (!verdict || *verdict == Verdict::RecoveryCheck)) {
        constexpr std::string_view kKnown = "禁止, 需核实, 限制, 允许需手续";
        m_faults.error(name->mark,
                       fmt::format("{}：未知的判定“{}”，可用：{}", reader.what(), name->text, kKnown),
                       fmt::format("{}: unknown verdict '{}', known: {}", reader.what(), name->text, kKnown));
    }
    return verdict.value_or(Verdict::NeedsCheck);
}

int RuleParser::priorityOf(MapReader& reader) {
    const std::optional<PlacedText> text = reader.text("priority", Need::Required);
    for (int priority = kHighestPriority; priority <= kLowestPriority; ++priority) {
        if (text && text->text == std::to_string(priority)) {
            return priority;
        }
    }
    if (text) {
        m_faults.error(text->mark,
                       fmt::format("{}：优先级“{}”无效，应为 1、2 或 3", reader.what(), text->text),
                       fmt::format("{}: priority '{}', 1, 2 or 3 is expected", reader.what(), text->text));
    }
    return kLowestPriority;
}

Confidence RuleParser::confidenceOf(MapReader& reader) {
    const std::optional<PlacedText> text = reader.text("conf", Need::Required);
    for (const Confidence confidence : kConfidences) {
        if (text && text->text == std::string(1, layers::confidenceLetter(confidence))) {
            return confidence;
        }
    }
    if (text) {
        m_faults.error(text->mark,
                       fmt::format("{}：置信度“{}”无效，应为 A、B 或 C", reader.what(), text->text),
                       fmt::format("{}: conf '{}', A, B or C is expected", reader.what(), text->text));
    }
    return Confidence::Expert;
}

bool RuleParser::lastResortOf(MapReader& reader) {
    const std::optional<PlacedText> text = reader.text("last_resort", Need::Optional);
    if (text && text->text != "true" && text->text != "false") {
        m_faults.error(text->mark, fmt::format("{}：last_resort 应为 true 或 false", reader.what()),
                       fmt::format("{}: last_resort is true or false", reader.what()));
    }
    return text && text->text == "true";
}

std::string RuleParser::basisOf(MapReader& reader, MapReader::Period period) {
    const std::optional<PlacedText> basis = reader.text("basis", Need::Required);
    if (!basis) {
        return "";
    }
    for (const std::string& key : instrumentKeys(basis->text)) {
        const auto found = m_rules.instruments.find(key);
        if (found == m_rules.instruments.end()) {
            m_faults.error(basis->mark,
                           fmt::format("{}：依据中的法规代号“{}”未在 instruments 中列出", reader.what(), key),
                           fmt::format("{}: the basis names '{}', which instruments does not declare",
                                       reader.what(), key));
            continue;
        }
        const Instrument& instrument = found->second;
        const bool beginsEarlier =
            period.from && instrument.validFrom && *period.from < *instrument.validFrom;
        const bool endsLater = instrument.validTo && (!period.to || *period.to > *instrument.validTo);
        if (beginsEarlier || endsLater) {
            const std::string days = periodText(instrument.validFrom, instrument.validTo);
            m_faults.warning(basis->mark,
                             fmt::format("{}：规则有效期超出所引 {} 的施行期 {}", reader.what(), key, days),
                             fmt::format("{}: the row holds on days when {} is not in force ({})",
                                         reader.what(), key, days));
        }
    }
    return basis->text;
}

} // namespace app
