#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace layers {

/// Cuts XML into tags, piece by piece, in bounded memory: enough for the regular XML of workbooks, where what
/// counts stands in attributes and in the short texts between tags.
class XmlTags {
  public:
    /// Calls take(tag, text) for each tag that is complete: what stands between < and >, and the text in
    /// front of it. A tag beyond kMost bytes is passed over.
    template <typename Take>
    void add(std::string_view piece, Take take) {
        m_text += piece;
        std::size_t begin = 0;
        for (std::size_t at = m_text.find('<'); at != std::string::npos; at = m_text.find('<', begin)) {
            const std::size_t end = m_text.find('>', at);
            if (end == std::string::npos) {
                break;
            }
            const std::string_view text(m_text);
            take(text.substr(at + 1, end - at - 1), text.substr(begin, at - begin));
            begin = end + 1;
        }
        m_text.erase(0, begin);
        if (m_text.size() > kMost) {
            m_text.clear(); // no tag that counts is as long
        }
    }

  private:
    static constexpr std::size_t kMost = std::size_t{1} << 20U; ///< a cell's text has 32,767 characters
    std::string m_text;                                         ///< from the end of the last tag
};

/// True for the start (or the whole, <name/>) of an element.
[[nodiscard]] inline bool startsElement(std::string_view tag, std::string_view name) {
    constexpr std::string_view kBehind = " \t\r\n/";
    return tag.starts_with(name) &&
           (tag.size() == name.size() || kBehind.find(tag[name.size()]) != std::string_view::npos);
}

/// An attribute's value as it is written; empty where there is none.
[[nodiscard]] std::string_view attributeOf(std::string_view tag, std::string_view name);

/// Column of a cell reference, from 1 ("C12": 3); 0 where it is none.
[[nodiscard]] std::uint32_t columnOfReference(std::string_view reference);

} // namespace layers
