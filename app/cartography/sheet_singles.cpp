#include "app/cartography/sheet_singles.hpp"

#include "app/cartography/sheet_key.hpp"
#include "geo/parallel.hpp"
#include "layers/error.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <mutex>

namespace app {

namespace {

/// A SheetMaps for each thread that asks: projections are costly to make.
class MapsPool {
  public:
    explicit MapsPool(const MapSources& sources) : m_sources(sources) {}

    template <typename Work>
    void with(Work&& work) {
        std::unique_ptr<SheetMaps> maps = borrow();
        work(*maps);
        const std::scoped_lock lock(m_mutex);
        m_free.push_back(std::move(maps));
    }

  private:
    std::unique_ptr<SheetMaps> borrow() {
        const std::scoped_lock lock(m_mutex);
        if (m_free.empty()) {
            return std::make_unique<SheetMaps>(m_sources);
        }
        std::unique_ptr<SheetMaps> maps = std::move(m_free.back());
        m_free.pop_back();
        return maps;
    }

    const MapSources& m_sources;
    std::mutex m_mutex;
    std::vector<std::unique_ptr<SheetMaps>> m_free;
};

/// No date stands on a sheet, and none in its file: a later run that changes nothing keeps the sheet.
void draw(const TaskSheet& laid, const std::string& title, SheetMaps& maps,
          const std::filesystem::path& file) {
    Canvas canvas = Canvas::pdf(file, kPaperWidthMm, kPaperHeightMm, {title, ""});
    for (std::size_t page = 0; page < laid.pageCount(); ++page) {
        laid.paint(canvas, page, maps);
        canvas.finishPage();
    }
    canvas.close();
}

} // namespace

std::string singleName(const std::string& number) {
    std::string name = number;
    std::replace_if(
        name.begin(), name.end(),
        [](char c) {
            return !((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '-' ||
                     c == '_');
        },
        '_');
    return name + ".pdf";
}

SheetCounts countSheets(const std::vector<SingleSheet>& sheets) {
    SheetCounts counts;
    for (const SingleSheet& sheet : sheets) {
        ++(sheet.origin == SheetOrigin::Made     ? counts.made
           : sheet.origin == SheetOrigin::Reused ? counts.reused
                                                 : counts.resumed);
    }
    return counts;
}

std::vector<SingleSheet>
makeSheets(const std::vector<std::size_t>& cases, const SheetTemplate& sheet, const MapSources& sources,
           const SheetStore& store, int threads,
           const std::function<std::filesystem::path(std::size_t n, const std::string& number)>& fileOf,
           geo::Progress& progress) {
    requireFonts();
    const CheckResult& result = *sources.result;
    const std::string basis = sheetBasis(sheet);
    MapsPool pool(sources);
    std::vector<SingleSheet> singles(cases.size());
    geo::parallelFor(cases.size(), 1, threads, progress, [&](std::size_t i) {
        const auto patch = static_cast<std::size_t>(result.listed[cases[i]]);
        const TaskSheet laid(sheet, sheetContent(sheet, result, cases[i]), patch);
        const SheetContent& content = laid.content();
        SingleSheet& single = singles[i];
        single.n = cases[i];
        single.number = content.number;
        single.patch = result.patches[patch].id;
        single.mainZone = content.mainZone;
        single.pages = laid.pageCount();
        single.lost = content.lost;
        single.file = fileOf(cases[i], content.number);
        pool.with([&](SheetMaps& maps) {
            single.key = sheetKey(basis, laid, maps);
            const SheetStore::Taken taken =
                store.take(single.key, single.file, [&](const std::filesystem::path& file) {
                    draw(laid, sheet.title + " " + content.number, maps, file);
                });
            single.origin = taken.origin;
            single.sha256 = taken.sha256;
        });
    });
    return singles;
}

} // namespace app
