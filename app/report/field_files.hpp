#pragma once

#include "app/check/check_result.hpp"
#include "layers/coarse_shape.hpp"
#include "layers/vector_writer.hpp"

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

/// What goes to the field as files of small formats: the parts of field/ and of field packs.
namespace app {

/// The rows of the list (positions in result.listed) with their patches' shapes and a place inside each, as
/// far as the policy's decimals let them be told.
[[nodiscard]] std::vector<layers::VectorRow> fieldRows(const CheckResult& result,
                                                       const std::vector<std::size_t>& listed,
                                                       const layers::Decimals& decimals);

/// Writes STEM.shp (with its data dictionary), STEM.kml and STEM.gpx into `folder`, which must be there.
/// Returns problems of writing (〓). Throws layers::Error.
[[nodiscard]] std::vector<layers::Problem> writeFieldSet(const std::filesystem::path& folder,
                                                         const std::string& stem, const std::string& title,
                                                         const std::vector<layers::VectorRow>& rows,
                                                         const std::string& date);

/// What titles say of a result that is not whole (（管控区不完整）), or nothing.
[[nodiscard]] std::string fieldStateMark(const CheckResult& result);

/// Name of the file that says which export a folder of field files is of: a layer that comes back has no
/// hidden sheet to say it.
inline constexpr const char* kExportFile = "export.json";
struct ExportName {
    std::string key;
    std::string batch;
    bool isLedger = true; ///< false: temporary numbers of a check without a project
};
void writeExportFile(const std::filesystem::path& file, const ExportName& name);

} // namespace app
