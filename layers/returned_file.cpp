#include "layers/returned_file.hpp"

#include "layers/column_names.hpp"
#include "layers/error.hpp"
#include "layers/feature_source.hpp"
#include "layers/file_bytes.hpp"
#include "layers/geopackage_tables.hpp"
#include "layers/list_columns.hpp"
#include "layers/sha256.hpp"
#include "layers/table_reader.hpp"
#include "layers/text.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <fstream>
#include <map>

namespace layers {

namespace {

constexpr std::size_t kHeadingWithin = 20; ///< first rows of a sheet among which the heading stands
constexpr std::int64_t kAskEvery = 1024;   ///< rows between two questions whether to stop
constexpr const char* kMetaSheet = "_meta";
constexpr const char* kExportFile = "export.json";

bool isHeading(const std::vector<std::string>& cells) {
    return caseNumberColumn(cells) >= 0 && !answerColumns(cells).empty();
}

/// Our CSV guards texts that a spreadsheet would run with an apostrophe (docs/formats.md).
void withoutGuards(std::vector<std::string>& cells) {
    for (std::string& cell : cells) {
        if (cell.starts_with('\'')) {
            cell.erase(0, 1);
        }
    }
}

void addMembers(const std::vector<std::filesystem::path>& members, ReturnedFile& file) {
    for (const std::filesystem::path& member : members) {
        if (std::find(file.members.begin(), file.members.end(), member) == file.members.end()) {
            file.members.push_back(member);
        }
    }
}

/// One sheet or text table; nothing when no row heads answers.
void readTable(const LayerRef& ref, const std::string& encoding, ReturnedFile& file, ProblemLog& log,
               geo::Progress& progress) {
    const std::unique_ptr<TableReader> reader = openTable(ref, encoding, log);
    ReturnedTable table;
    table.name = reader->info().sheet;
    TableRow row;
    for (std::size_t n = 0; reader->next(row); ++n) {
        if (n % kAskEvery == 0) {
            progress.checkCancelled();
        }
        if (reader->info().isDelimited) {
            withoutGuards(row.cells);
        }
        if (!table.columns.empty()) {
            table.rows.push_back({row.number, std::move(row.cells)});
        } else if (isHeading(row.cells)) {
            table.columns = std::move(row.cells);
        } else if (n >= kHeadingWithin) {
            return;
        }
    }
    addMembers(reader->info().members, file);
    if (!table.columns.empty()) {
        file.tables.push_back(std::move(table));
    }
}

/// The pairs above the table of the sheet _meta.
std::map<std::string, std::string> metaOf(const std::filesystem::path& workbook, ProblemLog& log) {
    std::map<std::string, std::string> pairs;
    const std::unique_ptr<TableReader> reader = openTable({workbook, kMetaSheet}, {}, log);
    TableRow row;
    while (reader->next(row) && row.cells.size() > 1 && !row.cells[0].empty()) {
        pairs[row.cells[0]] = row.cells[1];
    }
    return pairs;
}

void readWorkbook(const LayerRef& ref, ReturnedFile& file, ProblemLog& log, geo::Progress& progress) {
    for (const std::string& sheet : spreadsheetSheets(ref.file)) {
        if (sheet == kMetaSheet) {
            const std::map<std::string, std::string> meta = metaOf(ref.file, log);
            const auto valueOf = [&meta](const char* key) {
                const auto found = meta.find(key);
                return found == meta.end() ? std::string() : found->second;
            };
            file.exportKey = valueOf("export_id");
            file.hasTemporaryNumbers = valueOf("numbers") == "temporary";
        } else if (ref.layer.empty() || ref.layer == sheet) {
            readTable({ref.file, sheet}, {}, file, log, progress);
        }
    }
}

void readLayer(const LayerRef& ref, const std::string& encoding, ReturnedFile& file, ProblemLog& log,
               geo::Progress& progress) {
    constexpr std::size_t kBytes = std::size_t{4} << 20U;
    ReadOptions options;
    options.encoding = encoding;
    const std::unique_ptr<FeatureSource> source = openSource(ref, options, log);
    source->watch(progress);
    ReturnedTable table;
    table.name = source->info().layer;
    table.isLayer = true;
    for (std::vector<RawFeature> features = source->read(kBytes); !features.empty();
         features = source->read(kBytes)) {
        progress.checkCancelled();
        for (RawFeature& feature : features) {
            table.rows.push_back({feature.id, std::move(feature.values)});
        }
    }
    table.columns = fieldNames(source->info().fields); // GeoJSON's fields grow while it is read
    addMembers(source->info().members, file);
    if (isHeading(table.columns)) {
        file.tables.push_back(std::move(table));
    }
}

/// What export.json beside a field file says.
void readExportFile(const std::filesystem::path& folder, ReturnedFile& file) {
    std::ifstream stream(folder / kExportFile, std::ios::binary);
    const auto json = nlohmann::json::parse(stream, nullptr, false);
    if (json.is_object()) {
        file.exportKey = json.value("export_id", std::string());
        file.hasTemporaryNumbers = json.value("numbers", std::string()) == "temporary";
    }
}

/// A GeoPackage of ours says in itself which export it is; one of field files has it beside it.
void readGeoPackage(const LayerRef& ref, ReturnedFile& file, ProblemLog& log, geo::Progress& progress) {
    const GeoPackageTables tables = geoPackageTables(ref.file);
    std::vector<std::string> names;
    if (ref.layer.empty()) {
        std::copy_if(tables.layers.begin(), tables.layers.end(), std::back_inserter(names),
                     [&](const std::string& name) { return isHeading(tables.columns.at(name)); });
    }
    if (names.empty()) {
        readLayer(ref, {}, file, log, progress);
    }
    for (const std::string& name : names) {
        readLayer({ref.file, name}, {}, file, log, progress);
    }
    // What a program that did not close the file left beside it belongs to it.
    const std::filesystem::path journal = ref.file.string() + "-wal";
    if (std::filesystem::exists(journal)) {
        addMembers({journal}, file);
    }
    readExportFile(ref.file.parent_path(), file);
    if (const auto key = tables.infos.find("export_id"); key != tables.infos.end()) {
        file.exportKey = key->second;
        const auto numbers = tables.infos.find("numbers");
        file.hasTemporaryNumbers = numbers != tables.infos.end() && numbers->second == "temporary";
    }
}

} // namespace

int caseNumberColumn(const std::vector<std::string>& columns) {
    const Column& number = listColumn(ListColumn::TaskNumber);
    for (const std::string& name : {number.header, number.field, number.name}) {
        if (const int found = columnOf(columns, name); found >= 0) {
            return found;
        }
    }
    return -1;
}

std::vector<ReturnedColumns> answerColumns(const std::vector<std::string>& columns) {
    std::vector<ReturnedColumns> answers;
    for (auto c = static_cast<std::size_t>(ListColumn::Conclusion); c < listColumns().size(); ++c) {
        const Column& column = listColumns()[c];
        ReturnedColumns found{column.name, {}};
        for (const std::string& name : {column.header, column.name, column.field}) {
            if (const int at = columnOf(columns, name); at >= 0 && found.columns.empty()) {
                found.columns.push_back(static_cast<std::size_t>(at));
            }
        }
        // XZMS1, XZMS2 … of a text that was longer than a .dbf's field.
        const bool isWhole = !found.columns.empty();
        for (int part = 1, at = 0; !isWhole && at >= 0; ++part) {
            at = columnOf(columns, column.field + std::to_string(part));
            if (at >= 0) {
                found.columns.push_back(static_cast<std::size_t>(at));
            }
        }
        if (!found.columns.empty()) {
            answers.push_back(std::move(found));
        }
    }
    return answers;
}

ReturnedFile readReturnedFile(const LayerRef& ref, const std::string& encoding, geo::Progress& progress) {
    ReturnedFile file;
    file.name = ref.file.filename().string();
    ProblemLog log("return", file.name);
    const std::string extension = lowerExtension(ref.file);
    if (!std::filesystem::exists(ref.file)) {
        throw Error(ref.file.string() + "：没有这个文件 / no such file");
    }
    progress.begin("读取 " + file.name, 0);
    if (extension == ".xlsx" || extension == ".xlsm" || extension == ".xls") {
        readWorkbook(ref, file, log, progress);
    } else if (isTableFile(ref.file)) {
        readTable(ref, encoding, file, log, progress);
    } else if (extension == ".gpkg") {
        readGeoPackage(ref, file, log, progress);
    } else {
        readLayer(ref, encoding, file, log, progress);
        readExportFile(ref.file.parent_path(), file);
    }
    if (file.tables.empty()) {
        throw Error(fmt::format(
            "{0}"
            "：没有找到“任务编号”和核查结论等填报列，不是本程序发出的清单；请用发出的工作簿、外业矢量或其副本"
            " / "
            "no column of case numbers (任务编号, RWBH, task_number) beside the answers' columns: return the "
            "workbook or the field file that was issued, or a copy of it",
            file.name));
    }
    file.sha256 = sha256Of(file.members);
    file.problems = log.take();
    return file;
}

} // namespace layers
