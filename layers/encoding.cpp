#include "layers/encoding.hpp"

#include "layers/error.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <cerrno>
#include <memory>
#include <utility>

#include <iconv.h>

namespace layers {

namespace {

constexpr std::string_view kReplacement = "\uFFFD";
constexpr unsigned char kAsciiEnd = 0x80;

struct IconvDeleter {
    void operator()(void* handle) const { iconv_close(handle); }
};
using IconvPtr = std::unique_ptr<void, IconvDeleter>;

// NOLINTNEXTLINE(performance-no-int-to-ptr): iconv_open's own way to say "no"
const iconv_t kNoConverter = reinterpret_cast<iconv_t>(-1); // NOLINT(misc-misplaced-const)

IconvPtr openIconv(const std::string& encoding) {
    iconv_t handle = iconv_open("UTF-8", encoding.c_str());
    return handle == kNoConverter ? nullptr : IconvPtr(handle);
}

/// The last converter of this thread: a table's columns all have the same encoding.
iconv_t converter(const std::string& encoding) {
    thread_local std::pair<std::string, IconvPtr> last;
    if (!last.second || last.first != encoding) {
        last = {encoding, openIconv(encoding)};
        if (!last.second) {
            throw Error("不支持编码 " + encoding +
                        "，请用 --encoding 指定（如 GBK、UTF-8）/ the encoding is not known: give one with "
                        "--encoding (GBK, UTF-8)");
        }
    }
    iconv(last.second.get(), nullptr, nullptr, nullptr, nullptr);
    return last.second.get();
}

std::string lettersAndDigits(std::string_view text) {
    std::string kept;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (std::isalnum(byte) != 0) {
            kept += static_cast<char>(std::toupper(byte));
        }
    }
    return kept;
}

} // namespace

bool isAscii(std::string_view bytes) {
    return std::all_of(bytes.begin(), bytes.end(),
                       [](char c) { return static_cast<unsigned char>(c) < kAsciiEnd; });
}

bool isUtf8(std::string_view bytes) {
    constexpr unsigned char kContinuation = 0x80;
    constexpr unsigned char kContinuationMask = 0xC0;
    const auto at = [&](std::size_t i) { return static_cast<unsigned char>(bytes[i]); };
    for (std::size_t i = 0; i < bytes.size();) {
        const unsigned char lead = at(i);
        std::size_t more = 0;
        unsigned char least = kContinuation; // of the second byte: shuts out overlong forms and surrogates
        unsigned char most = 0xBF;
        if (lead >= 0xC2 && lead <= 0xDF) {
            more = 1;
        } else if ((lead & 0xF0) == 0xE0) {
            more = 2;
            least = lead == 0xE0 ? 0xA0 : kContinuation;
            most = lead == 0xED ? 0x9F : most;
        } else if (lead >= 0xF0 && lead <= 0xF4) {
            more = 3;
            least = lead == 0xF0 ? 0x90 : kContinuation;
            most = lead == 0xF4 ? 0x8F : most;
        } else if (lead >= kAsciiEnd) {
            return false;
        }
        if (more >= bytes.size() - i || (more > 0 && (at(i + 1) < least || at(i + 1) > most))) {
            return false;
        }
        for (std::size_t k = 2; k <= more; ++k) {
            if ((at(i + k) & kContinuationMask) != kContinuation) {
                return false;
            }
        }
        i += more + 1;
    }
    return true;
}

std::string encodingFromName(std::string_view text) {
    constexpr std::string_view kBom = "\xEF\xBB\xBF";
    if (text.starts_with(kBom)) {
        text.remove_prefix(kBom.size());
    }
    std::string name = lettersAndDigits(text);
    if (name.starts_with("ANSI") && name.size() > 4 &&
        std::isdigit(static_cast<unsigned char>(name[4])) != 0) {
        name.erase(0, 4);
    }
    if (name.starts_with("CP") || name.starts_with("MS")) {
        name.erase(0, 2);
    }
    if (name == "UTF8" || name == "65001") {
        return "UTF-8";
    }
    if (name == "936" || name == "GBK" || name == "GB2312" || name == "GB18030" || name == "54936" ||
        name == "EUCCN") {
        return "GB18030"; // holds GBK and GB2312 whole
    }
    if (name == "950" || name == "BIG5") {
        return "BIG5";
    }
    if (name.starts_with("UTF16") || name.starts_with("UTF32") || name.starts_with("UCS")) {
        return {};
    }
    if (name.starts_with("88591") && name.size() > 4) { // 88591 is ISO 8859-1, 885915 is 8859-15
        return "ISO-8859-" + name.substr(4);
    }
    if (name.starts_with("ISO8859") && name.size() > 7) {
        return "ISO-8859-" + name.substr(7);
    }
    const bool digits = !name.empty() && std::all_of(name.begin(), name.end(),
                                                     [](unsigned char c) { return std::isdigit(c) != 0; });
    const std::string candidate = digits ? "CP" + name : std::string(text);
    return !candidate.empty() && openIconv(candidate) ? candidate : std::string();
}

std::string encodingFromLanguageDriver(std::uint8_t driver) {
    // dBase and ArcGIS language drivers that occur; 0x57 is "ANSI" and says nothing.
    constexpr std::array<std::pair<std::uint8_t, const char*>, 14> kDrivers{{{0x01, "CP437"},
                                                                             {0x02, "CP850"},
                                                                             {0x03, "CP1252"},
                                                                             {0x08, "CP865"},
                                                                             {0x13, "CP932"},
                                                                             {0x4D, "GB18030"},
                                                                             {0x4E, "CP949"},
                                                                             {0x4F, "BIG5"},
                                                                             {0x64, "CP852"},
                                                                             {0x65, "CP866"},
                                                                             {0x78, "BIG5"},
                                                                             {0x7A, "GB18030"},
                                                                             {0xC8, "CP1250"},
                                                                             {0xC9, "CP1251"}}};
    const auto* const found = std::find_if(kDrivers.begin(), kDrivers.end(),
                                           [&](const auto& entry) { return entry.first == driver; });
    return found == kDrivers.end() ? std::string() : found->second;
}

Recoded recoded(std::string_view bytes, const std::string& encoding) {
    Recoded result;
    if (isAscii(bytes)) {
        result.text = bytes;
        return result;
    }
    iconv_t handle = converter(encoding);
    std::string input(bytes);
    char* in = input.data();
    std::size_t left = input.size();
    std::array<char, 512> buffer{};
    while (left > 0) {
        char* to = buffer.data();
        std::size_t room = buffer.size();
        const std::size_t status = iconv(handle, &in, &left, &to, &room);
        const int fault = errno;
        result.text.append(buffer.data(), buffer.size() - room);
        if (status != static_cast<std::size_t>(-1) || fault == E2BIG) {
            continue;
        }
        if (fault == EINVAL) {
            result.cut = true;
            break;
        }
        result.text += kReplacement;
        ++result.faulty;
        ++in;
        --left;
    }
    return result;
}

} // namespace layers
