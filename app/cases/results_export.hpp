#pragma once

#include "app/cartography/summary_pages.hpp"
#include "app/cases/area_export.hpp"
#include "app/cases/sheet_export.hpp"
#include "app/report/check_job.hpp"

#include <filesystem>
#include <set>
#include <string>
#include <vector>

/// Papers of a check without a project: out of its results.gpkg. Its patches are no cases, and their numbers
/// (LS-…) those of the check's own list, which says so; no ledger notes anything.
namespace app {

struct ResultsExportRequest {
    std::filesystem::path results;  ///< results.gpkg
    std::vector<std::string> cases; ///< of area statements: numbers of the list, or 原图斑编号
    /// Files of zones and counties, whose outlines the results do not hold; none: maps show the clipped
    /// parts.
    CheckJobOptions outlines;
    SheetTemplate sheet;
    const Imagery* imagery = nullptr; ///< before and after images of task sheets
    std::filesystem::path folder;
    layers::Existing existing = layers::Existing::Refuse;
    int threads = 0;
    std::vector<std::filesystem::path> inputs; ///< files that must not be replaced: the template's
};

struct ResultsSheets {
    SheetExport sheets; ///< run 0
    /// Files whose bytes are not those that the check read, by name.
    std::vector<std::string> changed;
    std::size_t zonesWithoutOutline = 0;
};
/// Task sheets of all listed patches into a folder named as the template. Throws layers::Error,
/// geo::Cancelled.
ResultsSheets exportResultsSheets(const ResultsExportRequest& request, geo::Progress& progress);

/// 面积计算书_NUMBER.pdf of patches of the list. Throws layers::Error that names all that it cannot take.
AreaExport exportResultsAreas(const ResultsExportRequest& request, geo::Progress& progress);

struct ResultsSummary {
    SummaryFile pdf;
    std::vector<std::string> faults; ///< what its sheet says does not close
    std::set<std::string> lost;
    std::vector<std::filesystem::path> files;
};
/// 汇总表.pdf of the check, the figures of its workbook. Throws layers::Error.
ResultsSummary exportResultsSummary(const ResultsExportRequest& request, geo::Progress& progress);

} // namespace app
