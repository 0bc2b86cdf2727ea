#include "layers/xml_writer.hpp"

#include "layers/error.hpp"
#include "layers/xml_text.hpp"

namespace layers {

void XmlWriter::endStart() {
    if (m_isInStart) {
        m_out += '>';
        m_isInStart = false;
    }
}

XmlWriter& XmlWriter::open(std::string_view tag) {
    endStart();
    if (!m_out.empty() && !m_hasText) {
        m_out += '\n';
    }
    m_out += '<';
    m_out += tag;
    m_open.emplace_back(tag);
    m_isInStart = true;
    m_hasText = false;
    return *this;
}

XmlWriter& XmlWriter::attribute(std::string_view name, std::string_view value) {
    if (!m_isInStart) {
        throw Error("an attribute of XML must stand before the element's content: " + std::string(name));
    }
    m_out += ' ';
    m_out += name;
    m_out += "=\"";
    // Line ends in attributes would be read as blanks.
    for (const char c : xmlEscaped(value)) {
        if (c == '\n' || c == '\t' || c == '\r') {
            m_out += c == '\n' ? "&#10;" : c == '\t' ? "&#9;" : "&#13;";
        } else {
            m_out += c;
        }
    }
    m_out += '"';
    return *this;
}

XmlWriter& XmlWriter::attribute(std::string_view name, int value) {
    return attribute(name, std::to_string(value));
}

XmlWriter& XmlWriter::text(std::string_view value) {
    endStart();
    m_out += xmlEscaped(value);
    m_hasText = true;
    return *this;
}

XmlWriter& XmlWriter::raw(std::string_view xml) {
    endStart();
    m_out += xml;
    return *this;
}

XmlWriter& XmlWriter::close() {
    if (m_open.empty()) {
        throw Error("an element of XML was closed that was not open");
    }
    if (m_isInStart) {
        m_out += "/>";
        m_isInStart = false;
    } else {
        m_out += "</" + m_open.back() + ">";
    }
    m_open.pop_back();
    m_hasText = false;
    return *this;
}

XmlWriter& XmlWriter::element(std::string_view tag, std::string_view value) {
    return open(tag).text(value).close();
}

std::string XmlWriter::take() {
    if (!m_open.empty()) {
        throw Error("an element of XML is still open: " + m_open.back());
    }
    m_out += '\n';
    return std::move(m_out);
}

} // namespace layers
