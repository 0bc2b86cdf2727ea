#include "layers/gbk_text.hpp"

#include "layers/error.hpp"
#include "layers/utf8.hpp"

#include <fmt/format.h>

#include <iconv.h>

#include <array>

namespace layers {

namespace {

constexpr const char* kMissing = "〓";
constexpr std::string_view kMissingGbk = "\xA1\xFE";
constexpr unsigned char kSpace = 0x20;
constexpr unsigned char kDelete = 0x7F;

/// An iconv descriptor for one direction.
class Converter {
  public:
    Converter(const char* to, const char* from) : m_descriptor(iconv_open(to, from)) {
        if (m_descriptor == kNone) {
            throw Error(fmt::format(
                "本机不支持编码 {}，请安装 glibc 的 gconv 模块 / this machine cannot convert {} to {}; "
                "install glibc's gconv modules (libc-bin)",
                to, from, to));
        }
    }
    ~Converter() { iconv_close(m_descriptor); }
    Converter(const Converter&) = delete;
    Converter& operator=(const Converter&) = delete;

    /// One character; empty when it cannot be expressed.
    [[nodiscard]] std::string convert(std::string_view character) {
        iconv(m_descriptor, nullptr, nullptr, nullptr, nullptr);
        constexpr std::size_t kMost = 8;
        std::array<char, kMost> out{};
        std::string in(character);
        char* from = in.data();
        std::size_t left = in.size();
        char* to = out.data();
        std::size_t room = out.size();
        // A positive count means that something similar was put instead.
        if (iconv(m_descriptor, &from, &left, &to, &room) != 0 || left != 0) {
            return {};
        }
        return {out.data(), out.size() - room};
    }

  private:
    static inline const iconv_t kNone = reinterpret_cast<iconv_t>(-1); // NOLINT: iconv's own way
    iconv_t m_descriptor;
};

} // namespace

struct GbkEncoder::Impl {
    // Written as Windows' code page 936; what GBK proper reads differently is not written.
    Converter toCp936{"CP936", "UTF-8"};
    Converter fromGbk{"UTF-8", "GBK"};
};

GbkEncoder::GbkEncoder() : m_impl(std::make_unique<Impl>()) {}
GbkEncoder::~GbkEncoder() = default;

GbkText GbkEncoder::encode(std::string_view utf8) {
    GbkText text;
    while (!utf8.empty()) {
        const std::size_t length = firstCharacter(utf8).length;
        const std::string_view character = utf8.substr(0, length == 0 ? 1 : length);
        utf8.remove_prefix(character.size());
        const auto lead = static_cast<unsigned char>(character.front());
        if (length == 1) {
            const bool isControl = lead < kSpace || lead == kDelete;
            text.bytes += isControl ? ' ' : character.front();
            text.utf8 += isControl ? ' ' : character.front();
            continue;
        }
        const std::string bytes = length == 0 ? std::string() : m_impl->toCp936.convert(character);
        if (bytes.size() == 2 && m_impl->fromGbk.convert(bytes) == character) {
            text.bytes += bytes;
            text.utf8 += character;
        } else {
            text.bytes += kMissingGbk;
            text.utf8 += kMissing;
            text.replaced.push_back(length == 0 ? fmt::format("\\x{:02X}", lead) : std::string(character));
        }
    }
    return text;
}

namespace {

/// How many bytes of a UTF-8 text make the next part.
std::size_t partLength(std::string_view text, std::size_t most) {
    std::size_t at = 0;
    std::size_t bytes = 0;    // in GBK
    std::size_t harmless = 0; // last cut with no space on either side
    while (at < text.size()) {
        const std::size_t length = firstCharacter(text.substr(at)).length;
        bytes += length == 1 ? 1 : 2;
        if (at > 0 && text[at] != ' ' && text[at - 1] != ' ') {
            harmless = at;
        }
        if (bytes > most) {
            return harmless > 0 ? harmless : at; // among nothing but spaces any cut will do
        }
        at += length;
    }
    return at;
}

} // namespace

std::vector<std::string> splitForGbk(const GbkText& text, std::size_t most) {
    std::vector<std::string> parts;
    std::string_view rest = text.utf8;
    do {
        const std::size_t length = partLength(rest, most);
        parts.emplace_back(rest.substr(0, length));
        rest.remove_prefix(length);
    } while (!rest.empty());
    return parts;
}

} // namespace layers
