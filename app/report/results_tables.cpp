#include "app/report/results_tables.hpp"

#include "app/report/results_columns.hpp"
#include "app/report/results_restore.hpp"
#include "app/report/results_rows.hpp"
#include "app/report/run_record.hpp"
#include "app/report/styles.hpp"
#include "layers/geopackage_writer.hpp"

#include <algorithm>

namespace app {

namespace {

using geo::Dimension;
using layers::GeometryKind;

/// One kind of geometry where all patches are of one kind, so that every program draws the layer at once.
GeometryKind geometryOf(const CheckResult& result) {
    bool hasAreas = false;
    bool hasLines = false;
    bool hasPoints = false;
    for (const layers::Patch& patch : result.patches) {
        const Dimension dimension = patch.shape.dimension();
        hasAreas = hasAreas || dimension == Dimension::Area;
        hasLines = hasLines || dimension == Dimension::Line;
        hasPoints = hasPoints || dimension == Dimension::Point;
    }
    if (hasPoints || (hasAreas && hasLines)) {
        return GeometryKind::Any;
    }
    return hasLines ? GeometryKind::Line : GeometryKind::Area;
}

/// How a layer's features are drawn; one of several kinds is styled for its first feature, as QGIS takes it.
GeometryKind drawnAs(const CheckResult& result, const layers::TableSpec& table) {
    if (table.geometry != GeometryKind::Any) {
        return table.geometry;
    }
    if (table.name == "rejects") {
        const auto first = std::find_if(result.rejects.begin(), result.rejects.end(),
                                        [](const layers::Reject& reject) { return !reject.shape.isEmpty(); });
        return first == result.rejects.end() ? GeometryKind::Area
                                             : layers::geometryKind(first->shape.dimension());
    }
    return result.patches.empty() ? GeometryKind::Area
                                  : layers::geometryKind(result.patches.front().shape.dimension());
}

void addInfos(const CheckResult& result, layers::GeoPackageWriter& writer) {
    writer.addInfo("schema_version", std::to_string(kSchemaVersion));
    writer.addInfo("program", std::string("EcoRedline ") + ECOREDLINE_VERSION);
    writer.addInfo("note", "疑似问题线索，以实地核查为准");
    writer.addInfo("valid", result.faults.empty() ? "yes" : "no: 合计不闭合，成果无效");
    writer.addInfo("zones_complete", result.zonesIncomplete ? "no: 管控区不完整" : "yes");
    writer.addInfo("batch", result.batch);
    writer.addInfo("today", layers::isoFromDay(result.today));
    writer.addInfo("crs", "EPSG:4490");
    writer.addInfo("run_json", runJson(result));
    writer.addInfo("restore", restoreJson(result));
}

} // namespace

void writeResults(const std::filesystem::path& file, const CheckResult& result, const std::string& date,
                  geo::Progress& progress) {
    constexpr std::int64_t kPasses = 3; // patches, overlaps, atoms
    progress.begin("写 results.gpkg", kPasses * static_cast<std::int64_t>(result.patches.size()));
    const GeometryKind geometry = geometryOf(result);
    layers::GeoPackageWriter writer(file, date);
    for (const layers::TableSpec& table :
         {patchesTable(geometry), overlapsTable(geometry), atomsTable(geometry), nearTable(), rejectsTable(),
          problemsTable(), zonesTable(), judgementsTable()}) {
        writer.beginTable(table);
        for (const LayerStyle& style : stylesOf(table, drawnAs(result, table))) {
            writer.addStyle(table.name, style.qml, style.title);
        }
    }
    addInfos(result, writer);

    ResultsRows(result, writer).writeAll([&progress] { progress.step(); });
    progress.checkCancelled();
    writer.finish();
}

} // namespace app
