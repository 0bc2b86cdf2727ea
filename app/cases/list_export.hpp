#pragma once

#include "app/report/check_outputs.hpp"
#include "geo/progress.hpp"
#include "layers/project/ledger_change.hpp"

#include <cstdint>
#include <filesystem>
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

} // namespace app
