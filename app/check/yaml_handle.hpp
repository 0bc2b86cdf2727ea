#pragma once

#include "app/check/rules.hpp"

#include <yaml-cpp/yaml.h>

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

/// Reading YAML maps whose every fault is told with line and column. Sources of app/check, app/report and
/// app/cases include this.
namespace app {

/// The line as people count it.
[[nodiscard]] inline int lineOf(const YAML::Mark& mark) {
    return mark.line + 1;
}

/// The faults of one text. yaml-cpp counts lines and bytes from 0; people count lines and characters from 1.
class FaultList {
  public:
    explicit FaultList(std::string_view text);

    void error(const YAML::Mark& mark, std::string textZh, std::string textEn);
    void warning(const YAML::Mark& mark, std::string textZh, std::string textEn);
    [[nodiscard]] bool hasErrors() const { return m_errors > 0; }
    /// In the order of the text, places as people count them.
    [[nodiscard]] std::vector<RuleFault> take();

  private:
    void add(const YAML::Mark& mark, std::string textZh, std::string textEn, layers::Severity severity);

    std::vector<std::string_view> m_lines;
    std::vector<RuleFault> m_faults; ///< places as yaml-cpp counts them, until take()
    int m_errors = 0;
};

/// A text and where it stands.
struct PlacedText {
    std::string text;
    YAML::Mark mark;
};

/// One map of the file, read field by field; what is missing, of the wrong form or unknown is told to the
/// fault list.
class MapReader {
  public:
    /// @param what the map's name in messages: "rules", "NR-05"
    MapReader(const YAML::Node& node, const YAML::Mark& mark, std::string what, FaultList& faults);

    /// False when the node is no map at all (told).
    [[nodiscard]] bool isMap() const { return m_isMap; }
    [[nodiscard]] const std::string& what() const { return m_what; }
    void rename(const std::string& what) { m_what = what; }

    enum class Need { Required, Optional };
    /// A field's value and its place; nothing when absent or null (told when required).
    [[nodiscard]] std::optional<std::pair<YAML::Node, YAML::Mark>> field(const std::string& key, Need need);
    /// One line of text, not empty.
    [[nodiscard]] std::optional<PlacedText> text(const std::string& key, Need need);
    /// One name or a list of names without repeats; `*` stands for any where it is allowed. Empty for `*`
    /// and, told, for a fault.
    enum class Star { Allowed, Refused };
    [[nodiscard]] std::vector<PlacedText> names(const std::string& key, Need need, Star star);
    [[nodiscard]] std::optional<layers::Day> day(const std::string& key, Need need);
    /// Reads valid_from and valid_to, checks their order.
    struct Period {
        std::optional<layers::Day> from;
        std::optional<layers::Day> to;
    };
    [[nodiscard]] Period period(Need needOfFrom);
    /// The optional field `note`, empty when absent.
    [[nodiscard]] std::string note();
    /// The value's place, or the map's when there is no such field.
    [[nodiscard]] YAML::Mark markOf(const std::string& key) const;
    /// Tells every key that was never asked for.
    void finish();

  private:
    struct Entry {
        YAML::Mark keyMark;
        YAML::Node value;
    };
    void addName(const YAML::Node& item, const YAML::Mark& mark, const std::string& what,
                 std::vector<PlacedText>& names, std::set<std::string>& seen);
    [[nodiscard]] static YAML::Mark valueMark(const Entry& entry);

    std::map<std::string, Entry> m_entries;
    std::set<std::string> m_asked;
    YAML::Mark m_mark;
    std::string m_what;
    FaultList& m_faults;
    bool m_isMap = false;
};

/// Editors of Windows put one before UTF-8.
[[nodiscard]] std::string_view withoutByteOrderMark(std::string_view text);
/// The text's only document; nothing, and told, when it is none.
[[nodiscard]] std::optional<YAML::Node> documentOf(std::string_view text, FaultList& faults);
/// A text read whole: what `read(document, faults)` makes of it becomes the load's `value`, and every fault
/// its `faults`.
template <typename Load, typename Part, typename Read>
[[nodiscard]] Load loadDocument(std::string_view yaml, Part Load::*value, Read&& read) {
    yaml = withoutByteOrderMark(yaml);
    Load load;
    FaultList faults(yaml);
    if (const std::optional<YAML::Node> document = documentOf(yaml, faults)) {
        load.*value = read(*document, faults);
    }
    load.faults = faults.take();
    return load;
}
/// A scalar as one line of text that is not empty; nothing, and told, when it is another thing.
[[nodiscard]] std::optional<std::string> lineOfText(const YAML::Node& node, const YAML::Mark& mark,
                                                    const std::string& what, FaultList& faults);
/// Names joined for a message: "A, B, C".
[[nodiscard]] std::string namesJoined(const std::vector<std::string>& names);

} // namespace app
