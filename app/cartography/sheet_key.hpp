#pragma once

#include "app/cartography/content_digest.hpp"
#include "app/cartography/task_sheet.hpp"

#include <string>

namespace app {

/// What all sheets of an export share and show: the template, the program, the fonts of this machine, the
/// libraries that draw. Sheets drawn with other ones are other sheets. Throws layers::Error.
[[nodiscard]] std::string sheetBasis(const SheetTemplate& sheet);

/// The content hash of a sheet (内容指纹): equal for two sheets only when they show the same, byte by byte of
/// the PDF. Of it are all texts, of the map every outline, symbol and label in view, and the images there by
/// their identity; not where the sheet stands in its county, for that is laid over it. What else is drawn on
/// a sheet one day must be added here or in SheetMaps::addTo.
/// @param basis sheetBasis
[[nodiscard]] std::string sheetKey(const std::string& basis, const TaskSheet& sheet, SheetMaps& maps);

} // namespace app
