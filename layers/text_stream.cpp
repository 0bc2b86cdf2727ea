#include "layers/text_stream.hpp"

#include "layers/error.hpp"

#include <algorithm>
#include <string_view>
#include <vector>

#include <fmt/format.h>

namespace layers {

namespace {

constexpr std::size_t kPieceBytes = std::size_t{1} << 20U;
constexpr std::size_t kLineMost = std::size_t{16} << 20U;
constexpr std::size_t kFirstSamples = 2000;
constexpr std::size_t kSamples = 4000;
constexpr std::size_t kShown = 5;
constexpr std::string_view kReplacement = "\uFFFD";

void appendUtf8(std::string& text, char32_t c) {
    constexpr unsigned kTail = 6;
    constexpr char32_t kTailMask = 0x3F;
    constexpr char32_t kMark = 0x80;
    const auto tail = [&](unsigned shift) {
        text += static_cast<char>(kMark | ((c >> (shift * kTail)) & kTailMask));
    };
    if (c < 0x80) {
        text += static_cast<char>(c);
    } else if (c < 0x800) {
        text += static_cast<char>(0xC0U | (c >> kTail));
        tail(0);
    } else if (c < 0x10000) {
        text += static_cast<char>(0xE0U | (c >> (2 * kTail)));
        tail(1);
        tail(0);
    } else {
        text += static_cast<char>(0xF0U | (c >> (3 * kTail)));
        tail(2);
        tail(1);
        tail(0);
    }
}

/// UTF-16 as UTF-8; a lone surrogate becomes U+FFFD.
Recoded fromUtf16(std::string_view bytes, bool bigEndian) {
    constexpr char32_t kHigh = 0xD800;
    constexpr char32_t kLow = 0xDC00;
    constexpr char32_t kAfter = 0xE000;
    const auto unit = [&](std::size_t at) {
        const auto first = static_cast<unsigned char>(bytes[at]);
        const auto second = static_cast<unsigned char>(bytes[at + 1]);
        return static_cast<char32_t>(bigEndian ? first << 8U | second : second << 8U | first);
    };
    Recoded result;
    for (std::size_t at = 0; at + 1 < bytes.size(); at += 2) {
        const char32_t c = unit(at);
        const bool isPair =
            c >= kHigh && c < kLow && at + 3 < bytes.size() && unit(at + 2) >= kLow && unit(at + 2) < kAfter;
        if (isPair) {
            constexpr unsigned kTen = 10;
            appendUtf8(result.text, 0x10000 + ((c - kHigh) << kTen) + (unit(at + 2) - kLow));
            at += 2;
        } else if (c >= kHigh && c < kAfter) {
            result.text += kReplacement;
            ++result.faulty;
        } else {
            appendUtf8(result.text, c);
        }
    }
    return result;
}

} // namespace

TextStream::TextStream(const std::filesystem::path& file, const std::string& given, ProblemLog& log)
    : m_file(file), m_stream(file, std::ios::binary) {
    if (!m_stream) {
        throw Error("无法打开文件 " + file.string() +
                    "：请检查路径和读取权限 / cannot open the file: check the path and that it may be read");
    }
    lookAtStart();
    decide(given, log);
    rewind();
}

void TextStream::lookAtStart() {
    constexpr std::size_t kLooked = 4096;
    std::string start(kLooked, '\0');
    m_stream.read(start.data(), static_cast<std::streamsize>(start.size()));
    start.resize(static_cast<std::size_t>(m_stream.gcount()));
    const std::string name = m_file.filename().string();
    using namespace std::string_view_literals;
    if (start.starts_with("\xEF\xBB\xBF")) {
        m_markBytes = 3;
    } else if (start.starts_with("\xFF\xFE")) {
        m_width = Width::Little16;
        m_markBytes = 2;
    } else if (start.starts_with("\xFE\xFF")) {
        m_width = Width::Big16;
        m_markBytes = 2;
    } else if (start.starts_with("PK\x03\x04"sv) || start.starts_with("\xD0\xCF\x11\xE0"sv)) {
        throw Error(name + "：内容不是文本，而是工作簿或压缩文件；请改用正确的扩展名（.xlsx、.xls）/ not a "
                           "text but a workbook or archive: give it its own extension (.xlsx, .xls)");
    } else if (start.find('\0') != std::string::npos) {
        throw Error(name + "：内容不是文本（含零字节），不能作为表格读取；请另存为 UTF-8 的 CSV / not a text "
                           "(it holds zero bytes): save the table as CSV in UTF-8");
    }
}

std::vector<std::string> TextStream::samples() {
    std::vector<std::string> found;
    std::string piece;
    m_encoding = {};
    std::int64_t line = 0;
    rewind();
    while (true) {
        m_bytes.resize(kPieceBytes);
        m_stream.read(m_bytes.data(), static_cast<std::streamsize>(kPieceBytes));
        m_bytes.resize(static_cast<std::size_t>(m_stream.gcount()));
        if (m_bytes.empty()) {
            break;
        }
        m_lines += std::count(m_bytes.begin(), m_bytes.end(), '\n');
        // Whole lines of this piece only: the cut ones at both ends would look like broken characters.
        std::size_t perPiece = 0;
        std::size_t from = line == 0 ? 0 : m_bytes.find_first_of("\r\n");
        ++line;
        while (m_width == Width::Bytes && from < m_bytes.size() && found.size() < kSamples &&
               (found.size() < kFirstSamples || perPiece == 0)) {
            std::size_t to = m_bytes.find_first_of("\r\n", from);
            if (to == std::string::npos) {
                if (!m_stream.eof()) {
                    break;
                }
                to = m_bytes.size();
            }
            const std::string_view text = std::string_view(m_bytes).substr(from, to - from);
            if (!isAscii(text)) {
                found.emplace_back(text);
                ++perPiece;
            }
            from = to + 1;
        }
    }
    return found;
}

void TextStream::decide(const std::string& given, ProblemLog& log) {
    const std::vector<std::string> texts = samples();
    if (!given.empty()) {
        m_encoding.name = encodingFromName(given);
        m_encoding.reason = "given by --encoding";
        if (m_encoding.name.empty()) {
            throw Error(
                "--encoding " + given +
                "：不认识的编码，可用 GBK、GB18030、UTF-8 等 / not a known encoding: try GBK, GB18030, "
                "UTF-8");
        }
        m_width = Width::Bytes;
    } else if (m_markBytes > 0) {
        m_encoding.name = m_width == Width::Bytes ? "UTF-8" : "UTF-16";
        m_encoding.reason = "byte order mark";
    } else {
        m_encoding = encodingFromBytes(texts);
    }
    for (std::size_t n = 0; m_width == Width::Bytes && n < std::min(texts.size(), kShown); ++n) {
        constexpr std::size_t kShownBytes = 60;
        m_shown.push_back(recoded(std::string_view(texts[n]).substr(0, kShownBytes), m_encoding.name).text);
    }
    if (!m_encoding.guessed) {
        return;
    }
    const std::string shown = fmt::format("{}", fmt::join(m_shown, "、"));
    Problem problem;
    problem.kind = m_encoding.doubtful ? ProblemKind::EncodingDoubtful : ProblemKind::EncodingGuessed;
    problem.severity = m_encoding.doubtful ? Severity::Warning : Severity::Info;
    problem.textZh = "文本按 " + m_encoding.name + " 读取（" + m_encoding.reason + "），示例：" + shown;
    problem.textEn = "text read as " + m_encoding.name + " (" + m_encoding.reason + "), samples: " + shown;
    problem.doneZh = "请核对示例；不对时用 --encoding 指定";
    problem.doneEn = "check the samples; if they are wrong give --encoding";
    log.add(std::move(problem));
}

void TextStream::rewind() {
    m_stream.clear();
    m_stream.seekg(static_cast<std::streamoff>(m_markBytes));
    m_bytes.clear();
    m_atEnd = false;
    m_faulty = 0;
}

/// Behind the last whole line that was read; npos when there is none.
std::size_t TextStream::endOfLines() const {
    if (m_width == Width::Bytes) {
        const std::size_t found = m_bytes.find_last_of("\r\n"); // never a part of a GB18030 character
        return found == std::string::npos ? found : found + 1;
    }
    for (std::size_t at = m_bytes.size() / 2 * 2; at >= 2; at -= 2) {
        const char high = m_bytes[m_width == Width::Big16 ? at - 2 : at - 1];
        const char low = m_bytes[m_width == Width::Big16 ? at - 1 : at - 2];
        if (high == 0 && (low == '\n' || low == '\r')) {
            return at;
        }
    }
    return std::string::npos;
}

std::string TextStream::decoded(std::string_view bytes) {
    if (m_width == Width::Bytes && m_encoding.name == "UTF-8" && isUtf8(bytes)) {
        return std::string(bytes);
    }
    Recoded text =
        m_width == Width::Bytes ? recoded(bytes, m_encoding.name) : fromUtf16(bytes, m_width == Width::Big16);
    m_faulty += static_cast<std::int64_t>(text.faulty) + (text.cut ? 1 : 0);
    return std::move(text.text);
}

bool TextStream::next(std::string& piece) {
    while (true) {
        const std::size_t end = m_atEnd ? m_bytes.size() : endOfLines();
        if (end != std::string::npos && end > 0) {
            piece = decoded(std::string_view(m_bytes).substr(0, end));
            m_bytes.erase(0, end);
            return true;
        }
        if (m_atEnd) {
            return false;
        }
        if (m_bytes.size() > kLineMost) {
            throw Error(fmt::format("{0}：有一行超过 16 MiB，不像是表格；请检查文件 / {0}: a line is longer "
                                    "than 16 MiB, which no "
                                    "table has: check the file",
                                    m_file.filename().string()));
        }
        const std::size_t had = m_bytes.size();
        m_bytes.resize(had + kPieceBytes);
        m_stream.read(m_bytes.data() + had, static_cast<std::streamsize>(kPieceBytes));
        m_bytes.resize(had + static_cast<std::size_t>(m_stream.gcount()));
        m_atEnd = m_stream.eof();
    }
}

} // namespace layers
