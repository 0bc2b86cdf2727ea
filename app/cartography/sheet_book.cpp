#include "app/cartography/sheet_book.hpp"

#include "app/cartography/pdf_book.hpp"
#include "app/cartography/sheet_cover.hpp"
#include "layers/error.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace app {

std::vector<const SingleSheet*> groupedByZone(const std::vector<const SingleSheet*>& sheets) {
    std::map<std::string, std::size_t> first;
    for (std::size_t i = 0; i < sheets.size(); ++i) {
        first.emplace(sheets[i]->mainZone, i);
    }
    std::vector<const SingleSheet*> grouped = sheets;
    std::stable_sort(grouped.begin(), grouped.end(), [&](const SingleSheet* a, const SingleSheet* b) {
        return first.at(a->mainZone) < first.at(b->mainZone);
    });
    return grouped;
}

namespace {

/// Cover pages, and for each page of a sheet the line that says where it stands.
void paintLayers(const std::filesystem::path& file, const std::string& name,
                 const std::vector<const SingleSheet*>& sheets, const SheetTemplate& sheet,
                 const SheetCover& cover, const std::string& date) {
    Canvas canvas = Canvas::pdf(file, kPaperWidthMm, kPaperHeightMm, {sheet.title + " " + name, date});
    PagePlace place{name, 0, sheets.size(), 0, cover.pages() + cover.sheetPages()};
    for (std::size_t page = 0; page < cover.pages(); ++page) {
        ++place.page;
        cover.paint(canvas, page, place, date);
        canvas.finishPage();
    }
    for (const SingleSheet* single : sheets) {
        ++place.sheet;
        for (std::size_t page = 0; page < single->pages; ++page) {
            ++place.page;
            paintPlace(canvas, place);
            canvas.finishPage();
        }
    }
    canvas.close();
}

} // namespace

BoundSheets bindSheets(const std::filesystem::path& file, const std::string& name,
                       const std::vector<const SingleSheet*>& sheets, const SheetTemplate& sheet,
                       const CheckResult& result, const std::string& date, geo::Progress& progress) {
    const SheetCover cover(sheet, result, sheet.cover + (name.empty() ? "" : "　" + name), sheets);
    std::filesystem::path layersFile = file;
    layersFile += ".layers";
    paintLayers(layersFile, name, sheets, sheet, cover, date);
    BoundSheets bound{cover.pages(), cover.pages() + cover.sheetPages(), {}};
    {
        PdfBook book(layersFile);
        for (std::size_t page = 0; page < cover.pages(); ++page) {
            book.addPage(page);
        }
        for (std::size_t i = 0; i < sheets.size(); ++i) {
            progress.checkCancelled();
            bound.firstPages.push_back(cover.firstPage(i));
            if (book.addPages(sheets[i]->file, cover.firstPage(i) - 1) != sheets[i]->pages) {
                throw layers::Error(
                    fmt::format("单张任务单 {0} 的页数与目录不符，请删除后重新输出 / the sheet "
                                "{0} has other pages than its list says: delete it and "
                                "export again",
                                sheets[i]->file.filename().string()));
            }
        }
        book.write(file);
    }
    std::filesystem::remove(layersFile);
    return bound;
}

} // namespace app
