#pragma once

// What raster_info.cpp and raster_source.cpp share of GDAL. Included by layers/*.cpp only.

#include "layers/ogr_handle.hpp"
#include "layers/raster_source.hpp"

#include <array>
#include <string>
#include <vector>

namespace layers::ogr {

/// A window of a raster and the size it is read at.
struct RasterWindow {
    int x = 0;
    int y = 0;
    int width = 0;
    int height = 0;
    int columns = 0;
    int rows = 0;
};

enum class Resampling { Nearest, Average };

/// Values of some bands over a window, and where they count.
struct RasterValues {
    std::vector<std::vector<float>> bands;
    std::vector<unsigned char> isValid;
};

/// Reads bands over a window. Throws layers::Error that names the file where it is damaged.
[[nodiscard]] RasterValues readValues(GDALDatasetH dataset, const RasterInfo& info,
                                      const RasterWindow& window, Resampling resampling);

/// 0.5 % and 99.5 % of what counts, band by band; empty for fewer values than `least`.
[[nodiscard]] std::vector<RasterStretch> stretchOf(RasterValues values, std::size_t least);

/// Opens a file as imagery; its messages when that fails. Throws layers::Error.
[[nodiscard]] DatasetPtr openImagery(const std::filesystem::path& file,
                                     const std::vector<std::string>& drivers);

/// "NAME：zh / en"
[[noreturn]] void refuseImage(const std::string& name, const std::string& zh, const std::string& en);

/// The raster's affine numbers and system, checked. Throws layers::Error.
struct RasterPlace {
    std::array<double, 6> numbers{};
    std::string crs;
};
[[nodiscard]] RasterPlace placeOf(GDALDatasetH dataset, const std::string& name);

} // namespace layers::ogr
