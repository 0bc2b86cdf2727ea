#pragma once

#include "geo/progress.hpp"
#include "layers/problem.hpp"
#include "layers/reader.hpp"

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace layers {

/// A row of what came back, as text.
struct ReturnedRow {
    std::int64_t number = 0; ///< the sheet's row, or the feature's number
    std::vector<std::string> cells;
};

/// A sheet, a text table or a layer that holds answers.
struct ReturnedTable {
    std::string name;
    bool isLayer = false; ///< numbers are features', not rows'
    std::vector<std::string> columns;
    std::vector<ReturnedRow> rows;
};

/// A file that came back from the field: the workbook that was issued, its CSV, the field Shapefile, a
/// GeoPackage, or what another program made of them.
struct ReturnedFile {
    std::string name;
    std::string sha256;                         ///< over the members
    std::vector<std::filesystem::path> members; ///< all files that were read
    std::string exportKey;                      ///< which export it came from; empty: it does not say
    bool hasTemporaryNumbers = false;           ///< LS-…: no ledger stood behind the list
    std::vector<ReturnedTable> tables;
    std::vector<Problem> problems;
};

/// Reads "FILE" or "FILE:LAYER" whole. Of a workbook every sheet that has the answers' columns counts, of a
/// GeoPackage every layer, or the one named. Which export it came from is told by the sheet _meta, by the
/// GeoPackage of a field pack itself (run_info), or by export.json beside a field file.
/// @param encoding --encoding, or empty
/// Throws layers::Error when it cannot be read or holds no list of ours; geo::Cancelled.
[[nodiscard]] ReturnedFile readReturnedFile(const LayerRef& ref, const std::string& encoding,
                                            geo::Progress& progress);

/// The column that holds the cases' numbers (任务编号, RWBH, task_number); -1 when there is none.
[[nodiscard]] int caseNumberColumn(const std::vector<std::string>& columns);

/// A field of a case that columns of a file hold: one, or several where a long text was split (XZMS1, XZMS2).
struct ReturnedColumns {
    std::string field; ///< caseFields()' key
    std::vector<std::size_t> columns;
};
/// The field's answers (核查结论 … 备注) that the columns hold, by header, key or code.
[[nodiscard]] std::vector<ReturnedColumns> answerColumns(const std::vector<std::string>& columns);

} // namespace layers
