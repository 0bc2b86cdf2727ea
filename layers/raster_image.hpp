#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace layers {

/// Pixels as they are shown, row by row from the upper left: red, green, blue, and 255 where there is data,
/// 0 where there is none.
struct RasterImage {
    int width = 0;
    int height = 0;
    std::vector<std::uint8_t> rgba;

    RasterImage(int columns, int rows)
        : width(columns), height(rows),
          rgba(std::size_t{4} * static_cast<std::size_t>(columns) * static_cast<std::size_t>(rows)) {}
    [[nodiscard]] std::uint8_t* at(int column, int row) {
        return rgba.data() + 4 * (static_cast<std::size_t>(row) * static_cast<std::size_t>(width) +
                                  static_cast<std::size_t>(column));
    }
    [[nodiscard]] const std::uint8_t* at(int column, int row) const {
        return rgba.data() + 4 * (static_cast<std::size_t>(row) * static_cast<std::size_t>(width) +
                                  static_cast<std::size_t>(column));
    }
};

/// The image as a JPEG file; white where there is no data. The same pixels give the same bytes.
/// @param quality 1 to 100
/// Throws layers::Error when GDAL lacks its JPEG driver.
[[nodiscard]] std::vector<std::byte> jpegOf(const RasterImage& image, int quality);

} // namespace layers
