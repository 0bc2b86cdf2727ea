#include "app/cartography/pdf_handle.hpp"

#include "layers/error.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace app {

namespace {

constexpr std::string_view kBlanks = " \t\r\n\f";
constexpr std::string_view kDelimiters = " \t\r\n\f()<>[]{}/%";
constexpr std::size_t kCodeDigits = 4;

/// Walks through a content stream; only what stands between BT and ET is looked at.
class Recoder {
  public:
    Recoder(std::string_view content, const Recoding& recoding) : m_in(content), m_recoding(recoding) {}

    std::string run() {
        m_out.reserve(m_in.size());
        while (copyToText()) {
            while (m_at < m_in.size() && token() != "ET") {
            }
        }
        return std::move(m_out);
    }

  private:
    static bool isOneOf(char c, std::string_view set) { return set.find(c) != std::string_view::npos; }

    void copyTo(std::size_t end) {
        end = std::min(end, m_in.size());
        m_out.append(m_in.substr(m_at, end - m_at));
        m_at = end;
    }

    /// To behind the next BT; false: there is none.
    bool copyToText() {
        constexpr std::string_view kBegin = "BT";
        for (std::size_t at = m_in.find(kBegin, m_at); at != std::string_view::npos;
             at = m_in.find(kBegin, at + 1)) {
            const std::size_t after = at + kBegin.size();
            if ((at == 0 || isOneOf(m_in[at - 1], kBlanks)) && after < m_in.size() &&
                isOneOf(m_in[after], kBlanks)) {
                copyTo(after);
                return true;
            }
        }
        copyTo(m_in.size());
        return false;
    }

    /// Copies one token, with other codes where it is a text, and says what it was.
    std::string_view token() {
        const char c = m_in[m_at];
        if (isOneOf(c, kBlanks)) {
            copyTo(std::min(m_in.find_first_not_of(kBlanks, m_at), m_in.size()));
            return {};
        }
        if (c == '(') {
            literal();
            return {};
        }
        if (m_in.substr(m_at, 2) == "<<") {
            dictionary();
            return {};
        }
        if (c == '<') {
            codes();
            return {};
        }
        const std::size_t end = isOneOf(c, "[]{}>)")
                                    ? m_at + 1
                                    : std::min(m_in.find_first_of(kDelimiters, m_at + 1), m_in.size());
        const std::string_view word = m_in.substr(m_at, end - m_at);
        if (c == '/') {
            m_name = word;
        } else if (word == "Tf") {
            m_font = m_recoding.find(std::string(m_name));
        }
        copyTo(end);
        return word;
    }

    void literal() {
        std::size_t at = m_at;
        int depth = 0;
        do {
            depth += m_in[at] == '(' ? 1 : m_in[at] == ')' ? -1 : 0;
            at += m_in[at] == '\\' ? 2 : 1;
        } while (depth > 0 && at < m_in.size());
        copyTo(at);
    }

    /// Of marked content: what it says is no text of the font.
    void dictionary() {
        copyTo(m_at + 2);
        while (m_at < m_in.size() && m_in.substr(m_at, 2) != ">>") {
            if (m_in[m_at] == '(') {
                literal();
            } else if (m_in[m_at] == '<') {
                copyTo(m_in.find('>', m_at) + 1);
            } else {
                copyTo(m_at + 1);
            }
        }
        copyTo(m_at + 2);
    }

    void codes() {
        constexpr int kHex = 16;
        const std::size_t end = m_in.find('>', m_at);
        if (m_font == m_recoding.end() || end == std::string_view::npos) {
            copyTo(end == std::string_view::npos ? m_in.size() : end + 1);
            return;
        }
        std::string digits(m_in.substr(m_at + 1, end - m_at - 1));
        const auto isBlankFrom =
            std::remove_if(digits.begin(), digits.end(), [](char c) { return isOneOf(c, kBlanks); });
        digits.erase(isBlankFrom, digits.end()); // Cairo breaks lines anywhere
        if (digits.size() % kCodeDigits != 0) {
            throw layers::Error("unexpected text in a content stream");
        }
        m_out += '<';
        for (std::size_t i = 0; i < digits.size(); i += kCodeDigits) {
            const auto code =
                static_cast<std::uint16_t>(std::stoul(digits.substr(i, kCodeDigits), nullptr, kHex));
            fmt::format_to(std::back_inserter(m_out), "{:04x}", m_font->second.at(code));
        }
        m_out += '>';
        m_at = end + 1;
    }

    std::string_view m_in;
    const Recoding& m_recoding;
    std::size_t m_at = 0;
    std::string m_out;
    std::string_view m_name;
    Recoding::const_iterator m_font = m_recoding.end();
};

} // namespace

std::string recoded(std::string_view content, const Recoding& recoding) {
    return Recoder(content, recoding).run();
}

} // namespace app
