#include "app/check/list_rows.hpp"
#include "app/check/list_words.hpp"
#include "app/report/county_folder.hpp"
#include "app/report/results_tables.hpp"
#include "layers/error.hpp"
#include "layers/list_columns.hpp"
#include "layers/output_folder.hpp"
#include "layers/vector_writer.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <fstream>
#include <map>

namespace app {

namespace {

namespace fs = std::filesystem;
using layers::ListColumn;

std::size_t indexOf(ListColumn column) {
    return static_cast<std::size_t>(column);
}

/// The county's rows in the order of the list.
std::map<std::string, std::vector<layers::VectorRow>> rowsByCounty(const CheckResult& result) {
    std::map<std::string, std::vector<layers::VectorRow>> rows;
    for (std::size_t n = 0; n < result.listed.size(); ++n) {
        const auto patch = static_cast<std::size_t>(result.listed[n]);
        rows[countyFileCode(result, patch)].push_back(
            {listRow(result, n), result.patches[patch].shape, result.results[patch].place});
    }
    return rows;
}

/// What a receiver's small screen can show: the columns that say what to look for.
layers::TableSpec shortSpec(const layers::TableSpec& full, const std::vector<ListColumn>& columns) {
    layers::TableSpec spec = full;
    spec.columns.clear();
    for (const ListColumn column : columns) {
        spec.columns.push_back(full.columns[indexOf(column)]);
    }
    return spec;
}

std::vector<layers::VectorRow> shortRows(const std::vector<layers::VectorRow>& full,
                                         const std::vector<ListColumn>& columns) {
    std::vector<layers::VectorRow> rows;
    rows.reserve(full.size());
    for (const layers::VectorRow& row : full) {
        layers::VectorRow cut{{}, row.shape, row.place};
        for (const ListColumn column : columns) {
            cut.values.push_back(row.values[indexOf(column)]);
        }
        rows.push_back(std::move(cut));
    }
    return rows;
}

/// Which export the files are of: a layer that comes back has no hidden sheet to say it.
void writeExportFile(const fs::path& folder, const CheckResult& result) {
    std::ofstream out(folder / "export.json", std::ios::binary);
    out << nlohmann::ordered_json{{"schema_version", kSchemaVersion},
                                  {"export_id", result.exportKey},
                                  {"batch", result.batch},
                                  {"numbers", result.ledger.empty() ? "temporary" : "ledger"}}
               .dump(2)
        << '\n';
    out.close();
    if (!out) {
        throw layers::Error(
            fmt::format("无法写入 {0} / cannot write {0}", (folder / "export.json").string()));
    }
}

} // namespace

std::vector<layers::Problem> writeFieldFiles(const fs::path& folder, const CheckResult& result,
                                             const std::string& date) {
    std::error_code error;
    fs::create_directories(folder, error);
    if (error) {
        throw layers::Error(fmt::format("无法创建文件夹 {} / cannot make the folder {}: {}", folder.string(),
                                        folder.string(), error.message()));
    }
    static const std::vector<ListColumn> kForReceivers = {
        ListColumn::TaskNumber, ListColumn::PatchId,  ListColumn::Activity,
        ListColumn::ZoneKind,   ListColumn::ZoneName, ListColumn::ZoneClass,
        ListColumn::AreaHa,     ListColumn::Verdict,  ListColumn::Priority};
    std::vector<layers::Problem> problems;
    const std::string state = !result.faults.empty()   ? "（结果无效：合计不闭合）"
                              : result.zonesIncomplete ? "（管控区不完整）"
                                                       : "";
    for (const auto& [code, rows] : rowsByCounty(result)) {
        const layers::TableSpec spec{code + "_patches", fmt::format("疑似问题图斑实地核查 {}{}", code, state),
                                     layers::listColumns(), layers::GeometryKind::Any};
        const fs::path base = folder / spec.name;
        const auto file = [&](const char* extension) { return fs::path(base.string() + extension); };
        std::vector<layers::Problem> found = layers::writeShapefile(file(".shp"), spec, rows, date);
        std::move(found.begin(), found.end(), std::back_inserter(problems));
        layers::writeKml(
            file(".kml"), spec, rows,
            {indexOf(ListColumn::TaskNumber), indexOf(ListColumn::County), indexOf(ListColumn::Priority)});
        layers::writeGpx(file(".gpx"), shortSpec(spec, kForReceivers), shortRows(rows, kForReceivers), 0);
    }
    writeExportFile(folder, result);
    writeManifest(folder);
    return problems;
}

} // namespace app
