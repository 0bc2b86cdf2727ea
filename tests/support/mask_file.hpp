#pragma once

#include <gdal.h>

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace tests {

/// A small mask to be written as a GeoTIFF; by default in EPSG:4522 near 康定, pixels of 2 m.
struct MaskFile {
    int width = 0;
    int height = 0;
    std::vector<std::uint16_t> pixels = {}; ///< row by row
    GDALDataType type = GDT_Byte;
    int epsg = 4522; ///< 0: none
    double x = 34500000;
    double y = 3320000;
    double pixel = 2;
    double turn = 0; ///< of the geotransform's turning terms, in units of the system
    bool isPlaced = true;
    int bands = 1;
    std::optional<double> nodata = std::nullopt;
    std::vector<std::string> categories = {};
};
void writeMask(const std::filesystem::path& file, const MaskFile& mask);

/// A mask of side × side pixels of 2 m: `blobs` squares of 20 × 20 pixels of value 2 in a field of single
/// pixels of value 1 like a checkerboard, the most ragged mask there is; with a row of 0 around each square.
/// Returns the number of single pixels.
std::int64_t writeLargeMask(const std::filesystem::path& file, int side, int blobs);

/// Every pixel another value.
void writeHeights(const std::filesystem::path& file, int width, int height);

} // namespace tests
