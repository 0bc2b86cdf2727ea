#include "app/cartography/sheet_files.hpp"

#include "app/cartography/task_sheet.hpp"
#include "app/check/list_rows.hpp"
#include "app/check/list_words.hpp"
#include "app/check/printed_areas.hpp"
#include "app/report/cell_text.hpp"
#include "app/report/county_folder.hpp"
#include "app/report/csv_file.hpp"
#include "geo/parallel.hpp"
#include "layers/error.hpp"
#include "layers/utf8.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include <fmt/format.h>

namespace app {

namespace {

namespace fs = std::filesystem;
using layers::ListColumn;

constexpr const char* kIndexName = "任务单目录.csv";
constexpr double kCoverRowMm = 5.4;
constexpr double kCoverHeadMm = 20;

/// A name that any system takes for a file's: what it keeps for itself becomes _; at most 20 characters.
std::string fileWord(const std::string& text) {
    constexpr std::size_t kMost = 20;
    std::string word = layers::firstCharacters(paperText(text), kMost);
    std::replace_if(
        word.begin(), word.end(),
        [](char c) { return std::string_view("/\\:*?\"<>|, .'").find(c) != std::string_view::npos; }, '_');
    return word;
}

/// The listed patches of one county as n of result.listed, in the order of the sheets.
struct CountyCases {
    std::string code;
    std::int32_t county = -1;
    std::vector<std::size_t> cases;
};

std::vector<CountyCases> casesByCounty(const CheckResult& result) {
    std::map<std::string, CountyCases> counties;
    for (std::size_t n = 0; n < result.listed.size(); ++n) {
        const auto patch = static_cast<std::size_t>(result.listed[n]);
        const std::string code = countyFileCode(result, patch);
        CountyCases& county = counties[code];
        county.code = code;
        county.county = county.cases.empty() ? mainCounty(result.results[patch]) : county.county;
        county.cases.push_back(n);
    }
    std::vector<CountyCases> list;
    list.reserve(counties.size());
    for (auto& [code, county] : counties) {
        list.push_back(std::move(county));
    }
    return list;
}

/// A case and what its sheet says.
struct CaseContent {
    std::size_t n = 0; ///< of result.listed
    SheetContent content;
};

/// Sheets of one zone together, zones in the order of their first case.
void groupByZone(std::vector<CaseContent>& cases) {
    std::map<std::string, std::size_t> first;
    for (std::size_t i = 0; i < cases.size(); ++i) {
        first.emplace(cases[i].content.mainZone, i);
    }
    std::stable_sort(cases.begin(), cases.end(), [&](const CaseContent& a, const CaseContent& b) {
        return first.at(a.content.mainZone) < first.at(b.content.mainZone);
    });
}

/// The rows of the cover list.
class Cover {
  public:
    Cover(const SheetTemplate& sheet, const CheckResult& result, std::string title)
        : m_sheet(sheet), m_result(result), m_title(std::move(title)) {}

    static CellRow row(const std::vector<std::string>& texts, bool isHead) {
        constexpr std::array kWidths{9.0, 38.0, 30.0, 43.0, 22.0, 17.0, 11.0};
        std::vector<SheetCell> cells;
        for (std::size_t i = 0; i < kWidths.size(); ++i) {
            TextStyle style;
            style.sizeMm = 2.5;
            style.mostLines = 2;
            style.bold = isHead;
            style.align = isHead || i == 0 || i >= 4 ? TextAlign::Centre : TextAlign::Left;
            cells.push_back({texts[i], kWidths[i], style, isHead});
        }
        return {std::move(cells), kCoverRowMm};
    }

    /// Lays the rows out; page numbers count from the first page after the cover.
    void lay(const std::vector<TaskSheet>& sheets, const std::vector<std::size_t>& cases) {
        std::size_t page = 1;
        std::vector<CellRow> rows;
        for (std::size_t i = 0; i < sheets.size(); ++i) {
            const layers::ListRow list = listRow(m_result, cases[i]);
            const auto text = [&](ListColumn column) {
                return paperText(
                    printedText(list[static_cast<std::size_t>(column)], layers::listColumn(column)));
            };
            m_texts.push_back({fmt::format("{}", i + 1), text(ListColumn::TaskNumber),
                               text(ListColumn::PatchId), sheets[i].content().mainZone,
                               text(ListColumn::Verdict), text(ListColumn::AreaHa), ""});
            m_firstPages.push_back(page);
            page += sheets[i].pageCount();
            rows.push_back(row(m_texts.back(), false));
        }
        m_sheetPages = page - 1;
        double used = 0;
        for (std::size_t i = 0; i < rows.size(); ++i) {
            if (m_starts.empty() || used + rows[i].height() > kPrinted.height - kCoverHeadMm - kCoverRowMm) {
                m_starts.push_back(i);
                used = 0;
            }
            used += rows[i].height();
        }
    }

    [[nodiscard]] std::size_t pages() const { return m_starts.size(); }
    [[nodiscard]] std::size_t sheetPages() const { return m_sheetPages; }
    [[nodiscard]] std::size_t firstPage(std::size_t sheet) const { return pages() + m_firstPages[sheet]; }

    void paint(Canvas& canvas, std::size_t page, const PagePlace& place, const std::string& date) const {
        TextStyle style;
        style.sizeMm = 2.8;
        style.bold = true;
        canvas.text({kPrinted.x, kPrinted.y}, m_sheet.mark, style);
        style.sizeMm = 5.4;
        style.align = TextAlign::Centre;
        style.widthMm = kPrinted.width;
        style.mostLines = 1;
        canvas.text({kPrinted.x, kPrinted.y + 4}, m_title, style);
        style = TextStyle();
        style.sizeMm = 2.75;
        canvas.text({kPrinted.x, kPrinted.y + 14},
                    fmt::format("共 {} 单 {} 页(不含目录 {} 页)　编制日期：{}", m_texts.size(), m_sheetPages,
                                pages(), date),
                    style);
        double top = kPrinted.y + kCoverHeadMm;
        const CellRow head =
            row({"单号", "任务编号", "原图斑编号", "管控区", "初步判定", "面积(公顷)", "页码"}, true);
        head.paint(canvas, {kPrinted.x, top});
        top += head.height();
        const std::size_t end = page + 1 < m_starts.size() ? m_starts[page + 1] : m_texts.size();
        for (std::size_t i = m_starts[page]; i < end; ++i) {
            std::vector<std::string> texts = m_texts[i];
            texts.back() = fmt::format("{}", firstPage(i));
            const CellRow line = row(texts, false);
            line.paint(canvas, {kPrinted.x, top});
            top += line.height();
        }
        paintFoot(canvas, m_sheet, place);
    }

  private:
    const SheetTemplate& m_sheet;
    const CheckResult& m_result;
    std::string m_title;
    std::vector<std::vector<std::string>> m_texts;
    std::vector<std::size_t> m_firstPages;
    std::vector<std::size_t> m_starts; ///< the first row of each page of the cover
    std::size_t m_sheetPages = 0;
};

/// Where the index says that a sheet is.
struct IndexRow {
    std::string number;
    std::string patch;
    std::int64_t sheet = 0;
    std::int64_t page = 0;
    std::int64_t pages = 0;
};

/// Writes one county's file.
class CountyFile {
  public:
    CountyFile(const SheetTemplate& sheet, const MapSources& sources, const SheetOptions& options,
               const CountyCases& cases)
        : m_sheet(sheet), m_sources(sources), m_options(options), m_cases(cases) {}

    SheetFile write(const fs::path& folder, geo::Progress& progress) {
        const CheckResult& result = *m_sources.result;
        SheetFile file;
        file.county = paperText(countyWords(result, m_cases.county).name);
        const std::string word = fileWord(file.county);
        file.file = fmt::format("{}_{}{}{}.pdf", m_sheet.name, m_cases.code, word.empty() ? "" : "_", word);
        std::vector<CaseContent> contents;
        for (const std::size_t n : m_cases.cases) {
            contents.push_back({n, sheetContent(m_sheet, result, n)});
        }
        groupByZone(contents);
        std::vector<std::size_t> cases;
        std::vector<TaskSheet> sheets;
        for (CaseContent& one : contents) {
            progress.checkCancelled();
            cases.push_back(one.n);
            file.lost.insert(one.content.lost.begin(), one.content.lost.end());
            sheets.emplace_back(m_sheet, std::move(one.content),
                                static_cast<std::size_t>(result.listed[one.n]));
        }
        Cover cover(m_sheet, result, m_sheet.cover + (file.county.empty() ? "" : "　" + file.county));
        cover.lay(sheets, cases);
        file.sheets = sheets.size();
        file.coverPages = cover.pages();
        file.pages = cover.pages() + cover.sheetPages();
        paint(folder / file.file, file, sheets, cover, progress);
        for (std::size_t i = 0; i < sheets.size(); ++i) {
            const auto patch = static_cast<std::size_t>(result.listed[cases[i]]);
            index.push_back({sheets[i].content().number, result.patches[patch].id,
                             static_cast<std::int64_t>(i + 1), static_cast<std::int64_t>(cover.firstPage(i)),
                             static_cast<std::int64_t>(sheets[i].pageCount())});
        }
        return file;
    }

    std::vector<IndexRow> index;

  private:
    void paint(const fs::path& path, const SheetFile& file, const std::vector<TaskSheet>& sheets,
               const Cover& cover, geo::Progress& progress) const {
        Canvas canvas = Canvas::pdf(path, kPaperWidthMm, kPaperHeightMm,
                                    {m_sheet.title + " " + file.county, m_options.date});
        PagePlace place{file.county, 0, sheets.size(), 0, file.pages};
        for (std::size_t page = 0; page < cover.pages(); ++page) {
            ++place.page;
            cover.paint(canvas, page, place, m_options.date);
            canvas.finishPage();
        }
        SheetMaps maps(m_sources);
        for (const TaskSheet& sheet : sheets) {
            ++place.sheet;
            for (std::size_t page = 0; page < sheet.pageCount(); ++page) {
                ++place.page;
                sheet.paint(canvas, page, place, maps);
                canvas.finishPage();
            }
            progress.step();
        }
        canvas.close();
    }

    const SheetTemplate& m_sheet;
    const MapSources& m_sources;
    const SheetOptions& m_options;
    const CountyCases& m_cases;
};

void writeIndex(const fs::path& file, const std::vector<SheetFile>& files,
                const std::vector<std::vector<IndexRow>>& rows) {
    using enum layers::ColumnType;
    CsvFile csv(file, {{"", "", "任务编号", Text, 24, 0},
                       {"", "", "原图斑编号", Text, 40, 0},
                       {"", "", "县(市)", Text, 20, 0},
                       {"", "", "文件", Text, 60, 0},
                       {"", "", "单号", Integer, 5, 0},
                       {"", "", "起始页", Integer, 5, 0},
                       {"", "", "页数", Integer, 5, 0}});
    for (std::size_t i = 0; i < files.size(); ++i) {
        for (const IndexRow& row : rows[i]) {
            const std::vector<layers::Value> cells{
                row.number, cleanText(row.patch), files[i].county, files[i].file, row.sheet, row.page,
                row.pages};
            csv.add(cells);
        }
    }
    csv.close();
}

} // namespace

std::vector<SheetFile> writeSheets(const fs::path& folder, const SheetTemplate& sheet,
                                   const MapSources& sources, const SheetOptions& options,
                                   geo::Progress& progress) {
    requireFonts();
    std::error_code error;
    fs::create_directories(folder, error);
    if (error) {
        throw layers::Error(fmt::format("无法创建文件夹 {0} / cannot make the folder {0}: {1}",
                                        folder.string(), error.message()));
    }
    const std::vector<CountyCases> counties = casesByCounty(*sources.result);
    std::vector<SheetFile> files(counties.size());
    std::vector<std::vector<IndexRow>> rows(counties.size());
    progress.begin("任务单 task sheets",
                   static_cast<std::int64_t>(sources.result->listed.size() + counties.size()));
    geo::parallelFor(counties.size(), 1, options.threads, progress, [&](std::size_t i) {
        CountyFile county(sheet, sources, options, counties[i]);
        files[i] = county.write(folder, progress);
        rows[i] = std::move(county.index);
    });
    writeIndex(folder / kIndexName, files, rows);
    writeManifest(folder);
    return files;
}

} // namespace app
