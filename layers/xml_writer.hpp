#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace layers {

/// Builds an XML text element by element: every name that was opened is closed, every text and attribute is
/// escaped (xmlEscaped). Tags and names of attributes are the program's own words.
class XmlWriter {
  public:
    /// Begins an element inside the one that is open.
    XmlWriter& open(std::string_view tag);
    /// Of the element just opened, before its content.
    XmlWriter& attribute(std::string_view name, std::string_view value);
    XmlWriter& attribute(std::string_view name, int value);
    XmlWriter& text(std::string_view value);
    /// XML that was made before.
    XmlWriter& raw(std::string_view xml);
    /// Ends the element opened last.
    XmlWriter& close();
    /// An element with nothing but text.
    XmlWriter& element(std::string_view tag, std::string_view value);
    /// The whole text; throws layers::Error when an element is still open.
    [[nodiscard]] std::string take();

  private:
    void endStart();

    std::string m_out;
    std::vector<std::string> m_open;
    bool m_isInStart = false; ///< the last start tag still takes attributes
    bool m_hasText = false;   ///< of the element that is open
};

} // namespace layers
