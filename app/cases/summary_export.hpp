#pragma once

#include "app/cartography/summary_pages.hpp"
#include "app/cases/ledger_summary.hpp"
#include "layers/output_folder.hpp"
#include "layers/project/ledger_change.hpp"

#include <filesystem>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace app {

/// What a summary writes: 台账进度.xlsx, the CSV of its tables, 汇总表.pdf.
enum class SummaryOutput { Workbook, Csv, Pdf };
[[nodiscard]] std::optional<SummaryOutput> summaryOutputFromKey(std::string_view key); ///< xlsx, csv, pdf

struct SummaryRequest {
    std::vector<std::string> batches; ///< codes or names; none: all
    layers::Day today = 0;
    std::set<SummaryOutput> outputs{SummaryOutput::Workbook, SummaryOutput::Csv, SummaryOutput::Pdf};
    SheetTemplate sheet; ///< for mark and notice of the PDF
    int threads = 0;
    std::filesystem::path folder;
    layers::Existing existing = layers::Existing::Refuse;
};
struct SummaryExport {
    LedgerSummary summary;
    std::vector<std::string> batches;   ///< codes
    std::vector<std::string> unchecked; ///< codes of batches without a run: not in the PDF
    SummaryFile pdf;                    ///< no pages: none was written
    std::set<std::string> lost;         ///< characters that no font has, printed as 〓
    std::vector<std::string> pdfFaults; ///< what its sheets say does not close
    std::vector<std::filesystem::path> files;
};

/// Writes 台账进度.xlsx and a CSV of each of its tables, all from one state of the ledger, which notes who
/// exported what; and 汇总表.pdf of each checked batch, from its current run as exportList would write it.
/// Where a sum does not close (summary.faults) the workbook says 结果无效 on every sheet, and neither CSV nor
/// PDF is written, for they could not say so. The same ledger, day and person give the same bytes. Throws
/// layers::Error, geo::Cancelled.
SummaryExport exportSummary(layers::ProjectFile& project, const layers::Stamp& stamp,
                            const SummaryRequest& request, geo::Progress& progress);

} // namespace app
