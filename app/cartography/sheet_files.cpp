#include "app/cartography/sheet_files.hpp"

#include "app/cartography/canvas.hpp"
#include "app/cartography/sheet_book.hpp"
#include "app/check/list_words.hpp"
#include "app/check/printed_areas.hpp"
#include "app/report/cell_text.hpp"
#include "app/report/county_folder.hpp"
#include "app/report/csv_file.hpp"
#include "geo/parallel.hpp"
#include "layers/error.hpp"
#include "layers/utf8.hpp"

#include <algorithm>
#include <map>
#include <numeric>

#include <fmt/format.h>

namespace app {

namespace {

namespace fs = std::filesystem;

constexpr const char* kIndexName = "任务单目录.csv";
constexpr const char* kSingles = "单张";

/// A name that any system takes for a file's: what it keeps for itself becomes _; at most 20 characters.
std::string fileWord(const std::string& text) {
    constexpr std::size_t kMost = 20;
    std::string word = layers::firstCharacters(paperText(text), kMost);
    std::replace_if(
        word.begin(), word.end(),
        [](char c) { return std::string_view("/\\:*?\"<>|, .'").find(c) != std::string_view::npos; }, '_');
    return word;
}

/// The sheets of one county in the order of its file.
struct CountySheets {
    std::string code;
    std::string county; ///< name, as it stands on paper
    std::vector<const SingleSheet*> sheets;
};

std::vector<CountySheets> sheetsByCounty(const CheckResult& result, const std::vector<SingleSheet>& singles) {
    std::map<std::string, CountySheets> counties;
    for (const SingleSheet& single : singles) {
        const auto patch = static_cast<std::size_t>(result.listed[single.n]);
        const std::string code = countyFileCode(result, patch);
        CountySheets& county = counties[code];
        if (county.sheets.empty()) {
            county.code = code;
            county.county = paperText(countyWords(result, mainCounty(result.results[patch])).name);
        }
        county.sheets.push_back(&single);
    }
    std::vector<CountySheets> list;
    for (auto& [code, county] : counties) {
        county.sheets = groupedByZone(county.sheets);
        list.push_back(std::move(county));
    }
    return list;
}

void makeFolder(const fs::path& folder) {
    std::error_code error;
    fs::create_directories(folder, error);
    if (error) {
        throw layers::Error(fmt::format("无法创建文件夹 {0} / cannot make the folder {0}: {1}",
                                        folder.string(), error.message()));
    }
}

std::string relativeName(const fs::path& file, const fs::path& folder) {
    return file.lexically_relative(folder).generic_string();
}

void writeIndex(const fs::path& folder, const std::vector<SheetFile>& files,
                const std::vector<CountySheets>& counties, const std::vector<BoundSheets>& bound) {
    using enum layers::ColumnType;
    CsvFile csv(folder / kIndexName, {{"", "", "任务编号", Text, 24, 0},
                                      {"", "", "原图斑编号", Text, 40, 0},
                                      {"", "", "县(市)", Text, 20, 0},
                                      {"", "", "文件", Text, 60, 0},
                                      {"", "", "单号", Integer, 5, 0},
                                      {"", "", "起始页", Integer, 5, 0},
                                      {"", "", "页数", Integer, 5, 0},
                                      {"", "", "单张", Text, 60, 0}});
    for (std::size_t i = 0; i < files.size(); ++i) {
        for (std::size_t n = 0; n < counties[i].sheets.size(); ++n) {
            const SingleSheet& single = *counties[i].sheets[n];
            const std::vector<layers::Value> cells{single.number,
                                                   cleanText(single.patch),
                                                   files[i].county,
                                                   files[i].file,
                                                   static_cast<std::int64_t>(n + 1),
                                                   static_cast<std::int64_t>(bound[i].firstPages[n]),
                                                   static_cast<std::int64_t>(single.pages),
                                                   relativeName(single.file, folder)};
            csv.add(cells);
        }
    }
    csv.close();
}

/// Read again by keptSheets.
void writeSingleIndex(const fs::path& folder, const std::vector<CountySheets>& counties) {
    using enum layers::ColumnType;
    CsvFile csv(folder / kSingleIndexName, {{"", "", "任务编号", Text, 24, 0},
                                            {"", "", "单张", Text, 60, 0},
                                            {"", "", "页数", Integer, 5, 0},
                                            {"", "", "字节数", Integer, 5, 0},
                                            {"", "", "内容指纹", Text, 64, 0},
                                            {"", "", "sha256", Text, 64, 0}});
    for (const CountySheets& county : counties) {
        for (const SingleSheet* single : county.sheets) {
            csv.add(std::vector<layers::Value>{
                single->number, relativeName(single->file, folder), static_cast<std::int64_t>(single->pages),
                static_cast<std::int64_t>(fs::file_size(single->file)), single->key, single->sha256});
        }
    }
    csv.close();
}

} // namespace

WrittenSheets writeSheets(const fs::path& folder, const SheetTemplate& sheet, const MapSources& sources,
                          const SheetOptions& options, const SheetStore& store, geo::Progress& progress) {
    const CheckResult& result = *sources.result;
    std::vector<std::size_t> cases(result.listed.size());
    std::iota(cases.begin(), cases.end(), std::size_t{0});
    std::vector<fs::path> folders;
    makeFolder(folder);
    for (const std::int64_t patch : result.listed) {
        folders.push_back(folder / kSingles / countyFileCode(result, static_cast<std::size_t>(patch)));
        makeFolder(folders.back());
    }
    progress.begin("任务单 task sheets", static_cast<std::int64_t>(cases.size()));
    const std::vector<SingleSheet> singles = makeSheets(
        cases, sheet, sources, store, options.threads,
        [&](std::size_t n, const std::string& number) { return folders[n] / singleName(number); }, progress);
    const std::vector<CountySheets> counties = sheetsByCounty(result, singles);
    WrittenSheets written{std::vector<SheetFile>(counties.size()), countSheets(singles)};
    std::vector<BoundSheets> bound(counties.size());
    progress.begin("装订任务单 binding", static_cast<std::int64_t>(counties.size()));
    geo::parallelFor(counties.size(), 1, options.threads, progress, [&](std::size_t i) {
        const CountySheets& county = counties[i];
        const std::string word = fileWord(county.county);
        SheetFile& file = written.files[i];
        file.county = county.county;
        file.file = fmt::format("{}_{}{}{}.pdf", sheet.name, county.code, word.empty() ? "" : "_", word);
        file.sheets = county.sheets.size();
        bound[i] = bindSheets(folder / file.file, county.county, county.sheets, sheet, result, options.date,
                              progress);
        file.coverPages = bound[i].coverPages;
        file.pages = bound[i].pages;
        for (const SingleSheet* single : county.sheets) {
            file.lost.insert(single->lost.begin(), single->lost.end());
        }
    });
    writeIndex(folder, written.files, counties, bound);
    writeSingleIndex(folder, counties);
    writeManifest(folder);
    return written;
}

} // namespace app
