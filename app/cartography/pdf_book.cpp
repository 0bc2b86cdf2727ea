#include "app/cartography/pdf_book.hpp"

#include "app/cartography/pdf_handle.hpp"
#include "layers/error.hpp"

#include <algorithm>
#include <vector>

namespace app {

namespace {

constexpr const char* kLayer = "/Layer";

/// Fonts of all pages: one subset for all that agree on the character of each glyph.
class SharedFonts {
  public:
    explicit SharedFonts(QPDF& pdf) : m_pdf(pdf) {}

    /// The font, of the book, that holds these glyphs too.
    QPDFObjectHandle add(const NumberedFont& font) {
        std::vector<Shared>& subsets = m_subsets[font.name];
        auto found = std::find_if(subsets.begin(), subsets.end(),
                                  [&](const Shared& shared) { return agree(shared.glyphs, font.glyphs); });
        if (found == subsets.end()) {
            subsets.push_back({m_pdf.makeIndirectObject(QPDFObjectHandle::newDictionary()), {}});
            found = std::prev(subsets.end());
        }
        found->glyphs.insert(font.glyphs.begin(), font.glyphs.end());
        return found->object;
    }

    void make() {
        for (const auto& [name, subsets] : m_subsets) {
            for (const Shared& shared : subsets) {
                if (!makeNumberedFont(m_pdf, shared.object, {name, shared.glyphs})) {
                    throw layers::Error("字体 " + name +
                                        " 无法嵌入，请重新安装 fonts-noto-cjk / the font cannot be embedded: "
                                        "install fonts-noto-cjk anew");
                }
            }
        }
    }

  private:
    struct Shared {
        QPDFObjectHandle object;
        UsedGlyphs glyphs;
    };
    /// Two characters can share a glyph; a reader of the PDF gets the one that stands in the source.
    static bool agree(const UsedGlyphs& a, const UsedGlyphs& b) {
        return std::all_of(b.begin(), b.end(), [&](const auto& used) {
            const auto found = a.find(used.first);
            return found == a.end() || found->second == used.second;
        });
    }

    QPDF& m_pdf;
    std::map<std::string, std::vector<Shared>> m_subsets;
};

} // namespace

class PdfBook::Impl {
  public:
    explicit Impl(const std::filesystem::path& layers)
        : m_layers(openPdf(layers)), m_pages(m_layers->getAllPages()), m_fonts(m_book) {
        m_book.emptyPDF();
        m_book.setSuppressWarnings(true);
        m_book.getTrailer().replaceKey("/Info",
                                       m_book.copyForeignObject(m_layers->getTrailer().getKey("/Info")));
    }

    void addPage(std::size_t layer) { add(m_pages.at(layer)); }

    std::size_t addPages(const std::filesystem::path& file, std::size_t firstLayer) {
        // Streams are taken when the book is written: the file stays until then.
        m_files.push_back(openPdf(file));
        const std::vector<QPDFObjectHandle> pages = m_files.back()->getAllPages();
        for (std::size_t i = 0; i < pages.size(); ++i) {
            QPDFObjectHandle page = add(pages[i]);
            layOver(page, m_pages.at(firstLayer + i));
        }
        return pages.size();
    }

    void write(const std::filesystem::path& file) {
        m_fonts.make();
        writePdf(m_book, file);
    }

  private:
    /// Takes the shared fonts out of a page's resources, by the names that the page has for them.
    std::map<std::string, QPDFObjectHandle> takeFonts(QPDFObjectHandle resources) {
        std::map<std::string, QPDFObjectHandle> taken;
        QPDFObjectHandle fonts = resources.getKey("/Font");
        for (const std::string& key : fonts.isDictionary() ? fonts.getKeys() : std::set<std::string>()) {
            if (const auto font = numberedFont(fonts.getKey(key))) {
                taken.emplace(key, m_fonts.add(*font));
                fonts.removeKey(key);
            }
        }
        return taken;
    }

    static void giveFonts(QPDFObjectHandle resources, const std::map<std::string, QPDFObjectHandle>& taken) {
        if (!taken.empty() && !resources.getKey("/Font").isDictionary()) {
            resources.replaceKey("/Font", QPDFObjectHandle::newDictionary());
        }
        for (const auto& [key, font] : taken) {
            resources.getKey("/Font").replaceKey(key, font);
        }
    }

    QPDFObjectHandle add(QPDFObjectHandle page) {
        page.replaceKey("/Resources", ownCopy(page.getKey("/Resources")));
        const std::map<std::string, QPDFObjectHandle> taken = takeFonts(page.getKey("/Resources"));
        m_book.addPage(page, false);
        QPDFObjectHandle added = m_book.getAllPages().back();
        giveFonts(added.getKey("/Resources"), taken);
        return added;
    }

    /// Resources that no other page shares.
    static QPDFObjectHandle ownCopy(QPDFObjectHandle resources) {
        QPDFObjectHandle copy =
            resources.isDictionary() ? resources.shallowCopy() : QPDFObjectHandle::newDictionary();
        if (copy.getKey("/Font").isDictionary()) {
            copy.replaceKey("/Font", copy.getKey("/Font").shallowCopy());
        }
        return copy;
    }

    void layOver(QPDFObjectHandle page, QPDFObjectHandle layer) {
        QPDFObjectHandle resources = ownCopy(layer.getKey("/Resources"));
        const std::map<std::string, QPDFObjectHandle> taken = takeFonts(resources);
        QPDFObjectHandle form = m_book.copyForeignObject(layer.getKey("/Contents"));
        QPDFObjectHandle given =
            m_book.copyForeignObject(m_layers->makeIndirectObject(resources)).shallowCopy();
        giveFonts(given, taken);
        QPDFObjectHandle dict = form.getDict();
        dict.replaceKey("/Type", QPDFObjectHandle::newName("/XObject"));
        dict.replaceKey("/Subtype", QPDFObjectHandle::newName("/Form"));
        dict.replaceKey("/BBox", page.getKey("/MediaBox"));
        dict.replaceKey("/Resources", given);
        QPDFObjectHandle own = page.getKey("/Resources");
        QPDFObjectHandle forms = own.getKey("/XObject").isDictionary() ? own.getKey("/XObject").shallowCopy()
                                                                       : QPDFObjectHandle::newDictionary();
        forms.replaceKey(kLayer, form);
        own.replaceKey("/XObject", forms);
        page.replaceKey("/Contents",
                        QPDFObjectHandle::newArray({before(), page.getKey("/Contents"), after()}));
    }

    /// What stands around the content of a page that has a layer over it; one object for all pages.
    QPDFObjectHandle before() {
        if (!m_before.isInitialized()) {
            m_before = newStream(m_book, "q\n");
        }
        return m_before;
    }
    QPDFObjectHandle after() {
        if (!m_after.isInitialized()) {
            m_after = newStream(m_book, std::string("\nQ q ") + kLayer + " Do Q\n");
        }
        return m_after;
    }

    std::shared_ptr<QPDF> m_layers;
    std::vector<QPDFObjectHandle> m_pages;
    std::vector<std::shared_ptr<QPDF>> m_files;
    QPDF m_book;
    SharedFonts m_fonts;
    QPDFObjectHandle m_before;
    QPDFObjectHandle m_after;
};

PdfBook::PdfBook(const std::filesystem::path& layers)
    : m_impl(withPdf(layers, [&] { return std::make_unique<Impl>(layers); })) {}
PdfBook::~PdfBook() = default;

void PdfBook::addPage(std::size_t layer) {
    withPdf("layers", [&] { m_impl->addPage(layer); });
}

std::size_t PdfBook::addPages(const std::filesystem::path& file, std::size_t firstLayer) {
    return withPdf(file, [&] { return m_impl->addPages(file, firstLayer); });
}

void PdfBook::write(const std::filesystem::path& file) {
    withPdf(file, [&] { m_impl->write(file); });
}

} // namespace app
