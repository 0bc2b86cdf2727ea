#pragma once

#include "app/cases/case_life.hpp"
#include "app/check/yaml_handle.hpp"

#include <functional>

namespace app {

/// Reads the sections of a life of a case; the faults go to the list.
class CaseLifeParser {
  public:
    explicit CaseLifeParser(FaultList& faults) : m_faults(faults) {}

    [[nodiscard]] CaseLife parse(const YAML::Node& root);

  private:
    using Section = std::pair<YAML::Node, YAML::Mark>;
    using Names = std::vector<std::string>;

    void parseStatuses(const Section& section);
    void parseSteps(const Section& section);
    void parseStep(MapReader& reader);
    void parseDesk(const Section& section);
    void parseSettable(const Section& section);
    void parseVocabularies(const Section& section);
    void parseDeadlines(const Section& section);
    void checkReached(const YAML::Mark& mark);

    /// Calls `read` with a reader for each map of a list.
    void forEachMap(const Section& section, const std::string& what,
                    const std::function<void(MapReader&)>& read);
    [[nodiscard]] std::string statusOf(MapReader& reader, const std::string& key);
    [[nodiscard]] Names statusesOf(MapReader& reader, const std::string& key);
    [[nodiscard]] Names fieldsOf(MapReader& reader, const std::string& key, MapReader::Need need);
    [[nodiscard]] bool flagOf(MapReader& reader, const std::string& key, const std::string& yes);
    [[nodiscard]] int numberOf(MapReader& reader, const std::string& key, int least, int most);
    void expectStatus(const PlacedText& name, const std::string& what);
    [[nodiscard]] bool expectField(const PlacedText& name, const std::string& what);

    FaultList& m_faults;
    CaseLife m_life;
};

} // namespace app
