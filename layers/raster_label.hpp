#pragma once

#include "layers/records.hpp"

#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace layers {

/// What an image file itself says of when and by what it was taken; nothing is guessed.
struct RasterLabel {
    std::optional<Day> date; ///< only when certain
    std::string dateFrom;    ///< "元数据", "文件名" or "TIFF日期"
    std::string sensor;      ///< "GF2", empty when unknown
};

/// A file's metadata item by domain and name; empty when it has none.
using RasterMetadata = std::function<std::string(const char* domain, const char* name)>;

/// Date: ACQUISITIONDATETIME of the delivery's metadata; else the only date in the file's name (20250211,
/// 2025-02-11, 2025_02_11), unless TIFFTAG_DATETIME is earlier, for no file is older than its image; else
/// TIFFTAG_DATETIME when the name has no date at all. Sensor: SATELLITEID of the metadata, else a satellite's
/// code (GF2, ZY302, S2A …) as the first word of the name.
/// @param stem the file's name without its extension
[[nodiscard]] RasterLabel rasterLabel(std::string_view stem, const RasterMetadata& metadata);

} // namespace layers
