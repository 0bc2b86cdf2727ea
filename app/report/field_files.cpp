#include "app/report/field_files.hpp"

#include "app/check/list_rows.hpp"
#include "app/check/list_words.hpp"
#include "app/check/rounding.hpp"
#include "app/report/county_folder.hpp"
#include "app/report/results_tables.hpp"
#include "layers/cell_text.hpp"
#include "layers/error.hpp"
#include "layers/list_columns.hpp"
#include "layers/output_folder.hpp"
#include "layers/vector_writer.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <map>

namespace app {

namespace {

namespace fs = std::filesystem;
using layers::ListColumn;

constexpr int kDegreeDecimals = 6; ///< of the list's 中心经度 and 中心纬度

std::size_t indexOf(ListColumn column) {
    return static_cast<std::size_t>(column);
}

/// The county's rows in the order of the list.
std::map<std::string, std::vector<std::size_t>> listedByCounty(const CheckResult& result) {
    std::map<std::string, std::vector<std::size_t>> rows;
    for (std::size_t n = 0; n < result.listed.size(); ++n) {
        rows[countyFileCode(result, static_cast<std::size_t>(result.listed[n]))].push_back(n);
    }
    return rows;
}

/// A place that the policy coarsens is coarse in every column that tells it.
void coarsenRow(layers::VectorRow& row, const layers::Decimals& decimals) {
    if (!decimals || !row.place) {
        return;
    }
    row.shape = layers::coarseShape(row.shape, decimals);
    row.place = layers::coarsePlace(*row.place, row.shape, decimals);
    row.values[indexOf(ListColumn::Longitude)] = rounded(row.place->x, kDegreeDecimals);
    row.values[indexOf(ListColumn::Latitude)] = rounded(row.place->y, kDegreeDecimals);
    row.values[indexOf(ListColumn::Dms)] = degreesMinutesSeconds(*row.place);
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

} // namespace

std::vector<layers::VectorRow> fieldRows(const CheckResult& result, const std::vector<std::size_t>& listed,
                                         const layers::Decimals& decimals) {
    std::vector<layers::VectorRow> rows;
    rows.reserve(listed.size());
    for (const std::size_t n : listed) {
        const auto patch = static_cast<std::size_t>(result.listed[n]);
        rows.push_back({listRow(result, n), result.patches[patch].shape, result.results[patch].place});
        coarsenRow(rows.back(), decimals);
    }
    return rows;
}

std::vector<layers::Problem> writeFieldSet(const fs::path& folder, const std::string& stem,
                                           const std::string& title,
                                           const std::vector<layers::VectorRow>& rows,
                                           const std::string& date) {
    static const std::vector<ListColumn> kForReceivers = {
        ListColumn::TaskNumber, ListColumn::PatchId,  ListColumn::Activity,
        ListColumn::ZoneKind,   ListColumn::ZoneName, ListColumn::ZoneClass,
        ListColumn::AreaHa,     ListColumn::Verdict,  ListColumn::Priority};
    const layers::TableSpec spec{stem, title, layers::listColumns(), layers::GeometryKind::Any};
    const fs::path base = folder / stem;
    const auto file = [&](const char* extension) { return fs::path(base.string() + extension); };
    std::vector<layers::Problem> problems = layers::writeShapefile(file(".shp"), spec, rows, date);
    layers::writeKml(
        file(".kml"), spec, rows,
        {indexOf(ListColumn::TaskNumber), indexOf(ListColumn::County), indexOf(ListColumn::Priority)});
    layers::writeGpx(file(".gpx"), shortSpec(spec, kForReceivers), shortRows(rows, kForReceivers), 0);
    return problems;
}

std::string fieldStateMark(const CheckResult& result) {
    return !result.faults.empty()   ? "（结果无效：合计不闭合）"
           : result.zonesIncomplete ? "（管控区不完整）"
                                    : "";
}

void writeExportFile(const fs::path& file, const ExportName& name) {
    layers::writeWholeFile(file, nlohmann::ordered_json{{"schema_version", kSchemaVersion},
                                                        {"export_id", name.key},
                                                        {"batch", name.batch},
                                                        {"numbers", name.isLedger ? "ledger" : "temporary"}}
                                         .dump(2) +
                                     "\n");
}

std::vector<layers::Problem> writeFieldFiles(const fs::path& folder, const CheckResult& result,
                                             const std::string& date) {
    std::error_code error;
    fs::create_directories(folder, error);
    if (error) {
        throw layers::Error(fmt::format("无法创建文件夹 {} / cannot make the folder {}: {}", folder.string(),
                                        folder.string(), error.message()));
    }
    std::vector<layers::Problem> problems;
    for (const auto& [code, listed] : listedByCounty(result)) {
        std::vector<layers::Problem> found = writeFieldSet(
            folder, code + "_patches", fmt::format("疑似问题图斑实地核查 {}{}", code, fieldStateMark(result)),
            fieldRows(result, listed, {}), date);
        std::move(found.begin(), found.end(), std::back_inserter(problems));
    }
    writeExportFile(folder / kExportFile, {result.exportKey, result.batch, !result.ledger.empty()});
    writeManifest(folder);
    return problems;
}

} // namespace app
