#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>

namespace app {

/// A PDF put together from pages of PDFs that Canvas made. Pages are taken as they are; fonts that are coded
/// by their glyphs' numbers become one subset of all pages. The same pages give the same bytes. Members
/// throw layers::Error.
class PdfBook {
  public:
    /// @param layers a file whose pages are taken with addPage or laid over others; it also gives title and
    /// date
    explicit PdfBook(const std::filesystem::path& layers);
    ~PdfBook();
    PdfBook(const PdfBook&) = delete;
    PdfBook& operator=(const PdfBook&) = delete;

    /// A page of the layers by itself.
    void addPage(std::size_t layer);
    /// All pages of a file, each with a page of the layers over it, the first with `firstLayer`. Returns how
    /// many pages there were.
    std::size_t addPages(const std::filesystem::path& file, std::size_t firstLayer);
    void write(const std::filesystem::path& file);

  private:
    class Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace app
