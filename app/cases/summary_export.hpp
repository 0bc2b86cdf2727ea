#pragma once

#include "app/cases/ledger_summary.hpp"
#include "layers/output_folder.hpp"
#include "layers/project/ledger_change.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace app {

struct SummaryRequest {
    std::vector<std::string> batches; ///< codes or names; none: all
    layers::Day today = 0;
    std::filesystem::path folder;
    layers::Existing existing = layers::Existing::Refuse;
};
struct SummaryExport {
    LedgerSummary summary;
    std::vector<std::string> batches; ///< codes
    std::vector<std::filesystem::path> files;
};

/// Writes 台账进度.xlsx and a CSV of each of its tables, all from one state of the ledger, which notes who
/// exported what. Where a sum does not close (summary.faults) the workbook says 结果无效 on every sheet, and
/// no CSV is written, for it could not say so. The same ledger, day and person give the same bytes. Throws
/// layers::Error, geo::Cancelled.
SummaryExport exportSummary(layers::ProjectFile& project, const layers::Stamp& stamp,
                            const SummaryRequest& request, geo::Progress& progress);

} // namespace app
