#pragma once

#include "app/check/yaml_handle.hpp"
#include "app/report/form.hpp"

#include <vector>

namespace app {

/// Reads the sections of a form; the faults go to the list. form_parser.cpp reads the form, and
/// form_column_parser.cpp its columns.
class FormParser {
  public:
    explicit FormParser(FaultList& faults) : m_faults(faults) {}

    [[nodiscard]] Form parse(const YAML::Node& root);

  private:
    using Section = std::pair<YAML::Node, YAML::Mark>;

    void parseNames(MapReader& reader);
    void parseCodes(const Section& section);
    void parseCodesOf(const std::string& name, const Section& section);
    void parseOrder(const Section& section);
    void parseFooter(const Section& section);
    void checkTotal(MapReader& reader);

    void parseColumns(const Section& section);
    void parseColumn(MapReader& reader);
    void parseSource(MapReader& reader, FormColumn& column);
    void parseList(MapReader& reader, FormColumn& column);
    void parseReceived(MapReader& reader, FormColumn& column);
    void parseMeasure(MapReader& reader, FormColumn& column);
    void parseCase(MapReader& reader, FormColumn& column);
    void parseUnit(MapReader& reader, FormColumn& column);
    void checkHeaderUnit(const MapReader& reader, const FormColumn& column);
    void parseWords(MapReader& reader, FormColumn& column);
    void parseChoices(MapReader& reader, FormColumn& column);
    void checkHeaders();

    /// A text whose words in braces are known.
    [[nodiscard]] std::string wordedText(MapReader& reader, const std::string& key, MapReader::Need need);
    void checkWords(const PlacedText& text, const std::string& what);
    [[nodiscard]] std::optional<layers::ListColumn> listColumnOf(const PlacedText& name,
                                                                 const std::string& what);
    [[nodiscard]] bool flagOf(MapReader& reader, const std::string& key);
    [[nodiscard]] std::optional<double> numberOf(MapReader& reader, const std::string& key, double least,
                                                 double most);
    void refuse(MapReader& reader, const std::string& key, const std::string& whyZh,
                const std::string& whyEn);

    FaultList& m_faults;
    Form m_form;
    std::vector<YAML::Mark> m_headerMarks; ///< slot by slot with the columns
};

} // namespace app
