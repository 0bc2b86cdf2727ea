#include "app/check/rule_parser.hpp"

#include <fmt/format.h>

#include <cctype>

namespace app {

namespace {

using layers::ZoneKind;
using Need = MapReader::Need;
using Star = MapReader::Star;

constexpr std::string_view kFormat = "1";
constexpr std::size_t kMostClasses = 200; ///< of one kind; more is a mistake and would make the checks slow

bool isActivityCode(const std::string& code) {
    return code.size() == 3 && code[0] == 'A' && std::isdigit(static_cast<unsigned char>(code[1])) != 0 &&
           std::isdigit(static_cast<unsigned char>(code[2])) != 0;
}

} // namespace

RuleSet RuleParser::parse(const YAML::Node& root) {
    MapReader reader(root, root.Mark(), "rule set", m_faults);
    if (!reader.isMap()) {
        return {};
    }
    if (const auto format = reader.text("format", Need::Required); format && format->text != kFormat) {
        m_faults.error(format->mark, fmt::format("规则库格式“{}”不受支持，应为 {}", format->text, kFormat),
                       fmt::format("unknown rule set format '{}', {} is expected", format->text, kFormat));
    }
    m_rules.name = reader.text("name", Need::Required).value_or(PlacedText{}).text;
    m_rules.version = reader.text("version", Need::Required).value_or(PlacedText{}).text;
    // In this order whatever the file's: rows are checked against what the other sections declare.
    const auto section = [&](const std::string& key, Need need, void (RuleParser::*read)(const Section&)) {
        if (const auto found = reader.field(key, need)) {
            (this->*read)(*found);
        }
    };
    section("instruments", Need::Optional, &RuleParser::parseInstruments);
    section("activities", Need::Required, &RuleParser::parseActivities);
    section("classes", Need::Required, &RuleParser::parseClasses);
    m_rules.focusActivities = activitiesOf(reader, "focus_activities", Need::Optional, Star::Refused);
    for (PlacedText& name : reader.names("core_classes", Need::Optional, Star::Refused)) {
        checkClass(name, {}, "core_classes");
        m_rules.coreClasses.push_back(std::move(name.text));
    }
    section("conversions", Need::Optional, &RuleParser::parseConversions);
    section("doubtful_periods", Need::Optional, &RuleParser::parseDoubtful);
    section("rules", Need::Required, &RuleParser::parseRules);
    reader.finish();
    return std::move(m_rules);
}

void RuleParser::parseInstruments(const Section& section) {
    MapReader all(section.first, section.second, "instruments", m_faults);
    if (!all.isMap()) {
        return;
    }
    for (const auto& pair : section.first) {
        if (!pair.first.IsScalar()) {
            continue; // told by MapReader
        }
        const std::string& key = pair.first.Scalar();
        if (instrumentKeys(key) != std::vector{key}) {
            m_faults.error(
                pair.first.Mark(),
                fmt::format("法规代号“{}”无效：应以两个大写字母开头，只含大写字母和数字", key),
                fmt::format("instrument key '{}': two capital letters first, then capital letters and digits",
                            key));
        }
        MapReader reader(pair.second, pair.second.IsNull() ? pair.first.Mark() : pair.second.Mark(),
                         fmt::format("instruments.{}", key), m_faults);
        Instrument instrument;
        instrument.title = reader.text("title", Need::Required).value_or(PlacedText{}).text;
        instrument.printed = reader.text("printed", Need::Required).value_or(PlacedText{}).text;
        const MapReader::Period period = reader.period(Need::Optional);
        instrument.validFrom = period.from;
        instrument.validTo = period.to;
        instrument.note = reader.note();
        reader.finish();
        m_rules.instruments.emplace(key, std::move(instrument));
    }
}

void RuleParser::parseActivities(const Section& section) {
    const MapReader all(section.first, section.second, "activities", m_faults);
    if (!all.isMap()) {
        return;
    }
    for (const auto& pair : section.first) {
        if (!pair.first.IsScalar()) {
            continue;
        }
        const std::string& code = pair.first.Scalar();
        if (!isActivityCode(code)) {
            m_faults.error(pair.first.Mark(), fmt::format("活动代码“{}”无效，应为 A01 … A99", code),
                           fmt::format("activity code '{}': A01 … A99 is expected", code));
        }
        const YAML::Mark mark = pair.second.IsNull() ? pair.first.Mark() : pair.second.Mark();
        m_rules.activities.emplace(
            code, lineOfText(pair.second, mark, fmt::format("activities.{}", code), m_faults).value_or(""));
    }
}

void RuleParser::parseClasses(const Section& section) {
    const MapReader all(section.first, section.second, "classes", m_faults);
    if (!all.isMap()) {
        return;
    }
    for (const auto& pair : section.first) {
        if (!pair.first.IsScalar()) {
            continue;
        }
        const std::optional<ZoneKind> kind = layers::zoneKindFromCode(pair.first.Scalar());
        if (!kind) {
            m_faults.error(pair.first.Mark(),
                           fmt::format("未知的管控区类型“{}”，可用：{}", pair.first.Scalar(), knownKinds()),
                           fmt::format("unknown kind '{}', known: {}", pair.first.Scalar(), knownKinds()));
            continue;
        }
        parseClassesOf(*kind, {pair.second, pair.second.IsNull() ? pair.first.Mark() : pair.second.Mark()});
    }
}

void RuleParser::parseClassesOf(ZoneKind kind, const Section& section) {
    const std::string what = fmt::format("classes.{}", layers::zoneKindCode(kind));
    const MapReader all(section.first, section.second, what, m_faults);
    if (!all.isMap()) {
        return;
    }
    if (section.first.size() > kMostClasses) {
        m_faults.error(section.second, fmt::format("{}：分区超过 {} 个", what, kMostClasses),
                       fmt::format("{}: more than {} classes", what, kMostClasses));
        return;
    }
    std::vector<ZoneClass>& classes = m_rules.classes[kind];
    std::map<std::string, PlacedText> parents;
    for (const auto& pair : section.first) {
        const std::optional<std::string> name =
            pair.first.IsScalar() ? lineOfText(pair.first, pair.first.Mark(), what, m_faults) : std::nullopt;
        if (!name) {
            continue;
        }
        ZoneClass zoneClass{*name, ""};
        if (!pair.second.IsNull()) {
            zoneClass.parent = lineOfText(pair.second, pair.second.Mark(), what, m_faults).value_or("");
            parents.emplace(*name, PlacedText{zoneClass.parent, pair.second.Mark()});
        }
        classes.push_back(std::move(zoneClass));
    }
    checkParents(kind, parents);
}

void RuleParser::checkParents(ZoneKind kind, const std::map<std::string, PlacedText>& parents) {
    for (const auto& [name, parent] : parents) {
        if (parent.text.empty()) {
            continue; // told already
        }
        if (!isClassOf({kind}, parent.text)) {
            m_faults.error(
                parent.mark,
                fmt::format("“{}”的上级“{}”未在 {} 中列出", name, parent.text, layers::zoneKindCode(kind)),
                fmt::format("parent '{}' of '{}' is no class of {}", parent.text, name,
                            layers::zoneKindCode(kind)));
            continue;
        }
        std::string above = parent.text;
        for (std::size_t step = 0; !above.empty() && above != name && step <= parents.size(); ++step) {
            above = m_rules.parentOf(kind, above);
        }
        if (above == name) {
            m_faults.error(parent.mark, fmt::format("“{}”的上级关系成环", name),
                           fmt::format("the parents of '{}' run in a circle", name));
        }
    }
}

} // namespace app
