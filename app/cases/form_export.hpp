#pragma once

#include "app/report/check_outputs.hpp"
#include "app/report/form_table.hpp"
#include "geo/progress.hpp"
#include "layers/project/ledger_change.hpp"

#include <cstdint>
#include <filesystem>
#include <set>
#include <string>
#include <vector>

namespace app {

/// A batch's list that is to be written into a superior's form.
struct FormExportRequest {
    std::string batch; ///< code or name
    Form form;
    std::filesystem::path folder;
    std::set<Output> outputs{Output::Workbook, Output::Csv}; ///< of these two
    layers::Existing existing = layers::Existing::Refuse;
    int threads = 0;
    std::vector<std::filesystem::path> inputs; ///< files that must not be replaced: the form's
};
struct FormExport {
    std::int64_t run = 0;
    std::int64_t rows = 0;
    std::vector<std::filesystem::path> files;
    std::vector<UnknownWord> kept; ///< words that the form's codes do not have, written as they are
};

/// Writes the rows of the list of a batch's current run, as exportList would, in the shape of a form:
/// NAME.xlsx and NAME.csv. The ledger notes who exported what. Throws layers::Error, geo::Cancelled.
FormExport exportForm(layers::ProjectFile& project, const layers::Stamp& stamp,
                      const FormExportRequest& request, geo::Progress& progress);

} // namespace app
