#pragma once

#include "layers/inspection.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace app {

/// The page of 入库体检 for people: Chinese and English, one block a layer.
[[nodiscard]] std::string inspectText(const std::vector<layers::LayerInspection>& inspections);
/// The last word of the page, Chinese and English: whether a check takes the layer.
[[nodiscard]] std::string inspectVerdict(const layers::LayerInspection& found);
/// The same for programs: a JSON array, one object a layer; keys are stable.
[[nodiscard]] std::string inspectJson(const std::vector<layers::LayerInspection>& inspections);
/// The same as a workbook of two sheets (图层与字段, 数据问题). `file` must not exist. @param date ISO, the
/// workbook's date. Throws layers::Error.
void writeInspectWorkbook(const std::filesystem::path& file,
                          const std::vector<layers::LayerInspection>& inspections, const std::string& date);

} // namespace app
