#include "app/cartography/pdf_fonts.hpp"

#include "app/cartography/paper_font_handle.hpp"
#include "app/cartography/pdf_handle.hpp"

#include <cmath>
#include <cstdlib>
#include <vector>

namespace app {

namespace {

/// Codes of one of Cairo's fonts and the glyphs that they stand for.
struct CairoFont {
    std::string name;
    std::map<std::uint16_t, std::uint16_t> glyphs;
    UsedGlyphs characters;
};

/// Widths of a font of Cairo's by code: its /W is one run that begins at 0.
std::vector<double> widthsOf(QPDFObjectHandle inner) {
    std::vector<double> widths;
    QPDFObjectHandle all = inner.getKey("/W");
    if (!all.isArray() || all.getArrayNItems() != 2 || !all.getArrayItem(1).isArray() ||
        all.getArrayItem(0).getIntValue() != 0) {
        return widths;
    }
    for (const QPDFObjectHandle& width : all.getArrayItem(1).getArrayAsVector()) {
        widths.push_back(QPDFObjectHandle(width).getNumericValue());
    }
    return widths;
}

/// What each code of a font stands for; nothing where one of them is in doubt.
std::optional<CairoFont> readFont(QPDFObjectHandle font, const std::set<std::string>& shaped) {
    if (!font.isDictionary() || !font.getKey("/Subtype").isNameAndEquals("/Type0") ||
        !font.getKey("/BaseFont").isName()) {
        return std::nullopt;
    }
    const std::string base = font.getKey("/BaseFont").getName();
    const std::size_t tag = base.find('+');
    CairoFont read{tag == std::string::npos ? std::string() : base.substr(tag + 1), {}, {}};
    const PaperFont* paper = PaperFont::named(read.name);
    if (paper == nullptr || shaped.count(read.name) > 0) {
        return std::nullopt;
    }
    const std::vector<double> widths = widthsOf(font.getKey("/DescendantFonts").getArrayItem(0));
    const std::map<std::uint16_t, std::u32string> characters = charactersOf(font);
    if (widths.empty() || characters.size() + 1 < widths.size()) {
        return std::nullopt;
    }
    read.glyphs[0] = 0; // .notdef
    for (const auto& [code, text] : characters) {
        const std::uint16_t glyph = text.size() == 1 ? paper->glyphOf(text.front()) : std::uint16_t{0};
        if (glyph == 0 || code >= widths.size() || std::abs(widths[code] - paper->widthOf(glyph)) > 1 ||
            !read.characters.emplace(glyph, text.front()).second) {
            return std::nullopt;
        }
        read.glyphs[code] = glyph;
    }
    return read;
}

/// Every page and form of a document with its fonts.
class Rewriter {
  public:
    Rewriter(QPDF& pdf, const std::set<std::string>& shaped) : m_pdf(pdf), m_shaped(shaped) {}

    void run() {
        for (QPDFObjectHandle page : m_pdf.getAllPages()) {
            QPDFObjectHandle content = page.getKey("/Contents");
            if (content.isStream()) {
                rewrite(content, page.getKey("/Resources"));
            }
        }
    }

  private:
    /// The font's codes, and the font that takes its place; once a font.
    struct Replaced {
        std::optional<CairoFont> cairo;
        QPDFObjectHandle font;
    };
    const Replaced& replaced(const QPDFObjectHandle& font) {
        const auto found = m_fonts.find(font.getObjGen());
        if (found != m_fonts.end()) {
            return found->second;
        }
        Replaced made{readFont(font, m_shaped), font};
        if (made.cairo) {
            QPDFObjectHandle object = m_pdf.makeIndirectObject(QPDFObjectHandle::newDictionary());
            if (makeNumberedFont(m_pdf, object, {made.cairo->name, made.cairo->characters})) {
                made.font = object;
            } else {
                made.cairo.reset();
            }
        }
        return m_fonts.emplace(font.getObjGen(), std::move(made)).first->second;
    }

    void rewrite(QPDFObjectHandle content, QPDFObjectHandle resources) {
        if (!resources.isDictionary() || !m_done.insert(content.getObjGen()).second) {
            return;
        }
        Recoding own;
        Recoding& recoding = resources.isIndirect() ? m_recoded[resources.getObjGen()] : own;
        QPDFObjectHandle fonts = resources.getKey("/Font");
        for (const std::string& key : fonts.isDictionary() ? fonts.getKeys() : std::set<std::string>()) {
            QPDFObjectHandle font = fonts.getKey(key);
            if (numberedFont(font)) {
                continue; // of resources that several streams share
            }
            const Replaced& made = replaced(font);
            if (made.cairo) {
                recoding[key] = made.cairo->glyphs;
                fonts.replaceKey(key, made.font);
            }
        }
        if (!recoding.empty()) {
            content.replaceStreamData(recoded(dataOf(content), recoding), QPDFObjectHandle::newNull(),
                                      QPDFObjectHandle::newNull());
        }
        QPDFObjectHandle forms = resources.getKey("/XObject");
        for (const std::string& key : forms.isDictionary() ? forms.getKeys() : std::set<std::string>()) {
            QPDFObjectHandle form = forms.getKey(key);
            if (form.isStream() && form.getDict().getKey("/Subtype").isNameAndEquals("/Form")) {
                rewrite(form, form.getDict().getKey("/Resources"));
            }
        }
    }

    QPDF& m_pdf;
    const std::set<std::string>& m_shaped;
    std::map<QPDFObjGen, Replaced> m_fonts;
    std::map<QPDFObjGen, Recoding> m_recoded;
    std::set<QPDFObjGen> m_done;
};

} // namespace

void numberGlyphs(const std::filesystem::path& file, const std::set<std::string>& shaped, PdfDate date) {
    withPdf(file, [&] {
        const std::shared_ptr<QPDF> pdf = openPdf(file);
        Rewriter(*pdf, shaped).run();
        if (date == PdfDate::Drop && pdf->getTrailer().getKey("/Info").isDictionary()) {
            pdf->getTrailer().getKey("/Info").removeKey("/CreationDate");
        }
        writePdf(*pdf, file);
    });
}

std::string pdfLibrary() {
    return "qpdf " + QPDF::QPDFVersion();
}

} // namespace app
