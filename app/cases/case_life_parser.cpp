#include "app/cases/case_life_parser.hpp"

#include "app/check/list_words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <set>

namespace app {

namespace {

using Need = MapReader::Need;
using Star = MapReader::Star;

constexpr std::string_view kFormat = "1";
constexpr int kMostDays = 3650;
constexpr int kLeastPriority = 1;
constexpr int kMostPriority = 3;

std::vector<std::string> namesOfStatuses(const CaseLife& life) {
    std::vector<std::string> names;
    names.reserve(life.statuses.size());
    for (const CaseStatus& status : life.statuses) {
        names.push_back(status.name);
    }
    return names;
}

std::vector<std::string> namesOfFields() {
    std::vector<std::string> names;
    names.reserve(layers::caseFields().size());
    for (const layers::CaseField& field : layers::caseFields()) {
        names.push_back(field.key);
    }
    return names;
}

} // namespace

CaseLife CaseLifeParser::parse(const YAML::Node& root) {
    MapReader reader(root, root.Mark(), "life", m_faults);
    if (!reader.isMap()) {
        return {};
    }
    if (const auto format = reader.text("format", Need::Required); format && format->text != kFormat) {
        m_faults.error(format->mark, fmt::format("格式“{}”不受支持，应为 {}", format->text, kFormat),
                       fmt::format("unknown format '{}', {} is expected", format->text, kFormat));
    }
    m_life.name = reader.text("name", Need::Required).value_or(PlacedText{}).text;
    m_life.version = reader.text("version", Need::Required).value_or(PlacedText{}).text;
    m_life.isProposal = flagOf(reader, "proposal", "true");
    m_life.vocabularies = {{"conclusion", conclusionWords()}, {"illegal", illegalWords()}};
    // In this order whatever the file's: steps are checked against statuses and vocabularies.
    const auto section = [&](const std::string& key, Need need,
                             void (CaseLifeParser::*read)(const Section&)) {
        if (const auto found = reader.field(key, need)) {
            (this->*read)(*found);
        }
    };
    section("vocabularies", Need::Optional, &CaseLifeParser::parseVocabularies);
    section("statuses", Need::Required, &CaseLifeParser::parseStatuses);
    m_life.start = statusOf(reader, "start");
    m_life.withdrawn = statusOf(reader, "withdrawn");
    section("steps", Need::Required, &CaseLifeParser::parseSteps);
    section("desk", Need::Required, &CaseLifeParser::parseDesk);
    section("settable", Need::Required, &CaseLifeParser::parseSettable);
    section("deadlines", Need::Required, &CaseLifeParser::parseDeadlines);
    reader.finish();
    if (!m_faults.hasErrors()) {
        checkReached(reader.markOf("statuses"));
    }
    return std::move(m_life);
}

void CaseLifeParser::parseStatuses(const Section& section) {
    forEachMap(section, "statuses", [this](MapReader& reader) {
        const std::optional<PlacedText> name = reader.text("name", Need::Required);
        CaseStatus status;
        status.name = name.value_or(PlacedText{}).text;
        reader.rename(fmt::format("statuses.{}", status.name));
        if (name && m_life.status(status.name) != nullptr) {
            m_faults.error(name->mark, fmt::format("状态“{}”重复", status.name),
                           fmt::format("status '{}' stands twice", status.name));
        }
        status.english = reader.text("english", Need::Required).value_or(PlacedText{}).text;
        const std::optional<PlacedText> phase = reader.text("phase", Need::Required);
        if (phase && phase->text != "desk" && phase->text != "field") {
            m_faults.error(phase->mark, fmt::format("{}.phase：应为 desk 或 field", reader.what()),
                           fmt::format("{}.phase: desk or field is expected", reader.what()));
        }
        status.phase = phase && phase->text == "field" ? CasePhase::Field : CasePhase::Desk;
        status.isClosed = flagOf(reader, "closed", "true");
        status.needs = fieldsOf(reader, "needs", Need::Optional);
        reader.finish();
        m_life.statuses.push_back(std::move(status));
    });
}

void CaseLifeParser::parseSteps(const Section& section) {
    forEachMap(section, "steps", [this](MapReader& reader) { parseStep(reader); });
}

void CaseLifeParser::parseStep(MapReader& reader) {
    CaseStep step;
    step.name = reader.text("name", Need::Required).value_or(PlacedText{}).text;
    reader.rename(fmt::format("steps.{}", step.name));
    step.from = statusesOf(reader, "from");
    step.to = statusOf(reader, "to");
    step.needsReason = flagOf(reader, "reason", "required");
    step.fills = fieldsOf(reader, "fills", Need::Optional);
    if (const auto when = reader.field("when", Need::Optional)) {
        MapReader conditions(when->first, when->second, reader.what() + ".when", m_faults);
        for (const auto& pair : when->first.IsMap() ? when->first : YAML::Node(YAML::NodeType::Map)) {
            const std::string key = pair.first.IsScalar() ? pair.first.Scalar() : "";
            if (!expectField({key, pair.first.Mark()}, conditions.what())) {
                continue;
            }
            for (const PlacedText& value : conditions.names(key, Need::Required, Star::Refused)) {
                const auto words = m_life.vocabularies.find(key);
                if (words != m_life.vocabularies.end() &&
                    std::find(words->second.begin(), words->second.end(), value.text) ==
                        words->second.end()) {
                    m_faults.error(value.mark,
                                   fmt::format("{}：“{}”不在 {} 的用语中，可用：{}", conditions.what(),
                                               value.text, key, namesJoined(words->second)),
                                   fmt::format("{}: '{}' is no word of {}, known: {}", conditions.what(),
                                               value.text, key, namesJoined(words->second)));
                }
                step.when[key].push_back(value.text);
            }
        }
        conditions.finish();
    }
    reader.finish();
    m_life.steps.push_back(std::move(step));
}

void CaseLifeParser::parseDesk(const Section& section) {
    MapReader desk(section.first, section.second, "desk", m_faults);
    m_life.judgedIn = statusesOf(desk, "judged_in");
    if (const auto verdicts = desk.field("verdicts", Need::Required)) {
        std::set<int> codes;
        forEachMap(*verdicts, "desk.verdicts", [&](MapReader& reader) {
            DeskVerdict verdict;
            verdict.code = numberOf(reader, "code", 1, 99);
            if (!codes.insert(verdict.code).second) {
                m_faults.error(reader.markOf("code"), fmt::format("研判代码 {} 重复", verdict.code),
                               fmt::format("desk verdict {} stands twice", verdict.code));
            }
            verdict.name = reader.text("name", Need::Required).value_or(PlacedText{}).text;
            verdict.english = reader.text("english", Need::Required).value_or(PlacedText{}).text;
            verdict.to = statusOf(reader, "to");
            verdict.needsReason = flagOf(reader, "reason", "required");
            reader.finish();
            m_life.verdicts.push_back(std::move(verdict));
        });
    }
    desk.finish();
}

void CaseLifeParser::parseSettable(const Section& section) {
    MapReader reader(section.first, section.second, "settable", m_faults);
    m_life.settableAtDesk = fieldsOf(reader, "desk", Need::Required);
    m_life.settableInField = fieldsOf(reader, "field", Need::Required);
    m_life.settableWhenClosed = fieldsOf(reader, "closed", Need::Required);
    reader.finish();
}

void CaseLifeParser::parseVocabularies(const Section& section) {
    MapReader reader(section.first, section.second, "vocabularies", m_faults);
    for (const auto& pair : section.first.IsMap() ? section.first : YAML::Node(YAML::NodeType::Map)) {
        const std::string key = pair.first.IsScalar() ? pair.first.Scalar() : "";
        if (expectField({key, pair.first.Mark()}, "vocabularies")) {
            std::vector<std::string>& words = m_life.vocabularies[key];
            words.clear();
            for (PlacedText& word : reader.names(key, Need::Required, Star::Refused)) {
                words.push_back(std::move(word.text));
            }
        }
    }
    reader.finish();
}

void CaseLifeParser::parseDeadlines(const Section& section) {
    MapReader reader(section.first, section.second, "deadlines", m_faults);
    if (const auto days = reader.field("days", Need::Required)) {
        MapReader byPriority(days->first, days->second, "deadlines.days", m_faults);
        for (int priority = kLeastPriority; priority <= kMostPriority; ++priority) {
            m_life.deadlineDays[priority] = numberOf(byPriority, std::to_string(priority), 0, kMostDays);
        }
        byPriority.finish();
    }
    m_life.amberDays = numberOf(reader, "amber_days", 0, kMostDays);
    reader.finish();
}

void CaseLifeParser::checkReached(const YAML::Mark& mark) {
    std::set<std::string> reached{m_life.start, m_life.withdrawn};
    const auto isReached = [&reached](const std::string& name) { return reached.contains(name); };
    for (bool grows = true; grows;) {
        const std::size_t before = reached.size();
        for (const CaseStep& step : m_life.steps) {
            if (std::any_of(step.from.begin(), step.from.end(), isReached)) {
                reached.insert(step.to);
            }
        }
        if (std::any_of(m_life.judgedIn.begin(), m_life.judgedIn.end(), isReached)) {
            for (const DeskVerdict& verdict : m_life.verdicts) {
                reached.insert(verdict.to);
            }
        }
        grows = reached.size() > before;
    }
    for (const CaseStatus& status : m_life.statuses) {
        if (!isReached(status.name)) {
            m_faults.error(mark, fmt::format("状态“{}”没有任何步骤可以到达", status.name),
                           fmt::format("no step leads to status '{}'", status.name));
        }
    }
}

void CaseLifeParser::forEachMap(const Section& section, const std::string& what,
                                const std::function<void(MapReader&)>& read) {
    if (!section.first.IsSequence() || section.first.size() == 0) {
        m_faults.error(section.second, fmt::format("{}：应为非空的列表", what),
                       fmt::format("{}: a list is expected, not empty", what));
        return;
    }
    std::size_t place = 0;
    for (const YAML::Node& item : section.first) {
        MapReader reader(item, item.IsNull() ? section.second : item.Mark(),
                         fmt::format("{}[{}]", what, ++place), m_faults);
        if (reader.isMap()) {
            read(reader);
        }
    }
}

std::string CaseLifeParser::statusOf(MapReader& reader, const std::string& key) {
    const std::optional<PlacedText> name = reader.text(key, Need::Required);
    if (name) {
        expectStatus(*name, fmt::format("{}.{}", reader.what(), key));
    }
    return name.value_or(PlacedText{}).text;
}

CaseLifeParser::Names CaseLifeParser::statusesOf(MapReader& reader, const std::string& key) {
    Names names;
    for (PlacedText& name : reader.names(key, Need::Required, Star::Refused)) {
        expectStatus(name, fmt::format("{}.{}", reader.what(), key));
        names.push_back(std::move(name.text));
    }
    return names;
}

CaseLifeParser::Names CaseLifeParser::fieldsOf(MapReader& reader, const std::string& key, Need need) {
    Names names;
    for (PlacedText& name : reader.names(key, need, Star::Refused)) {
        if (expectField(name, fmt::format("{}.{}", reader.what(), key))) {
            names.push_back(std::move(name.text));
        }
    }
    return names;
}

bool CaseLifeParser::flagOf(MapReader& reader, const std::string& key, const std::string& yes) {
    const std::optional<PlacedText> word = reader.text(key, Need::Optional);
    const std::string no = yes == "true" ? "false" : "optional";
    if (word && word->text != yes && word->text != no) {
        m_faults.error(word->mark, fmt::format("{}.{}：应为 {} 或 {}", reader.what(), key, yes, no),
                       fmt::format("{}.{}: {} or {} is expected", reader.what(), key, yes, no));
    }
    return word && word->text == yes;
}

int CaseLifeParser::numberOf(MapReader& reader, const std::string& key, int least, int most) {
    const std::optional<PlacedText> text = reader.text(key, Need::Required);
    if (!text) {
        return least;
    }
    int number = least - 1;
    const auto [end, fault] =
        std::from_chars(text->text.data(), text->text.data() + text->text.size(), number);
    if (fault != std::errc() || end != text->text.data() + text->text.size() || number < least ||
        number > most) {
        m_faults.error(
            text->mark, fmt::format("{}.{}：应为 {} 至 {} 的整数", reader.what(), key, least, most),
            fmt::format("{}.{}: a whole number from {} to {} is expected", reader.what(), key, least, most));
    }
    return number;
}

void CaseLifeParser::expectStatus(const PlacedText& name, const std::string& what) {
    if (m_life.status(name.text) == nullptr) {
        const std::string known = namesJoined(namesOfStatuses(m_life));
        m_faults.error(name.mark, fmt::format("{}：没有状态“{}”，可用：{}", what, name.text, known),
                       fmt::format("{}: no status '{}', known: {}", what, name.text, known));
    }
}

bool CaseLifeParser::expectField(const PlacedText& name, const std::string& what) {
    const std::vector<std::string> known = namesOfFields();
    if (std::find(known.begin(), known.end(), name.text) != known.end()) {
        return true;
    }
    m_faults.error(name.mark, fmt::format("{}：没有字段“{}”，可用：{}", what, name.text, namesJoined(known)),
                   fmt::format("{}: no field '{}', known: {}", what, name.text, namesJoined(known)));
    return false;
}

} // namespace app
