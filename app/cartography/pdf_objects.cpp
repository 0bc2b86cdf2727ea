#include "app/cartography/pdf_handle.hpp"

#include "app/cartography/paper_font_handle.hpp"
#include "layers/error.hpp"
#include "layers/sha256.hpp"

#include <fmt/format.h>
#include <qpdf/Buffer.hh>
#include <qpdf/QPDFWriter.hh>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <system_error>

namespace app {

namespace {

namespace fs = std::filesystem;

/// Says in a font's object which font it is of; other programs pass it over.
constexpr const char* kMark = "/EcoRedline_Font";
constexpr std::size_t kMostCharsABlock = 100; // of a CMap

/// UTF-16BE as hexadecimal digits.
std::string utf16Digits(char32_t character) {
    constexpr char32_t kFirstBeyond = 0x10000;
    constexpr unsigned int kHalf = 10;
    if (character < kFirstBeyond) {
        return fmt::format("{:04x}", static_cast<std::uint32_t>(character));
    }
    const auto rest = static_cast<std::uint32_t>(character - kFirstBeyond);
    return fmt::format("{:04x}{:04x}", 0xD800U + (rest >> kHalf), 0xDC00U + (rest & 0x3FFU));
}

std::u32string fromUtf16Digits(std::string_view digits) {
    constexpr std::size_t kUnit = 4;
    constexpr int kHex = 16;
    std::u32string text;
    for (std::size_t i = 0; i + kUnit <= digits.size(); i += kUnit) {
        const auto unit =
            static_cast<char32_t>(std::stoul(std::string(digits.substr(i, kUnit)), nullptr, kHex));
        const bool isLow = unit >= 0xDC00 && unit <= 0xDFFF;
        if (isLow && !text.empty() && text.back() >= 0xD800 && text.back() <= 0xDBFF) {
            text.back() = 0x10000 + ((text.back() - 0xD800) << 10U) + (unit - 0xDC00);
        } else {
            text.push_back(unit);
        }
    }
    return text;
}

std::string toUnicode(const UsedGlyphs& glyphs) {
    std::string map = "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CIDSystemInfo\n<< "
                      "/Registry (Adobe)\n   /Ordering (UCS)\n   /Supplement 0\n>> def\n/CMapName "
                      "/Adobe-Identity-UCS def\n/CMapType 2 def\n1 begincodespacerange\n<0000> "
                      "<ffff>\nendcodespacerange\n";
    std::size_t left = glyphs.size();
    std::size_t inBlock = 0;
    for (const auto& [glyph, character] : glyphs) {
        if (inBlock == 0) {
            inBlock = std::min(left, kMostCharsABlock);
            map += fmt::format("{} beginbfchar\n", inBlock);
        }
        map += fmt::format("<{:04x}> <{}>\n", glyph, utf16Digits(character));
        --left;
        if (--inBlock == 0) {
            map += "endbfchar\n";
        }
    }
    return map + "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n";
}

/// Six capital letters that tell subsets of one font apart.
std::string subsetTag(const std::string& program) {
    constexpr std::size_t kLetters = 6;
    constexpr unsigned char kAlphabet = 26;
    const std::string digest = layers::sha256OfText(program);
    std::string tag;
    for (std::size_t i = 0; i < kLetters; ++i) {
        constexpr int kHex = 16;
        tag += static_cast<char>('A' + std::stoul(digest.substr(2 * i, 2), nullptr, kHex) % kAlphabet);
    }
    return tag;
}

QPDFObjectHandle integer(int value) {
    return QPDFObjectHandle::newInteger(value);
}

QPDFObjectHandle name(const std::string& text) {
    return QPDFObjectHandle::newName("/" + text);
}

QPDFObjectHandle descriptor(QPDF& pdf, const PaperFont& font, const std::string& fontName,
                            const std::string& program) {
    constexpr int kSymbolic = 4;
    constexpr int kStem = 80;
    const PaperFont::Metrics metrics = font.metrics();
    QPDFObjectHandle file = newStream(pdf, program);
    file.getDict().replaceKey("/Subtype", name("CIDFontType0C"));
    QPDFObjectHandle made = QPDFObjectHandle::newDictionary();
    made.replaceKey("/Type", name("FontDescriptor"));
    made.replaceKey("/FontName", name(fontName));
    made.replaceKey("/Flags", integer(kSymbolic));
    made.replaceKey("/FontBBox", QPDFObjectHandle::newArray({integer(metrics.left), integer(metrics.bottom),
                                                             integer(metrics.right), integer(metrics.top)}));
    made.replaceKey("/ItalicAngle", integer(0));
    made.replaceKey("/Ascent", integer(metrics.ascent));
    made.replaceKey("/Descent", integer(metrics.descent));
    made.replaceKey("/CapHeight", integer(metrics.top));
    made.replaceKey("/StemV", integer(kStem));
    made.replaceKey("/FontFile3", file);
    return pdf.makeIndirectObject(made);
}

QPDFObjectHandle widths(const PaperFont& font, const UsedGlyphs& glyphs) {
    constexpr int kUsual = 1000; // a square, which need not be said
    QPDFObjectHandle all = QPDFObjectHandle::newArray();
    for (const auto& [glyph, character] : glyphs) {
        const int width = font.widthOf(glyph);
        if (width != kUsual) {
            all.appendItem(integer(glyph));
            all.appendItem(QPDFObjectHandle::newArray({integer(width)}));
        }
    }
    return all;
}

} // namespace

void throwPdfError(const fs::path& file, const char* why) {
    throw layers::Error(fmt::format("无法读写 {0}：{1}；请检查磁盘空间，再试一次 / cannot read or write {0}: "
                                    "{1}; check free space and try again",
                                    file.filename().string(), why));
}

std::shared_ptr<QPDF> openPdf(const fs::path& file) {
    struct Opened {
        std::string bytes;
        QPDF pdf;
    };
    const auto opened = std::make_shared<Opened>();
    std::ifstream in(file, std::ios::binary);
    opened->bytes.assign(std::istreambuf_iterator<char>(in), {});
    if (!in) {
        throwPdfError(file, std::generic_category().message(errno).c_str());
    }
    opened->pdf.setSuppressWarnings(true);
    opened->pdf.setAttemptRecovery(false);
    opened->pdf.processMemoryFile(file.c_str(), opened->bytes.data(), opened->bytes.size());
    return {opened, &opened->pdf};
}

void writePdf(QPDF& pdf, const fs::path& file) {
    fs::path part = file;
    part += ".part";
    // Our own stream: qpdf does not look whether the end of the file reached the disk.
    std::unique_ptr<FILE, int (*)(FILE*)> out(std::fopen(part.c_str(), "wb"), &std::fclose);
    if (!out) {
        throwPdfError(file, std::generic_category().message(errno).c_str());
    }
    {
        QPDFWriter writer(pdf, part.c_str(), out.get(), false);
        writer.setObjectStreamMode(qpdf_o_generate);
        writer.setDeterministicID(true);
        writer.write();
    }
    const bool isWhole = std::fflush(out.get()) == 0 && std::ferror(out.get()) == 0;
    const int why = errno;
    if (std::fclose(out.release()) != 0 || !isWhole) {
        throwPdfError(file, std::generic_category().message(why).c_str());
    }
    fs::rename(part, file);
}

QPDFObjectHandle newStream(QPDF& pdf, const std::string& data) {
    return QPDFObjectHandle::newStream(&pdf, data);
}

std::string dataOf(QPDFObjectHandle stream) {
    const std::shared_ptr<Buffer> buffer = stream.getStreamData();
    const std::vector<unsigned char> bytes(buffer->getBuffer(), buffer->getBuffer() + buffer->getSize());
    return {bytes.begin(), bytes.end()};
}

std::map<std::uint16_t, std::u32string> charactersOf(QPDFObjectHandle font) {
    constexpr int kHex = 16;
    std::map<std::uint16_t, std::u32string> characters;
    if (!font.getKey("/ToUnicode").isStream()) {
        return characters;
    }
    const std::string map = dataOf(font.getKey("/ToUnicode"));
    const std::string_view all = map;
    for (std::size_t block = all.find("beginbfchar"); block != std::string_view::npos;
         block = all.find("beginbfchar", block + 1)) {
        const std::size_t end = std::min(all.find("endbfchar", block), all.size());
        std::size_t at = block;
        const auto next = [&]() -> std::string_view {
            const std::size_t open = all.find('<', at);
            const std::size_t close = all.find('>', open);
            if (open >= end || close >= end) {
                at = end;
                return {};
            }
            at = close + 1;
            return all.substr(open + 1, close - open - 1);
        };
        for (std::string_view code = next(); !code.empty(); code = next()) {
            const auto number = static_cast<std::uint16_t>(std::stoul(std::string(code), nullptr, kHex));
            characters[number] = fromUtf16Digits(next());
        }
    }
    return characters;
}

std::optional<NumberedFont> numberedFont(QPDFObjectHandle font) {
    if (!font.isDictionary() || !font.getKey(kMark).isName()) {
        return std::nullopt;
    }
    NumberedFont found{font.getKey(kMark).getName().substr(1), {}};
    for (const auto& [glyph, text] : charactersOf(font)) {
        if (!text.empty()) {
            found.glyphs[glyph] = text.front();
        }
    }
    return found;
}

bool makeNumberedFont(QPDF& pdf, QPDFObjectHandle font, const NumberedFont& made) {
    const PaperFont* paper = PaperFont::named(made.name);
    std::set<std::uint16_t> numbers;
    for (const auto& [glyph, character] : made.glyphs) {
        numbers.insert(glyph);
    }
    const std::string program = paper == nullptr ? std::string() : paper->program(numbers);
    if (paper == nullptr || program.empty()) {
        return false;
    }
    const std::string fontName = subsetTag(program) + "+" + made.name;
    QPDFObjectHandle system = QPDFObjectHandle::newDictionary();
    system.replaceKey("/Registry", QPDFObjectHandle::newString("Adobe"));
    system.replaceKey("/Ordering", QPDFObjectHandle::newString("Identity"));
    system.replaceKey("/Supplement", integer(0));
    QPDFObjectHandle inner = QPDFObjectHandle::newDictionary();
    inner.replaceKey("/Type", name("Font"));
    inner.replaceKey("/Subtype", name("CIDFontType0"));
    inner.replaceKey("/BaseFont", name(fontName));
    inner.replaceKey("/CIDSystemInfo", system);
    inner.replaceKey("/FontDescriptor", descriptor(pdf, *paper, fontName, program));
    inner.replaceKey("/W", widths(*paper, made.glyphs));
    font.replaceKey("/Type", name("Font"));
    font.replaceKey("/Subtype", name("Type0"));
    font.replaceKey("/BaseFont", name(fontName));
    font.replaceKey("/Encoding", name("Identity-H"));
    font.replaceKey("/DescendantFonts", QPDFObjectHandle::newArray({pdf.makeIndirectObject(inner)}));
    font.replaceKey("/ToUnicode", newStream(pdf, toUnicode(made.glyphs)));
    font.replaceKey(kMark, name(made.name));
    return true;
}

} // namespace app
