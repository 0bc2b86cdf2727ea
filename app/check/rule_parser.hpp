#pragma once

#include "app/check/yaml_handle.hpp"

#include <map>
#include <vector>

namespace app {

/// The codes of all kinds, for messages.
[[nodiscard]] std::string knownKinds();

/// Reads the sections of a rule file into a RuleSet; the faults go to the list. rule_checks.hpp compares rows
/// with each other.
class RuleParser {
  public:
    explicit RuleParser(FaultList& faults) : m_faults(faults) {}

    [[nodiscard]] RuleSet parse(const YAML::Node& root);
    /// Where each row of the result starts, slot by slot.
    [[nodiscard]] const std::vector<YAML::Mark>& ruleMarks() const { return m_ruleMarks; }

  private:
    using Section = std::pair<YAML::Node, YAML::Mark>;

    void parseInstruments(const Section& section);
    void parseActivities(const Section& section);
    void parseClasses(const Section& section);
    void parseClassesOf(layers::ZoneKind kind, const Section& section);
    void checkParents(layers::ZoneKind kind, const std::map<std::string, PlacedText>& parents);
    void parseConversions(const Section& section);
    void parseConversion(MapReader& reader);
    void checkConvertedOnce(const MapReader& reader, const ClassConversion& conversion);
    void parseDoubtful(const Section& section);
    void parseRules(const Section& section);
    void parseRule(MapReader& reader, const YAML::Mark& mark);

    /// Calls `read` with a reader for each map of a list.
    template <typename Read>
    void forEachMap(const Section& section, const std::string& what, const Read& read);

    [[nodiscard]] std::string idOf(MapReader& reader);
    [[nodiscard]] std::vector<layers::ZoneKind> kindsOf(MapReader& reader);
    [[nodiscard]] std::vector<std::string> classesOf(MapReader& reader,
                                                     const std::vector<layers::ZoneKind>& kinds);
    [[nodiscard]] std::vector<std::string> activitiesOf(MapReader& reader, const std::string& key,
                                                        MapReader::Need need, MapReader::Star star);
    [[nodiscard]] layers::Verdict verdictOf(MapReader& reader);
    [[nodiscard]] int priorityOf(MapReader& reader);
    [[nodiscard]] layers::Confidence confidenceOf(MapReader& reader);
    [[nodiscard]] bool lastResortOf(MapReader& reader);
    [[nodiscard]] std::string basisOf(MapReader& reader, MapReader::Period period);
    void checkClass(const PlacedText& name, const std::vector<layers::ZoneKind>& kinds,
                    const std::string& what);
    [[nodiscard]] bool isClassOf(const std::vector<layers::ZoneKind>& kinds, const std::string& name) const;

    FaultList& m_faults;
    RuleSet m_rules;
    std::vector<YAML::Mark> m_ruleMarks;
    std::map<std::string, int> m_lineOfId;
};

} // namespace app
