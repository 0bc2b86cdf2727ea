#pragma once

#include "geo/shape.hpp"

#include <gdal.h>

#include <array>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace tests {

/// A small image to be written as a GeoTIFF: what it shows is a function of longitude and latitude, so that
/// images of all systems show the same.
struct ImageFile {
    int width = 400;
    int height = 400;
    int epsg = 4490;        ///< 0: none
    geo::Coordinate corner; ///< upper left, in the system
    double pixel = 0;       ///< size in the system
    GDALDataType type = GDT_Byte;
    int bands = 3;
    std::optional<double> nodata = std::nullopt;
    bool hasAlpha = false;                     ///< one band more
    std::vector<std::array<int, 4>> palette{}; ///< of a single band
    std::string dateTime{};                    ///< TIFFTAG_DATETIME
    std::vector<std::string> options{};        ///< "TILED=YES"
    /// The bands' values at a place (the last is alpha where there is one).
    std::function<std::array<double, 4>(const geo::Coordinate& lonLat)> at{};
};
void writeImage(const std::filesystem::path& file, const ImageFile& image);

/// Tiled, all of it missing but one tile in the middle, which is of one colour: hundreds of megabytes of
/// image in a small file.
void writeSparseImage(const std::filesystem::path& file, int side, int epsg, const geo::Coordinate& corner,
                      double pixel);

/// A picture's pixels, red, green, blue.
struct Picture {
    int width = 0;
    int height = 0;
    std::vector<unsigned char> rgb;
    [[nodiscard]] std::array<int, 3> at(int x, int y) const;
};
/// A page of a PDF as poppler renders it. @param dpi dots per inch
[[nodiscard]] Picture pageOf(const std::filesystem::path& pdf, int page, int dpi,
                             const std::filesystem::path& folder);

/// The box of all pixels from column `first` to `last` that satisfy a test, in millimetres; empty for none.
[[nodiscard]] geo::Box boxOfPixels(const Picture& picture, int dpi, double firstMm, double lastMm,
                                   const std::function<bool(const std::array<int, 3>&)>& test);

} // namespace tests
