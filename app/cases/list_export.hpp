#pragma once

#include "app/cases/project_run.hpp"
#include "app/report/check_outputs.hpp"
#include "geo/progress.hpp"
#include "layers/project/batch_store.hpp"
#include "layers/project/case_record.hpp"
#include "layers/project/ledger_change.hpp"

#include <cstdint>
#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace app {

/// What is to be written of a batch.
struct ListExportRequest {
    std::string batch; ///< code or name
    std::filesystem::path folder;
    std::set<Output> outputs{Output::Workbook, Output::Csv, Output::GeoPackage, Output::Field};
    layers::Existing existing = layers::Existing::Refuse;
    int threads = 0;
};
struct ListExport {
    std::int64_t run = 0;
    std::int64_t rows = 0; ///< of the list
    std::vector<std::filesystem::path> files;
};

/// Writes the list of a batch's current run with the cases' numbers and all that people said: the outputs of
/// `check`. The check is repeated from what the project keeps and must come to what the run stored. The
/// ledger notes who exported what. Throws layers::Error, geo::Cancelled.
ListExport exportList(layers::ProjectFile& project, const layers::Stamp& stamp,
                      const ListExportRequest& request, geo::Progress& progress);

/// A batch that was checked, by code or name. Throws layers::Error that says what to do when it was not.
[[nodiscard]] layers::Batch checkedBatch(const layers::ProjectFile& project, const std::string& codeOrName);
/// The cases of a batch by the project's id of their patch.
using CasesByPatch = std::map<std::int64_t, layers::CaseRecord>;
[[nodiscard]] CasesByPatch casesByPatch(const layers::ProjectFile& project, const std::string& batchCode);

/// What every list of a batch is written from: its current run repeated, with the cases' numbers and people's
/// words taken into it.
struct CurrentList {
    CheckResult result;
    std::vector<layers::CaseRecord> cases; ///< slot by slot with result.listed
};
/// Throws layers::Error when repeating does not come to what the run stored.
[[nodiscard]] CurrentList currentList(const layers::ProjectFile& project, const layers::Batch& batch,
                                      int threads, geo::Progress& progress);

} // namespace app
